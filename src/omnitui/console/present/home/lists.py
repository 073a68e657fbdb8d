"""Home's preview and its empty lists as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from textual.content import Content

from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.present import badges, text, times
from omnitui.console.present.transcript import Look, not_arrived, not_yet
from omnitui.model.agent import Agent
from omnitui.model.channel import Channel
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.customer import Customer
from omnitui.model.names import first_name

_WHO = 9
_WHEN = 6
_LINES_EACH = 2
_WAITS = "Waits: "
_FULLER = ((True, True), (False, True), (False, False))
_EMPTY = {
    "mine": (
        "Nothing is yours right now.",
        "Offers ring under the tabs. Tab shows what is open.",
    ),
    "open": ("Nobody waits.", "What no agent has taken would be here; Enter takes it."),
    "closed": ("Nothing closed yet today.", "What you end and close today would be here."),
    "all": ("There is no conversation.", "Whatever is not closed would be here."),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What the preview is about; `me` is the agent who looks.

    `messages` are the last lines of the transcript, None while they are being read. `agents` are
    all there are, for saying at whom it rings. `told` is why routing left it where it is.
    """

    item: Conversation
    channel: Channel | None
    me: int
    messages: Sequence[Message] | None = None
    customer: Customer | None = None
    agents: Sequence[Agent] = ()
    told: str = ""


def empty_list(stream: str) -> Content:
    """What an empty list says: what would be here, and what brings it."""
    said, hint = _EMPTY[stream]
    return Content.assemble((said, "$text-plain"), "\n", (hint, "$text-dim"))


def nothing_fits(stream: str, count: int) -> Content:
    """What a list says in which nothing fits the filter."""
    which = ", none of them closed" if stream == "All" else ""
    there = f"{stream} holds {count:,} without it{which}."
    if not count:
        there = f"{stream} is empty anyway."
    return Content.assemble(
        ("Nothing fits the filter.", "$text-plain"),
        "\n",
        (f"{there} Esc lets go of it.", "$text-dim"),
    )


def preview_lines(
    view: Preview, width: int, height: int, glyphs: Glyphs, *, now: int, tz: tzinfo
) -> list[Content]:
    """Exactly `height` lines: who, on what, how long, how they feel; what was said; why it is here.

    What was said last stands at the bottom, above the reason; the oldest lines are left out.
    """
    heads = [_head(view, glyphs, now, city, queue) for city, queue in _FULLER]
    head = next((one for one in heads if one.cell_length <= width), heads[-1])
    head = text.cut(head, width, glyphs)
    reason = why_here(view, now)
    lead = "why here: "
    spans = text.wrap(reason, max(8, width - len(lead)))
    why = [
        Content.assemble((" " * len(lead) if number else lead, "$text-dim"), (line, "$info"))
        for number, line in enumerate(reason[start:end] for start, end in spans)
    ]
    roomy = height >= 9
    gap = [Content("")] if roomy else []
    room = height - 1 - len(why) - 2 * len(gap)
    said = _said(view, width, room, glyphs, tz)
    filler = [Content("")] * (room - len(said))
    return [head, *gap, *said, *filler, *gap, *why][:height]


def _head(view: Preview, glyphs: Glyphs, now: int, city: bool, queue: bool) -> Content:
    """Who, on what, how long; where they live and the queue as far as there is room."""
    item = view.item
    label = item.channel if view.channel is None else view.channel.label
    sign = channel_glyph(view.channel, glyphs.ascii)
    parts: list[Content] = [Content.assemble((text.inline(item.name), "bold $text-plain"))]
    if view.customer is not None:
        facts = [view.customer.tier.label, text.inline(view.customer.city) if city else ""]
        parts.append(Content.assemble((", ".join(filter(None, facts)), "$text-plain")))
    parts.append(Content.assemble((f"{sign} {label.lower()}", "$info")))
    if item.queue and queue:
        parts.append(Content.assemble((text.inline(item.queue), "$text-dim")))
    if item.waiting_since is not None:
        waited = times.wait(now - item.waiting_since)
        parts.append(Content.assemble(("waits ", "$text-dim"), (waited, "bold $warning")))
    parts.append(badges.sentiment_label(item.feeling, glyphs))
    if item.skills:
        wanted = ", ".join(f"{text.inline(skill)} {level}" for skill, level in item.skills.items())
        parts.append(Content.assemble((f"needs {wanted}", "$text-dim")))
    return Content.assemble((f" {glyphs.separator} ", "$text-dim")).join(parts)


