"""Standard streams that are closed or full, and arguments that are not text.

A closed stream is None to Python, its number goes to the next opened file, and output is lost
silently. Here it is a stream that fails like a full disk.
"""

import errno
import io
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any

import click


class _Closed(io.RawIOBase):
    """Where nothing can be written."""

    def writable(self) -> bool:
        """It is there to be written to, in vain."""
        return True

    def write(self, given: Any) -> int:
        """Fail as writing to a closed file does."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def open_all() -> None:
    """Open every standard stream, so that no other file gets its number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is this one.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for good
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), "utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for good


def end(code: int, tell: Callable[[str], None]) -> int:
    """Write the remaining output; returns the exit code, which is 3 on failure."""
    try:
        sys.stdout.flush()
    except OSError as error:
        let_go()
        if error.errno == errno.EPIPE:
            return code or 1
        if not code:
            tell(unwritten(error))
        code = code or 3
    with suppress(OSError):
        sys.stderr.flush()
        return code
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for good
    return code


def let_go() -> None:
    """Stop writing to stdout, also at the end of the process."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for good


def unwritten(error: OSError) -> str:
    """The sentence for output that could not be printed."""
    return (
        f"stdout cannot be written to ({error.strerror}): the output is lost. Changes to the "
        "store are saved."
    )


def with_text(command: click.Command) -> None:
    """Let a command be called with arguments that are text, whatever bytes they were typed in."""
    inner = command.callback
    if inner is None or hasattr(inner, "takes_text"):
        return

    @wraps(inner)
    def checked(*positional: Any, **given: Any) -> Any:
        return inner(*positional, **_texts(given))

    checked.takes_text = True  # type: ignore[attr-defined]
    command.callback = checked


def _texts(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in given.items()}


def _text(value: Any) -> Any:
    """An argument as text; names of files are whatever bytes they are.

    Python keeps bytes that its locale does not know as halves of characters, which say nothing.
    """
    if isinstance(value, tuple):
        return tuple(_text(one) for one in value)
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(value)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            shown = raw.decode("utf-8", "backslashreplace")
            raise click.UsageError(
                f"The argument {shown} is not UTF-8, so its letters are not known. Let the "
                "terminal send UTF-8, or write JSON escapes in --params."
            ) from None
    return value
