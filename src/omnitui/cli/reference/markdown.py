"""Pieces of Markdown for the reference."""

from collections.abc import Iterable, Sequence


def cell(text: str) -> str:
    """Text fit for a table's cell."""
    return " ".join(text.split()).replace("|", "\\|")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty where there are no rows."""
    lines = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    if not lines:
        return ""
    head = f"| {' | '.join(heads)} |"
    return "\n".join([head, "|" + "---|" * len(heads), *lines])


def blocks(*parts: str) -> str:
    """Parts with an empty line between; empty ones are left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part)
