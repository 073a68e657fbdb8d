"""The tables of a store, and their list, which is replaced by that of a new store where damaged.

SQLite keeps the list (`sqlite_master`) in pages like any other table; where they are damaged,
nothing else can be found. All stores of one version are made by the same steps in the same order,
so their tables begin on the same pages, and the list of an empty one fits.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from omnitui.store.leaves import HEADER, INTERIOR, page_size
from omnitui.store.salvage import UNREADABLE

_ROOTS = {False: (0x02, 0x05, 0x0A, 0x0D), True: (0x05, 0x0D)}
"""What the first page of an index, or of a table with keys of its own, begins with."""


def is_readable(connection: sqlite3.Connection, tables: list[str]) -> bool:
    """Whether the list can be read and names all of the tables."""
    try:
        found = {row[0] for row in connection.execute("SELECT name, sql FROM sqlite_master")}
        for table in tables:
            connection.execute(f'PRAGMA table_info("{table}")').fetchone()
    except UNREADABLE:
        return False
    return found.issuperset(tables)


def last_root(empty: Path) -> int:
    """The last of the pages on which tables and indexes begin in the empty store."""
    with closing(sqlite3.connect(empty)) as connection:
        found = connection.execute("SELECT max(rootpage) FROM sqlite_master").fetchone()[0]
    return int(found or 0)


def replace(damaged: Path, empty: Path) -> bool:
    """Give a closed database the list of tables of `empty`; whether the two fit each other."""
    model = empty.read_bytes()
    size = page_size(model)
    with damaged.open("r+b") as file:
        raw = bytearray(file.read())
        if len(raw) < 2 * size or not _fits(raw, empty, size):
            return False
        for page in _pages(model, 1, size):
            raw[(page - 1) * size : page * size] = model[(page - 1) * size : page * size]
        # As many pages as the file has, and none of them known to be free.
        raw[28:32] = (len(raw) // size).to_bytes(4, "big")
        raw[32:40] = bytes(8)
        raw[92:96] = raw[24:28]
        file.seek(0)
        file.write(raw)
    damaged.with_name(f"{damaged.name}-wal").unlink(missing_ok=True)
    return True


def _pages(raw: bytes, page: int, size: int) -> list[int]:
    """The pages of the list, from `page` down."""
    start = (page - 1) * size
    head = start + (HEADER if page == 1 else 0)
    if raw[head] != INTERIOR:
        return [page]
    cells = int.from_bytes(raw[head + 3 : head + 5], "big")
    places = (head + 12 + 2 * cell for cell in range(cells))
    below = [int.from_bytes(raw[at : at + 2], "big") + start for at in places]
    children = [int.from_bytes(raw[at : at + 4], "big") for at in (*below, head + 8)]
    return [page, *(one for child in children for one in _pages(raw, child, size))]


def _fits(raw: bytearray, empty: Path, size: int) -> bool:
    """Whether tables begin where they do in the empty store, but for a few damaged ones."""
    with closing(sqlite3.connect(empty)) as connection:
        roots = connection.execute(
            "SELECT rootpage, type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'"
            " FROM sqlite_master WHERE rootpage > 0"
        ).fetchall()
    good = sum(
        (page - 1) * size < len(raw) and raw[(page - 1) * size] in _ROOTS[bool(keyed)]
        for page, keyed in roots
    )
    return bool(good * 10 >= len(roots) * 6)


_STEPS = ("_migrations", "_sqlite_migrations")
"""Tables that the steps of the schema keep for themselves."""


def own_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables that hold something of their own; search indexes follow them by themselves."""
    listed = [tuple(row) for row in connection.execute("PRAGMA table_list")]
    return sorted(
        row[1]
        for row in listed
        if row[0] == "main"
        and row[2] == "table"
        and not row[1].startswith("sqlite_")
        and row[1] not in _STEPS
    )
