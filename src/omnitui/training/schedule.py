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
        """Do `deed` at `at`, or as soon after as somebody asks."""
        heapq.heappush(self._heap, (at, next(self._numbers), deed))

    @property
    def next_at(self) -> int | None:
        """When the next deed is due."""
        return self._heap[0][0] if self._heap else None

    def run_next(self, now: int) -> bool:
        """Do what is due until a deed has changed something; False if none has."""
        while self._heap and self._heap[0][0] <= now:
            if heapq.heappop(self._heap)[2]() is not False:
                return True
        return False

    def __len__(self) -> int:
        return len(self._heap)
