"""What a record's tab shows beside its fields: how it stands, what belongs to it, what happened."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.present import times
from omnitui.console.present.deadlines import target_lines
from omnitui.console.present.records.case import PRIORITY_STYLE, case_item, standing, status_sign
from omnitui.console.present.records.profile import TIER_STYLE
from omnitui.console.present.records.timeline import activity_item, activity_key, marked_new
from omnitui.console.present.session import channel_words
from omnitui.model.case import Case
from omnitui.model.channel import Channel
from omnitui.model.customer import Customer
from omnitui.model.entitlement import Entitlement, EntitlementState
from omnitui.model.sla import Standing
from omnitui.model.timeline import Activity, Missed

_EDGE = "  "


def heading(name: str, aside: str, width: int, glyphs: Glyphs) -> list[Content]:
    """A heading with a blank line over it, and a word at the right."""
    start = Content.assemble((f"{_EDGE}{name}", "bold $primary"))
    end = Content.assemble((aside, "$text-dim"), " ")
    return [Content(""), text.between(start, end, width, glyphs)]


def case_head(case: Case, customer: Customer | None, now: int, glyphs: Glyphs) -> Content:
    """A case in a line: its number, how it stands, whose it is, since when."""
    sign, style = status_sign(case.status, glyphs)
    dot = (f" {glyphs.separator} ", "$text-dim")
    return Content.assemble(
        (case.number, "bold $text-plain"),
        "  ",
        (f"{sign} {standing(case)}", style),
        dot,
        (case.priority.value.capitalize(), PRIORITY_STYLE[case.priority]),
        dot,
        (text.inline(customer.name if customer else "nobody"), "$customer"),
        dot,
        (f"opened {times.relative(case.created_at, now)}", "$text-dim"),
    )


def ended(case: Case, width: int, now: int, tz: tzinfo, glyphs: Glyphs) -> list[Content]:
    """How a case came to its end; nothing for one that is active."""
    if case.resolved_at is None and not case.resolution:
        return []
    when = "" if case.resolved_at is None else times.moment(case.resolved_at, now, tz)
    spent = "" if case.minutes is None else f"{case.minutes} min"
    _sign, style = status_sign(case.status, glyphs)
    stands = standing(case)
    lines = heading(f"{stands[:1].upper()}{stands[1:]}", when, width, glyphs)
    if case.merged_into is not None:
        where = f"Merged into {case.merged_number}."
        return lines + paragraph(where, width, style)
    said = f" {glyphs.separator} ".join(filter(None, (text.inline(case.resolution), spent)))
    return lines + paragraph(said or "No resolution text.", width, style)


def family_rows(
    parent: Case | None,
    children: Sequence[Case],
    merged: Sequence[Case],
    width: int,
    now: int,
    tz: tzinfo,
    glyphs: Glyphs,
) -> list[tuple[str, list[Content]]]:
    """The parent of a case, its children and what was merged into it, by key, a line each."""
    rows: list[tuple[str, list[Content]]] = []
    for name, cases in (
        ("Parent", [parent] if parent else []),
        ("Children", children),
        ("Merged cases", merged),
    ):
        if cases:
            aside = str(len(cases)) if len(cases) > 1 else ""
            rows.append((f"kin:{name}", heading(name, aside, width, glyphs)))
            rows += case_rows(cases, width, now, tz, glyphs)
    return rows


def deadlines(targets: Sequence[Standing], width: int, now: int, glyphs: Glyphs) -> list[Content]:
    """The SLA targets; nothing where there are none."""
    if not targets:
        return []
    lines = target_lines(targets, max(10, width - 4), glyphs, now)
    return [
        *heading("SLA", "", width, glyphs),
        *(Content.assemble(_EDGE, " ", line) for line in lines),
    ]


def happened(
    activities: Sequence[Activity],
    width: int,
    now: int,
    tz: tzinfo,
    glyphs: Glyphs,
    channels: Mapping[str, Channel],
    unfolded: frozenset[str] = frozenset(),
    new: frozenset[str] = frozenset(),
) -> list[tuple[str, list[Content]]]:
    """Entries of a timeline by key; those that are `new` to the agent are marked."""
    rows = []
    for activity in activities:
        key = activity_key(activity)
        lines = activity_item(
            activity, width, now, tz, glyphs, channels=channels, expanded=key in unfolded
        )
        if key in new:
            lines[0] = marked_new(lines[0], glyphs)
        rows.append((key, lines))
    return rows


def timeline_head(
    customer: Customer, missed: Missed, now: int, tz: tzinfo, glyphs: Glyphs, only: str = ""
) -> Content:
    """Whose timeline it is, how much of it is new, and the `only` record it is narrowed to."""
    parts: list[tuple[str, str]] = [
        ("Timeline", "bold $text-plain"),
        (f" {glyphs.separator} ", "$text-dim"),
        (text.inline(customer.name), "$customer"),
    ]
    if missed.since is not None:
        count = f"{len(missed.rows)}{'+' if missed.more else ''}"
        said = f"{count} new" if missed.rows else "nothing new"
        when = times.moment(missed.since, now, tz)
        parts += [
            (f" {glyphs.separator} ", "$text-dim"),
            (said, "bold $primary" if missed.rows else "$text-dim"),
            (f" since you looked, {when}", "$text-dim"),
        ]
    if only:
        parts += [
            (f" {glyphs.separator} only ", "$text-dim"),
            (only, "bold $warning"),
            ("\n= shows all", "$text-dim"),
        ]
    else:
        said = f"{key_for('create.any')} adds a note or a task, = filters by record, o opens it"
        parts.append((f"\n{said}", "$text-dim"))
    return Content.assemble(*parts)


def case_rows(
    cases: Sequence[Case], width: int, now: int, tz: tzinfo, glyphs: Glyphs
) -> list[tuple[str, list[Content]]]:
    """Cases by key, a line each."""
    return [(f"case:{case.id}", [case_item(case, width, now, tz, glyphs)]) for case in cases]


def paragraph(said: str, width: int, style: str = "$text-dim") -> list[Content]:
    """Words wrapped under a heading."""
    plain = text.inline(said)
    spans = text.wrap(plain, max(8, width - 5)) if plain else []
    return [Content.assemble(f"{_EDGE} ", (plain[a:b], style)) for a, b in spans]


def customer_head(customer: Customer, glyphs: Glyphs) -> Content:
    """A customer in a line: their name, their tier, since when."""
    dot = (f" {glyphs.separator} ", "$text-dim")
    since = customer.since[:4]
    return Content.assemble(
        (text.inline(customer.name), "bold $text-plain"),
        "  ",
        (f"{glyphs.star} {customer.tier.label}", TIER_STYLE[customer.tier]),
        *((dot, (f"customer since {since}", "$text-dim")) if since else ()),
    )


def entitlement_rows(
    entitlements: Sequence[Entitlement], width: int, channels: Mapping[str, Channel], glyphs: Glyphs
) -> list[tuple[str, list[Content]]]:
    """Entitlements by key: how each stands, what is left of it, by channel where it says so."""
    rows = []
    for one in entitlements:
        unit = "h" if one.allocation == "hours" else "cases"
        active = one.state is EntitlementState.ACTIVE
        sign = glyphs.available if active else glyphs.offline
        end = Content.assemble((one.period, "$text-dim"), " ")
        start = Content.assemble(
            f"{_EDGE} ",
            (f"{sign} {one.state.value}", "$positive" if active else "$text-dim"),
            "  ",
            (text.inline(one.name), "$text-plain"),
            (f"  {one.remaining} of {one.total} {unit} left", "bold" if active else "$text-dim"),
            (f", {one.held} held" if one.held else "", "$text-dim"),
            ("  default" if one.is_default else "", "$primary"),
        )
        lines = [text.between(start, end, width, glyphs)]
        said = [
            f"{channel_words(channels.get(key), key)} {_left(line.remaining, line.total)}"
            + (f" ({line.held} held)" if line.held else "")
            for key, line in one.channels.items()
        ]
        if said:
            lines += paragraph(f" {glyphs.separator} ".join(said), width)
        rows.append((f"entitlement:{one.id}", lines))
    return rows


def _left(remaining: float, total: float) -> str:
    return f"{remaining} of {total}" if total else "not covered"
