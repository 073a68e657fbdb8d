"""`import` and `export`: customers, cases, entitlements and articles; scripts and macros."""

import sys
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from omnitui.cli.failures import Unusable
from omnitui.cli.output import print_json, printing, say
from omnitui.cli.parameters import FILE, THERE, json_option, store_option

if TYPE_CHECKING:
    from omnitui.datafiles.records import Problem, RecordKind
    from omnitui.desk.desk import Desk
    from omnitui.desk.records.importing import Imported

NAMES = ("customers", "cases", "entitlements", "articles")
"""The kinds of record; listed here so that the command line starts fast."""
FORMATS = ("csv", "jsonl")
SCRIPTS, MACROS = "scripts", "macros"
SCRIPT_FORMATS = ("toml", "abcd")


class _WithColumns(click.Command):
    """A command whose help ends with the columns of each kind."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name the columns."""
        from omnitui.datafiles.records import KINDS

        with formatter.section("Columns"):
            formatter.write_dl(
                [(name, ", ".join(KINDS[name].by_name)) for name in NAMES], col_max=14
            )


_FORMAT = "The format of the file. Default: by the file name."


@click.command("import", cls=_WithColumns)
@click.argument("kind", type=click.Choice((*NAMES, SCRIPTS, MACROS)), metavar="KIND")
@click.argument("file", type=THERE)
@click.option("--dry-run", is_flag=True, help="Show the consequences, write nothing.")
@click.option("--keep-going", is_flag=True, help="Write the good lines even if others are bad.")
@click.option("--format", "form", type=click.Choice((*FORMATS, *SCRIPT_FORMATS)), help=_FORMAT)
@store_option
@json_option
@click.pass_context
def import_(
    ctx: click.Context,
    kind: str,
    file: Path,
    dry_run: bool,
    keep_going: bool,
    form: str | None,
    store: Path | None,
    as_json: bool,
) -> None:
    """Read records from a file into the store.

    KIND is customers, cases, entitlements or articles. FILE is CSV, with the columns in its first
    line, or JSONL. Existing records are updated. Every bad line is shown, one a line; with a single
    bad line nothing is written, unless --keep-going. Exit 1 if any line is bad.

    KIND scripts reads agent scripts: TOML as in scripts.toml, or with --format abcd the guidelines
    of the ABCD data set (JSON). Scripts of the same key and language are updated. KIND macros reads
    macros: TOML as in macros.toml. Macros of the same key are updated.
    """
    whole = {SCRIPTS: _import_scripts, MACROS: _import_macros}.get(kind)
    if whole is not None:
        whole(file, form, store, dry_run=dry_run, keep=keep_going, as_json=as_json)
        return
    if form in SCRIPT_FORMATS:
        raise click.UsageError(f"--format {form} is for scripts only.")
    from omnitui.datafiles.records import KINDS
    from omnitui.datafiles.records_csv import read_csv
    from omnitui.datafiles.records_jsonl import read_jsonl
    from omnitui.desk.records.importing import import_records
    from omnitui.model.actor import ADMINISTRATOR
    from omnitui.textfiles import encoding_of

    read = read_csv if _format(file, form) == "csv" else read_jsonl
    problems: list[Problem] = []

    def tell(problem: "Problem") -> None:
        if as_json:
            problems.append(problem)
        else:
            say(f"{file}: {problem}")

    if doubt := encoding_of(file).doubt:
        say(f"{file}: {doubt}.", err=True)
    with _desk(store, dry_run=dry_run) as desk:
        how = {"dry_run": dry_run, "keep_going": keep_going}
        one = KINDS[kind]
        done = import_records(desk, ADMINISTRATOR, one, read(file, one), tell, **how)
    if as_json:
        print_json({"kind": kind, "file": str(file), "dry_run": dry_run, **_data(done, problems)})
    else:
        say(_summary(done, KINDS[kind], dry_run=dry_run, kept=keep_going))
    if done.bad:
        ctx.exit(1)


