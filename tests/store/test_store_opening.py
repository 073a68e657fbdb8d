import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from omnitui.model.errors import Fault, StoreBroken, StoreTooNew
from omnitui.store import engine
from omnitui.store.engine import APPLICATION_ID, LATEST, Store

Opened = Callable[..., Store]

pytestmark = pytest.mark.usefixtures("made_by_steps")

OPEN_MANY = """
import sys
from pathlib import Path
from omnitui.store.engine import Store
print("ready", flush=True)
sys.stdin.readline()
for number in range(12):
    store = Store(Path(sys.argv[1]) / f"{number}.db")
    assert store.problems() == []
    store.close()
"""


def header(path: Path) -> tuple[int, int, str]:
    connection = sqlite3.connect(path)
    try:
        return tuple(
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode")
        )
    finally:
        connection.close()


def test_a_new_file_becomes_a_store_of_the_latest_version(file: Path, opened: Opened) -> None:
    opened()
    assert header(file) == (APPLICATION_ID, LATEST, "wal")


def test_every_table_is_strict_but_the_search_indexes_and_what_sqlite_keeps(store: Store) -> None:
    loose = store.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    )
    assert {row["name"] for row in loose} <= {
        "sqlite_schema",
        "sqlite_sequence",
        "_sqlite_migrations",
    }


def test_opening_twice_keeps_what_was_written(opened: Opened) -> None:
    first = opened()
    first.execute("INSERT INTO settings VALUES ('offer_seconds', '30')")
    first.close()
    assert opened().value("SELECT value FROM settings") == "30"


def test_two_open_stores_on_one_file_see_each_others_commits(opened: Opened) -> None:
    one, other = opened(), opened()
    seen = other.data_version()
    one.execute("INSERT INTO settings VALUES ('a', 'b')")
    assert other.data_version() != seen
    assert other.value("SELECT value FROM settings") == "b"


def test_own_commits_do_not_move_the_data_version(store: Store) -> None:
    seen = store.data_version()
    store.execute("INSERT INTO settings VALUES ('a', 'b')")
    assert store.data_version() == seen


def test_foreign_keys_are_kept(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.execute("INSERT INTO queue_members VALUES (1, 1)")


def test_processes_that_open_the_same_new_files_at_once_all_get_a_sound_store(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-c", OPEN_MANY, str(tmp_path)]
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    racers = [subprocess.Popen(command, text=True, **pipes) for _ in range(3)]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 3
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert [(racer.communicate()[1], racer.returncode) for racer in racers] == [("", 0)] * 3
    assert {header(path) for path in tmp_path.glob("*.db")} == {(APPLICATION_ID, LATEST, "wal")}


def test_a_store_that_another_process_makes_while_this_one_looks_is_no_foreign_database(
    file: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    class Overtaken(sqlite3.Connection):
        looked = 0

        def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
            self.looked += "application_id" in sql or "sqlite_master" in sql
            if self.looked == 2:
                monkeypatch.setattr(engine.sqlite3, "connect", connect)
                opened(file)
            return super().execute(sql, *given)

    def overtaken(*given: Any, **named: Any) -> sqlite3.Connection:
        return connect(*given, factory=Overtaken, **named)

    monkeypatch.setattr(engine.sqlite3, "connect", overtaken)
    assert opened(file).problems() == []


def test_missing_folders_are_made(tmp_path: Path, opened: Opened) -> None:
    opened(tmp_path / "a" / "b" / "desk.db")
    assert (tmp_path / "a" / "b" / "desk.db").is_file()


def test_a_folder_below_a_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")
    with pytest.raises(StoreBroken, match=r"The folder of .*desk\.db cannot be created"):
        Store(tmp_path / "a" / "b" / "desk.db")


def test_a_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreBroken, match=r"is a folder\. Give a file with --store\."):
        Store(tmp_path)


def test_a_database_of_another_program_is_refused_and_left_alone(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = file.read_bytes()
    with pytest.raises(StoreBroken, match="database of another program"):
        Store(file)
    assert file.read_bytes() == before


def test_another_programs_mark_is_refused_even_on_an_empty_database(file: Path) -> None:
    other = sqlite3.connect(file)
    other.execute("PRAGMA application_id = 12345")
    other.close()
    with pytest.raises(StoreBroken, match="database of another program"):
        Store(file)


def test_a_file_that_is_no_database_is_refused_and_left_alone(file: Path) -> None:
    file.write_bytes(b"Dear diary, today the router dropped again." * 100)
    before = file.read_bytes()
    with pytest.raises(StoreBroken, match=r"cannot be opened .*--store, or restore a backup"):
        Store(file)
    assert file.read_bytes() == before


def test_an_empty_file_becomes_a_store(file: Path, opened: Opened) -> None:
    file.touch()
    assert opened().problems() == []


def test_a_store_of_a_later_version_is_refused_and_left_alone(file: Path, opened: Opened) -> None:
    opened().close()
    later = sqlite3.connect(file)
    later.execute(f"PRAGMA user_version = {LATEST + 1}")
    later.close()
    before = file.read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        Store(file)
    assert f"store version {LATEST + 1}, this one reads up to {LATEST}" in str(caught.value)
    assert "Update OmniTUI" in str(caught.value)
    assert file.read_bytes() == before


def test_a_refused_file_is_not_kept_open(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"not a database" * 100)
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def watched(*given: Any, **named: Any) -> sqlite3.Connection:
        made.append(connect(*given, **named))
        return made[-1]

    monkeypatch.setattr(engine.sqlite3, "connect", watched)
    with pytest.raises(Fault):
        Store(file)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_that_may_not_be_written_is_refused_with_a_sentence(
    file: Path, opened: Opened
) -> None:
    file.touch(mode=0o400)
    with pytest.raises(
        Fault,
        match="is not writable: nothing was changed",
    ):
        Store(file)


def test_a_store_in_memory_works_like_one_on_disk(opened: Opened) -> None:
    store = opened(":memory:")
    store.execute("INSERT INTO settings VALUES ('a', 'b')")
    assert store.problems() == []


def test_closing_twice_is_harmless(store: Store) -> None:
    store.close()
    store.close()
