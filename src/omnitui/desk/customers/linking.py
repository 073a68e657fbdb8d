"""Whose an address is when somebody says who is writing, or that it is not them.

Not commands: linking and unlinking use these.
"""

from typing import Any

from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation
from omnitui.rules.addresses import looks_right
from omnitui.rules.withheld import is_nobodys
from omnitui.store import conversations, customers


def keep_address(call: Call, item: Conversation, key: str, customer: int) -> None:
    """Give a conversation's address to whom an agent says it is.

    Nobody is known by what everybody may write from (a withheld number). It is taken off whom
    another link has given it to; what the books say is somebody's stays theirs.
    """
    if not looks_right(item.channel, item.address) or is_nobodys(key):
        return
    owner = customers.by_address(call.store, key)
    if owner not in (None, customer) and key not in customers.linked_keys(call.store, owner or 0):
        return
    customers.link_address(call.store, customer, item.channel, item.address, key, call.now)
    if owner not in (None, customer):
        call.journal("customer.address_removed", customer=owner, channel=item.channel)
    if owner != customer:
        call.journal("customer.address_added", customer=customer, channel=item.channel)


def take_address_off(call: Call, key: str, customer: int) -> bool:
    """Forget an address that a customer has by a link; whether they have it otherwise."""
    if customers.by_address(call.store, key) != customer:
        return False
    if key not in customers.linked_keys(call.store, customer):
        return True
    channel = customers.remove_address(call.store, key)
    call.journal("customer.address_removed", customer=customer, channel=channel)
    return False


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
