"""Putting macros of files into the store: of a company's folder, or of an import."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from omnitui.datafiles.macros import read_macros
from omnitui.desk.call import Call
from omnitui.desk.desk import Desk
from omnitui.desk.macros.shapes import shapes
from omnitui.model.actor import Actor, Permission
from omnitui.model.errors import Refused
from omnitui.model.macro import Macro
from omnitui.store import macros


def put_folder(call: Call, source: Path) -> Counter[str]:
    """Save the macros of a company's folder, where it has any. Raises `DataError`."""
    path = source / "macros.toml"
    found = read_macros(path, shapes()) if path.exists() else []
    return Counter({"macros": sum(put_macros(call, found).values())} if found else {})


def put_macros(call: Call, rows: Sequence[Macro]) -> Counter[str]:
    """Save macros that were checked; how many were `created`, `updated` and `unchanged`.

    One of the same key is brought up to date.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        key = macros.by_key(call.store, row.key)
        before = None if key is None else macros.get(call.store, key)
        if before is not None and replace(row, id=before.id, uses=before.uses) == before:
            counts["unchanged"] += 1
            continue
        macros.put(call.store, row)
        counts["created" if before is None else "updated"] += 1
    return counts


class _NotKeptError(Exception):
    """Rolls back what was only tried."""


def import_macros(desk: Desk, actor: Actor, path: Path, *, dry_run: bool = False) -> Counter[str]:
    """Save the macros of a file, all or none; with `dry_run` none. Raises `DataError`.

    Returns how many are `created`, `updated` and `unchanged`.
    """
    if not actor.may(Permission.ADMINISTER):
        raise Refused(
            "permission.denied", f"{actor.name} may not import macros.", "Ask an administrator."
        )
    found = read_macros(path, shapes())
    counts: Counter[str] = Counter()
    try:
        with desk.store.transaction():
            call = desk.at_work(actor)
            counts = put_macros(call, found)
            call.journal("store.filled", counts={"macros": len(found)})
            if dry_run:
                raise _NotKeptError
    except _NotKeptError:
        pass
    return counts
