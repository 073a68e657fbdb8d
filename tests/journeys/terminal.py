"""The console in a terminal of its own: a process on a pseudo-terminal that takes keys as bytes."""

import contextlib
import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 60.0


class Terminal:
    """A running console. `seen` is everything it has written to its terminal."""

    def __init__(self, process: "subprocess.Popen[bytes]", master: int) -> None:
        self.process = process
        self._master = master
        self._seen = bytearray()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while chunk := os.read(self._master, 65_536):
                self._seen += chunk

    @property
    def seen(self) -> str:
        return self._seen.decode("utf-8", "replace")

    def types(self, keys: str | bytes) -> None:
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Stop the process as a machine stops that swaps; it goes on afterwards."""
        self.signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)
        yield
        self.signal(signal.SIGCONT)

    def ends(self) -> int:
        """Wait for the end; the exit code."""
        code = self.process.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        return code

    def hang_up(self) -> None:
        """The line drops: the terminal is gone."""
        os.close(self._master)


def until(true: Callable[[], Any], what: str = "it did not come true") -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


KEEPS_SIGNALS = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, lambda *given: None)
sys.exit(subprocess.call(sys.argv[1:]))
"""
"""A program that runs another one and does not pass on that the line has dropped, as `make`."""


@contextmanager
def terminal(
    store: Path, agent: str = "ada", *, demo: bool = False, below: str = "", **environment: str
) -> Iterator[Terminal]:
    """The console or a demo on a store, in a terminal of 100 x 30; `below` runs it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    command = [sys.executable, "-m", "omnitui", *(["demo"] if demo else [])]
    command += ["--store", str(store), "--agent", agent]
    if below:
        command = [sys.executable, "-c", below, *command]
    # A session of its own, with the terminal as its own: so that signals and hang-ups reach it.
    start = (
        "import os,sys,fcntl,termios;fcntl.ioctl(0,termios.TIOCSCTTY,0);"
        "os.execv(sys.argv[1],sys.argv[1:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", start, *command],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        env={**os.environ, "COLUMNS": "", "LINES": "", **environment},
    )
    os.close(slave)
    shown = Terminal(process, master)
    try:
        yield shown
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with contextlib.suppress(OSError):
            os.close(master)
