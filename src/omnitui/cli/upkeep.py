"""`backup` and `doctor`: looking after a store."""

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

_PACKAGES = ("textual", "sqlite-utils", "msgspec", "click")


def _open(given: Path | None) -> "Store":
    from omnitui.paths import store_path
    from omnitui.store.engine import Store

    path = store_path(given)
    if not path.exists():
        raise Broken(f"There is no store at {path} yet. Name another file with --store.")
    return Store(path)


@click.command()
@click.argument("target", type=FILE)
@store_option
@click.option("--force", is_flag=True, help="Replace TARGET if it is there.")
def backup(target: Path, store: Path | None, force: bool) -> None:
    """Copy the store to TARGET.

    The copy is complete and sound, whoever goes on working meanwhile.
    """
    if target.exists() and not force:
        raise Unusable(f"{target} is there already. Name another file, or add --force.")
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
@json_option
@click.pass_context
def doctor(ctx: click.Context, store: Path | None, as_json: bool) -> None:
    """Say what runs here and if the store is sound.

    Prints versions, where the store is, how many records it holds, and what delivers replies on
    which channel. Exit 1 if the store is not sound.
    """
    from omnitui.store import health

    opened = _open(store)
    try:
        problems = health.problems(opened)
        found = {
            "store": opened.path,
            "bytes": Path(opened.path).stat().st_size,
            "store_version": health.version(opened),
            "versions": _versions(health.sqlite_version(opened)),
            "counts": health.counts(opened),
            "delivery": [] if problems else _delivery(opened),
            "problems": problems,
        }
    finally:
        opened.close()
    if as_json:
        print_json(found)
    else:
        _print(found)
    if problems:
        ctx.exit(1)


def _delivery(store: "Store") -> list[dict[str, object]]:
    """How replies leave, by channel; what is said is for this moment and this environment."""
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
        if isinstance(value, dict):
            say(f"{title}:")
            for name, count in value.items():
                say(f"    {name:16} {count}")
        elif key == "delivery" and isinstance(value, list):
            _print_delivery(value)
        elif isinstance(value, list):
            say(f"{title}: {'none' if not value else ''}".rstrip())
            for problem in value:
                say(f"    {problem}")
        else:
            say(f"{title}: {value}")


def _print_delivery(channels: list[dict[str, Any]]) -> None:
    say("delivery:")
    for one in channels:
        say(f"    {one['channel']:16} {_delivery_line(one)}")
    # Where replies wait and nothing delivers is what somebody has to see to.
    for one in channels:
        if one["queued"] and not one["by"]:
            say(f"{one['queued']} not sent: nothing delivers on {one['label']}.")
            say(f"    {one['hint']}")
