"""`backup` and `doctor`: maintenance of a store."""

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from omnitui.cli.failures import Broken, Unusable
from omnitui.cli.output import print_json, say
from omnitui.cli.parameters import FILE, json_option, store_option

if TYPE_CHECKING:
    from omnitui.store.engine import Store
    from omnitui.store.files import Kept
    from omnitui.store.recovery import Recovered

_PACKAGES = ("textual", "sqlite-utils", "msgspec", "click")


def _open(given: Path | None) -> "Store":
    from omnitui.paths import store_path
    from omnitui.store.engine import Store

    path = store_path(given)
    if not path.exists():
        raise Broken(f"There is no store at {path} yet. Give another file with --store.")
    return Store(path)


@click.command()
@click.argument("target", type=FILE)
@store_option
@click.option("--force", is_flag=True, help="Replace TARGET if it exists.")
def backup(target: Path, store: Path | None, force: bool) -> None:
    """Copy the store to TARGET.

    The copy is complete and sound, also while others work.
    """
    if target.exists() and not force:
        raise Unusable(f"{target} exists already. Give another file, or add --force.")
    if not target.parent.is_dir():
        raise Unusable(f"There is no folder {target.parent}.")
    opened = _open(store)
    try:
        opened.backup(target)
    finally:
        opened.close()
    say(f"{target}: {target.stat().st_size:,} bytes")


@click.command()
@store_option
@click.option(
    "--repair",
    "target",
    type=FILE,
    metavar="NEW_FILE",
    help="Recover a damaged store, as far as possible, into a new file; the store itself "
    "does not change.",
)
@click.option(
    "--tidy",
    is_flag=True,
    help="Delete kept files that nothing has named for a week: removed attachments.",
)
@json_option
@click.pass_context
def doctor(
    ctx: click.Context, store: Path | None, target: Path | None, tidy: bool, as_json: bool
) -> None:
    """Check the store and show versions.

    Prints versions, the path of the store, its numbers of records, the courier of each channel, the
    language model, and files of articles that cannot be read. Exit 1 if something in the store is
    wrong, 3 if its file is damaged. With --repair, what can be read is written to NEW_FILE, and
    what is lost is listed by table; exit 1 if anything is lost. Close all programs that use the
    store first.
    """
    if target is not None:
        _repair(ctx, store, target, as_json)
        return
    from omnitui.store import article_files, files, health

    opened = _open(store)
    try:
        damages = opened.damages()
        meaningless = health.meaningless(opened)
        kept = None if damages else files.look_after(opened)
        problems = damages or [*health.problems(opened), *_meaningless(meaningless)]
        problems += [] if kept is None else _missing(kept)
        tidied = _tidied(kept) if tidy and kept is not None else 0
        found = {
            "store": opened.path,
            "bytes": Path(opened.path).stat().st_size,
            "store_version": health.version(opened),
            "versions": _versions(health.sqlite_version(opened)),
            "counts": health.counts(opened),
            "set_aside": health.set_aside(opened),
            "meaningless": meaningless,
            "files": {} if kept is None else _files(kept, tidied),
            "article_files": [] if problems else article_files.problems(opened),
            "delivery": [] if problems else _delivery(opened),
            "language_model": "not known" if problems else _assistant(opened),
            "problems": problems,
        }
    finally:
        opened.close()
    if as_json:
        print_json(found)
    else:
        _print(found)
    if damages:
        raise Broken(
            f"{found['store']} is damaged. Do not change it: `omnitui doctor --repair "
            "NEW_FILE` recovers what can be read into a new file, and a backup has what is "
            "lost."
        )
    if problems:
        ctx.exit(1)


def _files(kept: "Kept", tidied: int) -> dict[str, int]:
    return {
        "kept": kept.files - tidied,
        "bytes": kept.bytes,
        "missing": len(kept.missing),
        "unused": len(kept.unused) - tidied,
    }


def _missing(kept: "Kept") -> list[str]:
    if not kept.missing:
        return []
    named = ", ".join(kept.missing[:5]) + (", ..." if len(kept.missing) > 5 else "")
    many = f"{len(kept.missing)} attached files are"
    one = "1 attached file is"
    said = one if len(kept.missing) == 1 else many
    return [f"{said} missing beside the store: {named}"]


def _tidied(kept: "Kept") -> int:
    """Delete the files that nothing names; returns how many."""
    for path in kept.unused:
        path.unlink(missing_ok=True)
    return len(kept.unused)


