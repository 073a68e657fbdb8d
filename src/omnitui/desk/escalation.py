"""Escalation: a conversation continues on a channel of a higher level, with all its records.

It stays the same conversation: customer, case, transcript, sentiment and agent are kept, and its
case keeps its origin. Earlier replies are delivered where they were going, and what the customer
still writes there belongs to it.
"""

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.convert import Exact
from omnitui.desk.customers.addresses import put_address
from omnitui.desk.entitlements.terms import labels, of, of_case, without_case
from omnitui.desk.registry import command, query
from omnitui.desk.routing import load
from omnitui.desk.transfers import leaving, room
from omnitui.desk.undo import remember
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.channel import Channel, Starts
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.entitlement import EntitlementState, Terms, number
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.model.escalation import EscalationOption
from omnitui.model.ids import ConversationId
from omnitui.model.participant import Role
from omnitui.rules import entitled, escalation
from omnitui.rules.arriving import same_thread
from omnitui.rules.entitled import Asking
from omnitui.rules.entitlement import state_at
from omnitui.rules.lifecycle import hint_for
from omnitui.rules.limits import not_begun
from omnitui.safetext import clean_line
from omnitui.store import (
    cases,
    conversations,
    customers,
    entitlements,
    escalations,
    messages,
    participants,
    timers,
)

WITHOUT = "escalate without the entitlement (without_entitlement=yes)"


class _Entitlement(Struct, frozen=True):
    """The entitlement that counts for a conversation, and the asking case; `free` is without what
    the case uses."""

    terms: Terms
    free: Terms
    asking: Asking


@query("conversation.escalations")
def options(call: Call, conversation: ConversationId) -> list[EscalationOption]:
    """The channels of a higher level than a conversation's own, the nearest first.

    Each with whether it can be escalated there now, what the entitlement has left, and why not.
    """
    item = thread.get(call, conversation)
    here = call.channel(item.channel)
    entitlement = _entitlement_of(call, item)
    return [
        _option(call, item, there, entitlement)
        for there in escalation.ladder(call.channels.values(), here)
    ]


def _option(
    call: Call, item: Conversation, there: Channel, entitlement: _Entitlement | None
) -> EscalationOption:
    by_terms = _not_entitled(call, there, entitlement)
    addresses = _addresses(call, item, there)
    otherwise = (
        _not_by_hand(item, call)
        or _not_begun(call, there, *addresses[:1])
        or _second_call(call, item, there)
    )
    why = otherwise or by_terms
    says, line = "No entitlement applies: escalate freely.", None
    if entitlement is not None:
        line = entitlement.terms.lines.get(there.key)
        says = escalation.left_words(entitlement.terms, there.key, there.label)
        says += " This case is counted already." if entitlement.free != entitlement.terms else ""
    says = by_terms.message if by_terms is not None else says
    beyond = None if otherwise is not None else _beyond(call, item, there)
    if beyond is not None:
        says = f"{says} {beyond.message}"
    return EscalationOption(
        channel=there.key,
        label=there.label,
        allowed=why is None,
        entitlement=entitlement.terms.name if entitlement else "",
        total=number(entitlement.terms.total) if entitlement else None,
        remaining=number(entitlement.terms.left) if entitlement else None,
        channel_total=number(line.total) if line else None,
        channel_remaining=number(line.left) if line else None,
        says=says,
        addresses=addresses,
        units=load.cost_of(call, there.key),
        code=why.code if why else "",
        why=why.message if why else "",
        hint=why.hint if why else "",
        without=by_terms is not None and otherwise is None,
    )


