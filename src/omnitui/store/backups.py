"""Backups, which are checked before they get their name."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from omnitui.model.errors import Fault, StoreBroken
from omnitui.store import access, partial
from omnitui.store.faults import is_damage, is_full

_TOLD = 3
"""How many damages of a copy an error lists."""


def back_up(source: sqlite3.Connection, path: str, target: Path) -> None:
    """Write a complete, consistent copy of the store at `path` to `target`.

    An older copy of that name is replaced when the new one is whole and sound. Raises `Fault`, with
    the older one as it was.
    """
    target = target.resolve()
    if path != ":memory:" and target.exists() and target.samefile(path):
        raise Fault(f"{target} cannot be its own backup. Give another file.")
    try:
        with partial.whole(target) as copy:
            _copy(source, copy)
            _check(copy, path, target)
            _take_in_log(target)
    except (sqlite3.Error, OSError) as error:
        if is_damage(error):
            raise _damaged(path, target, str(error)) from error
        if is_full(error):
            raise Fault(
                f"The backup {target} cannot be written: the disk is full. Make room on it, "
                "or give a file on another one."
            ) from error
        raise Fault(f"The backup {target} cannot be written ({error}).") from error


def damages(connection: sqlite3.Connection, most: int = 20) -> list[str]:
    """What SQLite finds wrong with the pages of a database; empty when it is sound."""
    try:
        found = connection.execute(f"PRAGMA integrity_check({most})").fetchall()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return [str(error)]
    # One row may tell of several, below a heading.
    lines = [line for row in found for line in str(row[0]).splitlines()]
    return [line for line in lines if line != "ok" and not line.startswith("***")]


def _copy(source: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    access.make_file(target)
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _check(copy: Path, path: str, target: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        found = damages(connection, _TOLD)
    if found:
        raise _damaged(path, target, "; ".join(found[:_TOLD]))


def _damaged(path: str, target: Path, what: str) -> StoreBroken:
    kept = f"{target} is as it was" if target.exists() else "no backup was made"
    return StoreBroken(
        f"{path} is damaged ({what}): {kept}. `omnitui doctor --repair NEW_FILE` recovers what can"
        " be read into a new file."
    )


def _take_in_log(old: Path) -> None:
    """Let a database that is to be replaced take in its log, which would be replayed onto the new.

    Raises `Fault` when the log stays, because somebody else has it open.
    """
    log = old.with_name(f"{old.name}-wal")
    if not log.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(old, timeout=0)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if log.exists():
        raise Fault(
            f"{old} is in use ({log.name} exists). Close the program that uses it, or give "
            "another file."
        )