def _repair(ctx: click.Context, store: Path | None, target: Path, as_json: bool) -> None:
    from omnitui.paths import store_path
    from omnitui.store import health
    from omnitui.store.engine import Store
    from omnitui.store.files import copy_beside
    from omnitui.store.recovery import recover

    path = store_path(store)
    if not path.is_file():
        raise Broken(f"There is no store at {path} yet. Give another file with --store.")
    tables = recover(path, target)
    copy_beside(path, target)
    recovered = Store(target)
    try:
        problems = health.problems(recovered)
    finally:
        recovered.close()
    whole = all(table.whole for table in tables)
    if as_json:
        print_json({"recovered": str(target), "tables": tables, "problems": problems})
    else:
        say(f"{target}: what could be read of {path}. {path} did not change.")
        for table in tables:
            if table.kept or not table.whole:
                say(f"    {table.table:22} {_fate(table)}")
        say("Nothing is lost." if whole else "A backup may have what is lost.")
        for problem in problems:
            say(f"    {problem}")
    if problems or not whole:
        ctx.exit(1)


def _fate(table: "Recovered") -> str:
    """What happened to the rows of a table."""
    said = f"{table.kept:,} kept"
    if table.lost is None:
        said += ", others lost; the number is not known"
    elif table.lost:
        said += f", {table.lost:,} lost"
    if table.made:
        said += f", {table.made:,} placeholders for lost ones"
    return said


def _delivery(store: "Store") -> list[dict[str, object]]:
    """The delivery of each channel, at this moment and in this environment."""
    import os

    from omnitui.channels.table import build
    from omnitui.clock import SystemClock
    from omnitui.desk.desk import Desk
    from omnitui.model.actor import ADMINISTRATOR

    desk = Desk(store, SystemClock())
    table = build(desk.call("courier.configured", ADMINISTRATOR), os.environ)
    troubles = dict(problem.split(": ", 1) for problem in table.problems)
    return [
        {
            "channel": one.channel,
            "label": one.label,
            "courier": one.courier,
            "by": list(one.by),
            "queued": one.queued,
            "oldest": one.oldest,
            "uncertain": one.uncertain,
            "hint": troubles.get(one.channel, one.hint) if not one.by else "",
        }
        for one in desk.call("courier.list", ADMINISTRATOR)
    ]


def _assistant(store: "Store") -> str:
    """The language model and where words go, in this environment."""
    import os

    from omnitui.clock import SystemClock
    from omnitui.desk.desk import Desk
    from omnitui.model.actor import ADMINISTRATOR

    found = Desk(store, SystemClock()).call("assistant.state", ADMINISTRATOR)
    endpoint = found.endpoint
    if endpoint is None:
        return f"not valid; {found.problems[0]}" if found.problems else "none"
    said = f"{endpoint.model}, {endpoint.badge}"
    if endpoint.key_env and not os.environ.get(endpoint.key_env, "").strip():
        said += f"; {endpoint.key_env} with its key is not set here"
    return said


def _delivery_line(one: dict[str, Any]) -> str:
    by = one["by"]
    said = f"delivered by {', '.join(by)}" if by else "nothing delivers now"
    if one["courier"]:
        said += f" ({one['courier']})"
    if one["queued"]:
        said += f"; {one['queued']} queued"
    if one["uncertain"]:
        said += f"; {one['uncertain']} uncertain, for a person to decide"
    return said


def _versions(sqlite: str) -> dict[str, str]:
    from omnitui import __version__

    python = ".".join(str(part) for part in sys.version_info[:3])
    return {
        "omnitui": __version__,
        "python": python,
        "sqlite": sqlite,
        **{name: _installed(name) for name in _PACKAGES},
    }


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _print(found: dict[str, object]) -> None:
    for key, value in found.items():
        title = key.replace("_", " ")
        if key == "meaningless":
            continue
        if key == "set_aside":
            _print_set_aside(value if isinstance(value, dict) else {})
        elif isinstance(value, dict):
            say(f"{title}:")
            for name, count in value.items():
                say(f"    {name:16} {'cannot be read' if count is None else count}")
        elif key == "delivery" and isinstance(value, list):
            _print_delivery(value)
        elif isinstance(value, list):
            say(f"{title}: {'none' if not value else ''}".rstrip())
            for problem in value:
                say(f"    {problem}")
        else:
            say(f"{title}: {value}")


def _meaningless(tables: dict[str, int]) -> list[str]:
    return [
        f"{table}: {many} row{' that is' if many == 1 else 's that are'} not valid; lists "
        "skip them, `omnitui doctor --repair NEW_FILE` leaves them out"
        for table, many in tables.items()
    ]


def _print_set_aside(kinds: dict[str, int]) -> None:
    many = sum(kinds.values())
    if many:
        named = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        say(f"set aside: {many} timer{'' if many == 1 else 's'} that cannot run")
        say(f"    {named}; each has the reason in the column aside of the table timers")


def _print_delivery(channels: list[dict[str, Any]]) -> None:
    say("delivery:")
    for one in channels:
        say(f"    {one['channel']:16} {_delivery_line(one)}")
    # Where replies wait and nothing delivers is what somebody has to see to.
    for one in channels:
        if one["queued"] and not one["by"]:
            say(f"{one['queued']} not sent: no courier for {one['label']}.")
            say(f"    {one['hint']}")
