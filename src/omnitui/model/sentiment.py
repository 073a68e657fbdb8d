"""Seven levels of how a customer feels."""

from enum import IntEnum


class Sentiment(IntEnum):
    """From -3 (very negative) to +3 (very positive); a conversation starts neutral."""

    VERY_NEGATIVE = -3
    NEGATIVE = -2
    SLIGHTLY_NEGATIVE = -1
    NEUTRAL = 0
    SLIGHTLY_POSITIVE = 1
    POSITIVE = 2
    VERY_POSITIVE = 3

    @property
    def label(self) -> str:
        """The words for people, e.g. `very negative`."""
        return self.name.replace("_", " ").lower()
