"""Whose an address is when somebody says who is writing, or that it is not them.

Not commands: linking and unlinking use these.
"""

from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation
from omnitui.model.customer import Customer
from omnitui.rules.addresses import is_nobodys, looks_right
from omnitui.store import cases, conversations, customers, escalations


def keep_addresses(call: Call, item: Conversation, customer: int) -> None:
    """Give the addresses of a conversation to whom an agent says it is.

    That is also where it was before it was escalated.
    """
    key = conversations.address_key(call.store, item.id)
    earlier = escalations.before(call.store, item.id)
    for place in dict.fromkeys([(item.channel, item.address, key), *earlier]):
        _keep(call, *place, customer)


def _keep(call: Call, channel: str, address: str, key: str, customer: int) -> None:
    """Give an address to somebody.

    Nobody is known by what everybody may write from (a withheld number). It is taken off whom
    another link has given it to; what the books say is somebody's stays theirs.
    """
    if not looks_right(call.place(channel).address_kind, address) or is_nobodys(key):
        return
    owner = customers.by_address(call.store, key)
    if owner not in (None, customer) and key not in customers.linked_keys(call.store, owner or 0):
        return
    customers.link_address(call.store, customer, channel, address, key, call.now)
    if owner not in (None, customer):
        call.journal("customer.address_removed", customer=owner, channel=channel)
    if owner != customer:
        call.journal("customer.address_added", customer=customer, channel=channel)


def take_addresses_off(call: Call, item: Conversation, customer: int) -> bool:
    """Forget what a customer has of a conversation's addresses by a link.

    Returns whether they have the one where it is now otherwise.
    """
    for earlier in escalations.keys(call.store, item.id):
        _take_off(call, earlier, customer)
    return _take_off(call, conversations.address_key(call.store, item.id), customer)


def _take_off(call: Call, key: str, customer: int) -> bool:
    if customers.by_address(call.store, key) != customer:
        return False
    if key not in customers.linked_keys(call.store, customer):
        return True
    channel = customers.remove_address(call.store, key)
    call.journal("customer.address_removed", customer=customer, channel=channel)
    return False


def also_from_there(call: Call, item: Conversation, key: str) -> list[Conversation]:
    """What else is under way from a conversation's address, with whom it is taken to be by that.

    What somebody has said of one of them themselves stays.
    """
    if is_nobodys(key):
        return []
    return [
        other
        for other in conversations.under_way_from(call.store, key)
        if other.id != item.id
        and other.customer_id == item.customer_id
        and not other.match_reason.startswith(_BY_HAND)
    ]


_BY_HAND = "Linked by "


def becomes(call: Call, item: Conversation, person: Customer, *, by_hand: bool = True) -> None:
    """Say that a conversation is with a customer, and about their case if there is only one.

    `by_hand` if it was said of itself; else it comes from an address of which it was said.
    """
    case = item.case_id if item.customer_id == person.id else None
    if case is None:
        active = cases.active_of(call.store, person.id)
        case = active[0] if len(active) == 1 else None
    by = call.actor.name
    why = f"{_BY_HAND}{by}" if by_hand else f"Known by the address that {by} linked"
    changed = {"customer_id": person.id, "name": person.name, "case_id": case, "match_reason": why}
    call.store.update("conversations", item.id, changed)
    thread.event(call, item, f"{by} linked {person.name}")
    call.journal(
        "conversation.customer_linked",
        conversation=item.id,
        customer=person.id,
        case=case,
        before=item.customer_id,
    )


def ceases(call: Call, item: Conversation, person: Customer, *, kept: bool = False) -> None:
    """Say that a conversation is not with a customer, who may have `kept` its address."""
    call.store.update("conversations", item.id, nobodys(call, item.id))
    stays = f"; {item.address} stays theirs" if kept else ""
    thread.event(call, item, f"{call.actor.name} unlinked {person.name}{stays}")
    call.journal(
        "conversation.customer_unlinked",
        conversation=item.id,
        customer=person.id,
        case=item.case_id,
    )


def nobodys(call: Call, conversation: int) -> dict[str, Any]:
    """The columns of a conversation that is with nobody known."""
    visitor = conversations.visitor(call.store, conversation)
    visitor = visitor or conversations.next_visitor(call.store)
    return {
        "customer_id": None,
        "case_id": None,
        "visitor": visitor,
        "name": f"Visitor {visitor}",
        "match_reason": f"Unlinked by {call.actor.name}",
    }
