"""An entitlement in its tab, with its terms as bars and what used them, and in a case's choice."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import times
from omnitui.console.present.records.beside import heading, paragraph
from omnitui.model.channel import Channel
from omnitui.model.entitlement import (
    ActionOption,
    Allocation,
    ChannelTerms,
    Entitlement,
    EntitlementOption,
    EntitlementState,
    TermsUsed,
)

_EDGE = "   "
_NAME, _BAR, _LEAST_BAR = 16, 24, 6
_STATES = {
    EntitlementState.DRAFT: "$note",
    EntitlementState.WAITING: "$info",
    EntitlementState.ACTIVE: "$positive",
    EntitlementState.EXPIRED: "$text-dim",
    EntitlementState.CANCELLED: "$danger",
}
KEYS = (
    ("activate", "a", "activate"),
    ("deactivate", "d", "deactivate"),
    ("cancel", "x", "cancel"),
    ("renew", "R", "renew"),
    ("set_default", "s", "default"),
)
"""What can be done to an entitlement: the command's verb, its key, the word for people."""


def unit(entitlement: Entitlement) -> str:
    """What its terms are, in a word."""
    return "hours" if entitlement.allocation is Allocation.HOURS else "cases"


def head(entitlement: Entitlement, glyphs: Glyphs) -> Content:
    """Its name, how it stands, whose it is, from when to when."""
    dot = (f" {glyphs.separator} ", "$text-dim")
    sign = glyphs.available if entitlement.state is EntitlementState.ACTIVE else glyphs.offline
    return Content.assemble(
        (text.inline(entitlement.name), "bold $text-plain"),
        "  ",
        (f"{sign} {entitlement.state.value}", _STATES[entitlement.state]),
        *((dot, ("default", "$primary")) if entitlement.is_default else ()),
        dot,
        (text.inline(entitlement.customer_name), "$customer"),
        dot,
        (entitlement.period, "$text-dim"),
    )


def terms_lines(
    entitlement: Entitlement, channels: Mapping[str, Channel], width: int, glyphs: Glyphs
) -> list[Content]:
    """The total and every channel that is listed as a bar of what is left; then the others."""
    binds = "restricted" if entitlement.restrict else "not restricted"
    when = f"used on {entitlement.decrease_on.value}"
    aside = f"{unit(entitlement)}, {when}, {binds}"
    lines = heading("Terms", aside, width, glyphs)
    bar = max(_LEAST_BAR, min(_BAR, width - _NAME - 26))
    lines.append(_bar("Total", "", entitlement, bar, width, glyphs))
    for key, line in entitlement.channels.items():
        channel = channels.get(key)
        name = channel.label if channel else key
        sign = channel_glyph(channel, glyphs.ascii)
        lines.append(_bar(name, sign, line, bar, width, glyphs))
    others = [channel.label for key, channel in channels.items() if key not in entitlement.channels]
    if others and entitlement.channels:
        said = f"{', '.join(others)}: limited by the total only."
    elif others:
        said = "Every channel is allowed, up to the total."
    else:
        said = ""
    lines += paragraph(said, width)
    return lines + (paragraph(entitlement.notice, width, "$warning") if entitlement.notice else [])


