"""Home's preview and its empty lists as text."""

from collections.abc import Iterator
from datetime import tzinfo

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs, channel_glyph
from omnitui.console.keys import key_for
from omnitui.console.present import badges, times
from omnitui.console.present.home.said import Paper, Preview, said_lines
from omnitui.console.present.transcript import not_arrived
from omnitui.model.conversation import (
    ConversationState,
)

_WAITS = "Waits: "
_ROOMY = 9
_EMPTY = {
    "mine": (
        "You have no conversations.",
        "Offers appear under the tabs. {next} shows open conversations.",
    ),
    "open": ("Nobody is waiting.", "Unassigned conversations appear here; Enter takes one."),
    "closed": ("Nothing closed yet today.", "Conversations that you close today appear here."),
    "all": (
        "No conversations.",
        "All open conversations appear here; {closed} shows closed ones too.",
    ),
}


def empty_list(stream: str) -> Content:
    """What an empty list says: what would be here, and what brings it."""
    said, hint = _EMPTY[stream]
    hint = hint.format(closed=key_for("home.with_closed"), next=key_for("home.next_stream"))
    return Content.assemble((said, "$text-plain"), "\n", (hint, "$text-dim"))


def nothing_fits(label: str, count: int, *, closed_hidden: bool = False) -> Content:
    """What a list of `count` says in which nothing fits the filter.

    `closed_hidden`: closed conversations are not among them, and could be.
    """
    there = f"{label} has {count:,} without it." if count else f"{label} is empty."
    closed = key_for("home.with_closed")
    more = f" {closed} includes closed ones." if closed_hidden else ""
    return Content.assemble(
        ("No conversation matches the filter.", "$text-plain"),
        "\n",
        (f"{there}{more} Esc clears the filter.", "$text-dim"),
    )


def preview_lines(
    view: Preview, width: int, height: int, glyphs: Glyphs, *, now: int, tz: tzinfo
) -> list[Content]:
    """Exactly `height` lines: who, on what, how long, how they feel; what was said; why it is here.

    What the customer began with comes first, then what was said last; what is between is left out.
    """
    head = _head(view, width, glyphs, now)
    reason = why_here(view, now)
    lead = "routing: "
    spans = text.wrap(reason, max(8, width - len(lead)))
    most = 2 if height < _ROOMY else len(spans)
    told = [reason[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        told[-1] = text.fit(f"{told[-1]}{glyphs.ellipsis}", width - len(lead), glyphs)
    why = [
        Content.assemble((" " * len(lead) if number else lead, "$text-dim"), (line, "$info"))
        for number, line in enumerate(told)
    ]
    gap = [Content("")] if height >= _ROOMY else []
    room = max(1, height - 1 - len(why) - 2 * len(gap))
    said = said_lines(view, room, Paper(width, glyphs, now, tz))
    filler = [Content("")] * (room - len(said))
    return [head, *gap, *said, *filler, *gap, *why][:height]


def _head(view: Preview, width: int, glyphs: Glyphs, now: int) -> Content:
    """Who, on what, how long, and what else there is room for; what is missed least gives way."""
    facts = list(_facts(view, glyphs, now))
    join = Content.assemble((f" {glyphs.separator} ", "$text-dim"))
    while True:
        line = join.join([fact for _, fact in facts])
        if line.cell_length <= width or len(facts) == 1:
            return text.cut(line, width, glyphs)
        facts.remove(max(facts, key=lambda fact: fact[0]))


def _facts(view: Preview, glyphs: Glyphs, now: int) -> Iterator[tuple[int, Content]]:
    """The facts of the head from left to right, each with how little it is missed."""
    item, customer = view.item, view.customer
    label = item.channel if view.channel is None else view.channel.label
    sign = channel_glyph(view.channel, glyphs.ascii)
    yield 0, Content.assemble((text.inline(item.who), "bold $text-plain"))
    if customer is not None:
        yield 4, Content.assemble((customer.tier.label, "$text-plain"))
        if customer.city:
            yield 11, Content.assemble((text.inline(customer.city), "$text-plain"))
    elif item.who != item.name:
        yield 8, Content.assemble((text.inline(item.name), "$text-dim"))
        if named := text.inline(str(item.context.get("name", ""))):
            yield 6, Content.assemble(("says ", "$text-dim"), (named, "$text-plain"))
    yield 1, Content.assemble((f"{sign} {label.lower()}", "$info"))
    if item.queue:
        yield 10, Content.assemble((text.inline(item.queue), "$text-dim"))
    if item.waiting_since is not None:
        waited = times.wait(now - item.waiting_since)
        yield 2, Content.assemble(("waits ", "$text-dim"), (waited, "bold $warning"))
    if item.priority:
        style = "bold $warning" if item.priority > 0 else "$text-dim"
        yield 3, Content.assemble(("priority ", "$text-dim"), (str(item.priority), style))
    yield 5, badges.sentiment_label(item.feeling, glyphs)
    if item.labels:
        yield 7, Content.assemble((", ".join(map(text.inline, item.labels)), "$info"))
    if item.skills:
        wanted = ", ".join(f"{text.inline(skill)} {level}" for skill, level in item.skills.items())
        yield 9, Content.assemble((f"needs {wanted}", "$text-dim"))


def why_here(view: Preview, now: int) -> str:
    """Why a conversation is where it is, in a sentence or two."""
    item, me = view.item, view.me
    if item.offered_to is not None:
        left = times.countdown(max(0, (item.offer_expires_at or now) - now))
        whom = "you" if item.offered_to == me else _name(view)
        return f"offered to {whom}, {left} left. {text.inline(view.told)}".rstrip()
    if item.state is ConversationState.OPEN:
        told = text.inline(view.told)
        if told.startswith(_WAITS):
            return f"unassigned: {told.removeprefix(_WAITS)}"
        return f"unassigned. {told}".rstrip()
    if item.state is ConversationState.BOT:
        turn = "its turn" if item.waiting_since is not None else "waits for the customer"
        return f"with the bot, {turn}. {key_for('bot.take_over')} takes it over."
    owner = "you" if item.agent_id == me else text.inline(item.agent_name) or "nobody"
    if item.state is ConversationState.WAITING:
        if item.waiting_since is not None:
            return f"not answered yet; last agent {owner}."
        return f"waits for the customer; last agent {owner}."
    if item.state is ConversationState.WRAP_UP:
        return f"ended; in wrap-up with {owner}."
    if item.state is ConversationState.CLOSED:
        note = f": {text.inline(item.disposition)}" if item.disposition else ""
        return f"closed by {owner}{note}."
    answered = not_arrived(view.messages or ()) or "answered"
    turn = "customer waits for an answer" if item.waiting_since is not None else answered
    return f"with {owner}, {turn}. {text.inline(view.told)}".rstrip()


def _name(view: Preview) -> str:
    return text.inline(view.item.offered_name) or "a colleague"