@command("conversation.escalate")
def escalate(
    call: Call,
    conversation: ConversationId,
    channel: str,
    address: Exact = "",
    without_entitlement: bool = False,
    anyway: bool = False,
) -> Conversation:
    """Escalate an active conversation to a channel of a higher level, such as from chat to phone.

    It keeps its agent. More than their capacity there (`capacity.beyond`) is refused unless
    `anyway` is yes; a second call is always refused. `address` is the customer's address there; one
    of theirs by default, and a new one is added to the customer. The entitlement of the case
    (without a case, the customer's default) must allow the channel, unless `without_entitlement` is
    yes; the case keeps its origin, and no terms move.
    """
    item = thread.get(call, conversation)
    here, there = call.channel(item.channel), call.channel(channel)
    refuse(_not_by_hand(item, call))
    refuse(escalation.not_up(here, there, call.channels.values()))
    entitlement = _entitlement_of(call, item)
    beyond = _not_entitled(call, there, entitlement)
    if not without_entitlement:
        refuse(beyond)
    refuse(_second_call(call, item, there))
    if not anyway:
        refuse(_beyond(call, item, there))
    if there.starts is not Starts.WINDOW:
        refuse(_not_begun(call, there))
    at = _address(call, item, there, clean_line(address).strip())
    key = call.address_key(there.key, at)
    refuse(_not_begun(call, there, at))
    _check_alone(call, item, there, key)
    remember(call, f"escalated {item.name} to {there.label}", [conversation])
    if item.customer_id is not None:
        _keep_address(call, item.customer_id, there, at)
    _move(call, item, there, at, key)
    said = f"{call.actor.name} escalated from {here.label} to {there.label}, {at}"
    if beyond is not None and entitlement is not None:
        said += f", without {entitlement.terms.name}"
    thread.event(call, item, said)
    call.journal(
        "conversation.escalated",
        conversation=conversation,
        customer=item.customer_id,
        case=item.case_id,
        before=here.key,
        channel=there.key,
        without=beyond.code if beyond else "",
    )
    if item.agent_id is not None:
        load.refresh(call, item.agent_id)
        leaving.clear_way(call, item.agent_id)
    return thread.get(call, conversation)


def _move(call: Call, item: Conversation, there: Channel, address: str, key: str) -> None:
    step = item.escalation_count + 1
    escalations.add(call.store, call.now, item.id, step, call.agent_or_none)
    stream = call.streams.get(there.key)
    call.store.update(
        "conversations",
        item.id,
        {
            "channel": there.key,
            "address": address,
            "address_key": key,
            "workstream_id": stream.id if stream else None,
            "escalation_count": step,
            "customer_gone_at": None,
        },
    )
    # Whoever closed the window is called now.
    timers.stop(call.store, "grace", item.id)


def _not_by_hand(item: Conversation, call: Call) -> Refusal | None:
    """Why the caller cannot escalate it to any channel."""
    agent = call.actor.kind is ActorKind.AGENT
    supervises = call.actor.may(Permission.SUPERVISE)
    if agent and not supervises and item.agent_id not in (None, call.agent):
        return Refusal(
            "conversation.not_yours",
            f"The conversation with {item.name} is with {item.agent_name}.",
            f"Ask {item.agent_name} to escalate it, or to transfer it to you.",
        )
    if item.state is ConversationState.ACTIVE and item.offered_to is None:
        return None
    ringing = item.offered_to is not None
    return Refusal(
        "escalation.state",
        f"Only an active conversation can be escalated. {item.name} is "
        f"{'being offered' if ringing else item.state.label}.",
        hint_for(item.state, ringing=ringing),
    )


def _entitlement_of(call: Call, item: Conversation) -> _Entitlement | None:
    """The entitlement that counts: the case's own; without a case, the customer's default."""
    case = None if item.case_id is None else cases.get(call.store, item.case_id)
    if case is not None:
        if case.entitlement_id is None:
            return None
        terms = of(call, case.entitlement_id)
        free = without_case(call, terms, case.id)
        return _Entitlement(terms, free, of_case(call, case, WITHOUT))
    if item.customer_id is None:
        return None
    default = entitlements.default_of(call.store, item.customer_id)
    if default is None:
        return None
    state = state_at(default.state, default.starts, default.ends, call.now)
    if state is not EntitlementState.ACTIVE:
        return None
    return _Entitlement(default, default, Asking(item.customer_id, item.channel, otherwise=WITHOUT))


