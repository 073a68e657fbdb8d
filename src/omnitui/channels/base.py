"""What a courier is: whoever carries an agent's words to a customer on a channel."""

from typing import Protocol

from omnitui.model.conversation import Conversation, Message


class DeliveryFailed(Exception):
    """The words certainly did not arrive; the reason is a sentence for the agent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DeliveryUncertain(Exception):
    """The words may have arrived, but nobody has confirmed it; the reason is a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Courier(Protocol):
    """Carries one message at a time, on whatever thread it is called.

    `idempotent` says that the channel recognises a message it is given twice, and lets the customer
    have it once; without that, what may have arrived is never delivered again by itself.
    """

    @property
    def idempotent(self) -> bool:
        """Whether the same message can be delivered again without being read twice."""
        ...

    def deliver(self, message: Message, conversation: Conversation) -> None:
        """Deliver, or raise `DeliveryFailed` or `DeliveryUncertain`; anything else counts as that.

        Returning means that the channel has taken it.
        """
        ...
