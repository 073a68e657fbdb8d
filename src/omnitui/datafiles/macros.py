"""`macros.toml`: macros, with their prompts and steps.

    [[macro]] key, title, description
    [[macro.prompt]] key, label, kind, values = [...], required, default
    [[macro.step]] key, command or console, with = { ... }, when

What a slot is, see `rules/macros.py`; what is checked, `rules/macro_checks.py`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import field

from omnitui.datafiles.decode import Strict, place, read, typed
from omnitui.model.errors import DataError
from omnitui.model.ids import MacroId
from omnitui.model.macro import ConsoleStep, Macro, MacroPrompt, MacroStep, PromptKind
from omnitui.rules.macro_checks import Shapes
from omnitui.rules.macro_checks import problems as macro_problems
from omnitui.safetext import clean, clean_line


class WrittenPrompt(Strict, frozen=True, kw_only=True):
    """One prompt as it was written."""

    key: str
    label: str
    kind: PromptKind = PromptKind.TEXT
    values: list[str] = []
    required: bool = True
    default: str = ""


class WrittenStep(Strict, frozen=True, kw_only=True):
    """One step as it was written."""

    key: str = ""
    command: str = ""
    console: ConsoleStep | None = None
    given: dict[str, Any] = field(name="with", default_factory=dict)
    when: str = ""


class WrittenMacro(Strict, frozen=True, kw_only=True):
    """One macro as it was written."""

    key: str
    title: str
    description: str = ""
    prompt: list[WrittenPrompt] = []
    step: list[WrittenStep] = []

    def macro(self) -> Macro:
        """What it stands for, fit to be saved."""
        return Macro(
            MacroId(0),
            _line(self.key),
            _line(self.title).strip(),
            _text(self.description).strip(),
            tuple(
                MacroPrompt(
                    _line(one.key),
                    _line(one.label).strip(),
                    one.kind,
                    tuple(_line(value).strip() for value in one.values),
                    one.required,
                    _text(one.default),
                )
                for one in self.prompt
            ),
            tuple(
                MacroStep(
                    _line(one.key),
                    _line(one.command),
                    one.console or "",
                    _clean(one.given),
                    _line(one.when).strip(),
                )
                for one in self.step
            ),
        )


class MacroFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    macro: list[WrittenMacro]


def written(table: Any) -> Macro:
    """A macro given as a table. Raises `DataError` without a path for one of another shape."""
    return typed(table, Path(), WrittenMacro).macro()


def read_macros(path: Path, shapes: Shapes) -> list[Macro]:
    """The macros in their own order. Raises `DataError` for the first thing that is wrong."""
    file, text = read(path, MacroFile)
    for error in _wrong(file, text, path, shapes):
        raise error
    return [row.macro() for row in file.macro]


def problems(path: Path, shapes: Shapes) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, MacroFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path, shapes)


def _wrong(file: MacroFile, text: str, path: Path, shapes: Shapes) -> Iterator[DataError]:
    seen: set[str] = set()
    for number, row in enumerate(file.macro):
        where = f"macro[{number}]"
        if row.key in seen:
            yield DataError(
                path, place(text, f"{where}.key"), f"there is a macro {row.key} already"
            )
        seen.add(row.key)
        for key, problem in macro_problems(row.macro(), shapes):
            yield DataError(path, place(text, f"{where}.{key}"), problem)


def _line(text: str) -> str:
    return str(clean_line(text))


def _text(text: str) -> str:
    return str(clean(text))


def _clean(given: Any) -> Any:
    """Parameters fit to be saved and shown."""
    if isinstance(given, str):
        return _text(given)
    if isinstance(given, dict):
        return {_line(key): _clean(value) for key, value in given.items()}
    if isinstance(given, list):
        return [_clean(value) for value in given]
    # TOML has moments of its own; commands read them as text.
    return given if isinstance(given, bool | int | float) or given is None else str(given)
