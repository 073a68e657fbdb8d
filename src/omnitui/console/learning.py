"""Learns from what agents did, in a process of its own beside the console.

Learning takes seconds of a processor, which a thread would take from the screen. The process has
no terminal, works at low priority, reads the store once and writes it once (`omnitui learn`).
"""

import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

FIRST_SECONDS = 5.0
"""When it is looked for the first time whether there is enough to learn from."""
AGAIN_SECONDS = 1_800.0
_LOOK_SECONDS = 0.2


class Learning:
    """See the module. What fails there costs suggestions and nothing else: nobody is told."""

    def __init__(
        self, store: Path, *, first: float = FIRST_SECONDS, again: float = AGAIN_SECONDS
    ) -> None:
        self.trouble: str | None = None
        self._does: Sequence[str] = (
            *(sys.executable, "-m", "omnitui", "learn"),
            *("--if-needed", "--store", str(store)),
        )
        self._first, self._again = first, again
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="learning", daemon=True)

    def start(self) -> None:
        """Begin, in a few seconds."""
        self._thread.start()

    def stop(self) -> None:
        """End at once; what was not learnt by then is learnt the next time."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        wait = self._first
        while not self._stopping.wait(wait):
            with suppress(OSError):  # there may be no memory for another process
                self._learn()
            wait = self._again

    def _learn(self) -> None:
        # Imported when it is needed: a console starts without.
        import subprocess

        nothing = subprocess.DEVNULL
        process = subprocess.Popen(self._does, stdin=nothing, stdout=nothing, stderr=nothing)
        while process.poll() is None:
            if self._stopping.wait(_LOOK_SECONDS):
                process.terminate()
                process.wait()
