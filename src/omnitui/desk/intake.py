"""Intake: a customer writes, disconnects, reconnects, leaves, rates."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from omnitui.datafiles import sentiment as lexicons
from omnitui.desk import enclosing, feelings, notices, thread
from omnitui.desk.call import Call
from omnitui.desk.convert import Facts, Said, Sender
from omnitui.desk.customers import identity
from omnitui.desk.customers.addresses import as_kept
from omnitui.desk.registry import command
from omnitui.desk.routing import assign, classification, load, overflow
from omnitui.desk.transfers import leaving, requests, unattended
from omnitui.model.actor import Permission
from omnitui.model.channel import AddressKind, Channel, Threading
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.envelope import NOTHING, Envelope, envelope_text
from omnitui.model.errors import DataError, Refused
from omnitui.model.ids import AgentId, ConversationId
from omnitui.model.notice import Occasion
from omnitui.rules import sentiment
from omnitui.rules.addresses import LONGEST, is_nobodys, is_withheld, nobodys_key
from omnitui.rules.arriving import (
    attached,
    belongs,
    contact_of,
    said_at,
    without_contents,
)
from omnitui.rules.lifecycle import Happening
from omnitui.safetext import clean, clean_line, unescaped
from omnitui.store import agents, conversations, messages, sessions, timers


@command("conversation.receive", Permission.INTAKE)
def receive(
    call: Call,
    channel: str,
    address: Sender,
    text: str,
    name: str = "",
    external_id: Sender = "",
    context: Facts | None = None,
    at: Said | None = None,
    agent: AgentId | None = None,
) -> Message:
    """Receive a customer's message, in the conversation it belongs to or a new one.

    `external_id` is the channel's id of the message: the same text from the same address with the
    same id is a repeated delivery, and gets the first result. `context` has what the channel knows
    (pre-chat answers, device, pages, `email`, `phone`, `case_number`, `queue`, `subject`, `cc`,
    `attachments` by name, or as objects with `name`, `type`, `size` and base64 `content`). `at` is
    when it was written, which orders the conversation; it is never
    later than now, and waiting and targets count from its arrival. `agent` is the agent whom the
    customer asks for: if they are present, it is offered to them first, whatever their queues and
    skills, even beyond their capacity. If they are away, on a call, or decline or miss it, normal
    routing follows. A sender who withholds the `address` (nothing on a phone, `anonymous`) is a new
    stranger each time; `call_id` in the context says which messages belong to one call.
    """
    where = call.channel(channel)
    envelope = enclosing.arrived(call, where, context or {})
    context = without_contents(context or {})
    came = clean_line(attached(context), limit=1_000)
    wordless = bool(came) and not clean(text).strip()
    said = _SENT + came if wordless else thread.words(text, "message")
    key = _from(call, where, address, external_id, context)
    arrived = _Arrived(
        where,
        key,
        said,
        wordless,
        "" if wordless or envelope.files else came,
        clean_line(external_id, limit=1_000),
        said_at(at, call.now),
        envelope,
    )
    if arrived.external_id:
        again = messages.delivered(call.store, where.key, arrived.external_id, key, said)
        if again is not None:
            return again
    found = _thread(call, where, key, context)
    new = found is None
    if found is None:
        found = identity.new_conversation(
            call, where, as_kept(where, address) or _WITHHELD, key, name, context
        )
    message, item = _hear(call, found, arrived, new=new, bot=agent is None)
    if item.state is ConversationState.BOT:
        return message
    asked = agent is not None and assign.ask_for(call, item, agent)
    if not asked and item.state is ConversationState.OPEN and item.offered_to is None:
        _find_agent(call, item)
    return message


def _find_agent(call: Call, item: Conversation) -> None:
    if assign.route(call, item) is None:
        notices.waits(call, item.id, Occasion.WAITING)


_SENT = "Sent "
_WITHHELD = "withheld"
"""Shown in place of an address that is left out."""


class _Arrived(Struct, frozen=True):
    """A message that arrived: its sender, text, attachments, and when it was written (epoch ms).

    If it is `wordless`, `said` describes it; else `besides` does.
    """

    where: Channel
    sender_key: str
    said: str
    wordless: bool
    besides: str
    external_id: str
    at: int
    envelope: Envelope = NOTHING


def _from(
    call: Call, where: Channel, address: str, external_id: str, context: Mapping[str, Any]
) -> str:
    """The sender's address, in the compared form.

    A withheld one is unique: for their call if the channel gives a call id, else for each message.
    """
    written = clean_line(address, limit=LONGEST + 1)
    called = where.exclusive and where.address_kind is not AddressKind.NONE
    if is_withheld(AddressKind.PHONE if called else where.address_kind, written):
        said = clean_line(contact_of(context))
        one = clean_line(external_id) or str(call.store.next_key("messages"))
        return nobodys_key(where.space, f"call {said}" if said else f"message {one}")
    key = call.address_key(where.key, written)
    seen = unescaped(written)
    compared = key if seen == written else call.address_key(where.key, seen)
    if not compared.partition(":")[2]:
        raise Refused(
            "address.empty", f"The {where.label} address is empty.", "Give the sender's address."
        )
    if len(written) > LONGEST:
        raise Refused(
            "address.long",
            f"The {where.label} address has more than {LONGEST:,} characters.",
            "Give the sender's address.",
        )
    return key


def _thread(
    call: Call, where: Channel, key: str, context: Mapping[str, Any]
) -> ConversationId | None:
    """The conversation that a message from an address belongs to, by the channel's threading."""
    found = conversations.thread(call.store, key, where.key)
    if found is None or where.threading is Threading.RUNNING or is_nobodys(key):
        return found
    there = {item.id: item for item in conversations.under_way_from(call.store, key)}
    there.setdefault(found, thread.get(call, found))
    fits = (
        item.id
        for item in sorted(there.values(), key=lambda item: -item.id)
        if (item.channel == where.key or item.id == found)
        and item.state is not ConversationState.WRAP_UP
        and belongs(where.threading, context, item.subject, item.context)
    )
    return next(fits, None)


