"""A program in a real pseudo-terminal: send keys, wait for what the person would see."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_ESCAPE = re.compile(
    rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\|\x1b\[[0-?]*[ -/]*[@-~]|\x1b."
)


class Terminal:
    """A child process on a pseudo-terminal of a given size."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 36,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # As on a person's machine: what was compiled once is not compiled again.
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})})
            os.execvp(command[0], list(command))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        finally:
            os.close(self.fd)

    def read(self, seconds: float) -> bytes:
        """Whatever comes within `seconds`, at once when something comes."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return b""
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:
            return b""

    def wait_for(self, text: str, seconds: float = 30) -> float:
        """Read until `text` shows; returns when it did (perf_counter). TimeoutError if never."""
        wanted = text.encode()
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.seen += self.read(0.5)
            if wanted in _ESCAPE.sub(b"", self.seen):
                return time.perf_counter()
            self.seen = self.seen[-200_000:]
        tail = _ESCAPE.sub(b"", self.seen)[-800:].decode(errors="replace")
        raise TimeoutError(
            f"{text!r} did not show within {seconds} s; the screen ended in {tail!r}"
        )

    def drain(self, quiet: float = 0.3, most: float = 5) -> None:
        """Read until nothing has come for `quiet` seconds."""
        until = time.perf_counter() + most
        while time.perf_counter() < until and self.read(quiet):
            pass
        self.seen = b""

    def press(self, keys: str) -> float:
        """Send keys; returns when (perf_counter)."""
        self.seen = b""
        at = time.perf_counter()
        os.write(self.fd, keys.encode())
        return at

    def memory_mib(self) -> float:
        """The resident memory of the process."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no memory figure")


def quantile(values: Sequence[float], q: float) -> float:
    """The q-quantile of some measurements, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]
