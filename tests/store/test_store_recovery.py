"""What is recovered of damaged files: bytes flipped, pages lost, files cut short."""

import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.filling.company import fill
from omnitui.desk.opening import open_desk
from omnitui.model.errors import Fault, StoreBroken, StoreTooNew
from omnitui.store import health, terms
from omnitui.store.engine import Store
from omnitui.store.recovery import Recovered, recover
from omnitui.store.schema import LATEST

PAGE = 4096
MESSAGES = 2_000
Damage = Callable[[bytearray, dict[str, int]], None]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a company and two thousand messages, all of it in one file."""
    path = tmp_path_factory.mktemp("sound") / "sound.db"
    desk = open_desk(path, ManualClock(1_772_442_000_000))
    fill(desk)
    with desk.store.transaction():
        conversation = desk.store.insert(
            "conversations",
            {
                "channel": "chat",
                "state": "open",
                "name": "Visitor",
                "address": "dev",
                "address_key": "chat:dev",
                "last_at": 1,
                "created_at": 1,
            },
        )
        for number in range(MESSAGES):
            desk.store.insert(
                "messages",
                {
                    "conversation_id": conversation,
                    "speaker": "customer",
                    "kind": "message",
                    "author": "Visitor",
                    "text": f"word{number} " + "and so on " * 10,
                    "at": number,
                    "delivery": "received",
                    "channel": "chat",
                },
            )
    desk.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def damaged(sound: Path, tmp_path: Path) -> Callable[[Damage], Path]:
    """Makes a copy of the store and damages it."""

    def make(damage: Damage) -> Path:
        with closing(sqlite3.connect(sound)) as connection:
            roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_master"))
        path = tmp_path / "damaged.db"
        shutil.copyfile(sound, path)
        raw = bytearray(path.read_bytes())
        damage(raw, roots)
        path.write_bytes(raw)
        return path

    return make


def lost(found: list[Recovered]) -> dict[str, tuple[int | None, int]]:
    return {one.table: (one.lost, one.made) for one in found if not one.whole}


def kept(found: list[Recovered], table: str) -> int:
    return next(one.kept for one in found if one.table == table)


def leaves(raw: bytes, root: int) -> list[int]:
    """The pages below a table's first one."""
    start = (root - 1) * PAGE
    cells = int.from_bytes(raw[start + 3 : start + 5], "big")
    places = [
        int.from_bytes(raw[start + 12 + 2 * n : start + 14 + 2 * n], "big") for n in range(cells)
    ]
    return [int.from_bytes(raw[start + at : start + at + 4], "big") for at in places]


def works(path: Path) -> None:
    """The recovered store is sound, opens as a desk and takes commands."""
    store = Store(path)
    assert health.problems(store) == []
    store.close()
    desk = open_desk(path, ManualClock(1_772_442_000_000))
    try:
        desk.run_due()
        with desk.store.transaction():
            desk.store.insert("queues", {"name": "New"})
    finally:
        desk.close()


def test_a_sound_store_is_recovered_whole(sound: Path, tmp_path: Path) -> None:
    before = sound.read_bytes()
    found = recover(sound, tmp_path / "new.db")
    assert lost(found) == {}
    assert kept(found, "messages") == MESSAGES
    assert sound.read_bytes() == before
    works(tmp_path / "new.db")
    store = Store(tmp_path / "new.db")
    (hit,) = store.rows("SELECT rowid FROM messages_search WHERE messages_search MATCH 'word1234'")
    assert store.value("SELECT text FROM messages WHERE id = ?", (hit[0],)).startswith("word1234")
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]


