"""Entitlements as they are offered to a case: what is left, and why the others are not."""

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.model.entitlement import Allocation, EntitlementOption


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
