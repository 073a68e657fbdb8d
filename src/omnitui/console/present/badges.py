"""Small signs with a meaning: sentiment, presence, unread, needs-you, countdowns, trends."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.model.agent import Presence
from omnitui.model.conversation import Delivery, MessageKind, Speaker
from omnitui.model.sentiment import Sentiment

_MOST_UNREAD = 9


NOT_SCORED = "not scored"
"""What is said of customers who wrote in languages without a lexicon only."""


def sentiment_style(level: Sentiment | None) -> str:
    """The colour of a feeling; None is one that is not known."""
    if level is None:
        return "$text-dim"
    if level > 0:
        return "$positive"
    if level == 0:
        return "$text-dim"
    return "$warning" if level == Sentiment.SLIGHTLY_NEGATIVE else "$danger"


def sentiment(level: Sentiment | None, glyphs: Glyphs) -> Content:
    """The sign of a feeling, 1-2 cells: one that asks for care (negative or worse) has a `!`."""
    sign = glyphs.sentiment(level)
    if level is not None and level <= Sentiment.NEGATIVE:
        return Content.assemble((sign + glyphs.alert, f"bold {sentiment_style(level)}"))
    return Content.assemble((sign, sentiment_style(level)))


def sentiment_label(level: Sentiment | None, glyphs: Glyphs) -> Content:
    """The sign of a feeling with its words: `▴ slightly positive`."""
    label = NOT_SCORED if level is None else level.label
    return Content.assemble(sentiment(level, glyphs), " ", (label, sentiment_style(level)))


def trend(levels: Sequence[int], width: int, glyphs: Glyphs) -> Content:
    """The last `width` feelings (-3..3) as a sparkline, newest at the right. Empty without any."""
    shown = levels[-width:] if width > 0 else ()
    top = len(glyphs.spark) - 1
    parts = []
    for raw in shown:
        level = Sentiment(max(-3, min(3, raw)))
        parts.append((glyphs.spark[round((level + 3) / 6 * top)], sentiment_style(level)))
    return Content.assemble(*parts)


def unread(count: int) -> str:
    """`+3`, `+9` for nine and more, nothing for none."""
    return f"+{min(count, _MOST_UNREAD)}" if count > 0 else ""


def needs_you(glyphs: Glyphs) -> Content:
    """The mark of a conversation that waits for this agent."""
    return Content.assemble((glyphs.needs_you, "bold $warning"))


def presence_style(presence: Presence) -> str:
    """The colour of a presence."""
    return {
        Presence.AVAILABLE: "$positive",
        Presence.BUSY: "$warning",
        Presence.DO_NOT_DISTURB: "$danger",
        Presence.AWAY: "$note",
        Presence.OFFLINE: "$text-dim",
        Presence.INACTIVE: "$text-dim",
    }[presence]


def presence(state: Presence, glyphs: Glyphs) -> Content:
    """The sign of a presence with its words: `● Available`."""
    style = presence_style(state)
    return Content.assemble((glyphs.presence(state), style), " ", (state.label, style))


def speaker_style(speaker: Speaker, kind: MessageKind = MessageKind.MESSAGE) -> str:
    """The colour of who speaks; a note has its own whoever wrote it."""
    if kind is MessageKind.NOTE:
        return "$note"
    return {
        Speaker.CUSTOMER: "$customer",
        Speaker.AGENT: "$agent",
        Speaker.BOT: "$bot",
        Speaker.SYSTEM: "$text-dim",
    }[speaker]


def delivery_style(delivery: Delivery) -> str:
    """The colour of how far a message has come."""
    return {
        Delivery.RECEIVED: "$text-dim",
        Delivery.HELD: "$warning",
        Delivery.QUEUED: "$info",
        Delivery.SENDING: "$info",
        Delivery.SENT: "$text-dim",
        Delivery.FAILED: "bold $danger",
        Delivery.UNCERTAIN: "bold $warning",
        Delivery.UNSENT: "$text-dim",
    }[delivery]


def bar(share: float, width: int, glyphs: Glyphs, style: str = "$primary") -> Content:
    """A bar filled to `share` (0..1) in half cells. Anything above zero shows something."""
    share = max(0.0, min(1.0, share))
    halves = round(share * width * 2)
    if share > 0:
        halves = min(max(1, halves), width * 2)
    full, half = divmod(halves, 2)
    drawn = glyphs.bar_full * full + glyphs.bar_half * half
    return Content.assemble((drawn, style), (glyphs.bar_track * (width - full - half), "$rule"))


def urgency_style(share: float) -> str:
    """The colour of a countdown with `share` (0..1) of its time left."""
    if share > 0.5:
        return "$primary"
    return "$warning" if share > 0.2 else "$danger"
