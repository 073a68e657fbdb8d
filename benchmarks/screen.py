"""On the screen, in a real pseudo-terminal: start, echo, switch, opening, memory."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.large import large_copy
from benchmarks.stores import add_lines, with_sessions
from benchmarks.table import Row, compared
from benchmarks.terminal import Terminal, quantile
from omnitui.clock import SystemClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.store.engine import Store

BARE = (sys.executable, "-m", "benchmarks.bare")
DEMO = (sys.executable, "-m", "omnitui", "demo")
STARTS = 9
"""How often each program is started."""
READY = "My work"
"""What shows when Home can be used."""


def console(store: Path) -> tuple[str, ...]:
    """The command that opens the console on a store as ada."""
    return (sys.executable, "-m", "omnitui", "--store", str(store), "--agent", "ada")


def start(folder: Path, messages: int) -> list[Row]:
    """From the command to the first screen: the console with a store of its own, and the demo."""
    path = large_copy(messages, folder)
    # Each is started once before it counts: what is read from the disk for the first time is not.
    took: dict[str, list[float]] = {"bare": [], "console": [], "demo": []}
    for round_ in range(STARTS + 1):
        for name, command, shows in (
            ("bare", BARE, "ready to type"),
            ("console", console(path), READY),
            ("demo", DEMO, "Loading the sample company"),
        ):
            ready = started(command, shows)
            if round_:
                took[name].append(ready * 1e3)
    bare = median(took["bare"])
    return [
        compared(
            f"start on {messages:,} messages", median(took["console"]), bare, "ms", 1.5, "bare app"
        ),
        compared("demo, first screen", median(took["demo"]), bare, "ms", 2.2, "bare app"),
    ]


def started(command: Sequence[str], shows: str, env: Mapping[str, str] | None = None) -> float:
    """How long a program takes from its command until `shows` can be read (seconds)."""
    with Terminal(command, env=env) as terminal:
        return terminal.wait_for(shows) - terminal.started


def echo(folder: Path, keys: int) -> Row:
    """From a key to its letter on screen, nine sessions open and 50 messages a second arriving."""
    path = folder / "echo.db"
    with_sessions(path, [60] * 9)
    with Terminal(BARE) as terminal:
        terminal.wait_for("ready to type")
        bare = typed(terminal, keys)
    feed = subprocess.Popen([sys.executable, "-m", "benchmarks.flood", str(path), "50"])
    try:
        with Terminal(console(path)) as terminal:
            terminal.wait_for(READY)
            terminal.press("\x1b1")
            terminal.wait_for("lastwordof1")
            terminal.press("r")
            time.sleep(1)
            ours = typed(terminal, keys)
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


def typed(terminal: Terminal, keys: int) -> list[float]:
    """From each key to its letter on screen (seconds)."""
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
