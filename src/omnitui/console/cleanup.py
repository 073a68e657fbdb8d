"""When Python looks for garbage: while nobody is at the keys, never in the middle of a key.

A full collection of a console with nine sessions takes some 100 ms, in which nothing is painted.
Left alone it falls into the busiest moments, since those make the most objects.
"""

import gc
import time

_YOUNG, _MIDDLE, _NEVER = 20_000, 20, 1_000_000_000
_AWAY, _EVERY = 3.0, 60.0


class Cleanup:
    """See the module. One per process, for the collector is the process's."""

    def __init__(self) -> None:
        self._used = self._swept = time.monotonic()
        gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)

    def begin(self) -> None:
        """The first screen is there: what has been made by now stays, and is never looked at."""
        gc.freeze()
        gc.enable()

    def used(self) -> None:
        """Somebody has pressed something."""
        self._used = time.monotonic()

    def look(self) -> None:
        """Cleanup when it is time and nobody is at the keys."""
        now = time.monotonic()
        if now - self._used >= _AWAY and now - self._swept >= _EVERY:
            gc.collect()
            self._swept = time.monotonic()
