"""The customer summary: five sections that fold, as blocks of lines.

Each section is a title with its key and, when open, its lines. A section whose facts are still
being read says so in one line, where the first of them will stand.
"""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct, field
from rich.cells import cell_len
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.present import times
from omnitui.console.present.deadlines import target_lines
from omnitui.console.present.engagement import engagement_groups
from omnitui.console.present.engagement import facts as engagement_facts
from omnitui.console.present.records.case import case_facts, recent_cases
from omnitui.console.present.records.reached import joined, reached, told
from omnitui.console.present.records.timeline import activity_item, activity_key, marked_new
from omnitui.model.case import Case, CaseSort, CaseStatus
from omnitui.model.channel import Channel
from omnitui.model.conversation import Conversation
from omnitui.model.customer import CUSTOMER_FIELDS, Customer, Tier
from omnitui.model.engagement import Engagement
from omnitui.model.sla import Standing
from omnitui.model.timeline import Activity

SECTIONS = ("customer", "case", "cases", "timeline", "conversation")
"""The sections in their order; the first is folded with key 1, the last with key 5."""

TITLES = {
    "customer": "Customer",
    "case": "Case",
    "cases": "Recent cases",
    "timeline": "Timeline",
    "conversation": "Conversation",
}
TIER_STYLE = {
    Tier.BRONZE: "$text-dim",
    Tier.SILVER: "$text-plain",
    Tier.GOLD: "bold $note",
    Tier.PLATINUM: "bold $info",
}
_WORDS = 6
_ABOVE = 2
"""Up to which line the fields stand above where the customer is reached."""


class Suggested(Struct, frozen=True):
    """Somebody who may be the one that writes, with the reason."""

    customer: Customer
    because: str


class Profile(Struct, frozen=True):
    """Everything the summary shows. What is None has not been read yet.

    `open` holds the sections and the items that are unfolded, `unsaved` the sections with something
    typed that is not saved; `new` the entries of the timeline that others added since the agent
    looked; `moved` the words that moved how the customer feels, with their weight.
    """

    conversation: Conversation
    channel: Channel | None
    about: Engagement
    tz: tzinfo
    now: int
    open: frozenset[str]
    customer: Customer | None = None
    case: Case | None = None
    cases: Sequence[Case] | None = None
    sort: CaseSort = CaseSort.NEWEST
    more_cases: bool = False
    timeline: Sequence[Activity] | None = None
    more_timeline: bool = False
    suggested: Sequence[Suggested] | None = None
    moved: Sequence[tuple[str, float]] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict)
    targets: Sequence[Standing] = ()
    unsaved: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()


class Part(Struct, frozen=True):
    """A block of the summary. `act` blocks can be chosen."""

    key: str
    lines: list[Content]
    act: bool = False


def profile_parts(view: Profile, width: int, glyphs: Glyphs) -> list[Part]:
    """The summary at a width."""
    bodies = {
        "customer": _customer,
        "case": _case,
        "cases": _cases,
        "timeline": _timeline,
        "conversation": _conversation,
    }
    parts: list[Part] = []
    for number, key in enumerate(SECTIONS, 1):
        expanded = key in view.open
        title = _title(view, key, number, expanded, width, glyphs)
        parts.append(Part(f"section:{key}", [title], act=True))
        if expanded:
            parts += bodies[key](view, width, glyphs)
            parts.append(Part(f"gap:{key}", [Content("")]))
    return parts


def _title(
    view: Profile, key: str, number: int, expanded: bool, width: int, glyphs: Glyphs
) -> Content:
    arrow = glyphs.expanded if expanded else glyphs.collapsed
    start = Content.assemble(
        " ",
        (f"{arrow} ", "$text-dim"),
        (f"{number} ", "bold $primary"),
        (TITLES[key], "bold $text-plain"),
    )
    return text.between(start, Content.assemble(_aside(view, key, glyphs), " "), width, glyphs)


def _aside(view: Profile, key: str, glyphs: Glyphs) -> Content:
    """What a section's title tells at the right, whether it is open or not."""
    if key in view.unsaved:
        return Content.assemble((f"{glyphs.unsaved} not saved", "$warning"))
    if key == "customer":
        if view.customer is None:
            return Content.assemble(("unknown", "$warning"))
        tier = view.customer.tier
        return Content.assemble((f"{glyphs.star} {tier.label}", TIER_STYLE[tier]))
    if key == "case":
        number = "none" if view.case is None else view.case.number
        return Content.assemble((number, "$text-dim"))
    if key == "cases" and view.cases is not None:
        more = "+" if view.more_cases else ""
        return Content.assemble((f"{len(view.cases)}{more}", "$text-dim"))
    if key == "timeline":
        more = "+" if view.more_timeline else ""
        held = "" if view.timeline is None else f"{len(view.timeline)}{more}"
        new = f"{len(view.new)} new" if view.new else ""
        gap = "  " if held and new else ""
        return Content.assemble((new, "bold $primary"), gap, (held, "$text-dim"))
    return Content("")


