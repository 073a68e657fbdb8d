"""Home's preview and its empty lists as text."""

from dataclasses import dataclass
from datetime import tzinfo

from textual.content import Content

from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import badges, text, times
from omnitui.model.channel import Channel
from omnitui.model.conversation import Conversation, ConversationState, Speaker

_SAID_LINES = 2
_EMPTY = {
    "mine": (
        "Nothing is yours right now.",
        "Offers appear at the top right; o on Open work picks one.",
    ),
    "open": ("Nobody waits.", "What no agent has taken yet would be here."),
    "closed": ("Nothing closed yet today.", "What you end and close today would be here."),
    "all": ("There is no conversation.", "Whatever is not closed would be here."),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What the preview is about; `me` is the agent who looks."""

    item: Conversation
    channel: Channel | None
    me: int


def empty_list(stream: str) -> Content:
    """What an empty list says: what would be here, and what brings it."""
    said, hint = _EMPTY[stream]
    return Content.assemble((said, "$text-plain"), "\n", (hint, "$text-dim"))


def preview_lines(
    preview: Preview, width: int, glyphs: Glyphs, *, now: int, tz: tzinfo
) -> list[Content]:
    """Who, on what, how long, how they feel; what was said last; why it is where it is."""
    item = preview.item
    label = item.channel if preview.channel is None else preview.channel.label
    dot = (f" {glyphs.separator} ", "$text-dim")
    sign = channel_glyph(preview.channel, glyphs.ascii)
    head: list[str | Content | tuple[str, str]] = [
        (text.inline(item.name), "bold $text-plain"), dot, (f"{sign} {label.lower()}", "$info"),
    ]  # fmt: skip
    if item.queue:
        head += [dot, (text.inline(item.queue), "$text-dim")]
    if item.waiting_since is not None:
        head += [dot, ("waits ", "$text-dim"), times.wait(now - item.waiting_since)]
    head += [dot, badges.sentiment_label(item.sentiment, glyphs)]
    said_at = times.clock_time(item.last_at, tz)
    speaker = _speaker(item, preview.me)
    lead = f"{said_at} {speaker}  "
    last = text.inline(item.last_text)
    pieces = [last[start:end] for start, end in text.wrap(last, width - len(lead))][:_SAID_LINES]
    lines = [text.cut(Content.assemble(*head), width, glyphs), Content("")]
    for number, piece in enumerate(pieces):
        front = (lead, "$text-dim") if number == 0 else " " * len(lead)
        lines.append(Content.assemble(front, (piece, "$text-plain")))
    lines.append(Content.assemble((why_here(item, preview.me, now), "$text-dim")))
    return lines


def _speaker(item: Conversation, me: int) -> str:
    if item.last_speaker is Speaker.AGENT:
        return "you" if item.agent_id == me else (item.agent_name.split() or ["agent"])[0]
    if item.last_speaker is Speaker.BOT:
        return "bot"
    return text.inline(item.name).split(" ")[0]


def why_here(item: Conversation, me: int, now: int) -> str:
    """Why a conversation is where it is, in a sentence."""
    state = item.state
    if state is ConversationState.OPEN:
        return "Open: nobody who is available has room for it right now. o picks it."
    if item.offered_to is not None:
        left = times.countdown(max(0, (item.offer_expires_at or now) - now))
        whom = "you" if item.offered_to == me else "an agent"
        return f"Ringing at {whom}, {left} left."
    owner = "you" if item.agent_id == me else text.inline(item.agent_name) or "nobody"
    if state is ConversationState.WAITING:
        return f"Waiting for the customer's next word; with {owner} last."
    if state is ConversationState.WRAP_UP:
        return f"Ended; in wrap-up with {owner}."
    if state is ConversationState.CLOSED:
        note = f": {text.inline(item.disposition)}" if item.disposition else ""
        return f"Closed by {owner}{note}."
    return f"With {owner}."
