"""`import` and `export`: what they print, what they return, what they leave behind."""

import subprocess
import sys
from pathlib import Path

import pytest
from told import Run, value

from omnitui.cli.records import NAMES
from omnitui.datafiles.records import KINDS

GOOD = "name,email,notes\nAda,ada@x.org,=1+1\n"
BAD = "name,email,tier\nAda,ada@x.org,gold\nBob,bob@x.org,gould\n,cy@x.org,gold\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(GOOD)
    return path


def test_the_kinds_are_those_there_are(omnitui: Run) -> None:
    assert set(NAMES) == set(KINDS)
    said = " ".join(omnitui("import", "--help").out.split())
    for kind in KINDS.values():
        assert ", ".join(kind.by_name) in said


def test_what_was_imported_is_exported(omnitui: Run, people: Path, tmp_path: Path) -> None:
    told = omnitui("import", "customers", str(people))
    assert (told.code, told.out) == (0, "customers: 1 new, 0 changed, 0 unchanged.\n")
    target = tmp_path / "out.jsonl"
    assert omnitui("export", "customers", str(target)).code == 0
    assert target.read_text("utf-8") == omnitui("export", "customers", "--format", "jsonl").out
    told = omnitui("import", "customers", str(target), "--json")
    assert (told.data["unchanged"], told.data["written"], told.data["problems"]) == (1, False, [])
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_dry_run_makes_no_store(omnitui: Run, people: Path, store_path: Path) -> None:
    told = omnitui("import", "customers", str(people), "--dry-run")
    assert (told.code, "Nothing was written" in told.out) == (0, True)
    assert not store_path.exists()


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--keep-going"]])
def test_bad_lines_are_told(omnitui: Run, people: Path, store_path: Path, more: list[str]) -> None:
    omnitui("call", "queue.list")
    people.write_text(BAD)
    told = omnitui("import", "customers", str(people), *more)
    first, second, summary = told.out.splitlines()
    assert told.code == 1
    assert first.startswith(f"{people}: line 3, tier: 'gould' is not one of")
    assert second == f"{people}: line 4: A new customer needs a name. Fill in the column name."
    assert "2 bad lines" in summary
    kept = value(store_path, "SELECT count(*) FROM customers")
    assert kept == (1 if more == ["--keep-going"] else 0)


def test_bad_lines_are_told_to_scripts(omnitui: Run, people: Path) -> None:
    people.write_text(BAD)
    told = omnitui("import", "customers", str(people), "--json")
    assert told.code == 1
    assert (told.data["bad"], told.data["created"], told.data["written"]) == (2, 1, False)
    assert [(p["line"], p["column"]) for p in told.data["problems"]] == [(3, "tier"), (4, "")]


def test_a_file_is_not_replaced_unasked(omnitui: Run, people: Path) -> None:
    omnitui("call", "queue.list")
    assert omnitui("export", "customers", str(people)).code == 2
    assert people.read_text() == GOOD
    assert omnitui("export", "customers", str(people), "--force").code == 0
    assert people.read_text().startswith("id,account,name")


def test_an_export_that_is_not_read_to_its_end_leaves_no_trace(
    people: Path, store_path: Path, omnitui: Run
) -> None:
    omnitui("import", "customers", str(people))
    command = [sys.executable, "-m", "omnitui", "export", "articles", "--store", str(store_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        assert export.stdout.readline()
        export.stdout.close()
        assert export.stderr.read() == b""


def test_an_export_leaves_the_files_beside_it_alone(omnitui: Run, people: Path) -> None:
    omnitui("import", "customers", str(people))
    target = people.with_name("out.csv")
    beside = people.with_name("out.csv.part")
    beside.write_text("mine", "utf-8")
    assert omnitui("export", "customers", str(target)).code == 0
    assert beside.read_text("utf-8") == "mine"
    assert sorted(path.name for path in people.parent.glob("*out.csv*")) == [
        "out.csv",
        "out.csv.part",
    ]


def test_a_safe_export_holds_no_formulas(omnitui: Run, people: Path) -> None:
    omnitui("import", "customers", str(people))
    assert ",=1+1," in omnitui("export", "customers").out
    assert ",'=1+1," in omnitui("export", "customers", "--safe").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["import", "people", "people.csv"], 2),
        (["import", "customers", "nowhere.csv"], 2),
        (["import", "customers", "people.txt"], 2),
        (["export", "customers", "people.txt"], 2),
        (["export", "customers", "--safe", "--format", "jsonl"], 2),
        (["export", "customers"], 3),
    ],
)
def test_wrong_usage_is_told(
    omnitui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.txt").write_text(GOOD)
    told = omnitui(*arguments)
    assert (told.code, told.err != "", told.out) == (code, True, "")


@pytest.mark.parametrize("which", ["store", "log", "copy", "link"])
def test_no_table_replaces_a_database(
    omnitui: Run, store_path: Path, tmp_path: Path, which: str
) -> None:
    omnitui("call", "customer.create", "name=Ann")
    copy = tmp_path / "copy.db"
    assert omnitui("backup", str(copy)).code == 0
    link = tmp_path / "table.csv"
    link.symlink_to(store_path)
    log = store_path.with_name(f"{store_path.name}-wal")
    log.touch()
    target = {"store": store_path, "log": log, "copy": copy, "link": link}[which]
    told = omnitui("export", "customers", str(target), "--format", "csv", "--force")
    assert (told.code, told.out) == (2, "")
    assert "is a database and is never replaced by a table. Give another file." in told.err
    assert value(store_path, "SELECT name FROM customers") == "Ann"
    assert copy.read_bytes().startswith(b"SQLite")
