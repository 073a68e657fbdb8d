"""What is to happen when, in one order: by time, then by who asked first."""

import heapq
from collections.abc import Callable
from itertools import count

Deed = Callable[[], bool | None]
"""The action; it returns False when there was nothing to do."""


class Schedule:
    """A heap of deeds. Times are epoch ms; equal times keep the order of asking."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Deed]] = []
        self._numbers = count()

    def add(self, at: int, deed: Deed) -> None:
        """Schedule `deed` at `at`, or at the next chance after it."""
        heapq.heappush(self._heap, (at, next(self._numbers), deed))

    @property
    def next_at(self) -> int | None:
        """When the next deed is due."""
        return self._heap[0][0] if self._heap else None

    def run_next(self, now: int) -> bool:
        """Run what is due until an action has changed something; False if none has."""
        while self._heap and self._heap[0][0] <= now:
            if heapq.heappop(self._heap)[2]() is not False:
                return True
        return False

    def __len__(self) -> int:
        return len(self._heap)
