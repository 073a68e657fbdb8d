"""The interface of couriers, which deliver an agent's replies on a channel."""

from typing import Protocol

from omnitui.model.conversation import Conversation, Message


class DeliveryFailed(Exception):
    """The reply certainly did not arrive; the reason is a sentence for the agent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DeliveryUncertain(Exception):
    """The reply may have arrived, but it is not confirmed; the reason is a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Courier(Protocol):
    """Delivers one message at a time, on the calling thread.

    `idempotent` means that the channel recognises a repeated message and shows it once; without
    that, a reply that may have arrived is never repeated automatically.
    """

    @property
    def idempotent(self) -> bool:
        """Whether a repeated message is shown only once."""
        ...

    def deliver(self, message: Message, conversation: Conversation) -> None:
        """Deliver, or raise `DeliveryFailed` or `DeliveryUncertain`; any other error counts as the
        latter.

        Returning means that the channel has accepted it.
        """
        ...
