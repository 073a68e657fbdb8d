"""What a courier is: whoever carries an agent's words to a customer on a channel."""

from typing import Protocol

from omnitui.model.conversation import Conversation, Message


class DeliveryFailed(Exception):
    """The words did not arrive; the reason is a sentence for the agent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Courier(Protocol):
    """Carries one message at a time. Called again with the same message after a failure."""

    def deliver(self, message: Message, conversation: Conversation) -> None:
        """Deliver, or raise `DeliveryFailed`. Returning means that the channel has taken it."""
        ...
