"""`python -m benchmarks.peers`: OmniTUI beside two popular apps for the terminal, in the same run.

Each of them is installed by pip into an environment of its own below `.bench/`, which stays for the
next time; what they keep of their own goes into a folder that is thrown away.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.screen import READY, console, started
from benchmarks.stores import with_sessions
from benchmarks.terminal import Terminal, quantile

FOLDER = Path(__file__).parent.parent / ".bench"
_STARTS, _KEYS = 9, 100
_QUIET_SECONDS = 0.08


class Missing(Exception):
    """A peer that cannot be measured here, and why."""


@dataclass(frozen=True, slots=True)
class App:
    """A program: its command, what its first usable screen says, how one comes to type into it.

    `typed_into` is the command where it is typed into what would be in front at the next start.
    """

    name: str
    command: tuple[str, ...]
    shows: str
    typed_into: tuple[str, ...] = ()
    begin: Callable[[Terminal], None] = lambda _terminal: None


@dataclass(frozen=True, slots=True)
class Peer:
    """What is installed, exactly, and how it is called; `shows` as in `App`."""

    name: str
    packages: tuple[str, ...]
    arguments: tuple[str, ...]
    shows: str


PEERS = (
    # The next release of tree-sitter brings this one of posting down with a segmentation fault.
    Peer("posting", ("posting==2.11.1", "tree-sitter<0.26"), ("default",), "Enter a URL"),
    # Without a locale it begins with a dialog about that.
    Peer("harlequin", ("harlequin==2.17.0",), ("--locale", "C.UTF-8"), "Query Editor"),
)


def installed(peer: Peer) -> App:
    """The peer in its own environment, made the first time. Raises `Missing`."""
    place = FOLDER / peer.name
    stamp, wanted = place / "installed", "\n".join(peer.packages)
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        print(f"installing {peer.name} into {place} ...", file=sys.stderr, flush=True)
        _run(peer, sys.executable, "-m", "venv", "--clear", str(place))
        pip = (str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check")
        _run(peer, *pip, "install", "--quiet", *peer.packages)
        stamp.write_text(wanted, "utf-8")
    return App(peer.name, (str(place / "bin" / peer.name), *peer.arguments), peer.shows)


def _run(peer: Peer, *command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise Missing(f"{peer.name} could not be installed: {error}.") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["nothing"]
        raise Missing(
            f"{peer.name} could not be installed; that takes pip and a package index that it can"
            f" reach. It said: {said[-1].strip()}"
        )


def ours(folder: Path) -> App:
    """The console on a store with three sessions; it is typed into a reply in the first of them."""
    start, echo = folder / "start.db", folder / "echo.db"
    for path in (start, echo):
        with_sessions(path, [60] * 3)

    def begin(terminal: Terminal) -> None:
        terminal.press("\x1b1")
        terminal.wait_for("lastwordof1")
        terminal.press("r")
        time.sleep(1)

    return App("OmniTUI", console(start), READY, console(echo), begin)


def measured(apps: Sequence[App], folder: Path) -> dict[str, tuple[float, float, float]]:
    """Of each app: start (median), echo of a key (median and p95), in ms. Raises `Missing`."""
    env = {"HOME": str(folder)} | {
        f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CONFIG", "DATA", "CACHE", "STATE")
    }
    starts: dict[str, list[float]] = {app.name: [] for app in apps}
    echoes: dict[str, list[float]] = {}
    for app in apps:
        print(f"measuring {app.name} ...", file=sys.stderr, flush=True)
        try:
            started(app.command, app.shows, env)  # what is compiled once is compiled here
            with Terminal(app.typed_into or app.command, env=env) as terminal:
                terminal.wait_for(app.shows)
                terminal.drain(1, 5)
                app.begin(terminal)
                echoes[app.name] = _typed(terminal)
        except (TimeoutError, ProcessLookupError) as error:
            raise Missing(f"{app.name} cannot be measured: {error}.") from error
    for _ in range(_STARTS):
        # In turn, so that whatever else the machine is at slows all of them.
        for app in apps:
            starts[app.name].append(started(app.command, app.shows, env))
    return {
        app.name: (
            median(starts[app.name]) * 1e3,
            median(echoes[app.name]) * 1e3,
            quantile(echoes[app.name], 0.95) * 1e3,
        )
        for app in apps
    }


def _typed(terminal: Terminal) -> list[float]:
    took = []
    for _ in range(_KEYS):
        # What is painted again of the keys before is no echo of this one.
        terminal.drain(_QUIET_SECONDS, 1)
        pressed = terminal.press("~")
        took.append(terminal.wait_for("~", 10) - pressed)
    return took


def shown(figures: dict[str, tuple[float, float, float]]) -> str:
    """The table, ours first, with how it stands to the best of the others."""
    lines = [["what", *figures, "ours to the best"]]
    for at, what in enumerate(("start to first usable screen", "echo, median", "echo, p95")):
        mine, *others = (each[at] for each in figures.values())
        lines.append(
            [
                what,
                *(f"{each[at]:,.1f} ms" for each in figures.values()),
                f"{mine / min(others):.2f}x  {'ahead' if mine < min(others) else 'behind'}",
            ]
        )
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def main() -> int:
    """Install what is missing, measure, print; 1 where no peer can be measured here."""
    with tempfile.TemporaryDirectory(prefix="omnitui-peers-") as made:
        folder = Path(made)
        apps = []
        for peer in PEERS:
            try:
                apps.append(installed(peer))
            except Missing as why:
                print(why, file=sys.stderr)
        if not apps:
            print("Nothing was measured.", file=sys.stderr)
            return 1
        try:
            print(shown(measured([ours(folder), *apps], folder)))
        except Missing as why:
            print(why, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
