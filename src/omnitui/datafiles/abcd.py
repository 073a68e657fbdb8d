"""Guidelines of the ABCD data set (Action-Based Conversations), read as agent scripts.

The file is JSON: flows by name, each with a description and subflows by name. A subflow has
instructions for the whole, and actions in order: a type, the button to press (`N/A` for none), a
text, and more lines of it. A subflow becomes a script and an action becomes a text step, which
names its button in square brackets as the data set does.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from omnitui.datafiles.decode import TOO_DEEP, typed
from omnitui.datafiles.scripts import ScriptFile, StepRow, WrittenScript
from omnitui.model.errors import DataError
from omnitui.rules.scripts import key_of
from omnitui.textfiles import read_text

_NO_BUTTON = ("", "n/a", "none")
_LONGEST_TITLE = 60


class _Action(Struct, frozen=True):
    button: str = ""
    text: str = ""
    subtext: list[str] = []


class _Subflow(Struct, frozen=True):
    actions: list[_Action]
    instructions: list[str] = []


class _Flow(Struct, frozen=True):
    subflows: dict[str, _Subflow]
    description: str = ""


def read_guidelines(path: Path) -> ScriptFile:
    """The guidelines as scripts. Raises `DataError` with the place of what is wrong."""
    flows = typed(_json(path), path, dict[str, _Flow])
    found: list[WrittenScript] = []
    for flow, about in flows.items():
        for name, subflow in about.subflows.items():
            where = f"{flow}.subflows.{name}"
            key = key_of(f"{flow} {name}")
            if not key or key.isdecimal():
                raise DataError(path, where, "its name has no letters to make a key of")
            if key in {one.key for one in found}:
                raise DataError(path, where, f"another guideline has the key {key} already")
            steps = list(_steps(subflow.actions))
            if not steps:
                raise DataError(path, f"{where}.actions", "the guideline has no actions")
            instructions = (_line(one) for one in subflow.instructions)
            found.append(
                WrittenScript(
                    key=key,
                    title=f"{_line(flow)}: {_line(name)}"[:120],
                    description="\n".join(filter(None, instructions)),
                    step=steps,
                )
            )
    if not found:
        raise DataError(path, "", "it has no guidelines")
    return ScriptFile(script=found)


def _json(path: Path) -> Any:
    try:
        return json.loads(read_text(path), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        said = error.msg[0].lower() + error.msg[1:]
        where = f"line {error.lineno}, column {error.colno}"
        raise DataError(path, where, f"it is not JSON ({said})") from None
    except RecursionError:
        raise DataError(path, "", TOO_DEEP) from None
    except _TwiceError as error:
        raise DataError(path, str(error), "this name is given twice") from None


class _TwiceError(ValueError):
    """A name that an object has twice, of which only the last would count."""


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _steps(actions: Sequence[_Action]) -> Iterator[StepRow]:
    for action in actions:
        button = _line(action.button)
        button = "" if button.casefold() in _NO_BUTTON else button
        text = _line(action.text)
        # A letter alone is what was left in place of a text.
        text = text if len(re.findall(r"\w", text)) > 1 else ""
        lines = [text, *(f"- {line}" for line in map(_line, action.subtext) if line)]
        if button and not any(f"[{button.casefold()}]" in line.casefold() for line in lines):
            lines.append(f"Use [{button}].")
        whole = "\n".join(filter(None, lines))
        if whole:
            yield StepRow(title=_braced(_title(button, whole)), text=_braced(whole))


def _title(button: str, text: str) -> str:
    """A step's title: its button, else how its text begins."""
    if button:
        return button[:_LONGEST_TITLE]
    first = re.split(r"(?<=[.:?!])\s|\n", text.removeprefix("- "))[0].rstrip(".:")
    if len(first) <= _LONGEST_TITLE:
        return first
    return first[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:") + " ..."


def _line(text: str) -> str:
    return " ".join(text.split())


def _braced(text: str) -> str:
    """Braces as a script writes them, for what is no slot."""
    return text.replace("{", "{{").replace("}", "}}")
