"""On the screen, in a real pseudo-terminal: start, echo, switch, opening, memory."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.stores import add_lines, with_sessions
from benchmarks.table import Row, compared
from benchmarks.terminal import Terminal, quantile
from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.store.engine import Store

BARE = (sys.executable, "-m", "benchmarks.bare")
READY = "My work"
"""What shows when Home can be used."""


def console(store: Path) -> tuple[str, ...]:
    """The command that opens the console on a store as ada."""
    return (sys.executable, "-m", "omnitui", "--store", str(store), "--agent", "ada")


def start(folder: Path, runs: int) -> Row:
    """From the command to the first screen that takes keys."""
    path = folder / "start.db"
    with_sessions(path, [20, 20, 20])
    ours, bare = [], []
    for _ in range(runs):
        with Terminal(BARE) as terminal:
            bare.append(terminal.wait_for("ready to type") - terminal.started)
        with Terminal(console(path)) as terminal:
            ours.append(terminal.wait_for(READY) - terminal.started)
    return compared(
        "start to first usable screen", median(ours) * 1e3, median(bare) * 1e3, "ms", 2, "bare app"
    )


def echo(folder: Path, keys: int) -> Row:
    """From a key to its letter on screen, nine sessions open and 50 messages a second arriving."""
    path = folder / "echo.db"
    with_sessions(path, [60] * 9)
    with Terminal(BARE) as terminal:
        terminal.wait_for("ready to type")
        bare = _typed(terminal, keys)
    feed = subprocess.Popen([sys.executable, "-m", "benchmarks.flood", str(path), "50"])
    try:
        with Terminal(console(path)) as terminal:
            terminal.wait_for(READY)
            terminal.press("\x1b1")
            terminal.wait_for("lastwordof1")
            terminal.press("r")
            time.sleep(1)
            ours = _typed(terminal, keys)
    finally:
        feed.kill()
        feed.wait()
    return compared(
        "echo of a key p95, 9 sessions, 50 msg/s",
        quantile(ours, 0.95) * 1e3,
        quantile(bare, 0.95) * 1e3,
        "ms",
        3,
        "bare app",
    )


def _typed(terminal: Terminal, keys: int) -> list[float]:
    terminal.drain(0.2, 1)
    took = []
    for _ in range(keys):
        pressed = terminal.press("~")
        took.append(terminal.wait_for("~", 10) - pressed)
        time.sleep(0.06)
    return took


def switch(folder: Path, rounds: int) -> Row:
    """From the key to the other session's last line."""
    path = folder / "switch.db"
    with_sessions(path, [60] * 9)
    took = []
    with Terminal(console(path)) as terminal:
        terminal.wait_for(READY)
        for round_ in range(rounds + 1):
            for index in (1, 5, 9, 3):
                pressed = terminal.press(f"\x1b{index}")
                seen = terminal.wait_for(f"lastwordof{index}", 10)
                if round_:
                    took.append((seen - pressed) * 1e3)
                terminal.drain(0.15, 1)
    p95 = quantile(took, 0.95)
    return Row("session switch p95", f"{p95:,.1f} ms", "-", "-", "< 100 ms", p95 < 100)


def opening(folder: Path, runs: int) -> Row:
    """First opening of a conversation of 10,000 lines, against one of 10."""
    small, large = [], []
    for run in range(runs):
        # The console would come back where it was killed: every run begins on a fresh store.
        path = folder / f"opening-{run}.db"
        with_sessions(path, [10, 10_000, 10])
        with Terminal(console(path)) as terminal:
            terminal.wait_for(READY)
            # The first session pays for building its widgets once; the next two are compared.
            for index, took in ((1, None), (2, large), (3, small)):
                terminal.drain(0.3, 2)
                pressed = terminal.press(f"\x1b{index}")
                seen = terminal.wait_for(f"lastwordof{index}", 10)
                if took is not None:
                    took.append((seen - pressed) * 1e3)
    return compared("opening 10,000 lines", median(large), median(small), "ms", 1.5, "10 lines")


def memory(folder: Path, messages: int) -> Row:
    """Resident memory of the console on a large store."""
    path = folder / "memory.db"
    with_sessions(path, [60] * 9)
    desk = Desk(Store(path), SystemClock())
    keys = [row.id for row in desk.call("conversation.list", ADMINISTRATOR)]
    for index in range(0, messages, 10_000):
        add_lines(desk, keys[index // 10_000 % len(keys)], min(10_000, messages - index), "end")
    desk.close()
    with Terminal(BARE) as terminal:
        terminal.wait_for("ready to type")
        terminal.drain(1, 3)
        bare = terminal.memory_mib()
    with Terminal(console(path)) as terminal:
        terminal.wait_for(READY)
        for index in range(1, 10):
            terminal.press(f"\x1b{index}")
            terminal.drain(0.4, 2)
        ours = terminal.memory_mib()
    return Row(
        f"memory, {messages:,} messages, 9 sessions",
        f"{ours:,.0f} MiB",
        f"{bare:,.0f} MiB (bare app)",
        f"{ours / bare:.2f}x",
        "<= 120 MiB",
        ours <= 120,
    )
