"""Whom and where a conversation can go, who is beside it, and when it comes back, as lines."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import badges, times
from omnitui.desk.undo import quoted
from omnitui.letters import has_words
from omnitui.model.agent import Presence
from omnitui.model.channel import Channel
from omnitui.model.escalation import EscalationOption
from omnitui.model.participant import ConsultRequest, Participant, Role

if TYPE_CHECKING:
    from omnitui.desk.transfers.transfer import AgentTarget, QueueTarget

_NAME = 22
_QUOTED = 36
"""How much is repeated of what a customer is told, so that it takes one line of a dialog."""


def fits(words: str, *said: str) -> bool:
    """Whether every word that was typed is found in what is said of somebody."""
    return has_words(" ".join(said), words)


def agent_line(
    agent: "AgentTarget", width: int, glyphs: Glyphs, *, allowed: bool, mark: str = ""
) -> Content:
    """An agent: presence, name, the skills that match or lack, and how much room they have."""
    name = "$text-plain" if allowed else "$text-dim"
    parts: list[str | Content | tuple[str, str]] = [
        "  ",
        (glyphs.presence(agent.presence), badges.presence_style(agent.presence)),
        " ",
        (text.left(text.inline(agent.name), _NAME, glyphs), name),
    ]
    if mark:
        parts += ["  ", (mark, "$info")]
    if agent.matching:
        parts += ["  ", (f"has {_listed(agent.matching)}", "$positive" if allowed else "$text-dim")]
    if agent.missing:
        parts += ["  ", (f"lacks {_listed(agent.missing)}", "$text-dim")]
    return text.between(Content.assemble(*parts), _room(agent, allowed), width, glyphs)


def _listed(skills: Sequence[str]) -> str:
    return text.inline(", ".join(skills))


def _room(agent: "AgentTarget", allowed: bool) -> Content:
    if not allowed or agent.presence not in (Presence.AVAILABLE, Presence.BUSY):
        return Content.assemble((agent.presence.label, "$text-dim"), " ")
    if agent.free < 0:
        return Content.assemble((f"{-agent.free} over {agent.capacity}", "$warning"), " ")
    style = "$text-plain" if agent.fits else "$warning"
    return Content.assemble((f"{agent.free} of {agent.capacity} free", style), " ")


def queue_line(queue: "QueueTarget", width: int, glyphs: Glyphs) -> Content:
    """A queue: how many there have room, and how many items wait."""
    style = "$text-plain" if queue.allowed else "$text-dim"
    start = Content.assemble(
        "  ",
        (glyphs.more_right, "$info" if queue.allowed else "$text-dim"),
        " ",
        (text.left(text.inline(queue.name), _NAME, glyphs), style),
        ("  queue", "$text-dim"),
    )
    room = f"{queue.available} of {queue.members} free {glyphs.separator} {queue.open} waiting"
    if not queue.members:
        room = "no members"
    quiet = not queue.available
    end = Content.assemble((room, "$text-dim" if quiet else "$text-plain"), " ")
    return text.between(start, end, width, glyphs)


def more_line(count: int, width: int, glyphs: Glyphs) -> Content:
    """That there are more than are shown."""
    said = f"    and {count} more: type a name, a skill or a queue"
    return text.cut(Content.assemble((said, "$text-dim")), width, glyphs)


def beside_line(one: Participant, does: str, width: int, glyphs: Glyphs) -> Content:
    """An agent beside the conversation, and what choosing the line does."""
    role = "answers too" if one.role is Role.ADDED else "reads along"
    start = Content.assemble(
        "  ",
        (glyphs.more_right, "$primary"),
        " ",
        (text.left(text.inline(one.name), _NAME, glyphs), "bold $text-plain"),
        "  ",
        (role, "$info"),
    )
    return text.between(start, Content.assemble((does, "$text-plain"), " "), width, glyphs)


def asked_line(one: ConsultRequest, width: int, glyphs: Glyphs) -> Content:
    """An agent who is asked to stand beside the conversation and has not answered yet."""
    start = Content.assemble(
        "  ",
        (glyphs.more_right, "$text-dim"),
        " ",
        (text.left(text.inline(one.agent_name), _NAME, glyphs), "bold $text-plain"),
        "  ",
        ("asked, no answer yet", "$text-dim"),
    )
    does = Content.assemble(("cancel the request", "$text-plain"), " ")
    return text.between(start, does, width, glyphs)


def told_before(texts: Sequence[str], name: str) -> str:
    """That customers are told something by the desk, before it is done; empty for nothing."""
    if not texts:
        return ""
    whom = f"{name} is" if len(texts) == 1 else f"{len(texts)} customers are"
    return f"{whom} told: {quoted(texts[0], _QUOTED)}"


def comes_back(said: str, at: int, now: int) -> str:
    """What is shown while a time is typed: `Comes back tomorrow 09:00, in 18 h.`"""
    return f"Snoozed until {said}, {times.relative(at, now)}, or until the customer writes."


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
