"""Which customer an address identifies after a link or unlink.

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
    """Give a conversation's addresses to the linked customer, also from before an escalation."""
    key = conversations.address_key(call.store, item.id)
    earlier = escalations.before(call.store, item.id)
    for place in dict.fromkeys([(item.channel, item.address, key), *earlier]):
        _keep(call, *place, customer)


def _keep(call: Call, channel: str, address: str, key: str, customer: int) -> None:
    """Give an address to a customer.

    Addresses that anybody may write from (a withheld number) are left out. A customer who has it
    from another link loses it; one who has it from your records keeps it.
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
    """Remove the conversation's addresses that a customer has by a link.

    Returns whether the customer still has the current one.
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
    """Other open conversations from the address, with the customer whom it identifies.

    Conversations that were linked by hand do not change.
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
    """Link a conversation to a customer, and to their case if there is only one.

    `by_hand` if this conversation was linked; else its address was.
    """
    case = item.case_id if item.customer_id == person.id else None
    if case is None:
        active = cases.active_of(call.store, person.id)
        case = active[0] if len(active) == 1 else None
    by = call.actor.name
    why = f"{_BY_HAND}{by}" if by_hand else f"Identified by the address that {by} linked"
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
    """Unlink a conversation from a customer, who may have `kept` its address."""
    call.store.update("conversations", item.id, nobodys(call, item.id))
    stays = f"; {item.address} stays with them" if kept else ""
    thread.event(call, item, f"{call.actor.name} unlinked {person.name}{stays}")
    call.journal(
        "conversation.customer_unlinked",
        conversation=item.id,
        customer=person.id,
        case=item.case_id,
    )


def nobodys(call: Call, conversation: int) -> dict[str, Any]:
    """The columns of a conversation without a customer."""
    visitor = conversations.visitor(call.store, conversation)
    visitor = visitor or conversations.next_visitor(call.store)
    return {
        "customer_id": None,
        "case_id": None,
        "visitor": visitor,
        "name": f"Visitor {visitor}",
        "match_reason": f"Unlinked by {call.actor.name}",
    }
