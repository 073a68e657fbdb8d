"""Opening an address: in the browser, or with the command that the person has chosen.

The command is a list of words, never a line for a shell. `{url}` in it stands for the address,
which is the last word where nothing stands for it.
"""

import subprocess
from collections.abc import Callable, Sequence

from omnitui.model.errors import Fault

Start = Callable[[Sequence[str]], None]
"""Starts a program and does not wait for it."""

PLACE = "{url}"


def may_open(url: str) -> bool:
    """Whether it is an address of the web: nothing else is ever opened."""
    return url.lower().startswith(("http://", "https://")) and url.isprintable()


def words(command: Sequence[str], url: str) -> list[str]:
    """The command with the address in its place."""
    if any(PLACE in word for word in command):
        return [word.replace(PLACE, url) for word in command]
    return [*command, url]


def start(command: Sequence[str]) -> None:
    """Start a program on its own, away from the terminal. Raises `Fault` when there is none."""
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise Fault(
            f"{command[0]} cannot be started ({error.strerror}). console.toml names it as browser."
        ) from error
