"""The channels that a conversation could be escalated to: what is left there, and why not."""

from collections.abc import Mapping

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.model.channel import Channel
from omnitui.model.escalation import EscalationOption


def escalation_lines(
    option: EscalationOption, channels: Mapping[str, Channel], width: int, glyphs: Glyphs
) -> list[Content]:
    """A channel with what is left there and in all, and below it a sentence: what is owed, why not.

    What cannot be done has another sign and is struck; what can be done without what is owed is
    not struck.
    """
    channel = channels.get(option.channel)
    sign, style = (glyphs.available, "$positive")
    name = "bold $text-plain"
    if not option.allowed:
        sign, style = (glyphs.offline, "$warning" if option.without else "$danger")
        name = "$text-plain" if option.without else "$text-dim strike"
    start = Content.assemble(
        "  ",
        (f"{sign} ", style),
        (channel_glyph(channel, glyphs.ascii), "$primary"),
        " ",
        (text.inline(option.label), name),
    )
    end = Content.assemble((left(option), "$text-dim"), " ")
    lines = [text.between(start, end, width, glyphs)]
    said = text.inline(option.why or option.says)
    for a, b in text.wrap(said, max(10, width - 7)):
        lines.append(Content.assemble("      ", (said[a:b], "$text-dim")))
    return lines


def left(option: EscalationOption) -> str:
    """What is left on the channel and in all, in few words: `2 of 3 here, 4 of 5 in all`."""
    if option.total is None:
        return "no entitlement"
    total = f"{option.remaining} of {option.total} total"
    if option.channel_total is None:
        return total
    if not option.channel_total:
        return f"not allowed, {total}"
    return f"{option.channel_remaining} of {option.channel_total} on this channel, {total}"
