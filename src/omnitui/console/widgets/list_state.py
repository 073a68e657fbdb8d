"""What is behind a `LineList`, without a screen: keys, cursor, marks, and the rows held so far."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")


class ListState:
    """Keys in order. A `place` is a number in the list, a `key` is what stands there."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.known = False
        self.cursor = 0
        self.marks: frozenset[int] = frozenset()
        self._places: dict[int, int] = {}
        self._mark_from: int | None = None

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def cursor_key(self) -> int | None:
        """The key under the cursor, None in an empty list."""
        return self.key_at(self.cursor)

    @property
    def marked(self) -> tuple[int, ...]:
        """The marked keys in the order of the list, and then those that it does not hold now."""
        last = len(self.keys)
        return tuple(sorted(self.marks, key=lambda key: (self._places.get(key, last), key)))

    @property
    def marked_elsewhere(self) -> int:
        """How many marked keys the list does not hold now."""
        return len(self.marks - self._places.keys())

    @property
    def subject(self) -> tuple[int, ...]:
        """What a verb acts on: the marked rows, or else the one under the cursor."""
        if self.marks:
            return self.marked
        key = self.cursor_key
        return () if key is None else (key,)

    def key_at(self, place: int) -> int | None:
        """The key at `place`, None beyond either end."""
        return self.keys[place] if 0 <= place < len(self.keys) else None

    def place(self, key: int) -> int | None:
        """Where `key` stands, None when it is not in the list."""
        return self._places.get(key)

    def set_keys(self, keys: Sequence[int]) -> bool:
        """Take other keys; True when the cursor's key is still there and it stays on it.

        Otherwise the cursor keeps its place. Marks of keys that have gone are kept: they may be
        out of sight only.
        """
        was = self.cursor_key if self.known else None
        self.known = True
        self.keys = list(keys)
        self._places = {key: place for place, key in enumerate(self.keys)}
        found = None if was is None else self.place(was)
        self.cursor = max(0, min(self.cursor, len(keys) - 1)) if found is None else found
        return found is not None

    def move(self, place: int) -> bool:
        """Put the cursor at `place`, as near as there are rows; True when it moved."""
        before = self.cursor
        self.cursor = max(0, min(place, len(self.keys) - 1))
        return self.cursor != before

    def toggle_mark(self) -> None:
        """Mark or unmark the row under the cursor."""
        if (key := self.cursor_key) is not None:
            self._mark_from = key
            self.marks = self.marks ^ {key}

    def mark_range(self) -> None:
        """Mark every row from the last one marked to the cursor."""
        if (key := self.cursor_key) is None:
            return
        start = self.cursor if self._mark_from is None else self.place(self._mark_from)
        low, high = sorted((self.cursor if start is None else start, self.cursor))
        self._mark_from = key
        self.marks = self.marks | set(self.keys[low : high + 1])


class HeldRows(Generic[Row]):
    """The rows handed in so far, and which have been asked for."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._asked: set[int] = set()
        self._expired: set[int] = set()

    def get(self, key: int) -> Row | None:
        """The row of `key`, None when it is not held."""
        return self._rows.get(key)

    def keep(self, keys: Iterable[int]) -> None:
        """Let go of all rows but those of `keys`; what is missing may be asked for again."""
        kept = set(keys)
        for key in self._rows.keys() - kept:
            del self._rows[key]
        self._asked.clear()
        self._expired &= kept

    def supply(self, rows: Mapping[int, Row]) -> list[int]:
        """Take rows; the keys of those that differ from what was held."""
        changed = [key for key, row in rows.items() if self._rows.get(key) != row]
        self._rows.update(rows)
        self._expired.difference_update(rows)
        self._asked.difference_update(rows)
        return changed

    def expire(self, keys: Iterable[int] | None) -> None:
        """Hold rows (None: all) as out of date: shown until others come, and asked for again."""
        stale = set(self._rows if keys is None else keys)
        self._expired |= stale
        self._asked -= stale

    def ask(self, keys: Iterable[int]) -> tuple[int, ...]:
        """Which of `keys` to ask for: missing or out of date, and not asked for already."""
        wanted = tuple(
            key
            for key in keys
            if key not in self._asked and (key in self._expired or key not in self._rows)
        )
        self._asked.update(wanted)
        return wanted