def _not_entitled(call: Call, there: Channel, entitlement: _Entitlement | None) -> Refusal | None:
    if entitlement is None:
        return None
    asking = replace(entitlement.asking, origin=there.key)
    return entitled.not_by_channel(entitlement.free, asking, labels(call))


def _not_begun(call: Call, there: Channel, address: str = "") -> Refusal | None:
    """Why an agent cannot start a conversation there with the customer's address."""
    key = call.address_key(there.key, address)
    return not_begun(there, messages.last_heard(call.store, there.key, key), call.now)


def _second_call(call: Call, item: Conversation, there: Channel) -> Refusal | None:
    """Why none of its agents can continue there: they are on another call."""
    beside = participants.of_conversation(call.store, item.id)
    answering = [one.agent_id for one in beside if one.role is Role.ADDED]
    for agent in ([] if item.agent_id is None else [item.agent_id]) + answering:
        refusal = room.second_call(call, item, agent, there.key)
        if refusal is not None:
            return refusal
    return None


def _beyond(call: Call, item: Conversation, there: Channel) -> Refusal | None:
    """Why its agent goes beyond their capacity on the other channel."""
    return None if item.agent_id is None else room.beyond(call, item, item.agent_id, there.key)


def _addresses(call: Call, item: Conversation, there: Channel) -> tuple[str, ...]:
    person = None if item.customer_id is None else customers.get(call.store, item.customer_id)
    known = () if person is None else person.addresses
    here = call.channel(item.channel)
    return escalation.reached_at(there, known, item.context, here, item.address)


def _address(call: Call, item: Conversation, there: Channel, given: str) -> str:
    if given:
        if not call.address_key(there.key, given).partition(":")[2]:
            raise Refused("address.invalid", f"{given!r} is not an address on {there.label}.")
        return given
    known = _addresses(call, item, there)
    if not known:
        raise Refused(
            "escalation.address",
            f"{item.name} has no address on {there.label}.",
            "Ask for it, and give it with address=...",
        )
    return known[0]


def _keep_address(call: Call, customer: int, there: Channel, address: str) -> None:
    """Add a new address to the customer; refused if it belongs to another customer."""
    key = call.address_key(there.key, address)
    if customers.by_address(call.store, key) == customer:
        return
    put_address(call, customer, there.key, address)
    # It is theirs as far as the conversation is: it goes with it when that is corrected.
    customers.link_address(call.store, customer, there.key, address, key, call.now)
    call.journal("customer.address_added", customer=customer, channel=there.key)


def _check_alone(call: Call, item: Conversation, there: Channel, key: str) -> None:
    other = conversations.thread(call.store, key, there.key)
    if other in (None, item.id):
        return
    assert other is not None
    there_is = thread.get(call, other)
    if not same_thread(there.threading, item, there_is):
        return
    whose = f"with {there_is.agent_name}" if there_is.agent_name else "open"
    hint = (
        "Pick it and continue there."
        if there_is.agent_id is None
        else "Continue there, or end it first."
    )
    if call.agent_or_none is not None and there_is.agent_id not in (None, call.agent_or_none):
        hint = f"Ask {there_is.agent_name} to transfer it to you, or to end it."
    raise Refused(
        "escalation.under_way",
        f"{item.name} already has a conversation on {there.label}, which is {whose}.",
        hint,
    )


@query("conversation.as_it_was", Permission.DELIVER)
def as_it_was(call: Call, conversation: ConversationId, channel: str) -> Conversation:
    """A conversation in the form that couriers need for replies from before it was escalated.

    With the channel and address of that time; if it was never on `channel`, the current ones.
    """
    item = thread.get(call, conversation)
    address = escalations.address(call.store, conversation, channel)
    return item if address is None else replace(item, channel=channel, address=address)
