"""`events.md`: every kind of journal entry; what each carries is read from the desk's source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from omnitui import desk
from omnitui.cli.reference.markdown import blocks, table
from omnitui.desk.kinds import KINDS

_INTRODUCTION = """# Journal entries

Every change appends entries to the journal in the same transaction. An entry has a sequence number
`seq`, a time `at` (epoch ms), a `kind`, who did it (`actor_kind`, `actor_id`, `actor_name`), which
`conversation_id`, `customer_id` and `case_id` it is about where there is one, and a payload. Kinds
are permanent. Whoever follows the journal asks for what comes after the last `seq` they saw."""
_REFERENCES = ("conversation", "customer", "case")


@dataclass(slots=True)
class Written:
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
    """Every place in the desk that appends to the journal."""
    for path in sorted(Path(str(desk.__file__)).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "journal"
                and node.args
            ):
                yield _written(node)


def _written(call: ast.Call) -> Written:
    kind = call.args[0]
    names = {keyword.arg for keyword in call.keywords if keyword.arg}
    about, payload = names & set(_REFERENCES), names - set(_REFERENCES)
    if isinstance(kind, ast.Constant):
        return Written(str(kind.value), True, about, payload)
    start = kind.values[0] if isinstance(kind, ast.JoinedStr) else None
    beginning = str(start.value) if isinstance(start, ast.Constant) else ""
    return Written(beginning, False, about, payload)