def _hear(
    call: Call, key: ConversationId, came: _Arrived, *, new: bool, bot: bool
) -> tuple[Message, Conversation]:
    """Write the message; returns it with the changed conversation.

    A new one goes to the work stream's virtual agent first, if it has one and `bot` is true.
    The conversation's row is read once, and again only if more than the words changes.
    """
    conversation = thread.get(call, key)
    where, said = came.where, came.said
    elsewhere: dict[str, Any] = {} if where.key == conversation.channel else {"channel": where.key}
    if elsewhere:
        thread.event(call, conversation, f"{conversation.name} wrote on {where.label}")
    scored = _scored(call, conversation, "" if came.wordless else said)
    message, changes = thread.say(
        call,
        conversation,
        Speaker.CUSTOMER,
        MessageKind.MESSAGE,
        conversation.name,
        said,
        (row := _row(call, conversation, scored)),
        at=came.at,
        came_at=call.now,
        channel=where.key,
        external_id=came.external_id or None,
        sender_key=came.sender_key,
        sentiment=scored.compound if scored.scored else None,
        words=json.dumps(scored.words, ensure_ascii=False),
        envelope=envelope_text(came.envelope),
    )
    if came.besides:
        thread.event(call, conversation, f"{conversation.name} attached {came.besides}")
    sessions.count_unread(call.store, key, message.id)
    before, conversation = conversation, conversations.changed(conversation, changes)
    if before.customer_gone_at is not None:
        timers.stop(call.store, "grace", key)
    call.journal(
        "message.received",
        conversation=key,
        customer=conversation.customer_id,
        message=message.id,
        **elsewhere,
    )
    feelings.heard(call, before, row.get("sentiment"))
    if new:
        classification.classify(call, key, said)
        conversation = _first(call, key) if bot else overflow.before(call, key)
    elif conversation.state is ConversationState.BOT:
        timers.start(call.store, "bot", key, call.now)
    elif conversation.state is ConversationState.WAITING:
        _wake(call, conversation)
        conversation = thread.get(call, key)
    else:
        conversation = leaving.heard(call, conversation)
    if conversation.state is ConversationState.OPEN:
        unattended.count(call, conversation, anew=True)
    return message, conversation


def _first(call: Call, key: ConversationId) -> Conversation:
    """Give a new conversation to the virtual agent of its work stream, or to its queue."""
    item = thread.get(call, key)
    if call.stream(item.channel).bot:
        from omnitui.desk.bot import turns  # most desks have no virtual agent

        return turns.begins(call, item)
    return overflow.before(call, key)


def _row(call: Call, conversation: Conversation, scored: sentiment.Scored) -> dict[str, Any]:
    """The columns that a customer's new message changes in the conversation's row."""
    before = messages.customer_scores(call.store, conversation.id, sentiment.LAST)
    values: dict[str, Any] = {"customer_gone_at": None}
    if scored.scored:
        level = int(sentiment.conversation_sentiment([*before, scored.compound]))
        values |= {
            "sentiment": level,
            "sentiment_scored": 1,
            "trend": json.dumps([*conversation.trend, level][-sentiment.LAST :]),
        }
    elif not before:
        values["sentiment_scored"] = 0
    if conversation.waiting_since is None:
        values["waiting_since"] = call.now
    return values


def _scored(call: Call, item: Conversation, said: str) -> sentiment.Scored:
    """The sentiment of a message; none while the sentiment files are wrong, so that no message is
    lost."""
    try:
        ears = lexicons.shipped()
    except DataError:
        return sentiment.Scored(0.0)
    return sentiment.score(said, ears, thread.language(call, item))


