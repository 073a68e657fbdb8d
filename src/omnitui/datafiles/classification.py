"""`classification.toml`: what arriving items are and need, by rules in their order.

[[rule]] name
[[rule.condition]] field, operator, value?
[rule.result] skills?, priority?, queue?, profiles?, labels?
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from omnitui.datafiles.company import Known
from omnitui.datafiles.decode import Strict, place, read
from omnitui.model.classification import Operator
from omnitui.model.errors import DataError
from omnitui.rules.written_rules import Names, RuleError, written_conditions, written_result


class ConditionRow(Strict, frozen=True, kw_only=True):
    """One condition; see `rules/classify.py` for the fields there are."""

    field: str
    operator: Operator
    value: str | int | float | bool | list[str | int | float] | None = None


class ResultRow(Strict, frozen=True, kw_only=True):
    """What a rule says of an item."""

    skills: dict[str, int] = {}
    priority: int | None = None
    queue: str = ""
    profiles: list[str] = []
    labels: list[str] = []


class WrittenRule(Strict, frozen=True, kw_only=True):
    """A rule as it was written; without conditions it always applies."""

    name: str
    condition: list[ConditionRow] = []
    result: ResultRow

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """The conditions as the desk takes them."""
        return [
            {"field": one.field, "operator": one.operator, "value": one.value}
            for one in self.condition
        ]

    @property
    def says(self) -> dict[str, Any]:
        """The result as the desk takes it."""
        return {name: getattr(self.result, name) for name in self.result.__struct_fields__}


class RuleFile(Strict, frozen=True, kw_only=True):
    """The whole file."""

    rule: list[WrittenRule]


def read_rules(path: Path, known: Known) -> list[WrittenRule]:
    """The rules in their own order; `known` is what they may refer to."""
    file, text = read(path, RuleFile)
    for error in _wrong(file.rule, text, path, known):
        raise error
    return file.rule


def problems(path: Path, known: Known) -> Iterator[DataError]:
    """Everything that is wrong in the file."""
    try:
        file, text = read(path, RuleFile)
    except DataError as error:
        yield error
        return
    yield from _wrong(file.rule, text, path, known)


def _wrong(rows: Sequence[WrittenRule], text: str, path: Path, known: Known) -> Iterator[DataError]:
    names = Names(
        channels=_or_none(known.channels),
        queues=_or_none(known.queues),
        calendars=_or_none(known.calendars),
        profiles=_or_none(known.profiles),
    )
    seen: set[str] = set()
    for number, row in enumerate(rows):
        for key, problem in _row_problems(row, seen, names):
            yield DataError(path, place(text, f"rule[{number}].{key}"), problem)
        seen.add(row.name.casefold())


def _or_none(names: Collection[str]) -> Collection[str] | None:
    return names or None


def _row_problems(row: WrittenRule, seen: set[str], names: Names) -> Iterator[tuple[str, str]]:
    if not row.name.strip() or row.name.isdecimal():
        yield "name", f"{row.name!r} is not a valid name for a rule"
    if row.name.casefold() in seen:
        yield "name", f"a rule {row.name} exists already"
    for look in (
        lambda: written_conditions(row.conditions, names),
        lambda: written_result(row.says, names),
    ):
        try:
            look()
        except RuleError as error:
            said = error.sentence.rstrip(".")
            yield error.key, f"{said[0].lower()}{said[1:]}"
