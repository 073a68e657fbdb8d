"""`events.md`: every kind of journal entry; what each carries is read from the desk's source."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct, field

from omnitui import desk
from omnitui.cli.reference.markdown import blocks, table
from omnitui.desk.kinds import KINDS

_INTRODUCTION = """# Journal entries

                Every change appends entries to the journal in the same transaction. An entry has a
                sequence number
                `seq`, a time `at` (epoch ms), a `kind`, its actor (`actor_kind`, `actor_id`,
                `actor_name`), the
                `conversation_id`, `customer_id` and `case_id` that it is about, if any, and a
                payload. Kinds
                are permanent. To follow the journal, ask for the entries after the last `seq` that
                you have.
                """
_REFERENCES = ("conversation", "customer", "case")


class Written(Struct):
    """A kind as the source writes it: a whole one, or the beginning of several."""

    kind: str
    whole: bool
    about: set[str] = field(default_factory=set)
    payload: set[str] = field(default_factory=set)

    def covers(self, kind: str) -> bool:
        """Whether this is where entries of `kind` come from."""
        return kind == self.kind if self.whole else kind.startswith(self.kind)


def page() -> str:
    """The page."""
    sources = list(written())
    areas = groupby(sorted(KINDS), key=lambda kind: kind.partition(".")[0])
    return blocks(
        _INTRODUCTION,
        *(
            blocks(
                f"## {area}",
                table(("kind", "means", "about", "payload"), [_row(k, sources) for k in kinds]),
            )
            for area, kinds in areas
        ),
    )


def _row(kind: str, sources: list[Written]) -> tuple[str, str, str, str]:
    whole = [source for source in sources if source.whole and source.kind == kind]
    found = whole or [source for source in sources if source.covers(kind)]
    about = set[str]().union(*(source.about for source in found))
    payload = set[str]().union(*(source.payload for source in found))
    return (
        f"`{kind}`",
        KINDS[kind],
        ", ".join(name for name in _REFERENCES if name in about),
        ", ".join(f"`{name}`" for name in sorted(payload)),
    )


def written() -> Iterator[Written]:
    """Every place in the desk that appends to the journal, by itself or through a helper."""
    for path in sorted(Path(str(desk.__file__)).parent.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        helpers = _helpers(functions)
        for function in functions:
            for kind, names in _entries(function, helpers):
                about, payload = names & set(_REFERENCES), names - set(_REFERENCES)
                for beginning, whole in _kinds(kind, function):
                    yield Written(beginning, whole, about, payload)


class Helper(Struct, frozen=True):
    """A function that appends entries of a kind that is its parameter number `at`."""

    at: int
    names: frozenset[str]


def _helpers(functions: Sequence[ast.FunctionDef]) -> dict[str, Helper]:
    """The helpers by name, those that call others among them."""
    found: dict[str, Helper] = {}
    for _round in range(3):
        for function in functions:
            parameters = [parameter.arg for parameter in function.args.args]
            for kind, names in _entries(function, found):
                if isinstance(kind, ast.Name) and kind.id in parameters:
                    found[function.name] = Helper(parameters.index(kind.id), frozenset(names))
    return found


def _entries(
    function: ast.FunctionDef, helpers: Mapping[str, Helper]
) -> Iterator[tuple[ast.expr, set[str]]]:
    """The kind of every entry that a function appends, and what it gives with it."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        names = {keyword.arg for keyword in node.keywords if keyword.arg}
        helper = helpers.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if helper is not None and len(node.args) > helper.at:
            yield node.args[helper.at], names | helper.names
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "journal" and node.args:
            yield node.args[0], names


def _kinds(kind: ast.expr, function: ast.FunctionDef) -> Iterator[tuple[str, bool]]:
    """The kinds that an expression may give: whole ones, or how they begin."""
    if isinstance(kind, ast.Constant):
        yield str(kind.value), True
    elif isinstance(kind, ast.IfExp):
        yield from _kinds(kind.body, function)
        yield from _kinds(kind.orelse, function)
    elif isinstance(kind, ast.JoinedStr) and isinstance(kind.values[0], ast.Constant):
        yield str(kind.values[0].value), False
    elif isinstance(kind, ast.Name):
        # A variable: it takes one of the kinds that the function names.
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and node.value in KINDS:
                yield str(node.value), True