def _import_scripts(
    file: Path, form: str | None, store: Path | None, *, dry_run: bool, keep: bool, as_json: bool
) -> None:
    """Read agent scripts: all of the file or, with what is wrong in it as a sentence, nothing."""
    from omnitui.datafiles.abcd import read_guidelines
    from omnitui.datafiles.company import Known
    from omnitui.datafiles.scripts import read_scripts
    from omnitui.desk.filling.scripts import elsewhere, import_scripts
    from omnitui.model.actor import ADMINISTRATOR

    if keep:
        raise click.UsageError("--keep-going is for tables: scripts are read as a whole.")
    form = form or ("toml" if file.suffix.lower() == ".toml" else None)
    if form not in SCRIPT_FORMATS:
        raise Unusable(f"{file} does not end in .toml. Give --format toml or --format abcd.")
    with _desk(store, dry_run=dry_run) as desk:
        if form == "abcd":
            found = read_guidelines(file)
        else:
            found = read_scripts(file, Known(), elsewhere(desk))
        done = import_scripts(desk, ADMINISTRATOR, found, dry_run=dry_run)
    _tell_whole(SCRIPTS, file, done, dry_run=dry_run, as_json=as_json)


def _import_macros(
    file: Path, form: str | None, store: Path | None, *, dry_run: bool, keep: bool, as_json: bool
) -> None:
    """Read macros: all of the file or, with what is wrong in it as a sentence, nothing."""
    from omnitui.desk.filling.macros import import_macros
    from omnitui.model.actor import ADMINISTRATOR

    if keep:
        raise click.UsageError("--keep-going is for tables: macros are read as a whole.")
    if form not in (None, "toml"):
        raise click.UsageError(f"--format {form} is not for macros; they are TOML.")
    with _desk(store, dry_run=dry_run) as desk:
        done = import_macros(desk, ADMINISTRATOR, file, dry_run=dry_run)
    _tell_whole(MACROS, file, done, dry_run=dry_run, as_json=as_json)


def _tell_whole(kind: str, file: Path, done: Counter[str], *, dry_run: bool, as_json: bool) -> None:
    """Say what was done, or would be, of a file that is read as a whole."""
    counts = {name: done[name] for name in ("created", "updated", "unchanged")}
    if as_json:
        print_json({"kind": kind, "file": str(file), "dry_run": dry_run, **counts})
        return
    said = ", ".join(
        f"{counts[name]} {word}"
        for name, word in (("created", "new"), ("updated", "changed"), ("unchanged", "unchanged"))
    )
    would = f"{kind}: it would be " if dry_run else f"{kind}: "
    say(f"{would}{said}.{' Nothing was written.' if dry_run else ''}")


def _format(file: Path, form: str | None) -> str:
    if form is not None:
        return form
    by_ending = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
    found = by_ending.get(file.suffix.lower())
    if found is None:
        raise Unusable(f"{file} does not end in .csv or .jsonl. Give --format.")
    return found


@contextmanager
def _desk(store: Path | None, *, dry_run: bool = False) -> Iterator["Desk"]:
    from omnitui.clock import SystemClock
    from omnitui.desk.opening import open_desk
    from omnitui.paths import store_path

    path: Path | str = store_path(store)
    # What only looks makes no store: it looks at a new one that is gone afterwards.
    if dry_run and not Path(path).exists():
        path = ":memory:"
    desk = open_desk(path, SystemClock())
    try:
        yield desk
    finally:
        desk.close()


def _data(done: "Imported", problems: "list[Problem]") -> dict[str, Any]:
    return {
        "written": done.written,
        "created": done.created,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "bad": done.bad,
        "problems": problems,
    }


