"""What is to happen when, in one order: by time, then by who asked first."""

import heapq
from collections.abc import Callable
from itertools import count

Deed = Callable[[], None]


class Agenda:
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
        """Do the first deed that is due; False if none is."""
        if not self._heap or self._heap[0][0] > now:
            return False
        heapq.heappop(self._heap)[2]()
        return True

    def __len__(self) -> int:
        return len(self._heap)