def _wake(call: Call, conversation: Conversation) -> None:
    """Wake a waiting conversation: it goes to its last agent if they can take it."""
    state = thread.move(call, conversation, Happening.CUSTOMER_WROTE)
    woken = {"state": state, "agent_id": None, "snoozed_until": None}
    call.store.update("conversations", conversation.id, woken)
    for kind in ("idle", "snooze"):
        timers.stop(call.store, kind, conversation.id)
    call.journal(
        "conversation.reopened", conversation=conversation.id, customer=conversation.customer_id
    )
    if conversation.agent_id is not None:
        last = agents.get(call.store, conversation.agent_id)
        item = thread.get(call, conversation.id)
        if last is not None and assign.eligible(call, last, item):
            assign.offer(call, item, last, f"Assigned to {last.login}, the customer's last agent.")


@command("conversation.customer_gone", Permission.INTAKE)
def customer_gone(call: Call, conversation: ConversationId, channel: str = "") -> Conversation:
    """The customer disconnected (window closed, line dropped).

    A live conversation stays with its agent for `grace_seconds`; then it goes to wrap-up. On a
    `channel` that it has been escalated from it changes nothing.
    """
    item = thread.get(call, conversation)
    if channel and call.channel(channel).key != item.channel:
        return item
    if item.state is ConversationState.CLOSED or item.customer_gone_at is not None:
        return item
    if not call.channel(item.channel).live:
        return item
    if item.state is not ConversationState.ACTIVE or item.offered_to is not None:
        return customer_left(call, conversation)
    call.store.update("conversations", conversation, {"customer_gone_at": call.now})
    until = call.now + call.settings.grace_seconds * 1_000
    timers.start(call.store, "grace", conversation, until)
    thread.event(call, item, f"{item.name} has disconnected; the conversation stays open for now")
    call.journal("conversation.customer_gone", conversation=conversation, until=until)
    return thread.get(call, conversation)


@command("conversation.customer_back", Permission.INTAKE)
def customer_back(call: Call, conversation: ConversationId) -> Conversation:
    """The customer reconnected within `grace_seconds`; an ended conversation stays ended."""
    item = thread.get(call, conversation)
    ended = item.state in (ConversationState.CLOSED, ConversationState.WRAP_UP)
    if item.customer_gone_at is None or ended:
        return item
    call.store.update("conversations", conversation, {"customer_gone_at": None})
    timers.stop(call.store, "grace", conversation)
    thread.event(call, item, f"{item.name} has reconnected")
    call.journal("conversation.customer_back", conversation=conversation)
    return thread.get(call, conversation)


@command("conversation.customer_left", Permission.INTAKE)
def customer_left(call: Call, conversation: ConversationId, channel: str = "") -> Conversation:
    """The customer ended the conversation: an active one goes to wrap-up, an unassigned one closes.

    On a `channel` that it has been escalated from it changes nothing.
    """
    item = thread.get(call, conversation)
    if channel and call.channel(channel).key != item.channel:
        return item
    if item.state in (ConversationState.CLOSED, ConversationState.WRAP_UP):
        return item
    if item.state is ConversationState.WAITING:
        return item
    ringing = item.offered_to
    state = thread.move(
        call, item, Happening.LEFT_BEFORE_ACCEPTANCE if ringing else Happening.CUSTOMER_LEFT
    )
    values: dict[str, Any] = {
        "state": state,
        "offered_to": None,
        "offer_expires_at": None,
        "waiting_since": None,
        "ended_at": call.now,
        "customer_gone_at": item.customer_gone_at or call.now,
    }
    if state is ConversationState.CLOSED:
        values["closed_at"] = call.now
    call.store.update("conversations", conversation, values)
    timers.stop_all(call.store, conversation)
    requests.withdraw(call, item)
    if state is ConversationState.WRAP_UP:
        thread.begin_wrap_up(call, item)
    thread.event(call, item, f"{item.name} left")
    call.journal(
        "conversation.customer_left",
        conversation=conversation,
        customer=item.customer_id,
        abandoned=state is ConversationState.CLOSED and item.state is not ConversationState.BOT,
    )
    for agent in {ringing, item.agent_id} - {None}:
        assert agent is not None
        load.refresh(call, agent)
        assign.fill(call, agent)
    return thread.get(call, conversation)


@command("conversation.rate", Permission.INTAKE)
def rate(call: Call, conversation: ConversationId, stars: int, comment: str = "") -> Conversation:
    """Save the customer's rating, 1 to 5 stars, and comment."""
    if not 1 <= stars <= 5:
        raise Refused("rating.range", f"{stars} is not a rating.", "Give 1 to 5 stars.")
    item = thread.get(call, conversation)
    call.store.update("conversations", conversation, {"rating": stars})
    said = f": {clean_line(comment)}" if comment.strip() else ""
    thread.event(call, item, f"{item.name} gave {stars} of 5{said}")
    call.journal(
        "conversation.rated", conversation=conversation, customer=item.customer_id, stars=stars
    )
    return thread.get(call, conversation)
