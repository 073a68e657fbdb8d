"""What the preview shows of what was said: the customer's question first, then the newest lines."""

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, times
from omnitui.console.present.transcript import Look, not_yet
from omnitui.model.channel import Channel
from omnitui.model.conversation import Conversation, Message, MessageKind, Speaker
from omnitui.model.customer import Customer
from omnitui.model.names import first_name

_WHEN, _WHO = 7, 9
_LINES_EACH = 2
_ROOM_FOR_ALL = 5


class Preview(Struct, frozen=True):
    """What the preview is about; `me` is the agent who looks.

    `messages` are the last lines of the transcript, None while they are being read, `question` is
    what the customer wrote before anybody answered. `told` is why routing left it where it is.
    """

    item: Conversation
    channel: Channel | None
    me: int
    messages: Sequence[Message] | None = None
    question: Sequence[Message] = ()
    customer: Customer | None = None
    told: str = ""


class Paper(Struct, frozen=True):
    """What is drawn on: `width` in cells, `now` in epoch ms."""

    width: int
    glyphs: Glyphs
    now: int
    tz: tzinfo


def said_lines(view: Preview, room: int, paper: Paper) -> list[Content]:
    """What the customer began with, and the newest lines below it, in at most `room` lines.

    Where there is little room, what the desk wrote by itself is passed over.
    """
    if view.messages is None:
        item = view.item
        speaker = item.last_speaker or Speaker.CUSTOMER
        who = _speaker(speaker, item.agent_id, item.agent_name, view)
        style = badges.speaker_style(speaker)
        return _entry(item.last_at, who, style, item.last_text, _LINES_EACH, paper)[:room]
    of_it = {message.id for message in view.question}
    newest = [
        message
        for message in view.messages
        if message.id not in of_it and not (room < _ROOM_FOR_ALL and _by_itself(message))
    ]
    begun = _begun(view, max(1, room - bool(newest)), paper)
    return [*begun, *_newest(view, newest, room - len(begun), paper, bool(begun))]


def _newest(
    view: Preview, messages: Sequence[Message], room: int, paper: Paper, below: bool
) -> list[Content]:
    """As many of the newest lines as there is room for; `below` something older than they are."""
    lines: list[Content] = []
    for message in reversed(messages):
        entry = _lines_of(message, view, _LINES_EACH, paper)
        if len(lines) + len(entry) > room:
            if not lines:
                return _lines_of(message, view, 1, paper)[:room]
            if below and len(lines) < room:
                gap = " " * _WHEN + paper.glyphs.ellipsis
                lines.insert(0, Content.assemble((gap, "$text-dim")))
            break
        lines = entry + lines
    return lines


def _begun(view: Preview, most: int, paper: Paper) -> list[Content]:
    """The customer's question, however many lines they wrote it in, over `most` at most."""
    if not view.question:
        return []
    words = f" {paper.glyphs.separator} ".join(text.inline(one.text) for one in view.question)
    who = _speaker(Speaker.CUSTOMER, None, "", view)
    style = badges.speaker_style(Speaker.CUSTOMER)
    return _entry(view.question[0].at, who, style, words, min(most, _LINES_EACH), paper)


def _by_itself(message: Message) -> bool:
    """Whether the desk wrote it: what happened, and what customers are told by itself."""
    return message.kind is MessageKind.EVENT or message.speaker is Speaker.SYSTEM


def _lines_of(message: Message, view: Preview, most: int, paper: Paper) -> list[Content]:
    """A line of the transcript; what the desk says by itself is marked by sign and word."""
    far = not_yet(message, Look(paper.width, paper.tz, paper.glyphs))
    said = f"({far}) {message.text}" if far else message.text
    style = badges.speaker_style(message.speaker, message.kind)
    if not _by_itself(message):
        note = message.kind is MessageKind.NOTE
        who = "note" if note else _speaker(message.speaker, message.agent_id, message.author, view)
        return _entry(message.at, who, style, said, most, paper)
    event = message.kind is MessageKind.EVENT
    who = "" if event else f"{paper.glyphs.bar_system} notice"
    entry = _entry(message.at, who, style, said, 1 if event else most, paper)
    return [Content(line.plain).stylize("$text-dim") for line in entry]


def _entry(at: int, who: str, style: str, said: str, most: int, paper: Paper) -> list[Content]:
    """When, who, and the first words over `most` lines at most."""
    plain, room = text.inline(said), paper.width - _WHEN - _WHO - 1
    spans = text.wrap(plain, max(8, room))
    pieces = [plain[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        pieces[-1] = text.fit(f"{pieces[-1]}{paper.glyphs.ellipsis}", room, paper.glyphs)
    when = text.left(times.brief(at, paper.now, paper.tz), _WHEN, paper.glyphs)
    lead = Content.assemble((when, "$text-dim"), (text.left(who, _WHO, paper.glyphs), style), " ")
    indent = " " * (_WHEN + _WHO + 1)
    return [
        Content.assemble(indent if number else lead, (piece, "$text-plain"))
        for number, piece in enumerate(pieces)
    ]


def _speaker(speaker: Speaker, agent: int | None, author: str, view: Preview) -> str:
    if speaker is Speaker.AGENT:
        return "you" if agent == view.me else first_name(text.inline(author)) or "agent"
    if speaker is Speaker.BOT:
        return "bot"
    if speaker is Speaker.SYSTEM:
        return "notice"
    if view.item.customer_id is None:
        return "customer"
    return first_name(text.inline(view.item.name))
