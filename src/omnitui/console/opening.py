"""Opening an address: in the browser, or with the command that the person has chosen.

The command is a list of words, never a line for a shell. `{url}` in it stands for the address,
which is the last word where nothing stands for it.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from omnitui.model.errors import Fault

Start = Callable[[Sequence[str]], None]
"""Starts a program and does not wait for its end; it may take a moment."""

PLACE = "{url}"

Which = Callable[[str], str | None]
"""Where a program is, None where it is not."""

_TEXTUAL = frozenset({"w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh"})
_BEGINS_SECONDS = 2.0
_NAMED = "`browser` in console.toml names the one to use."


def may_open(url: str) -> bool:
    """Whether it is an address of the web: nothing else is ever opened."""
    return url.lower().startswith(("http://", "https://")) and url.isprintable()


def words(command: Sequence[str], url: str) -> list[str]:
    """The command with the address in its place."""
    if any(PLACE in word for word in command):
        return [word.replace(PLACE, url) for word in command]
    return [*command, url]


def usual(
    environment: Mapping[str, str] = os.environ, which: Which = shutil.which
) -> list[str] | None:
    """The command that opens an address where none is chosen; None where there is no browser.

    Browsers that run in the terminal are none: the terminal is the console's.
    """
    import shlex

    for named in filter(None, environment.get("BROWSER", "").split(os.pathsep)):
        try:
            command = [word.replace("%s", PLACE) for word in shlex.split(named)]
        except ValueError:
            continue
        if command and Path(command[0]).name not in _TEXTUAL and which(command[0]):
            return command
    if sys.platform == "darwin":
        known = ["open"]
    elif environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        known = ["xdg-open", "x-www-browser", "firefox", "chromium", "google-chrome"]
    else:
        known = ["wslview", "explorer.exe"]
    return next(([name] for name in known if which(name)), None)


def start(command: Sequence[str]) -> None:
    """Start a program on its own, away from the terminal, and see for a moment how it begins.

    Raises `Fault` when there is none, or when it ends at once with an error.
    """
    try:
        program = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Fault(f"{command[0]} cannot be started ({why}). {_NAMED}") from error
    try:
        ended = program.wait(_BEGINS_SECONDS)
    except subprocess.TimeoutExpired:
        # Whoever ends later is waited for as well, or it stays in the list of processes.
        threading.Thread(target=program.wait, daemon=True).start()
        return
    if ended:
        raise Fault(f"{command[0]} could not open it (it ended with {ended}). {_NAMED}")
