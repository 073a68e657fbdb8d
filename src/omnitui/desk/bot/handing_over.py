"""From the virtual agent to a person: handed over, taken over, or at its end.

Not commands: turns, picks and replies call these in their own transaction. What was collected goes
along: in the context of the conversation, where slots and rules see it.
"""

import json
from typing import Any

from msgspec.structs import replace

from omnitui.desk import notices, thread
from omnitui.desk.bot import hearing, memory
from omnitui.desk.call import Call
from omnitui.desk.routing import assign, classification, overflow
from omnitui.desk.transfers import unattended
from omnitui.model.conversation import Conversation
from omnitui.model.errors import DataError, Refused
from omnitui.model.notice import Occasion
from omnitui.rules.bot.engine import taken_over
from omnitui.rules.bot.state import State
from omnitui.rules.lifecycle import Happening
from omnitui.store import bots, messages, timers
from omnitui.store.routing import queues

TIMERS = ("bot", "bot_idle")
_LONGEST = 160


def hand_over(call: Call, item: Conversation, after: State) -> None:
    """Give a conversation to people, for the reason in its state, and route it."""
    kept = bots.state(call.store, item.id)
    assert kept is not None
    _stop(call, item)
    memory.keep(call, item, after)
    memory.add_context(call, item, _passed_on(call, item, after, kept.bot))
    row: dict[str, Any] = {
        "state": thread.move(call, item, Happening.BOT_HANDED_OVER),
        "waiting_since": call.now,
        "handed_over_at": call.now,
    }
    call.store.update("conversations", item.id, row)
    thread.event(call, item, f"bot handed over: {after.reason}")
    call.journal(
        "bot.handed_over",
        conversation=item.id,
        customer=item.customer_id,
        bot=kept.bot,
        reason=after.reason,
        topic=kept.topic,
        answers=after.answers,
    )
    said = "\n".join(line.text for line in messages.question(call.store, item.id))
    classification.classify(call, item.id, said)
    _route_by_topic(call, item.id, after)
    now = overflow.before(call, item.id)
    unattended.count(call, now, anew=True)
    if assign.route(call, now) is None:
        notices.waits(call, item.id, Occasion.WAITING)


def hand_over_to(call: Call, item: Conversation, reason: str) -> None:
    """Give a conversation to people, for a reason that is not the virtual agent's own."""
    kept = bots.state(call.store, item.id)
    assert kept is not None
    hand_over(call, item, replace(taken_over(memory.state(kept)), reason=reason))


def take_from(call: Call, item: Conversation, who: str) -> None:
    """A person has it from now on; the virtual agent is silent, and what it knew stays."""
    kept = bots.state(call.store, item.id)
    if kept is None:
        return
    _stop(call, item)
    after = replace(taken_over(memory.state(kept)), reason=f"{who} took over")
    memory.keep(call, item, after)
    memory.add_context(call, item, _passed_on(call, item, after, kept.bot))
    call.store.update("conversations", item.id, {"handed_over_at": call.now})
    thread.event(call, item, f"{who} took over from the bot")
    call.journal(
        "bot.taken_over",
        conversation=item.id,
        customer=item.customer_id,
        bot=kept.bot,
        topic=kept.topic,
        answers=after.answers,
    )


def end(call: Call, item: Conversation, after: State, *, happening: Happening, why: str) -> None:
    """Close a conversation that the virtual agent has brought to its end."""
    kept = bots.state(call.store, item.id)
    assert kept is not None
    memory.keep(call, item, after)
    row = {
        "state": thread.move(call, item, happening),
        "ended_at": call.now,
        "closed_at": call.now,
        "waiting_since": None,
        "disposition": why,
        "routing": "",
    }
    call.store.update("conversations", item.id, row)
    timers.stop_all(call.store, item.id)
    thread.event(call, item, f"bot ended it: {why}")
    call.journal(
        "conversation.closed",
        conversation=item.id,
        customer=item.customer_id,
        case=item.case_id,
        because=happening.value,
        disposition=why,
        abandoned=False,
    )


def _stop(call: Call, item: Conversation) -> None:
    for kind in TIMERS:
        timers.stop(call.store, kind, item.id)


def _passed_on(call: Call, item: Conversation, after: State, bot: str) -> dict[str, Any]:
    """What agents see of it in the summary: who it was, why, and what it knows."""
    name, titles = bot, {}
    try:
        topics = hearing.topics(call, bot)
        name, titles = topics.name, {one.key: one.title for one in topics.topics}
    except (Refused, DataError):
        pass  # it was deleted or damaged meanwhile; what was collected counts
    about = [titles.get(key, key) for key in after.about]
    told = {
        "name": name,
        "reason": after.reason,
        "summary": _summary(call, item, about),
        **({"topic": about[-1]} if about else {}),
        **after.answers,
    }
    found: dict[str, Any] = {"bot": told}
    if about and not item.context.get("asked"):
        found["asked"] = about[-1]
    return found


def _summary(call: Call, item: Conversation, about: list[str]) -> str:
    """What it was about, and what the customer began with, in a sentence or two."""
    first = messages.question(call.store, item.id)
    words = " ".join(" ".join(line.text for line in first).split())
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"
    parts = [
        f"About: {', '.join(about)}." if about else "",
        f"Wrote first: {short}" if short else "",
    ]
    return " ".join(part for part in parts if part)


def _route_by_topic(call: Call, conversation: int, after: State) -> None:
    """Skills and queue that the topic names; they count for more than what rules found."""
    item = thread.get(call, conversation)
    row: dict[str, Any] = {}
    if after.skills:
        most = {
            skill: max(level, item.skills.get(skill, 0)) for skill, level in after.skills.items()
        }
        row["skills"] = json.dumps({**item.skills, **most}, sort_keys=True, ensure_ascii=False)
    queue = queues.by_name(call.store, after.queue) if after.queue else None
    if queue is not None:
        row["queue_id"] = queue
    if row:
        call.store.update("conversations", conversation, row)
