"""What is written is its owner's alone, whatever mask the process has; the group's on request."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from omnitui.store.access import VARIABLE, make_folder, too_open, written
from omnitui.store.engine import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=["mask 000", "mask 022", "mask 077"])
def mask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files_of(folder: Path) -> set[int]:
    return {mode(path) for path in folder.iterdir()}


@pytest.mark.usefixtures("mask")
def test_a_store_its_log_and_its_folders_are_the_owners(tmp_path: Path) -> None:
    store = Store(tmp_path / "a" / "b" / "omnitui.db")
    with store.transaction():
        store.insert("queues", {"name": "One", "priority": 1})
    assert len(list((tmp_path / "a" / "b").iterdir())) == 3, "the store, its log, its index"
    assert files_of(tmp_path / "a" / "b") == {0o600}
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)
    store.backup(tmp_path / "a" / "copy.db")
    assert mode(tmp_path / "a" / "copy.db") == 0o600
    store.close()


@pytest.mark.usefixtures("mask")
def test_on_request_the_group_has_a_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "yes")
    store = Store(tmp_path / "a" / "omnitui.db")
    with store.transaction():
        store.insert("queues", {"name": "One", "priority": 1})
    assert files_of(tmp_path / "a") == {0o660}
    assert mode(tmp_path / "a") == 0o2770
    store.backup(tmp_path / "copy.db")
    assert mode(tmp_path / "copy.db") == 0o660
    store.close()


def test_what_is_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    file = folder / "omnitui.db"
    file.touch()
    file.chmod(0o640)
    Store(file).close()
    assert (mode(folder), mode(file)) == (0o755, 0o640)


def test_a_backup_over_a_wide_open_one_is_closed(tmp_path: Path) -> None:
    store, copy = Store(tmp_path / "omnitui.db"), tmp_path / "copy.db"
    store.backup(copy)
    copy.chmod(0o666)
    store.backup(copy)
    assert mode(copy) == 0o600
    store.close()


def test_a_text_that_is_written_is_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    path.chmod(0o666)
    with written(path) as file:
        file.write("new")
    assert (path.read_text(), mode(path)) == ("new", 0o600)


def test_a_store_that_is_open_to_everybody_is_told_with_what_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "omnitui.db"
    path.touch(mode=0o600)
    assert too_open(path) == ""
    path.chmod(0o644)
    assert "mode 0644" in too_open(path)
    assert f"chmod 660 {path}" in too_open(path)
    path.chmod(0o604)
    assert f"chmod 600 {path}" in too_open(path)


def test_folders_that_are_there_are_not_made_again(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)
    make_folder(tmp_path / "new")
    assert (mode(tmp_path), mode(tmp_path / "new")) == (0o711, 0o700)