def _said(view: Preview, width: int, room: int, glyphs: Glyphs, tz: tzinfo) -> list[Content]:
    if view.messages is None:
        item = view.item
        speaker = item.last_speaker or Speaker.CUSTOMER
        who = _speaker(speaker, item.agent_id, item.agent_name, view)
        style = badges.speaker_style(speaker)
        lines = _entry(item.last_at, who, style, item.last_text, width, glyphs, tz)
        return lines[:room]
    lines = []
    for message in reversed(view.messages):
        note = message.kind is MessageKind.NOTE
        who = "note" if note else _speaker(message.speaker, message.agent_id, message.author, view)
        style = badges.speaker_style(message.speaker, message.kind)
        far = not_yet(message, Look(width, tz, glyphs))
        said = f"({far}) {message.text}" if far else message.text
        entry = _entry(message.at, who, style, said, width, glyphs, tz)
        if message.kind is MessageKind.EVENT:
            entry = [Content(line.plain).stylize("$text-dim") for line in entry[:1]]
        if len(lines) + len(entry) > room:
            break
        lines = entry + lines
    return lines


def _entry(
    at: int, who: str, style: str, said: str, width: int, glyphs: Glyphs, tz: tzinfo
) -> list[Content]:
    """A line of the transcript: when, who, and its first words over at most two lines."""
    plain = text.inline(said)
    spans = text.wrap(plain, max(8, width - _WHEN - _WHO - 1))
    pieces = [plain[start:end] for start, end in spans[:_LINES_EACH]]
    if len(spans) > _LINES_EACH:
        pieces[-1] = text.fit(f"{pieces[-1]}{glyphs.ellipsis}", width - _WHEN - _WHO - 1, glyphs)
    lead = Content.assemble(
        (f"{times.clock_time(at, tz)} ", "$text-dim"), (text.left(who, _WHO, glyphs), style), " "
    )
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
        return ""
    name = text.inline(view.item.name)
    return name.split(" ")[0] if view.item.customer_id is None else first_name(name)


def why_here(view: Preview, now: int) -> str:
    """Why a conversation is where it is, in a sentence or two."""
    item, me = view.item, view.me
    if item.offered_to is not None:
        left = times.countdown(max(0, (item.offer_expires_at or now) - now))
        whom = "you" if item.offered_to == me else _name(view)
        return f"rings at {whom}, {left} left. {text.inline(view.told)}".rstrip()
    if item.state is ConversationState.OPEN:
        told = text.inline(view.told)
        if told.startswith(_WAITS):
            return f"with nobody: {told.removeprefix(_WAITS)}"
        return f"with nobody. {told}".rstrip()
    owner = "you" if item.agent_id == me else text.inline(item.agent_name) or "nobody"
    if item.state is ConversationState.WAITING:
        return f"waits for the customer's next word; {owner} had it last."
    if item.state is ConversationState.WRAP_UP:
        return f"ended; in wrap-up with {owner}."
    if item.state is ConversationState.CLOSED:
        note = f": {text.inline(item.disposition)}" if item.disposition else ""
        return f"closed by {owner}{note}."
    answered = not_arrived(view.messages or ()) or "answered"
    turn = "they wait for an answer" if item.waiting_since is not None else answered
    return f"with {owner}, {turn}. {text.inline(view.told)}".rstrip()


def _name(view: Preview) -> str:
    wanted = view.item.offered_to
    return next((text.inline(a.name) for a in view.agents if a.id == wanted), "a colleague")
