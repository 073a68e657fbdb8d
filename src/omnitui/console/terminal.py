"""Whether there is a terminal that the console can be shown on, and lending it to a program."""

import os
import sys
from collections.abc import Mapping
from typing import IO, Any

from omnitui.model.errors import NoTerminal

_CANNOT = ("dumb", "unknown", "")


def check_terminal(
    streams: Mapping[str, IO[Any] | None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Raise `NoTerminal` where nobody could see the console or press a key.

    Keys come from stdin; the picture goes to stderr, and what is printed at the end to stdout.
    """
    streams = streams or {"stdin": sys.stdin, "stdout": sys.stdout, "stderr": sys.stderr}
    environment = os.environ if environment is None else environment
    for name, stream in streams.items():
        if not _is_terminal(stream):
            raise NoTerminal(
                f"The console needs a terminal, and {name} is not a terminal. Start it in one (over"
                " SSH with `ssh -t`); for scripts there is `omnitui call`. Nothing was changed."
            )
    term = environment.get("TERM", "")
    if os.name == "posix" and term in _CANNOT:
        named = f"TERM is {term}" if term else "TERM is not set"
        raise NoTerminal(
            f"The console cannot be shown on this terminal: {named}, so it cannot show a full"
            " screen. Set TERM to your terminal's type (xterm-256color for most)."
            " Nothing was changed."
        )


def _is_terminal(stream: IO[Any] | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False
