"""The one way out of the command line: sentences for people, JSON for scripts.

Names, keys and arguments in a sentence may come from anywhere. What a terminal would obey or hide
is shown as an escape instead, and what an output cannot say is escaped, so that nothing printed
moves a cursor, colours a shell or ends in a traceback.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import click

from omnitui.cli.streams import let_go, unwritten
from omnitui.model.errors import Fault
from omnitui.model.search import MARK_OFF, MARK_ON
from omnitui.patterns import late

_MARKS = dict.fromkeys(map(ord, (MARK_ON, MARK_OFF)))


def to_json(value: Any) -> str:
    """A value as indented JSON; text stays readable whatever its language."""
    import msgspec

    plain = _unmarked(msgspec.to_builtins(value, enc_hook=_plain))
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be printed")


def _unmarked(value: Any) -> Any:
    """The text without the marks of search matches."""
    if isinstance(value, str):
        # Names of files may have bytes that are no text.
        raw = value.encode("utf-8", "surrogateescape")
        return raw.decode("utf-8", "backslashreplace").translate(_MARKS)
    if isinstance(value, dict):
        return {key: _unmarked(inner) for key, inner in value.items()}
    return [_unmarked(inner) for inner in value] if isinstance(value, list) else value


_OBEYED = late(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0001]"
)
"""Controls of terminals and of writing direction, and halves of characters; not tab and newline."""


def visible(text: str, stream: TextIO | None = None) -> str:
    """A text that can be printed on `stream`, stdout if None: controls are shown as escapes."""
    shown = _OBEYED.sub(lambda found: _escape(found[0]), text)
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    return shown.encode(encoding, "backslashreplace").decode(encoding)


def _escape(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def say(text: str, *, err: bool = False) -> None:
    """Print one sentence on a line of its own; line breaks in it are shown as escapes too."""
    say_lines(text.replace("\n", "\\n"), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a text of several lines, such as a report or a help page."""
    echo(visible(text, sys.stderr if err else sys.stdout), err=err)


def echo(text: str, *, err: bool = False) -> None:
    """Print a text that is safe to print.

    Raises `Fault` if stdout fails. Errors of stderr are ignored.
    """
    if err:
        with suppress(OSError):
            click.echo(text, err=True)
        return
    with printing():
        click.echo(text)


@contextmanager
def printing() -> Iterator[None]:
    """Around writes to stdout: raises `Fault` if it fails."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        let_go()
        raise Fault(unwritten(error)) from error


def print_json(value: Any) -> None:
    """Print a value as JSON on stdout, with JSON escapes where needed."""
    text = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", to_json(value))
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        import json

        text = json.dumps(json.loads(text), indent=2)
    echo(text)
