"""Putting agent scripts of files into the store: of a company's folder, or of an import."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from omnitui.datafiles.company import Known
from omnitui.datafiles.scripts import (
    Elsewhere,
    ScriptFile,
    WrittenRule,
    WrittenScript,
    read_scripts,
)
from omnitui.desk import script_setup
from omnitui.desk.call import Call
from omnitui.desk.desk import Desk
from omnitui.model.actor import Actor, Permission
from omnitui.model.errors import Refused
from omnitui.store import macros, scripts


def put_folder(call: Call, source: Path, known: Known) -> Counter[str]:
    """Save the scripts of a company's folder, where it has any, and rules that are new.

    Macros and what rules refer to are in the store before.
    """
    counts: Counter[str] = Counter()
    path = source / "scripts.toml"
    if path.exists():
        file = read_scripts(path, known)
        counts["scripts"] = sum(put_scripts(call, file.script).values())
        counts["script rules"] = put_rules(call, file.rule, update=False)
    return counts


def put_scripts(call: Call, rows: Sequence[WrittenScript]) -> Counter[str]:
    """Save scripts; how many were `created`, `updated` and `unchanged`.

    One of the same key and language is brought up to date, so that sessions keep their marks.
    """
    counts: Counter[str] = Counter()
    coming = {row.key for row in rows}
    for row in rows:
        of_key = scripts.of_key(call.store, row.key)
        before = next((one for one in of_key if one.language == row.language), None)
        key = script_setup.put(
            call, row.key, row.title, row.language, row.description, row.steps, coming
        )
        after = scripts.get(call.store, key)
        counts["created" if before is None else "unchanged" if after == before else "updated"] += 1
    return counts


def put_rules(call: Call, rows: Sequence[WrittenRule], *, update: bool) -> int:
    """Save rules that choose the default script; those that exist change only with `update`.

    How many there are.
    """
    for row in rows:
        if update or scripts.rule_by_name(call.store, row.name.strip()) is None:
            script_setup.put_rule(call, row.name, row.script, row.conditions)
    return len(rows)


def elsewhere(desk: Desk) -> Elsewhere:
    """What a file of scripts may name besides its own: what is in the store."""
    runs = [one.key for one in macros.every(desk.store)]
    return Elsewhere(scripts.keys(desk.store), runs)


class _NotKept(Exception):
    """Rolls back what was only tried."""


def import_scripts(
    desk: Desk, actor: Actor, file: ScriptFile, *, dry_run: bool = False
) -> Counter[str]:
    """Save the scripts and rules of a file, all or none; with `dry_run` none.

    Returns how many scripts are created, updated and unchanged.
    """
    if not actor.may(Permission.ADMINISTER):
        raise Refused(
            "permission.denied", f"{actor.name} may not import scripts.", "Ask an administrator."
        )
    counts: Counter[str] = Counter()
    try:
        with desk.store.transaction():
            call = desk.at_work(actor)
            counts = put_scripts(call, file.script)
            put_rules(call, file.rule, update=True)
            call.journal("store.filled", counts={"scripts": len(file.script)})
            if dry_run:
                raise _NotKept
    except _NotKept:
        pass
    return counts
