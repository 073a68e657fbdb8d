"""Rows of pages that nothing leads to any more, because what led to them is damaged.

A table is a tree of pages with its rows in the leaves. Where a page above them is damaged, SQLite
finds none of the leaves below; they are looked for in the file itself, and told apart by what their
rows look like and by the keys that the indexes still have. Pages that were given up are left out:
what was deleted does not come back.
"""

import struct
from collections.abc import Iterator

HEADER = 100
"""Bytes before the first page's own."""
INTERIOR = 0x05
"""What a page begins with that leads to others of its table."""
_LEAF = 0x0D
_INDEX = (0x02, 0x0A)
_LONGEST = 10_000_000
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Value = int | float | str | bytes | None


class Broken(ValueError):
    """These bytes are no row."""


class Leaves:
    """A database file, seen as pages. `roots` are the first pages of all tables and indexes."""

    def __init__(self, raw: bytes, roots: list[int]) -> None:
        self.raw = raw
        self.size = page_size(raw)
        self.pages = len(raw) // self.size
        self._owners: dict[int, int] = {}
        for root in (1, *roots):
            self._reach(root)
        self._reach_free()

    def rows(self, owner: int | None) -> Iterator[list[tuple[int, list[Value]]]]:
        """The rows (key and values) of each leaf below the page `owner`.

        With None of each that nothing leads to.
        """
        for page in range(2, self.pages + 1):
            if self._owners.get(page) == owner and self.raw[(page - 1) * self.size] == _LEAF:
                rows = list(self._rows(page))
                if rows:
                    yield rows

    def _number(self, at: int, length: int = 4) -> int:
        return int.from_bytes(self.raw[at : at + length], "big")

    def _reach(self, page: int) -> None:
        root, todo = page, [page]
        while todo:
            page = todo.pop()
            if page in self._owners or not 1 <= page <= self.pages:
                continue
            self._owners[page] = root
            start = (page - 1) * self.size
            head = start + (HEADER if page == 1 else 0)
            if self.raw[head] in (INTERIOR, _INDEX[0]):
                places = self._cells(head + 12, self._number(head + 3, 2), start)
                todo += [self._number(at) for at in places] + [self._number(head + 8)]

    def _cells(self, at: int, count: int, start: int) -> list[int]:
        ends = start + self.size
        places = (start + self._number(at + 2 * cell, 2) for cell in range(min(count, 10_000)))
        return [place for place in places if start < place < ends - 4]

    def _reach_free(self) -> None:
        trunk = self._number(32)
        while 1 <= trunk <= self.pages and trunk not in self._owners:
            self._owners[trunk] = 0
            start = (trunk - 1) * self.size
            count = min(self._number(start + 4), self.size // 4 - 2)
            for place in range(start + 8, start + 8 + 4 * count, 4):
                self._owners.setdefault(self._number(place), 0)
            trunk = self._number(start)

    def _rows(self, page: int) -> Iterator[tuple[int, list[Value]]]:
        start = (page - 1) * self.size
        for place in self._cells(start + 8, self._number(start + 3, 2), start):
            try:
                length, at = _varint(self.raw, place)
                key, at = _varint(self.raw, at)
                yield key, _values(self._payload(at, length))
            except (Broken, IndexError, struct.error, UnicodeDecodeError):
                continue

    def _payload(self, at: int, length: int) -> bytes:
        """The bytes of a row, with those that went to pages of their own."""
        if length > _LONGEST:
            raise Broken
        usable = self.size - self.raw[20]
        most = usable - 35
        if length <= most:
            return self.raw[at : at + length]
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = least if here > most else here
        found = bytearray(self.raw[at : at + here])
        page = self._number(at + here)
        while len(found) < length:
            if not 2 <= page <= self.pages:
                raise Broken
            start = (page - 1) * self.size
            found += self.raw[start + 4 : start + 4 + min(usable - 4, length - len(found))]
            page = self._number(start)
        return bytes(found)


def page_size(raw: bytes) -> int:
    """The size of a page in bytes, as a database file says it; 65,536 where that makes no sense."""
    size = int.from_bytes(raw[16:18], "big")
    return 65_536 if size in (0, 1, 0xFFFF) else size


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = raw[at]
        at += 1
        if count == 8:
            return (value << 8) | byte, at
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            break
    return value, at


def _values(row: bytes) -> list[Value]:
    """What a row holds, as SQLite writes it: the kinds first, then the values."""
    ends, at = _varint(row, 0)
    kinds = []
    while at < ends:
        kind, at = _varint(row, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(row, at, kind)
        values.append(value)
    if at != len(row) or not values:
        raise Broken
    return values


def _value(row: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _SIZES:
        ends = at + _SIZES[kind]
        return int.from_bytes(row[at:ends], "big", signed=True), ends
    if kind == 7:
        return struct.unpack(">d", row[at : at + 8])[0], at + 8
    if kind < 12:
        raise Broken
    ends = at + (kind - 12) // 2
    part = row[at:ends]
    return (part if kind % 2 == 0 else part.decode()), ends
