"""The columns of Home at any width: who, on what and what was said, then what else is a fact here.

Whatever is missed least gives way until what was said last has room; it takes whatever is left.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from msgspec import Struct

LEAD = 5
"""Cells in front of the first column: cursor, mark, flag."""

_GAP = 2
_ORDER = "sla wait at channel name said sentiment priority agent queue label state".split()
_KEPT = ("channel", "name", "said")
_MISSED_MOST = ("wait", "at", "sentiment", "sla", "priority", "agent", "label", "state", "queue")
_LABELS = {
    "sla": "SLA",
    "wait": "Wait",
    "at": "When",
    "channel": "Ch",
    "name": "Customer",
    "said": "Last message",
    "sentiment": "Mood",
    "priority": "Prio",
    "agent": "Agent",
    "queue": "Queue",
    "label": "Labels",
    "state": "State",
}
_FLUSH_RIGHT = ("sla", "wait", "at", "priority")
_SORTED_AS = {"at": "said"}
_NOTHING_TOLD: Mapping[str, Collection[str]] = {
    # Whose they are is what the list is; in the last one there is nothing left to wait for.
    "mine": ("agent", "at"),
    "open": ("agent", "at"),
    "closed": ("agent", "sla", "wait", "state"),
}


class Column(Struct, frozen=True):
    """A column as it stands at some width: `start` and `width` in cells."""

    key: str
    label: str
    start: int
    width: int
    flush_right: bool = False

    @property
    def sort(self) -> str:
        """The order that the column stands for."""
        return _SORTED_AS.get(self.key, self.key)


def untold(stream: str, has: Collection[str], *, deadlines: bool, closed: bool) -> frozenset[str]:
    """The columns that would be empty, or alike in every row, in a list as a whole.

    `has` are those of priority and label that some row has; `deadlines` says whether any are kept,
    `closed` whether closed ones are listed. What a filter leaves does not matter: columns do not
    come and go while one is typed.
    """
    out = {key for key in ("priority", "label") if key not in has}
    out.update(_NOTHING_TOLD.get(stream, ()))
    if not deadlines:
        out.add("sla")
    if stream == "all" and not closed:
        out.add("at")
    return frozenset(out)


@lru_cache(maxsize=8)
def home_columns(width: int, without: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    """The columns that fit in `width` cells, from left to right; none of those `without`."""
    widths = _widths(width)
    shown = list(_KEPT)
    left = width - LEAD - 1 - sum(widths[key] + _GAP for key in shown if key != "said")
    least = 20 if width < 100 else 26 if width < 140 else 34
    for key in _MISSED_MOST:
        if key not in without and left - widths[key] - _GAP >= least:
            shown.append(key)
            left -= widths[key] + _GAP
    widths["said"] = max(0, left)
    columns, start = [], LEAD
    for key in _ORDER:
        if key in shown:
            columns.append(Column(key, _LABELS[key], start, widths[key], key in _FLUSH_RIGHT))
            start += widths[key] + _GAP
    return tuple(columns)


def column_at(width: int, x: int, without: frozenset[str] = frozenset()) -> Column | None:
    """The column that cell `x` of the header belongs to, None left of the first."""
    found = None
    for column in home_columns(width, without):
        if column.start <= x:
            found = column
    return found


def _widths(width: int) -> dict[str, int]:
    name = 14 if width < 60 else 16 if width < 90 else 18 if width < 100 else 20
    return {
        "sla": 6,
        "wait": 5,
        "at": 6,
        "channel": 2,
        "name": name if width < 140 else 24,
        "sentiment": 4,
        "priority": 4,
        "agent": 8 if width < 100 else 10 if width < 140 else 12,
        "queue": 12 if width < 140 else 16,
        "label": 10 if width < 140 else 16,
        "state": 8,
    }
