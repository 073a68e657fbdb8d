"""One row a measurement: ours, the yardstick, the ratio, and the target it is held to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `ratio` is ours over the yardstick unless there is none."""

    what: str
    ours: str
    yardstick: str
    ratio: str
    target: str
    holds: bool


def compared(what: str, ours: float, yardstick: float, unit: str, most: float, of: str) -> Row:
    """A row in which ours may be at most `most` times the yardstick."""
    ratio = ours / yardstick
    return Row(
        what,
        f"{ours:,.1f} {unit}",
        f"{yardstick:,.1f} {unit} ({of})",
        f"{ratio:.2f}x",
        f"<= {most:g}x",
        ratio <= most,
    )


def shown(rows: list[Row]) -> str:
    """The table as text."""
    head = Row("what", "ours", "yardstick", "ratio", "target", True)
    fields = ("what", "ours", "yardstick", "ratio", "target")
    widths = [max(len(getattr(row, name)) for row in [head, *rows]) for name in fields]
    lines = []
    for index, row in enumerate([head, *rows]):
        cells = [getattr(row, name).ljust(w) for name, w in zip(fields, widths, strict=True)]
        mark = "" if index == 0 else "  ok" if row.holds else "  over"
        lines.append("  ".join(cells).rstrip() + mark)
        if index == 0:
            lines.append("  ".join("-" * w for w in widths))
    return "\n".join(lines)
