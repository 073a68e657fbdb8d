"""Home as triage, in a real pseudo-terminal: ten thousand open items against ten."""

import json
import re
from pathlib import Path
from statistics import median

from benchmarks.screen import READY, console
from benchmarks.stores import desk_at, words
from benchmarks.table import Row
from benchmarks.terminal import Terminal

_FEW = 10
_ROWS = 16
_HOME, _PAGE_DOWN = "\x1b[H", "\x1b[6~"
_PLACE = re.compile(rb"([0-9]+) of [0-9]")
_MOST_SCROLL, _MOST_FILTER = 1.5, 2.0


def triage(folder: Path, count: int) -> Row:
    """From a key to the row it leads to, and from a word to the one row that has it.

    The terminal is so low that ten rows do not fit, so that a page can be turned of both.
    """
    for name, many in (("few", _FEW), ("many", count)):
        with_open(folder / f"{name}.db", many)
    rounds = 12
    # Both consoles run side by side and take turns, so that a busy machine slows both.
    with (
        Terminal(console(folder / "few.db"), rows=_ROWS) as few,
        Terminal(console(folder / "many.db"), rows=_ROWS) as many,
    ):
        for terminal in (few, many):
            terminal.wait_for(READY)
            terminal.drain(0.5, 5)
            terminal.press("\t")
            terminal.wait_for("needlerow")
        took: dict[str, list[float]] = {"scroll few": [], "scroll many": []}
        took |= {"filter few": [], "filter many": []}
        for _ in range(rounds):
            took["scroll few"].append(_scrolled(few, _FEW))
            took["scroll many"].append(_scrolled(many, count))
            took["filter few"].append(_filtered(few))
            took["filter many"].append(_filtered(many))
    ms = {name: median(times) * 1e3 for name, times in took.items()}
    scroll, narrow = (ms[f"{w} many"] / ms[f"{w} few"] for w in ("scroll", "filter"))
    return Row(
        f"scroll / filter {count:,} open items",
        f"{ms['scroll many']:.0f} / {ms['filter many']:.0f} ms",
        f"{ms['scroll few']:.0f} / {ms['filter few']:.0f} ms ({_FEW} items)",
        f"{scroll:.2f}x / {narrow:.2f}x",
        f"<= {_MOST_SCROLL:g}x / {_MOST_FILTER:g}x",
        scroll <= _MOST_SCROLL and narrow <= _MOST_FILTER,
    )


def _scrolled(terminal: Terminal, count: int) -> float:
    """A page further than what is on screen, until the row is there that the cursor comes to."""
    terminal.drain(0.15, 1)
    terminal.press(_PAGE_DOWN)
    terminal.wait_for(f" of {count:,} ", 20)
    page = int(_PLACE.findall(terminal.seen)[-1]) - 1
    terminal.drain(0.15, 1)
    pressed = terminal.press(_PAGE_DOWN)
    took = terminal.wait_for(f"Visitor {2 * page} ", 20) - pressed
    terminal.press(_HOME)
    terminal.drain(0.15, 1)
    return took


def _filtered(terminal: Terminal) -> float:
    """A word that one row has, and the filter let go of again; the time until it is alone."""
    terminal.press("f")
    terminal.drain(0.3, 2)
    pressed = terminal.press("needlerow")
    took = terminal.wait_for("1 of 1 ", 20) - pressed
    terminal.press("\x1b")
    terminal.drain(0.3, 2)
    return took


def with_open(path: Path, count: int) -> None:
    """A store with so many conversations that nobody has; the first and the last are known."""
    desk, _ada = desk_at(path)
    now = desk.clock.now()
    with desk.store.transaction():
        for number in range(count):
            said = words(number)
            said = "needlerow" if not number else "lastrow" if number == count - 1 else said
            desk.store.insert(
                "conversations",
                {
                    "channel": "email" if number % 3 else "chat",
                    "address": f"device-{number}",
                    "address_key": f"device-{number}",
                    "name": f"Visitor {number}",
                    "queue_id": 1,
                    "state": "open",
                    "last_text": said,
                    "last_speaker": "customer",
                    "last_at": now - (count - number) * 1_000,
                    "created_at": now - (count - number) * 1_000,
                    "waiting_since": now - (count - number) * 1_000,
                    "sentiment": number % 7 - 3,
                    "labels": json.dumps(["vip"] if number % 50 == 0 else []),
                },
            )
    desk.close()
