"""`python -m benchmarks [--quick] [NAME ...]`: measure, and print one table."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    bots,
    core,
    finding,
    routing,
    screen,
    suggesting,
    tables,
    timelines,
    triage,
)
from benchmarks.table import Row, shown

_ALL: dict[str, tuple[Callable[[Path, int], Row | list[Row]], int, int]] = {
    "start": (screen.start, 1_000_000, 20_000),
    "echo": (screen.echo, 150, 40),
    "switch": (screen.switch, 10, 3),
    "opening": (screen.opening, 5, 2),
    "intake": (core.intake, 10_000, 2_000),
    "bot": (bots.turn, 1_400, 140),
    "search": (core.search, 100_000, 10_000),
    "finding": (finding.finding, 1_000_000, 20_000),
    "timelines": (timelines.timelines, 1_000_000, 20_000),
    "tables": (tables.tables, 100_000, 2_000),
    "many": (tables.many, 3, 1),
    "sentiment": (core.sentiment, 36_000, 36_000),
    "suggestion": (suggesting.suggestion, 400, 40),
    "training": (suggesting.training, 10_000, 1_000),
    "routing": (routing.routing, 10_000, 2_000),
    "triage": (triage.triage, 10_000, 10_000),
    "memory": (screen.memory, 1_000_000, 50_000),
}
"""Each measurement with its size, and its size for a quick look."""


def main(arguments: list[str]) -> int:
    """Measure what was named, everything if nothing was."""
    quick = "--quick" in arguments
    names = [name for name in arguments if not name.startswith("-")] or list(_ALL)
    unknown = [name for name in names if name not in _ALL]
    if unknown:
        print(f"There is no measurement {', '.join(unknown)}; there are {', '.join(_ALL)}.")
        return 2
    rows: list[Row] = []
    for name in names:
        measure, full, small = _ALL[name]
        with tempfile.TemporaryDirectory() as folder:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            measured = measure(Path(folder), small if quick else full)
            rows += measured if isinstance(measured, list) else [measured]
    print(shown(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
