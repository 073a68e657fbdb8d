"""A conversation as lines: grouped by speaker and minute, days apart, each voice with its own bar.

`message_lines` gives the lines of one message, with whatever belongs above it (day, "new since you
looked", the speaker's name), and depends only on the message, the one before it and the `Look`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from msgspec import Struct, field
from msgspec.structs import replace
from rich.cells import cell_len
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, enclosed, summary, times
from omnitui.letters import places
from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker

HOLD_MS = 8_000
"""How long a reply is held before it leaves; the length of the shrinking bar."""

FOUND_STYLE = "bold $text-plain on $find-surface"
HIT_STYLE = "bold $on-accent on $primary"

_MINUTE = 60_000
_STATE_ROOM = 16
_GROUPS_OWN_FROM = 56


class Look(Struct, frozen=True):
    """How to draw a transcript: `width` in cells, the agent `me` whose own lines are `you`.

    `roomy` puts a blank line between speakers. `new_from` is the first message that came since the
    agent looked (0: none). `find` is what is searched for, case ignored, and `hit` where the search
    stands: the message, and which occurrence in it. `unserved` are the labels of channels that
    nothing delivers on, by key.
    """

    width: int
    tz: tzinfo
    glyphs: Glyphs
    me: int | None = None
    roomy: bool = True
    new_from: int = 0
    find: str = ""
    hit: tuple[int, int] = (0, 0)
    unserved: Mapping[str, str] = field(default_factory=dict)


class Line(Struct, frozen=True):
    """One line on screen.

    The first `text_at` characters of `content` are chrome; the rest is the message's own text and
    `joiner` is what stood between it and the text of the line above (None: nothing to copy here).
    `note` asks for the note's background over the whole line.
    """

    content: Content
    message_id: int = 0
    text_at: int = 0
    joiner: str | None = None
    note: bool = False


def message_lines(
    message: Message, previous: Message | None, look: Look, now: int
) -> tuple[Line, ...]:
    """The lines of `message`; `previous` is the one above it, None when nothing is."""
    headless = _headless(message, previous, look)
    above = list(_above(message, previous, look, now))
    if message.kind is MessageKind.EVENT:
        return (*above, *_event(message, look))
    if message.kind is MessageKind.NOTE:
        return (*above, *_note(message, look, headless))
    if headless:
        return (*above, *_said(message, look, _delivery(message, look, now)))
    return (*above, _head(message, look, now), *_said(message, look, Content("")))


def message_height(message: Message, previous: Message | None, look: Look) -> int:
    """How many lines `message_lines` gives, without drawing them."""
    headless = _headless(message, previous, look)
    above = _new_day(message, previous, look) + _is_new(message, look)
    above += _spaced(message, previous, look)
    plain = text.block(message.text)
    if message.kind is MessageKind.EVENT:
        return above + len(text.wrap(plain, _event_room(look)))
    room = _said_room(look, beside_state=headless and _has_state(message))
    told = bool(trouble(message, look))
    words = 0 if _is_wordless(message) else len(text.wrap(plain, room))
    beside = len(enclosed.said_with(message.envelope)) + len(message.envelope.files)
    return above + (not headless) + words + beside + told


def matches(message: Message, find: str) -> int:
    """How often `find` occurs in what a message says, case ignored."""
    return len(list(places(text.block(message.text), find)))


def copied(lines: list[tuple[Line, int, int | None]]) -> str:
    """The text of a selection: lines with the span selected in each (end None: to its end).

    Wrapped lines come back as they were written; bars, names and times are left out.
    """
    parts: list[str] = []
    for line, start, end in lines:
        if line.joiner is None:
            continue
        piece = line.content.plain[max(start, line.text_at) : end]
        if parts:
            parts.append(line.joiner)
        parts.append(piece)
    return "".join(parts)


def speaker_name(message: Message, me: int | None) -> str:
    """Who says it, in one word or two: the agent who looks is `you`, the bot is marked as one."""
    if message.speaker is Speaker.AGENT and me is not None and message.agent_id == me:
        return "you"
    name = text.inline(message.author)
    if message.speaker is Speaker.BOT:
        return name if "bot" in name.lower() else f"{name} (bot)" if name else "bot"
    return name or message.speaker.value


def _above(message: Message, previous: Message | None, look: Look, now: int) -> Iterator[Line]:
    inner = look.width - 2
    if _spaced(message, previous, look):
        yield Line(Content(""), message.id)
    if _new_day(message, previous, look):
        label = times.day_label(message.at, now, look.tz)
        yield Line(Content.assemble(" ", summary.rule(inner, look.glyphs, label)), message.id)
    if _is_new(message, look):
        yield Line(_new_line(inner, look.glyphs), message.id)


def _new_day(message: Message, previous: Message | None, look: Look) -> bool:
    return previous is None or not times.same_day(previous.at, message.at, look.tz)


def _is_new(message: Message, look: Look) -> bool:
    return look.new_from != 0 and message.id == look.new_from


def _new_line(inner: int, glyphs: Glyphs) -> Content:
    label = " new since you looked "
    rule = glyphs.rule * max(0, inner - cell_len(label) - 2)
    line = Content.assemble(
        (f" {glyphs.rule * 2}", "$primary"), (label, "bold $primary"), (rule, "$primary")
    )
    return text.cut(line, inner + 1, glyphs)


def _spaced(message: Message, previous: Message | None, look: Look) -> bool:
    if not look.roomy or previous is None or _headless(message, previous, look):
        return False
    events = message.kind is MessageKind.EVENT and previous.kind is MessageKind.EVENT
    return not events or _new_day(message, previous, look) or _is_new(message, look)


def _headless(message: Message, previous: Message | None, look: Look) -> bool:
    if previous is None or _is_new(message, look) or _new_day(message, previous, look):
        return False
    return message.kind is not MessageKind.EVENT and _groups(message, previous, look)


def _groups(message: Message, previous: Message, look: Look) -> bool:
    own = message.speaker is Speaker.AGENT and message.kind is MessageKind.MESSAGE
    if own and look.width < _GROUPS_OWN_FROM:
        return False
    return (
        previous.kind is message.kind
        and previous.speaker is message.speaker
        and previous.author == message.author
        and previous.at // _MINUTE == message.at // _MINUTE
    )


def _head(message: Message, look: Look, now: int) -> Line:
    style = badges.speaker_style(message.speaker, message.kind)
    start = Content.assemble(
        " ",
        (times.clock_time(message.at, look.tz), "$text-dim"),
        "  ",
        (speaker_name(message, look.me), f"bold {style}"),
    )
    state = _delivery(message, look, now)
    return Line(text.between(start, state, look.width - 1, look.glyphs), message.id)


def _has_state(message: Message) -> bool:
    """Whether it is shown how far it has come: of what the desk says itself, until it has."""
    if message.kind is not MessageKind.MESSAGE or message.delivery is Delivery.RECEIVED:
        return False
    if message.speaker in (Speaker.BOT, Speaker.SYSTEM):
        return message.delivery is not Delivery.SENT
    return message.speaker is Speaker.AGENT


def _said_room(look: Look, *, beside_state: bool = False) -> int:
    return max(2, look.width - 4 - (_STATE_ROOM if beside_state else 0))


def _event_room(look: Look) -> int:
    return max(2, look.width - 13)


def _delivery(message: Message, look: Look, now: int) -> Content:
    if not _has_state(message):
        return Content("")
    glyphs, delivery = look.glyphs, message.delivery
    style = badges.delivery_style(delivery)
    sign = glyphs.delivery(delivery)
    if delivery is Delivery.HELD:
        left = max(0, (message.held_until or now) - now)
        seconds = f"{sign} {min(99, times.seconds_left(left)):>2}s "
        return Content.assemble((seconds, style), badges.bar(left / HOLD_MS, 8, glyphs, style))
    return Content.assemble((delivery_word(message, look), style))


def not_yet(message: Message, look: Look) -> str:
    """How far what was said to a customer has come, where that is not yet to them; else empty."""
    if not _has_state(message) or message.delivery is Delivery.SENT:
        return ""
    return delivery_word(message, look)


def not_arrived(messages: Sequence[Message]) -> str:
    """What has become of the answer to the customer's last words, where that has not arrived.

    Empty where it has, while it can be taken back, and where nobody has answered.
    """
    for message in reversed(messages):
        if message.kind is MessageKind.MESSAGE and message.speaker is Speaker.CUSTOMER:
            break
        if _has_state(message) and message.delivery is Delivery.UNCERTAIN:
            return "may not have arrived"
        if _has_state(message) and message.delivery in (Delivery.QUEUED, Delivery.FAILED):
            return "not sent"
    return ""


def delivery_word(message: Message, look: Look) -> str:
    """How far a message has come, as a sign and a word."""
    delivery = message.delivery
    again = delivery is Delivery.QUEUED and message.attempts
    if again or (delivery is Delivery.FAILED and message.held_until is not None):
        word = "trying again"
    else:
        word = "unsent" if delivery is Delivery.UNSENT else delivery.value
    return f"{look.glyphs.delivery(delivery)} {word}"


def _said(message: Message, look: Look, state: Content) -> Iterator[Line]:
    bar = (look.glyphs.bar(message.speaker), badges.speaker_style(message.speaker))
    room = _said_room(look, beside_state=bool(state))
    for said in enclosed.said_with(message.envelope):
        yield _beside(message, bar, said, "$text-dim", look)
    wordless = _is_wordless(message)
    for number, line in enumerate(() if wordless else _wrapped(message, look, room)):
        shown = Content.assemble(" ", bar, " ", line.content)
        if number == 0 and state:
            shown = text.between(shown, state, look.width - 1, look.glyphs)
        yield replace(line, content=shown, text_at=3)
    for said in enclosed.files_with(message.envelope.files, look.glyphs):
        yield _beside(message, bar, said, "$info", look)
    why = trouble(message, look)
    if why:
        sign = look.glyphs.delivery(message.delivery)
        told = text.fit(f"{sign} {why}", look.width - 4, look.glyphs)
        style = "$danger" if message.delivery is Delivery.FAILED else "$warning"
        yield Line(Content.assemble("   ", (told, style)), message.id)


def _is_wordless(message: Message) -> bool:
    """Whether files are all that a message has."""
    return bool(message.envelope.files) and not message.text.strip()


def _beside(message: Message, bar: tuple[str, str], said: str, style: str, look: Look) -> Line:
    """A line of what goes with the words: a subject, copies, a file."""
    told = text.fit(said, max(2, look.width - 4), look.glyphs)
    return Line(Content.assemble(" ", bar, " ", (told, style)), message.id)


def trouble(message: Message, look: Look) -> str:
    """Why it has not certainly arrived; empty where there is nothing to say."""
    if not _has_state(message):
        return ""
    why = text.inline(message.error)
    if message.delivery is Delivery.UNCERTAIN:
        return f"may have arrived: {why or 'not confirmed'}"
    if message.delivery is Delivery.FAILED:
        tries = f" ({message.attempts} attempts)" if message.attempts > 1 else ""
        said = "may have arrived" if message.doubtful else "not sent"
        return f"{said}: {why or 'the channel rejected it'}{tries}"
    if message.delivery is Delivery.QUEUED and message.channel in look.unserved:
        return f"not sent: no courier for {text.inline(look.unserved[message.channel])}"
    return ""


def _note(message: Message, look: Look, headless: bool) -> Iterator[Line]:
    bar = Content.assemble(" ", (look.glyphs.bar_note, "$note"), " ")
    if not headless:
        head = Content.assemble(
            bar,
            ("note", "bold $note"),
            (f"  {times.clock_time(message.at, look.tz)}  ", "$text-dim"),
            (speaker_name(message, look.me), "$note"),
            ("  only agents read this", "$text-dim"),
        )
        yield Line(text.cut(head, look.width - 1, look.glyphs), message.id, note=True)
    for line in _wrapped(message, look, _said_room(look)):
        yield replace(line, content=bar + line.content, text_at=3, note=True)


def _event(message: Message, look: Look) -> Iterator[Line]:
    clock = times.clock_time(message.at, look.tz)
    rule = look.glyphs.rule * 2
    for number, line in enumerate(_wrapped(message, look, _event_room(look), "$text-dim")):
        start = Content.assemble(" ", (clock if number == 0 else " " * 5, "$text-dim"), "  ")
        edge = (f"{rule} ", "$rule") if number == 0 else ("   ", "")
        shown = Content.assemble(start, edge, line.content)
        yield replace(line, content=shown, text_at=11)


def _wrapped(message: Message, look: Look, width: int, style: str = "") -> Iterator[Line]:
    """The message's own text in lines of at most `width` cells, with what joined them."""
    plain = text.block(message.text)
    content = _dressed(Content(plain), message, look, style)
    reached = 0
    for start, end in text.wrap(plain, width):
        joiner = plain[reached:start] if start else "\n"
        yield Line(content[start:end], message.id, 0, joiner)
        reached = end


def _dressed(content: Content, message: Message, look: Look, style: str) -> Content:
    if message.delivery is Delivery.UNSENT:
        style = "$text-dim strike"
    if style:
        content = content.stylize(style)
    for word, score in message.words:
        moved = "underline $positive" if score > 0 else "underline $danger"
        said = r"[^\w]+".join(map(re.escape, word.split()))
        for match in re.finditer(rf"(?<!\w){said}(?!\w)", content.plain, re.IGNORECASE):
            content = content.stylize(moved, *match.span())
    for number, (start, end) in enumerate(places(content.plain, look.find)):
        hit = look.hit == (message.id, number)
        content = content.stylize(HIT_STYLE if hit else FOUND_STYLE, start, end)
    return content
