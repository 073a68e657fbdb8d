import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from omnitui.model.errors import Fault, Refused
from omnitui.store.engine import Store

Opened = Callable[..., Store]


def put(store: Store, key: str) -> None:
    store.execute("INSERT INTO settings VALUES (?, 'x')", (key,))


def put_and_fail(store: Store, key: str, error: type[BaseException]) -> None:
    with store.transaction():
        put(store, key)
        raise error


def add_a_member_of_nothing(store: Store) -> None:
    with store.transaction():
        store.execute("PRAGMA defer_foreign_keys = ON")
        store.execute("INSERT INTO queue_members VALUES (1, 1)")


def keys(store: Store) -> list[str]:
    return [row["key"] for row in store.rows("SELECT key FROM settings ORDER BY key")]


def test_a_transaction_is_visible_to_others_only_when_it_is_over(opened: Opened) -> None:
    one, other = opened(), opened()
    with one.transaction():
        put(one, "a")
        assert keys(other) == []
    assert keys(other) == ["a"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_transaction_that_fails_leaves_nothing(store: Store, error: type[BaseException]) -> None:
    with pytest.raises(error):
        put_and_fail(store, "a", error)
    assert keys(store) == []
    assert not store.connection.in_transaction


def test_a_nested_transaction_is_undone_with_the_outer_one(store: Store) -> None:
    def work() -> None:
        with store.transaction():
            put(store, "outer")
            with store.transaction():
                put(store, "inner")
            raise ValueError

    with pytest.raises(ValueError):
        work()
    assert keys(store) == []


def test_a_nested_transaction_that_fails_is_undone_alone_where_the_outer_one_goes_on(
    store: Store,
) -> None:
    with store.transaction():
        put(store, "before")
        with pytest.raises(ValueError):
            put_and_fail(store, "inner", ValueError)
        put(store, "after")
    assert keys(store) == ["after", "before"]


def test_two_levels_down_is_still_one_transaction(opened: Opened) -> None:
    one, other = opened(), opened()
    with one.transaction():
        with one.transaction(), one.transaction():
            put(one, "a")
        assert keys(other) == []
    assert keys(other) == ["a"]


def test_a_commit_that_fails_leaves_nothing_and_no_open_transaction(opened: Opened) -> None:
    one, other = opened(), opened()
    with pytest.raises(sqlite3.IntegrityError):
        add_a_member_of_nothing(one)
    with one.transaction():
        put(one, "a")
    assert keys(other) == ["a"]
    assert other.value("SELECT count(*) FROM queue_members") == 0


def test_a_store_that_stays_locked_refuses_with_a_sentence(opened: Opened, file: Path) -> None:
    one, other = opened(), opened(file, busy_ms=1)
    with one.transaction(), pytest.raises(Refused) as caught, other.transaction():
        pytest.fail("the store was not locked")
    assert caught.value.refusal.code == "store.busy"
    with other.transaction():
        put(other, "a")
    assert keys(one) == ["a"]


def test_reading_sees_one_snapshot_while_others_write(opened: Opened) -> None:
    one, other = opened(), opened()
    with one.reading():
        assert keys(one) == []
        put(other, "a")
        assert keys(one) == []
    assert keys(one) == ["a"]


def test_reading_inside_a_transaction_sees_what_it_has_written(store: Store) -> None:
    with store.transaction():
        put(store, "a")
        with store.reading():
            assert keys(store) == ["a"]
        put(store, "b")
    assert keys(store) == ["a", "b"]


def test_reading_that_fails_leaves_no_open_transaction(store: Store) -> None:
    with pytest.raises(ValueError), store.reading():
        raise ValueError
    assert not store.connection.in_transaction


def test_a_backup_is_complete_while_others_go_on_working(opened: Opened, tmp_path: Path) -> None:
    one, other = opened(), opened()
    put(one, "a")
    with other.transaction():
        put(other, "not yet")
        one.backup(tmp_path / "copy.db")
    copy = opened(tmp_path / "copy.db")
    assert keys(copy) == ["a"]
    assert copy.problems() == []


def test_a_backup_replaces_an_older_one(store: Store, opened: Opened, tmp_path: Path) -> None:
    for key in ("a", "b"):
        put(store, key)
        store.backup(tmp_path / "copy.db")
    assert keys(opened(tmp_path / "copy.db")) == ["a", "b"]
    assert {path.name for path in tmp_path.iterdir()} >= {"copy.db"}
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name]


def test_a_backup_onto_itself_is_refused_and_harms_nothing(store: Store, file: Path) -> None:
    put(store, "a")
    with pytest.raises(Fault, match="cannot be its own backup"):
        store.backup(file)
    assert keys(store) == ["a"]


@pytest.mark.parametrize("target", ["missing/copy.db", "folder"])
def test_a_backup_that_cannot_be_written_is_refused_with_a_sentence(
    store: Store, tmp_path: Path, target: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(Fault, match=r"cannot be written|folder is a device, a pipe or a folder"):
        store.backup(tmp_path / target)


def test_a_sound_store_has_no_problems(store: Store) -> None:
    assert store.problems() == []


def test_a_row_that_refers_to_nothing_is_a_problem(store: Store) -> None:
    store.execute("PRAGMA foreign_keys = OFF")
    store.execute("INSERT INTO agent_skills VALUES (7, 'router', 3)")
    assert store.problems() == ["agent_skills row None refers to a missing row of agents"]


def test_a_damaged_page_is_a_problem(opened: Opened, file: Path) -> None:
    store = opened()
    for number in range(3_000):
        put(store, f"key {number}")
    page = store.value("SELECT rootpage FROM sqlite_master WHERE name = 'settings'")
    size = store.value("PRAGMA page_size")
    store.close()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xff" * size)
    assert opened().problems() != []