def test_what_lies_beside_a_damaged_page_is_kept_and_what_was_on_it_is_counted(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        page = leaves(raw, roots["messages"])[10]
        raw[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE

    path = damaged(damage)
    before = path.read_bytes()
    found = recover(path, tmp_path / "new.db")
    assert path.read_bytes() == before
    (gone, made) = lost(found)["messages"]
    assert made == 0
    assert gone in range(5, 60)
    assert kept(found, "messages") + gone == MESSAGES
    assert lost(found).keys() == {"messages"}
    works(tmp_path / "new.db")


def test_rows_that_vanished_without_an_error_are_counted_by_the_indexes(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        page = leaves(raw, roots["messages"])[10]
        # The page says that it holds one row.
        raw[(page - 1) * PAGE + 3 : (page - 1) * PAGE + 5] = b"\x00\x01"

    found = recover(damaged(damage), tmp_path / "new.db")
    (gone, _) = lost(found)["messages"]
    assert gone
    assert kept(found, "messages") + gone == MESSAGES


@pytest.mark.parametrize("table", ["messages", "customers", "journal"])
def test_leaves_are_found_where_what_leads_to_them_is_damaged(
    damaged: Callable[[Damage], Path], tmp_path: Path, table: str
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        page = roots[table]
        if raw[(page - 1) * PAGE] == 0x05:
            raw[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE

    path = damaged(damage)
    assert lost(recover(path, tmp_path / "new.db")) == {}
    works(tmp_path / "new.db")


def test_what_was_deleted_does_not_come_back(
    sound: Path, damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        raw.clear()
        raw.extend(emptied.read_bytes())
        page = roots["messages"]
        raw[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE

    emptied = tmp_path / "emptied.db"
    shutil.copyfile(sound, emptied)
    with closing(sqlite3.connect(emptied)) as connection:
        terms.give(connection)
        connection.execute("DELETE FROM messages WHERE id <= 1000")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = recover(damaged(damage), tmp_path / "new.db")
    store = Store(tmp_path / "new.db")
    assert store.value("SELECT count(*) FROM messages WHERE id <= 1000") == 0
    store.close()
    assert kept(found, "messages") > 900


def test_rows_stand_in_for_lost_ones_that_others_refer_to(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        for table in ("conversations", "agents", "channels"):
            page = roots[table]
            raw[(page - 1) * PAGE : page * PAGE] = b"\x00" * PAGE

    found = recover(damaged(damage), tmp_path / "new.db")
    assert kept(found, "messages") == MESSAGES
    told = lost(found)
    assert {"conversations", "agents", "channels"} <= told.keys()
    assert told["conversations"][1] >= 1
    works(tmp_path / "new.db")
    store = Store(tmp_path / "new.db")
    assert store.value("SELECT name FROM agents LIMIT 1").startswith("Lost agent ")
    assert store.value("SELECT DISTINCT state FROM conversations") == "closed"
    store.close()


@pytest.mark.parametrize("part", [slice(0, 50), slice(100, PAGE), slice(0, PAGE)])
def test_a_damaged_header_or_list_of_tables_loses_nothing_else(
    damaged: Callable[[Damage], Path], tmp_path: Path, part: slice
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        raw[part] = b"\xee" * (part.stop - part.start)

    path = damaged(damage)
    with pytest.raises(StoreBroken):
        Store(path)
    assert lost(recover(path, tmp_path / "new.db")) == {}
    works(tmp_path / "new.db")


def test_a_store_that_was_cut_short_gives_what_is_left(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        del raw[len(raw) * 9 // 10 :]

    found = recover(damaged(damage), tmp_path / "new.db")
    assert 0 < kept(found, "messages") < MESSAGES
    works(tmp_path / "new.db")


@pytest.mark.parametrize("seed", range(8))
def test_whatever_bytes_are_wrong_there_is_a_working_store_or_a_sentence(
    damaged: Callable[[Damage], Path], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)

    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        for _ in range(1 + 5 * seed):
            at = chance.randrange(len(raw) - 200)
            raw[at : at + 200] = chance.randbytes(200)

    path = damaged(damage)
    before = path.read_bytes()
    fault = ""
    try:
        recover(path, tmp_path / "new.db")
    except Fault as told:
        fault = str(told)
    if (tmp_path / "new.db").exists():
        works(tmp_path / "new.db")
    else:
        assert "Restore a backup." in fault
    assert path.read_bytes() == before
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


def test_what_was_only_in_the_log_is_recovered_too(sound: Path, tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    shutil.copyfile(sound, live)
    writer = Store(live)
    writer.insert("queues", {"name": "Written last"})
    killed = tmp_path / "killed.db"
    for ending in ("", "-wal"):
        shutil.copyfile(f"{live}{ending}", f"{killed}{ending}")
    writer.close()
    recover(killed, tmp_path / "new.db")
    store = Store(tmp_path / "new.db")
    assert store.value("SELECT count(*) FROM queues WHERE name = 'Written last'") == 1
    store.close()


def test_keys_that_were_given_are_not_given_again(
    damaged: Callable[[Damage], Path], tmp_path: Path
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        page = roots["messages"]
        raw[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE

    recover(damaged(damage), tmp_path / "new.db")
    store = Store(tmp_path / "new.db")
    assert store.next_key("messages") == MESSAGES + 1
    store.close()


def test_nothing_that_is_there_is_written_over(sound: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("precious")
    with pytest.raises(Fault, match="exists already"):
        recover(sound, there)
    assert there.read_text() == "precious"
    with pytest.raises(Fault, match="no folder"):
        recover(sound, tmp_path / "nowhere" / "new.db")


@pytest.mark.parametrize("text", [b"", b"Dear diary. " * 20_000])
def test_what_is_no_store_is_said_to_be_none(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "diary.db").write_bytes(text)
    with pytest.raises(StoreBroken, match="there is nothing to recover"):
        recover(tmp_path / "diary.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_store_of_a_later_version_is_not_recovered(sound: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.db"
    shutil.copyfile(sound, later)
    with closing(sqlite3.connect(later)) as connection:
        connection.execute(f"PRAGMA user_version = {LATEST + 1}")
    with pytest.raises(StoreTooNew):
        recover(later, tmp_path / "new.db")


def test_the_log_of_another_store_is_left_out(sound: Path, tmp_path: Path) -> None:
    strange = Store(tmp_path / "strange.db")
    for number in range(300):
        strange.insert("queues", {"name": f"Queue {number}"})
    path = tmp_path / "damaged.db"
    shutil.copyfile(sound, path)
    shutil.copyfile(f"{strange.path}-wal", f"{path}-wal")
    strange.close()
    found = recover(path, tmp_path / "new.db")
    assert kept(found, "messages") == MESSAGES
    assert lost(found) == {"write-ahead log": (None, 0)}
    works(tmp_path / "new.db")
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("where", [slice(68, 72), slice(0, 16), slice(0, PAGE)])
def test_a_store_that_does_not_say_what_it_is_is_known_by_what_it_holds(
    damaged: Callable[[Damage], Path], where: slice
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        raw[where] = bytes(where.stop - where.start)

    with pytest.raises(StoreBroken, match="doctor --repair NEW_FILE"):
        Store(damaged(damage))


@pytest.mark.parametrize("length", [50_000, 500_000, PAGE])
def test_what_was_cut_short_is_told_of_the_old_file(
    damaged: Callable[[Damage], Path], tmp_path: Path, length: int
) -> None:
    def damage(raw: bytearray, roots: dict[str, int]) -> None:
        del raw[length:]

    path = damaged(damage)
    try:
        found = recover(path, tmp_path / "new.db")
    except StoreBroken as told:
        fault = str(told)
        assert fault.startswith(f"Nothing can be recovered from {path}")
    else:
        assert lost(found)
        works(tmp_path / "new.db")


def test_what_cannot_be_written_is_told_of_the_new_file(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, said in ((errno.ENOSPC, "is full"), (errno.EROFS, "cannot be written")):

        def refuse(*given: object, number: int = number) -> None:
            raise OSError(number, os.strerror(number), str(sound))

        monkeypatch.setattr(shutil, "copyfile", refuse)
        with pytest.raises(Fault, match=f"new.db {said}"):
            recover(sound, tmp_path / "new.db")
        assert not list(tmp_path.iterdir())
