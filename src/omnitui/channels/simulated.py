"""A simulated network: everything arrives, except a seeded share that fails."""

from collections.abc import Mapping
from random import Random

from omnitui.channels.base import DeliveryFailed
from omnitui.model.conversation import Conversation, Message

_REASONS = (
    "The network did not answer in time.",
    "The channel is busy and asks to try again later.",
    "The connection was closed before the message was confirmed.",
)


class SimulatedNetwork:
    """Takes any message. `failing` is the share of attempts that fail, by channel (0 to 1)."""

    idempotent = True

    def __init__(self, random: Random, failing: Mapping[str, float] | None = None) -> None:
        self._random = random
        self._failing = dict(failing or {})
        self.delivered = 0
        self.failed = 0

    def deliver(self, message: Message, conversation: Conversation) -> None:
        """Arrive, or fail with one of the usual reasons."""
        share = self._failing.get(conversation.channel, 0.0)
        if share and self._random.random() < share:
            self.failed += 1
            raise DeliveryFailed(self._random.choice(_REASONS))
        self.delivered += 1
