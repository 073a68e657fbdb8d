"""Every sign the console draws, one cell wide, each with an ASCII twin.

Chrome takes its signs from a `Glyphs`, never from literals, so that `--ascii` (or a locale that is
not UTF-8) changes all of them at once. No emoji. A state is never told by colour alone: within one
family (sentiment, presence, delivery, speaker) every sign has a shape of its own.
"""

from collections.abc import Iterator

from msgspec import Struct
from rich.cells import cell_len

from omnitui.model.agent import Presence
from omnitui.model.channel import Channel
from omnitui.model.conversation import Delivery, MessageKind, Speaker
from omnitui.model.sentiment import Sentiment


class Glyphs(Struct, frozen=True):
    """One set of signs. Strings are a single cell; tuples are ladders, lowest first."""

    ascii: bool

    # Sentiment, from very negative to very positive.
    sentiments: tuple[str, str, str, str, str, str, str]
    not_scored: str

    # Presence.
    available: str
    busy: str
    do_not_disturb: str
    away: str
    offline: str
    inactive: str

    # Delivery.
    received: str
    held: str
    queued: str
    sending: str
    sent: str
    failed: str
    uncertain: str
    unsent: str

    # The bar to the left of what was said.
    bar_customer: str
    bar_bot: str
    bar_agent: str
    bar_note: str
    bar_system: str

    # Lists and tabs. `unsaved` is what is typed and has been neither saved nor sent.
    home: str
    cursor: str
    marked: str
    unread: str
    needs_you: str
    late: str
    near: str
    alert: str
    channel: str
    sort_up: str
    sort_down: str
    shared: str
    unsaved: str

    # Shapes of text.
    ellipsis: str
    rule: str
    separator: str
    expanded: str
    collapsed: str
    more_left: str
    more_right: str
    below: str
    above: str
    star: str
    item: str
    checked: str
    link: str

    # Steps of a script.
    step_done: str
    step_failed: str
    step_open: str

    # Measures.
    spark: tuple[str, ...]
    bar_full: str
    bar_half: str
    bar_track: str

    def sentiment(self, level: Sentiment | None) -> str:
        """The sign of how a customer feels; None where that cannot be told."""
        return self.not_scored if level is None else self.sentiments[int(level) + 3]

    def presence(self, presence: Presence) -> str:
        """The sign of an agent's presence."""
        return {
            Presence.AVAILABLE: self.available,
            Presence.BUSY: self.busy,
            Presence.DO_NOT_DISTURB: self.do_not_disturb,
            Presence.AWAY: self.away,
            Presence.OFFLINE: self.offline,
            Presence.INACTIVE: self.inactive,
        }[presence]

    def delivery(self, delivery: Delivery) -> str:
        """The sign of how far a message has come."""
        return {
            Delivery.RECEIVED: self.received,
            Delivery.HELD: self.held,
            Delivery.QUEUED: self.queued,
            Delivery.SENDING: self.sending,
            Delivery.SENT: self.sent,
            Delivery.FAILED: self.failed,
            Delivery.UNCERTAIN: self.uncertain,
            Delivery.UNSENT: self.unsent,
        }[delivery]

    def bar(self, speaker: Speaker, kind: MessageKind = MessageKind.MESSAGE) -> str:
        """The bar to the left of what `speaker` said; a note has its own whoever wrote it."""
        if kind is MessageKind.NOTE:
            return self.bar_note
        return {
            Speaker.CUSTOMER: self.bar_customer,
            Speaker.AGENT: self.bar_agent,
            Speaker.BOT: self.bar_bot,
            Speaker.SYSTEM: self.bar_system,
        }[speaker]

    def all(self) -> Iterator[tuple[str, str]]:
        """Every sign with the name of its field."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, str):
                yield name, value
            elif isinstance(value, tuple):
                yield from ((name, sign) for sign in value)


UNICODE = Glyphs(
    ascii=False,
    sentiments=("▼", "▽", "▾", "─", "▴", "△", "▲"),
    not_scored="?",
    available="●",
    busy="◐",
    do_not_disturb="⊖",
    away="◎",
    offline="○",
    inactive="◌",
    received="←",
    held="◷",
    queued="↑",
    sending="→",
    sent="✓",
    failed="✗",
    uncertain="?",
    unsent="↶",
    bar_customer="│",
    bar_bot="┊",
    bar_agent="┃",
    bar_note="▒",
    bar_system="·",
    home="⌂",
    cursor="▌",
    marked="■",
    unread="•",
    needs_you="◉",
    late="!",
    near="◔",
    alert="!",
    channel="◇",
    sort_up="↑",
    sort_down="↓",
    shared="≡",
    unsaved="✎",
    ellipsis="…",
    rule="─",
    separator="·",
    expanded="▾",
    collapsed="▸",
    more_left="‹",
    more_right="›",
    below="↓",
    above="↑",
    star="★",
    item="•",
    checked="☑",
    link="↗",
    step_done="✓",
    step_failed="✗",
    step_open="○",
    spark=("▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"),
    bar_full="━",
    bar_half="╸",
    bar_track="─",
)

ASCII = Glyphs(
    ascii=True,
    sentiments=("V", "v", ",", "-", "'", "^", "A"),
    not_scored="?",
    available="@",
    busy="%",
    do_not_disturb="x",
    away="z",
    offline="o",
    inactive=".",
    received="<",
    held="~",
    queued="^",
    sending=">",
    sent="+",
    failed="x",
    uncertain="?",
    unsent="u",
    bar_customer="|",
    bar_bot=":",
    bar_agent="#",
    bar_note="%",
    bar_system=".",
    home="H",
    cursor=">",
    marked="#",
    unread="+",
    needs_you="*",
    late="!",
    near="~",
    alert="!",
    channel="o",
    sort_up="^",
    sort_down="v",
    shared="=",
    unsaved="%",
    ellipsis="~",
    rule="-",
    separator="-",
    expanded="v",
    collapsed=">",
    more_left="<",
    more_right=">",
    below="v",
    above="^",
    star="*",
    item="*",
    checked="x",
    link=">",
    step_done="+",
    step_failed="x",
    step_open="o",
    spark=(".", ":", "-", "=", "+", "*", "#", "@"),
    bar_full="=",
    bar_half="-",
    bar_track=".",
)


def glyphs_for(ascii: bool) -> Glyphs:  # noqa: A002 - named as the option is
    """The set for a plain terminal (`ascii`) or for one that shows Unicode."""
    return ASCII if ascii else UNICODE


def channel_glyph(channel: Channel | None, ascii: bool) -> str:  # noqa: A002 - as above
    """A channel's sign, always one cell.

    Channels are data that people edit: a sign of another width, or none, becomes the neutral one.
    An unknown channel (None) has the neutral one too.
    """
    neutral = glyphs_for(ascii).channel
    if channel is None:
        return neutral
    sign = channel.ascii if ascii else channel.glyph
    return sign if cell_len(sign) == 1 and sign.isprintable() else neutral