def _line(width: int, glyphs: Glyphs, *pieces: str | Content | tuple[str, str]) -> Content:
    return text.cut(Content.assemble("   ", *pieces), width - 1, glyphs)


def _said(sentence: str, width: int, style: str = "$text-dim") -> list[Content]:
    plain = text.inline(sentence)
    return [
        Content.assemble("   ", (plain[start:end], style))
        for start, end in text.wrap(plain, max(8, width - 5))
    ]


def _customer(view: Profile, width: int, glyphs: Glyphs) -> list[Part]:
    customer = view.customer
    if customer is None:
        return _unknown(view, width, glyphs)
    dot = f" {glyphs.separator} "
    lines = [_line(width, glyphs, (text.inline(customer.name), "bold $text-plain"))]
    known = told(CUSTOMER_FIELDS, customer, dot)
    facts = [
        *(line for number, line in known.items() if number <= _ABOVE),
        *reached(customer, view.channels, dot, width - 4),
        *(line for number, line in known.items() if number > _ABOVE),
    ]
    lines += [_line(width, glyphs, (text.inline(fact), "$text-plain")) for fact in facts if fact]
    if customer.notes:
        lines += [
            Content.assemble("   ", (f"{glyphs.bar_note} ", "$note"), line[3:])
            for line in _said(customer.notes, width - 2, "$text-plain")
        ]
    return [Part("customer", lines, act=True)]


def _unknown(view: Profile, width: int, glyphs: Glyphs) -> list[Part]:
    item = view.conversation
    parts = [Part("customer", [_line(width, glyphs, (text.inline(item.name), "bold $text-plain"))])]
    if item.match_reason:
        parts.append(Part("customer:why", _said(f"{item.match_reason}.", width)))
    if item.address:
        parts.append(Part("customer:address", [_line(width, glyphs, text.inline(item.address))]))
    for found in view.suggested or ():
        who = found.customer
        where = joined((who.city, who.account and f"account {who.account}"), ", ")
        lines = [
            _line(width, glyphs, (f"{glyphs.item} ", "$primary"), (text.inline(who.name), "bold")),
            _line(width, glyphs, "  ", (text.inline(found.because), "$info")),
        ]
        if where:
            lines.append(_line(width, glyphs, "  ", (text.inline(where), "$text-dim")))
        parts.append(Part(f"suggest:{who.id}", lines, act=True))
    if view.suggested:
        hint = _line(width, glyphs, ("enter", "$primary"), (" links them", "$text-dim"))
        parts.append(Part("customer:hint", [hint]))
    find = _line(
        width,
        glyphs,
        (key_for("session.link"), "bold $primary"),
        (" find or add the customer", "$text-dim"),
    )
    parts.append(Part("act:link", [find], act=True))
    return parts


def _case(view: Profile, width: int, glyphs: Glyphs) -> list[Part]:
    case = view.case
    targets = target_lines(view.targets, width - 4, glyphs, view.now)
    parts = [Part("targets", [Content.assemble("   ", line) for line in targets])]
    if not targets:
        parts.clear()
    if case is not None:
        facts = case_facts(case, width - 4, view.now, view.tz, view.channels, glyphs)
        lines = [Content.assemble("   ", line) for line in facts]
        return [*parts, Part("case", lines, act=case.status is CaseStatus.ACTIVE)]
    if view.customer is None:
        return [*parts, Part("case", _said("A case needs a customer first.", width))]
    lines = [
        _line(
            width,
            glyphs,
            (key_for("case.create"), "bold $primary"),
            (" create a case", "$text-dim"),
        )
    ]
    parts.append(Part("act:create_case", lines, act=True))
    if view.cases:
        link = _line(
            width,
            glyphs,
            (key_for("session.link"), "bold $primary"),
            (" link one of theirs", "$text-dim"),
        )
        parts.append(Part("act:link", [link], act=True))
    return parts


