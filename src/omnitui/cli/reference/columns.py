"""`columns.md`: the columns of import and export files, from the kinds of record."""

from omnitui.cli.reference.markdown import blocks, table
from omnitui.datafiles.records import KINDS, Column, RecordKind

_INTRODUCTION = """# Columns of import files

                What `omnitui import` reads and `omnitui export` writes; see `import.md`. Columns
                can be in any
                order, can be left out, and can have the other names below, in capital or small
                letters.
                """


def page() -> str:
    """The page."""
    return blocks(_INTRODUCTION, *(_kind(kind) for kind in KINDS.values()))


def _kind(kind: RecordKind) -> str:
    rows = [
        (f"`{column.name}`", _takes(column), column.about, ", ".join(column.also))
        for column in kind.columns
    ]
    return blocks(
        f"## {kind.name}",
        f"An existing record is found by: {kind.known_by}.",
        table(("column", "takes", "meaning", "other names"), rows),
    )


def _takes(column: Column) -> str:
    if column.choices:
        return ", ".join(f"`{choice}`" for choice in column.choices)
    return column.takes.value