def _summary(done: "Imported", kind: "RecordKind", *, dry_run: bool, kept: bool) -> str:
    """What was done, or would be."""
    counts = f"{done.created} new, {done.updated} changed, {done.unchanged} unchanged"
    bad = f"{done.bad} bad line{'' if done.bad == 1 else 's'}"
    if dry_run:
        would = f"{kind.name}: it would be {counts}"
        if not done.bad:
            return f"{would}. Nothing was written."
        rest = "the others would be written" if kept else "so nothing would be written"
        return f"{would}, with {bad}: {rest}. This was a dry run."
    if done.bad and not kept:
        mend = "Fix it" if done.bad == 1 else "Fix them"
        if not done.created + done.updated:
            same = f"; {done.unchanged} unchanged" if done.unchanged else " and no other"
            return f"Nothing was written: {bad}{same}. {mend}."
        return (
            f"Nothing was written: {bad}; the others are {counts}."
            f" {mend}, or write the others with --keep-going."
        )
    return f"{kind.name}: {counts}{f', {bad} left out' if done.bad else ''}."


@click.command(cls=_WithColumns)
@click.argument("kind", type=click.Choice(NAMES), metavar="KIND")
@click.argument("file", type=FILE, required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), help=_FORMAT)
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@click.option(
    "--safe",
    is_flag=True,
    help="CSV for spreadsheets: formulas get an apostrophe in front, which an import removes.",
)
@store_option
def export(
    kind: str,
    file: Path | None,
    form: str | None,
    force: bool,
    safe: bool,
    store: Path | None,
) -> None:
    """Write all records of a kind to a file.

    KIND is customers, cases, entitlements or articles. Without FILE they are printed, as CSV
    unless --format says otherwise. Importing the file into an empty store and exporting again
    gives the same file.
    """
    from omnitui.paths import store_path

    form = form or ("csv" if file is None else _format(file, None))
    if safe and form != "csv":
        raise click.UsageError("--safe is for CSV only.")
    _check_target(file, force)
    _check_there(store_path(store))
    # The lines are closed before the desk is, also where whoever reads has had enough.
    told: Counter[str] = Counter()
    with _desk(store) as desk, closing(_lines(desk, kind, form, safe, told)) as lines:
        if file is None:
            _print(lines)
            return
        _write(file.resolve(), lines)
    # Not on stdout, which is for records.
    one = kind.removesuffix("s")
    say(f"{told[kind]:,} {one if told[kind] == 1 else kind} written to {file}.", err=True)


def _print(lines: Iterable[str]) -> None:
    """Write records to stdout. Raises `Fault` if it fails."""
    out = sys.stdout.buffer
    with printing():
        out.writelines(line.encode() for line in lines)
        out.flush()


def _counted(
    rows: Iterator[dict[str, Any]], kind: str, told: Counter[str]
) -> Generator[dict[str, Any]]:
    for row in rows:
        told[kind] += 1
        yield row


def _check_target(file: Path | None, force: bool) -> None:
    if file is None:
        return
    if file.exists() and not force:
        raise Unusable(f"{file} exists already. Give another file, or add --force.")
    if file.is_dir() or not file.parent.is_dir():
        raise Unusable(f"{file} cannot be written: its folder does not exist, or it is a folder.")
    from omnitui.store.recognising import is_database

    # The store itself, another one, a backup: none of them is an older export.
    if is_database(file):
        raise Unusable(f"{file} is a database and is never replaced by a table. Give another file.")


def _check_there(path: Path) -> None:
    from omnitui.cli.failures import Broken

    if not path.exists():
        raise Broken(f"There is no store at {path} yet. Give another file with --store.")


def _lines(desk: "Desk", kind: str, form: str, safe: bool, told: Counter[str]) -> Generator[str]:
    from omnitui.datafiles.records import KINDS
    from omnitui.datafiles.records_csv import csv_lines
    from omnitui.datafiles.records_jsonl import jsonl_lines
    from omnitui.desk.records.exporting import export_records
    from omnitui.model.actor import ADMINISTRATOR

    rows = _counted(export_records(desk, ADMINISTRATOR, KINDS[kind]), kind, told)
    if form == "csv":
        return csv_lines(KINDS[kind], rows, safe=safe)
    return jsonl_lines(KINDS[kind], rows)


def _write(file: Path, lines: Iterable[str]) -> None:
    from omnitui.store import partial
    from omnitui.store.access import written

    with partial.whole(file) as part, written(part) as out:
        for line in lines:
            out.write(line)