def _cases(view: Profile, width: int, glyphs: Glyphs) -> list[Part]:
    if view.customer is None:
        return [Part("cases", _said("Link the customer to see this.", width))]
    if view.cases is None:
        return [Part("cases", _said(f"reading {glyphs.ellipsis}", width))]
    if not view.cases:
        return [Part("cases", _said("No case yet.", width))]
    return [Part(key, lines, act=True) for key, lines in recent_cases(view, width, glyphs)]


def _timeline(view: Profile, width: int, glyphs: Glyphs) -> list[Part]:
    if view.customer is None:
        return [Part("timeline", _said("Link the customer to see this.", width))]
    if view.timeline is None:
        return [Part("timeline", _said(f"reading {glyphs.ellipsis}", width))]
    if not view.timeline:
        return [Part("timeline", _said("The timeline is empty.", width))]
    parts = []
    for activity in view.timeline:
        key = activity_key(activity)
        lines = activity_item(
            activity,
            width,
            view.now,
            view.tz,
            glyphs,
            channels=view.channels,
            expanded=key in view.open,
        )
        if key in view.new:
            lines[0] = marked_new(lines[0], glyphs)
        parts.append(Part(key, lines, act=True))
    if view.more_timeline:
        parts.append(Part("more", [_line(width, glyphs, ("older", "$primary"))], act=True))
    return parts


def _conversation(view: Profile, width: int, glyphs: Glyphs) -> list[Part]:
    item = view.conversation
    label = item.channel if view.channel is None else view.channel.label
    waited = "" if item.waiting_since is None else times.wait(view.now - item.waiting_since)
    answered = ""
    if item.first_reply_at is not None:
        answered = f"after {times.wait(item.first_reply_at - item.served_from)}"
    facts = [
        ("channel", label),
        ("queue", item.queue),
        ("started", times.moment(item.created_at, view.now, view.tz)),
        ("first reply", answered),
        ("waiting", waited),
        ("skills", _skills(item.skills, glyphs)),
        ("identified by", "" if view.customer is None else _identified_by(item.match_reason)),
        ("transfers", str(item.transfer_count) if item.transfer_count else ""),
        ("escalations", str(item.escalation_count) if item.escalation_count else ""),
        *engagement_facts(view.about),
        ("subject", item.subject),
    ]
    shown = [(key, value) for key, value in facts if value]
    lines = [Content.assemble("   ", line) for line in _fields(shown, width - 4, glyphs)]
    groups = engagement_groups(view.about, view.open, view.now, view.tz, width, glyphs)
    return [
        Part("conversation", lines),
        *(Part(group.key, group.lines, act=group.folds) for group in groups),
        Part("moved", _moved(view.moved, width, glyphs)),
    ]


def _identified_by(reason: str) -> str:
    """What a customer was identified by; older stores begin the reason with `Known by`."""
    return reason.removeprefix("Known by ").removeprefix("Identified by ")


def _fields(pairs: Sequence[tuple[str, str]], width: int, glyphs: Glyphs) -> list[Content]:
    """Labelled values; one that does not fit beside its label is wrapped under itself."""
    labels = max((min(14, cell_len(label)) for label, _value in pairs), default=0)
    lines = []
    for label, value in pairs:
        plain = text.inline(value)
        room = max(8, width - labels - 2)
        for number, (start, end) in enumerate(text.wrap(plain, room)[:3]):
            lead = text.left(text.inline(label) if number == 0 else "", labels, glyphs)
            lines.append(Content.assemble((lead, "$text-dim"), "  ", plain[start:end]))
    return lines


def _skills(skills: Mapping[str, int], glyphs: Glyphs) -> str:
    sign = ">=" if glyphs.ascii else "≥"
    return ", ".join(f"{skill} {sign}{level}" for skill, level in skills.items())


def _moved(words: Sequence[tuple[str, float]], width: int, glyphs: Glyphs) -> list[Content]:
    if not words:
        return []
    lines = [_line(width, glyphs, ("words that changed the sentiment", "italic $text-dim"))]
    strongest = sorted(words, key=lambda pair: -abs(pair[1]))[:_WORDS]
    line = Content("")
    for word, weight in strongest:
        sign, style = (glyphs.sentiments[4], "$positive")
        if weight < 0:
            sign, style = (glyphs.sentiments[2], "$danger")
        more = Content.assemble(line, "  " if line else "", (f"{sign}{text.inline(word)}", style))
        if line and more.cell_length > width - 4:
            break
        line = more
    return [*lines, _line(width, glyphs, line)]