def _bar(
    name: str,
    sign: str,
    terms: Entitlement | ChannelTerms,
    room: int,
    width: int,
    glyphs: Glyphs,
) -> Content:
    """`☎ Phone  ━━━━──── 9 of 15 left`; forbidden channels have no bar, overdrawn ones say so."""
    left, total = terms.remaining, terms.total
    start: list[str | tuple[str, str]] = [
        _EDGE,
        (f"{sign or ' '} ", "$primary"),
        (text.left(text.inline(name), _NAME, glyphs), "$text-plain"),
    ]
    if not total:
        word = "not allowed" if left >= 0 else f"not allowed, {-left} used"
        track = (glyphs.bar_track * room, "$text-dim")
        return text.cut(Content.assemble(*start, track, "  ", (word, "$danger")), width, glyphs)
    share = min(1.0, max(0.0, left / total))
    halves = round(share * room * 2)
    if left > 0:
        halves = max(1, halves)
    style = "$positive" if share > 0.34 else "$warning" if left > 0 else "$danger"
    full = glyphs.bar_full * (halves // 2) + glyphs.bar_half * (halves % 2)
    words = f"{left} of {total} left" if left >= 0 else f"{-left} over the {total}"
    words += f", {terms.held} held" if terms.held else ""
    line = Content.assemble(
        *start,
        (full, style),
        (glyphs.bar_track * (room - len(full)), "$text-dim"),
        "  ",
        (words, "bold" if left > 0 else "bold $danger"),
    )
    return text.cut(line, width, glyphs)


def covers_lines(entitlement: Entitlement, width: int, glyphs: Glyphs) -> list[Content]:
    """The products and the contacts it is for, if it is not for all of them."""
    lines = heading("Covers", "", width, glyphs)
    products = ", ".join(entitlement.products) or "all products"
    contacts = (
        ", ".join(entitlement.contact_names) or f"all contacts of {entitlement.customer_name}"
    )
    return lines + paragraph(products, width, "$text-plain") + paragraph(contacts, width)


def used_rows(
    used: Sequence[TermsUsed],
    channels: Mapping[str, Channel],
    width: int,
    now: int,
    tz: tzinfo,
    glyphs: Glyphs,
) -> list[tuple[str, list[Content]]]:
    """The ledger by key, newest first: which case used or gave back how much, by which origin."""
    rows = []
    for entry in used:
        channel = channels.get(entry.origin)
        gave = entry.amount < 0
        amount = f"{-entry.amount} returned" if gave else f"{entry.amount} used"
        start = Content.assemble(
            _EDGE,
            (f"{channel_glyph(channel, glyphs.ascii)} ", "$primary"),
            (f"{entry.case_number}  ", "$text-plain"),
            (amount, "$positive" if gave else "$text-plain"),
            (f"  on {channel.label if channel else entry.origin}", "$text-dim"),
        )
        end = Content.assemble((times.moment(entry.at, now, tz), "$text-dim"), " ")
        rows.append((f"used:{entry.id}", [text.between(start, end, width, glyphs)]))
    return rows


def keys_line(actions: Sequence[ActionOption], default: bool) -> Content:
    """The keys that can be used now; who may not change it is told so."""
    known = {one.action: one for one in actions}
    denied = next((one for one in actions if one.code == "permission.denied"), None)
    if denied is not None:
        return Content.assemble((f"{denied.why} {denied.hint}", "$text-dim"))
    words = {"set_default": "no default"} if default else {}
    can = [
        (key, words.get(verb, word))
        for verb, key, word in KEYS
        if verb in known and known[verb].allowed
    ]
    editable = "update" in known and known["update"].allowed
    if editable or ("deactivate" in known and known["deactivate"].allowed):
        can.append(("o", "only one channel"))
    if editable:
        can.append(("tab", "fields"))
    parts: list[str | tuple[str, str]] = []
    for key, does in can:
        parts += [(key, "bold $primary"), (f" {does}   ", "$text-dim")]
    return Content.assemble(*parts)


def option_lines(
    option: EntitlementOption, width: int, glyphs: Glyphs, *, now: bool = False
) -> list[Content]:
    """One that can be used on a line with what is left; one that cannot, with why, on two.

    `now` marks the one that a case has.
    """
    name = text.inline(option.name)
    if not option.usable:
        why = [
            text.cut(Content.assemble("    ", (option.why[a:b], "$text-dim")), width, glyphs)
            for a, b in text.wrap(option.why, max(10, width - 5))
        ]
        head = Content.assemble(
            f"  {glyphs.offline} ",
            (name, "$text-dim strike"),
            ("  current" if now else "", "$info"),
        )
        return [text.cut(head, width, glyphs), *why]
    end = Content.assemble((_left(option), "$text-dim"), " ")
    start = Content.assemble(
        "  ",
        (f"{glyphs.available} ", "$positive"),
        (name, "$text-plain"),
        ("  default" if option.is_default else "", "$primary"),
        ("  current" if now else "", "$info"),
    )
    return [text.between(start, end, width, glyphs)]


def _left(option: EntitlementOption) -> str:
    unit = "hours" if option.allocation is Allocation.HOURS else "cases"
    held = f", {option.held} held" if option.held else ""
    total = f"{option.remaining} of {option.total} {unit} left{held}"
    if option.channel_remaining is None:
        return total
    here = f" ({option.channel_held} held)" if option.channel_held else ""
    return f"{option.channel_remaining} on this channel{here}, {total}"
