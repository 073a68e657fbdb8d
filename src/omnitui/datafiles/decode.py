"""From the bytes of a data file to typed values, or a `DataError` that says where and what.

Keys a table does not know are errors: a misspelt key must never be a silence.
"""

import difflib
import re
import tomllib
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from omnitui.datafiles.position import Step, line_of, steps
from omnitui.model.errors import DataError
from omnitui.textfiles import read_text

T = TypeVar("T")

TOO_DEEP = "it is nested too deeply"

_SYNTAX = re.compile(
    r"^(?P<what>.*) \((?:at line (?P<line>\d+), column (?P<column>\d+)|at end of document)\)$"
)
_UNKNOWN = re.compile(r"^Object contains unknown field `(.+)`$")
_MISSING = re.compile(r"^Object missing required field `(.+)`$")
_KIND = re.compile(r"^Expected `(.+?)`(?:, got `(.+)`)?$")
_BOUND = re.compile(r"^Expected `(?:int|float)` (>=|<=) (.+)$")
_CHOICE = re.compile(r"^Invalid enum value (.+)$")
_WORDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "array": "a list",
    "object": "a table",
    "date": "a date like 2026-03-02",
}
_WHOLE = {
    "Expected `str` of length >= 1": "it is empty",
    "Invalid RFC3339 encoded date": "it needs a date like 2026-03-02, without quotes",
}


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a data file."""


def folder() -> Path:
    """The folder of the shipped data files: in the package, or beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "data"
    return shipped if shipped.is_dir() else package.parents[1] / "data"


def read(path: Path, kind: type[T]) -> tuple[T, str]:
    """A TOML file as a value of `kind`, with its text."""
    text = read_text(path)
    return parse(text, path, kind), text


def parse(text: str, path: Path, kind: type[T], first_line: int = 1) -> T:
    """TOML as a value of `kind`; `first_line` is where in the file `text` begins."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(path, str(error), text, first_line) from None
    except RecursionError:
        raise DataError(path, "", TOO_DEEP) from None
    return typed(table, path, kind, lambda key: place(text, key, first_line))


def typed(table: Any, path: Path, kind: type[T], where: Callable[[str], str] = str) -> T:
    """Plain data as a value of `kind`; `where` turns a key into the place people look for."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        message, _, at = str(error).partition(" - at ")
        key = at.strip("`").removeprefix("$").removeprefix(".")
        key, problem = _sentence(kind, message, _named(table, kind, key))
        raise DataError(path, where(key), problem) from None
    except RecursionError:
        raise DataError(path, "", TOO_DEEP) from None


def place(text: str, key: str, first_line: int = 1) -> str:
    """`line 12, channel[2].cost`: the place of a key in a file."""
    line = line_of(text, key)
    return key if line is None else f"line {line + first_line - 1}, {key}"


def _syntax(path: Path, message: str, text: str, first_line: int) -> DataError:
    found = _SYNTAX.match(message)
    if found is None:
        return DataError(path, "", message)
    line = int(found["line"] or len(text.splitlines()) or 1) + first_line - 1
    column = f", column {found['column']}" if found["column"] else ""
    what = found["what"]
    return DataError(path, f"line {line}{column}", what[0].lower() + what[1:])


def _named(table: Any, kind: Any, key: str) -> str:
    """`skills[...]` with the name the decoder leaves out put in."""
    before, mark, after = key.partition("[...]")
    if not mark:
        return key
    path = steps(before)
    inner = _at(kind, (*path, "..."))
    for step in path:
        table = table[step]
    for name, value in table.items():
        try:
            msgspec.convert(value, inner)
        except msgspec.ValidationError:
            return _named(table, kind, f"{before}.{name}{after}")
    return key


def _sentence(kind: Any, message: str, key: str) -> tuple[str, str]:
    """The wrong key, and the problem in an administrator's words."""
    unknown = _UNKNOWN.match(message)
    if unknown:
        close = difflib.get_close_matches(unknown[1], _names(kind, steps(key)), n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]}?" if close else ""
        return _join(key, unknown[1]), f"there is no such key{hint}"
    missing = _MISSING.match(message)
    if missing:
        return _join(key, missing[1]), "this key is missing"
    wrong = _KIND.match(message)
    if wrong:
        wanted = " or ".join(
            _WORDS.get(word, word) for word in wrong[1].split(" | ") if word != "null"
        )
        got = _WORDS.get(wrong[2] or "", wrong[2] or "")
        return key, f"it needs {wanted}" + (f", not {got}" if got else "")
    choice = _CHOICE.match(message)
    if choice:
        choices = ", ".join(_choices(kind, steps(key)))
        return key, f"it cannot be {choice[1]}" + (f"; use one of {choices}" if choices else "")
    bound = _BOUND.match(message)
    if bound:
        return key, f"it needs a number of {bound[2]} or {'more' if bound[1] == '>=' else 'less'}"
    return key, _WHOLE.get(message, message[0].lower() + message[1:])


def _join(parent: str, name: str) -> str:
    return f"{parent}.{name}" if parent else name


def _at(kind: Any, path: tuple[Step, ...]) -> Any:
    """The type of what stands at `path` in a value of `kind`."""
    for step in path:
        kind = next((k for k in _variants(kind) if k is not type(None)), kind)
        if isinstance(step, str) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            hints = typing.get_type_hints(kind, include_extras=False)
            kind = hints.get(step, Any)
        else:
            inner = typing.get_args(kind) or (Any,)
            kind = inner[-1 if isinstance(step, str) else 0]
    return kind


def _variants(kind: Any) -> Iterator[Any]:
    if typing.get_origin(kind) in (tuple, list, dict, None):
        yield kind
    else:
        yield from typing.get_args(kind)


def _names(kind: Any, path: tuple[Step, ...]) -> tuple[str, ...]:
    return getattr(_at(kind, path), "__struct_fields__", ())


def _choices(kind: Any, path: tuple[Step, ...]) -> list[str]:
    found = _at(kind, path)
    if typing.get_origin(found) is typing.Literal:
        return [str(choice) for choice in typing.get_args(found)]
    try:
        return [str(member.value) for member in found]
    except TypeError:
        return []
