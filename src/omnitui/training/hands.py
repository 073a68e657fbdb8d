"""What one agent on autopilot has to do, one thing at a time.

Waiting is not doing: while a phone rings, or a customer may still say something after a good-bye,
the agent gets on with the next thing. What is ready is taken up by how pressing it is.
"""

import heapq
from enum import IntEnum
from functools import partial
from itertools import count

from msgspec import Struct, field

from omnitui.training.schedule import Deed, Schedule


class Pressing(IntEnum):
    """The order of an agent's work: offers, live customers who wait, unfinished work, letters."""

    RINGS = 0
    LIVE = 1
    FINISH = 2
    LETTER = 3


class Hands(Struct):
    """The work of one agent. What is ready at the same time and as pressing keeps its order."""

    schedule: Schedule
    busy: bool = False
    _ready: list[tuple[Pressing, int, int, Deed]] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=count)

    def plan(self, at: int, pressing: Pressing, deed: Deed, work_ms: int = 0) -> None:
        """Take up `deed` at `at` (epoch ms) or as soon after as possible; it takes `work_ms`."""
        self.schedule.add(at, partial(self._comes, at, pressing, deed, work_ms))

    def _comes(self, at: int, pressing: Pressing, deed: Deed, work_ms: int) -> bool:
        heapq.heappush(self._ready, (pressing, next(self._numbers), work_ms, deed))
        if not self.busy:
            self._next(at)
        return False

    def _next(self, now: int) -> None:
        self.busy = bool(self._ready)
        if self._ready:
            _, _, work_ms, deed = heapq.heappop(self._ready)
            self.schedule.add(now + work_ms, partial(self._finish, now + work_ms, deed))

    def _finish(self, now: int, deed: Deed) -> bool | None:
        done = deed()
        self._next(now)
        return done
