"""`scripts.toml`: agent scripts, and the rules that choose the default one.

    [[script]] key, title, language?, description?
    [[script.step]] title, text?, macro?, script?, key?, kind?
    [[rule]] name, script
    [[rule.condition]] field, operator, value?

The same key in two languages is one script and its translation. Titles and texts may have slots
(`rules/slots.py`); a step with `macro` runs a macro, one with `script` jumps to another script.
"""

import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from omnitui.datafiles.classification import ConditionRow
from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.errors import DataError
from omnitui.model.script import Step, StepKind
from omnitui.rules import scripts as rules
from omnitui.rules.written_rules import Names, RuleError, written_conditions
from omnitui.textfiles import read_text


class StepRow(Strict, frozen=True, kw_only=True):
    """One step as it was written; `kind` may be left out."""

    title: str
    text: str = ""
    macro: str = ""
    script: str = ""
    key: str = ""
    kind: StepKind | None = None

    @property
    def step(self) -> Step:
        """The step that is meant."""
        words = (self.key, self.title, self.text, self.macro, self.script)
        return Step(*(word.strip() for word in words))


class WrittenScript(Strict, frozen=True, kw_only=True):
    """A script as it was written."""

    key: str
    title: str
    language: str = "en"
    description: str = ""
    step: list[StepRow] = []

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps."""
        return tuple(row.step for row in self.step)


class WrittenRule(Strict, frozen=True, kw_only=True):
    """A rule as it was written; without conditions it always fits."""

    name: str
    script: str
    condition: list[ConditionRow] = []

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """The conditions as the desk takes them."""
        return [
            {"field": one.field, "operator": one.operator, "value": one.value}
            for one in self.condition
        ]


class ScriptFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    script: list[WrittenScript] = []
    rule: list[WrittenRule] = []


class Elsewhere(Struct, frozen=True):
    """The keys that a file may name besides its own; None is not known and is not checked."""

    scripts: Collection[str] = field(default_factory=tuple)
    macros: Collection[str] | None = None
    workstreams: Collection[str] | None = None


def read_scripts(path: Path, known: Known, elsewhere: Elsewhere | None = None) -> ScriptFile:
    """The scripts and rules in their own order; `known` is what conditions may refer to.

    Without `elsewhere` macros are those of the file beside it, if there is one.
    """
    file, text = read(path, ScriptFile)
    for error in _wrong(file, text, path, known, elsewhere or beside(path)):
        raise error
    return file


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, ScriptFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file, text, path, known, beside(path))


def beside(path: Path) -> Elsewhere:
    """What the files beside `scripts.toml` hold: macros and work streams, where there are any."""
    return Elsewhere(
        macros=_named(path.with_name("macros.toml"), "macro", "key"),
        workstreams=_named(path.with_name("workstreams.toml"), "workstream", "name"),
    )


def _named(path: Path, table: str, name: str) -> set[str] | None:
    """What the tables of a file are called; None if there is no such file, or none to be read."""
    if not path.exists():
        return None
    try:
        return {str(row[name]) for row in tomllib.loads(read_text(path))[table]}
    except (tomllib.TOMLDecodeError, DataError, LookupError, TypeError, RecursionError):
        # What is wrong in that file is said of that file.
        return None


def _wrong(
    file: ScriptFile, text: str, path: Path, known: Known, elsewhere: Elsewhere
) -> Iterator[DataError]:
    keys = {row.key for row in file.script} | {*elsewhere.scripts}
    seen: set[tuple[str, str]] = set()
    for number, script in enumerate(file.script):
        for name, problem in _script_problems(script, seen, keys, elsewhere.macros):
            yield DataError(path, place(text, f"script[{number}].{name}"), problem)
        seen.add((script.key, script.language))
    names: set[str] = set()
    for number, rule in enumerate(file.rule):
        for name, problem in _rule_problems(rule, names, keys, _names(known, elsewhere)):
            yield DataError(path, place(text, f"rule[{number}].{name}"), problem)
        names.add(rule.name.strip().casefold())


def _script_problems(
    row: WrittenScript,
    seen: set[tuple[str, str]],
    scripts: Collection[str],
    macros: Collection[str] | None,
) -> Iterator[tuple[str, str]]:
    if not rules.is_key(row.key) or row.key.isdecimal():
        yield "key", f"{row.key!r} is not a key; use small letters, digits and single dashes"
    if (row.key, row.language) in seen:
        yield "key", f"{row.key} exists twice in {row.language}"
    if not row.title.strip():
        yield "title", "the script has no title"
    if not row.language.strip():
        yield "language", "it is empty; give a code such as en or nb"
    if not row.step:
        yield "step", f"the script {row.key} has no steps"
    if len(row.step) > rules.MOST_STEPS:
        yield "step", f"the script {row.key} has more than {rules.MOST_STEPS} steps"
    for number, name, clause in rules.problems(row.steps, scripts, macros):
        yield f"step[{number}].{name}", clause
    for number, one in enumerate(row.step):
        if one.kind is not None and one.kind is not one.step.kind:
            yield f"step[{number}].kind", f"the step is of kind {one.step.kind}, not {one.kind}"


def _rule_problems(
    row: WrittenRule, seen: Collection[str], scripts: Collection[str], names: Names
) -> Iterator[tuple[str, str]]:
    name = row.name.strip()
    if not name or name.isdecimal():
        yield "name", f"{row.name!r} is not a valid name for a rule"
    if name.casefold() in seen:
        yield "name", f"a rule {name} exists already"
    if row.script not in scripts:
        yield "script", f"there is no script {row.script!r}"
    try:
        written_conditions(row.conditions, names)
    except RuleError as error:
        said = error.sentence.rstrip(".")
        yield error.key, f"{said[0].lower()}{said[1:]}"


def _names(known: Known, elsewhere: Elsewhere) -> Names:
    return Names(
        channels=known.channels or None,
        queues=known.queues or None,
        calendars=known.calendars or None,
        profiles=known.profiles or None,
        workstreams=elsewhere.workstreams or None,
        more=rules.FIELDS,
    )
