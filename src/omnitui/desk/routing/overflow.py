"""Overflow: what a queue does with items when it is closed or full, or when they wait too long.

Not commands: called in the transaction of whatever queues an item. The desk is the actor here,
whoever calls.
"""

from msgspec.structs import replace

from omnitui.desk import hours, notices, thread
from omnitui.desk.call import Call
from omnitui.desk.routing import again
from omnitui.desk.transfers import unattended
from omnitui.model.actor import SYSTEM
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
)
from omnitui.model.queue import OverflowDo, OverflowRule, OverflowWhen
from omnitui.rules import overflow as rules
from omnitui.rules.calendar import is_open
from omnitui.rules.lifecycle import Happening
from omnitui.rules.overflow import MINUTE, Overflow
from omnitui.store import timers
from omnitui.store.routing import overflows, queues

_AGAIN_MS = 30_000
"""The time after which an item is checked again that is being offered when its wait is over (ms).
"""


def before(call: Call, conversation: int) -> Conversation:
    """Apply the overflow rules to an open item before routing; returns the changed item."""
    item = thread.get(call, conversation)
    while item.state is ConversationState.OPEN and item.queue_id is not None:
        found = _before(call, item, item.queue_id)
        if found is None:
            break
        item = _carry_out(call, item, found)
        if found.rule.do is not OverflowDo.QUEUE:
            break
    return item


def _rules(call: Call, queue: int) -> tuple[OverflowRule, ...]:
    """The overflow rules of a queue."""
    return call.lasting.get(("overflow", queue), lambda: queues.overflow_of(call.store, queue))


def _before(call: Call, item: Conversation, queue: int) -> Overflow | None:
    known = _rules(call, queue)
    if not known:
        return None
    overflows.note(call.store, item.id, queue, call.now)
    kinds = {rule.when for rule in known}
    counted = OverflowWhen.WAITING_ITEMS in kinds
    calendar = queues.get(call.store, queue).calendar_id if OverflowWhen.CLOSED in kinds else None
    return rules.before(
        known,
        item.queue,
        is_open=is_open(call.now, hours.calendar(call.store, calendar)),
        waiting=queues.waiting(call.store, queue, but=item.id) if counted else 0,
        been=overflows.been(call.store, item.id),
    )


def waits(call: Call, item: Conversation) -> None:
    """Start the timer of an item that waits in its queue, unless it runs."""
    if item.state is not ConversationState.OPEN or item.queue_id is None:
        return
    known = _rules(call, item.queue_id)
    if not any(rule.when is OverflowWhen.WAITING_MINUTES for rule in known):
        return
    stay = overflows.stay(call.store, item.id, item.queue_id)
    back = item.waiting_since is not None and stay is not None and item.waiting_since > stay.since
    if stay is None or back:
        overflows.note(call.store, item.id, item.queue_id, call.now)
    _count(call, item, known)


def taken(call: Call, item: Conversation) -> None:
    """An agent has an item: if it waits again, its time starts again."""
    timers.stop(call.store, "overflow", item.id)
    timers.stop(call.store, "hold_room", item.id)
    overflows.taken(call.store, item.id)
    again.taken(call, item.id)


def _count(call: Call, item: Conversation, known: tuple[OverflowRule, ...]) -> None:
    """Start the timer of the next rule about waiting."""
    assert item.queue_id is not None
    stay = overflows.stay(call.store, item.id, item.queue_id)
    if stay is None:
        return
    been = overflows.been(call.store, item.id)
    minutes = rules.next_minutes(known, stay.done_minutes, been)
    if minutes is not None:
        due = max(stay.since + minutes * MINUTE, call.now)
        timers.start(call.store, "overflow", item.id, due)


def late(call: Call, conversation: int) -> Conversation | None:
    """Apply overflow to an item that waited too long; returns it if it changed queues."""
    item = thread.get(call, conversation)
    if item.offered_to is not None:
        timers.start(call.store, "overflow", item.id, call.now + _AGAIN_MS)
        return None
    if item.state is not ConversationState.OPEN or item.queue_id is None:
        return None
    known = _rules(call, item.queue_id)
    stay = overflows.stay(call.store, item.id, item.queue_id)
    if stay is None:
        waits(call, item)
        return None
    found = rules.within(
        known,
        item.queue,
        waited_ms=call.now - stay.since,
        done_minutes=stay.done_minutes,
        been=overflows.been(call.store, item.id),
    )
    if found is None:
        _count(call, item, known)
        return None
    overflows.note(call.store, item.id, item.queue_id, stay.since, found.rule.above)
    moved = _carry_out(call, item, found)
    if moved.queue_id != item.queue_id:
        return before(call, item.id)
    _count(call, moved, known)
    return None


def _carry_out(call: Call, item: Conversation, found: Overflow) -> Conversation:
    """Carry out a rule, notify the customer, and journal the reason."""
    desk = replace(call, actor=SYSTEM)
    rule = found.rule
    because = rules.sentence(found, queues.name_of(call.store, rule.to))
    if said := notices.filled(call, item, rule.say):
        notices.say(call, item, said)
    if rule.do is OverflowDo.QUEUE:
        assert rule.to is not None
        desk.store.update("conversations", item.id, {"queue_id": rule.to})
        overflows.note(desk.store, item.id, rule.to, desk.now)
        timers.stop(desk.store, "overflow", item.id)
    thread.event(desk, item, because)
    desk.journal(
        "conversation.overflowed",
        conversation=item.id,
        customer=item.customer_id,
        do=rule.do,
        queue=item.queue_id,
        to=rule.to,
        because=because,
    )
    if rule.do is OverflowDo.END:
        unattended.close_unheld(desk, item, Happening.FORCE_CLOSED, "overflow")
    return thread.get(call, item.id)
