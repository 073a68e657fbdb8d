"""When the screen may be brought up to date without getting in the way of typing.

A paint of what has arrived takes longer than a paint of a letter, and a letter that has to wait for
it is felt. Whoever types strikes again soon, but not at once: the moment just after a letter has
been shown is free, and so is any time when nobody types.
"""

import asyncio
import time

_FREE_AFTER = 0.02
_PAUSE = 0.15


class Idle:
    """See the module. Of many who wait, one goes after each key, and all when the typing pauses."""

    def __init__(self) -> None:
        self._struck = 0.0
        self._taken = True
        self._key = asyncio.Event()
        self._turn = asyncio.Lock()

    def shown(self) -> None:
        """Call when what was typed has just been painted."""
        self._struck = time.monotonic()
        self._taken = False
        self._key.set()

    async def wait(self) -> None:
        """Return at the next good moment: at once when nobody types."""
        async with self._turn:
            while (since := time.monotonic() - self._struck) < _PAUSE:
                if since < _FREE_AFTER and not self._taken:
                    break
                self._key.clear()
                try:
                    await asyncio.wait_for(self._key.wait(), _PAUSE - since)
                except TimeoutError:
                    continue
            self._taken = True
