"""The way out: replies that are ready to leave are given to couriers, and how they fared is kept.

The desk decides when a reply leaves and when a failed one is tried again; this module only asks
what is leaving now. One process at a time should pump a store.
"""

from collections.abc import Mapping

from omnitui.channels.base import Courier, DeliveryFailed
from omnitui.desk.desk import Desk
from omnitui.model.actor import Actor, ActorKind
from omnitui.model.conversation import Conversation, Message

COURIER = Actor(ActorKind.SYSTEM, name="courier")
ANY = "*"
"""The key of the courier for channels that have none of their own."""


def pump(desk: Desk, couriers: Mapping[str, Courier], limit: int = 100) -> int:
    """Deliver what is leaving, by the courier of each channel; returns how many were tried.

    A channel without a courier fails its replies with a reason, so that nothing waits unseen.
    """
    leaving = desk.call("message.leaving", COURIER, limit=limit)
    if not leaving:
        return 0
    keys = list(dict.fromkeys(message.conversation_id for message in leaving))
    rows = {row.id: row for row in desk.call("home.rows", COURIER, keys=keys)}
    for message in leaving:
        carry(desk, couriers, message, rows[message.conversation_id])
    return len(leaving)


def carry(
    desk: Desk, couriers: Mapping[str, Courier], message: Message, conversation: Conversation
) -> bool:
    """Deliver one message that is leaving, and tell the desk how it fared; True if it arrived."""
    if message.channel != conversation.channel:
        # It was written before the conversation was escalated: it goes where it was to go.
        conversation = desk.call(
            "conversation.as_it_was",
            COURIER,
            conversation=conversation.id,
            channel=message.channel,
        )
    courier = couriers.get(conversation.channel) or couriers.get(ANY)
    try:
        if courier is None:
            raise DeliveryFailed(f"Nobody delivers on the channel {conversation.channel}.")
        courier.deliver(message, conversation)
    except DeliveryFailed as failure:
        desk.call("message.failed", COURIER, message=message.id, error=failure.reason)
        return False
    desk.call("message.sent", COURIER, message=message.id)
    return True
