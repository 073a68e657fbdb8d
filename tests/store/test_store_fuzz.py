"""Whatever has become of a store's file: what is recovered of it answers every question."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import asking
import pytest

from omnitui.clock import ManualClock
from omnitui.desk import due
from omnitui.desk.desk import Desk
from omnitui.model.errors import StoreBroken
from omnitui.store import health, reading
from omnitui.store.engine import Store
from omnitui.store.recovery import recover

PAGE = 4096
Way = Callable[[bytearray, Random], None]


def _put(raw: bytearray, page: int, content: bytes) -> None:
    raw[(page - 1) * PAGE : (page - 1) * PAGE + len(content)] = content


def _some(raw: bytearray, chance: Random) -> list[int]:
    """Up to a tenth of the pages, but not the first one."""
    pages = len(raw) // PAGE
    return chance.sample(range(2, pages + 1), chance.randint(1, max(1, pages // 10)))


def zeroed(raw: bytearray, chance: Random) -> None:
    for page in _some(raw, chance):
        _put(raw, page, bytes(PAGE))


def swapped(raw: bytearray, chance: Random) -> None:
    pages = _some(raw, chance)
    for one, other in zip(pages, reversed(pages), strict=True):
        mine, theirs = (raw[(page - 1) * PAGE : page * PAGE] for page in (one, other))
        _put(raw, one, theirs)
        _put(raw, other, mine)


def copied(raw: bytearray, chance: Random) -> None:
    pages = _some(raw, chance)
    for page in pages:
        source = chance.randint(2, len(raw) // PAGE)
        _put(raw, page, bytes(raw[(source - 1) * PAGE : source * PAGE]))


def begun_elsewhere(raw: bytearray, chance: Random) -> None:
    """Tables that are on the first pages, one in the place of another."""
    for _ in range(chance.randint(1, 8)):
        page, source = chance.randint(2, 120), chance.randint(2, 160)
        _put(raw, page, bytes(raw[(source - 1) * PAGE : source * PAGE]))


def shifted(raw: bytearray, chance: Random) -> None:
    page = chance.randint(2, len(raw) // PAGE - 1)
    start = (page - 1) * PAGE
    del raw[start : start + chance.choice((1, 16, PAGE))]
    raw.extend(bytes(-len(raw) % PAGE))


def cut_short(raw: bytearray, chance: Random) -> None:
    del raw[chance.randint(len(raw) // 10, len(raw)) :]


def without_beginning(raw: bytearray, chance: Random) -> None:
    _put(raw, 1, bytes(chance.choice((16, 100, PAGE))))


def flipped(raw: bytearray, chance: Random) -> None:
    """Single bytes: most of them make other words and numbers, which no check of SQLite finds."""
    for _ in range(chance.randint(1, 4_000)):
        raw[chance.randrange(PAGE, len(raw))] = chance.choice((0, 1, 0x39, 0x58, 0xFF))


def burst(raw: bytearray, chance: Random) -> None:
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(raw) - 200)
        raw[at : at + 200] = chance.randbytes(200)


def much(raw: bytearray, chance: Random) -> None:
    for way in chance.sample((zeroed, swapped, copied, flipped, without_beginning), 2):
        way(raw, chance)


WAYS: tuple[Way, ...] = (
    zeroed,
    swapped,
    copied,
    begun_elsewhere,
    shifted,
    cut_short,
    without_beginning,
    flipped,
    burst,
    much,
)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "passed_over", lambda error: None)
    monkeypatch.setattr(due, "broke_down", lambda timer, error: str(error))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.db"
    asking.filled(path)
    return path


def damaged(sound: Path, folder: Path, way: Way, seed: int) -> Path:
    raw = bytearray(sound.read_bytes())
    way(raw, Random(seed))
    path = folder / "damaged.db"
    path.write_bytes(raw)
    return path


def test_a_store_that_is_sound_answers_every_question(sound: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(sound, tmp_path / "copy.db")
    path.chmod(0o600)
    store = Store(path)
    assert health.problems(store) == []
    assert health.meaningless(store) == {}
    desk = Desk(store, ManualClock(asking.START))
    assert asking.ask_everything(desk) == []
    desk.close()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_recovered_answers_every_question(sound: Path, tmp_path: Path, way: Way) -> None:
    for seed in (1, 2):
        check_recovered(sound, tmp_path, way, seed)


def check_recovered(sound: Path, folder: Path, way: Way, seed: int) -> None:
    path, new = damaged(sound, folder, way, seed), folder / f"new{seed}.db"
    before = path.read_bytes()
    told = ""
    try:
        recover(path, new)
    except StoreBroken as broken:
        told = str(broken)
    if told:
        assert told.startswith(f"Nothing can be recovered from {path}")
        assert not new.exists()
    else:
        store = Store(new)
        assert health.meaningless(store) == {}
        assert store.problems() == []
        desk = Desk(store, ManualClock(asking.START))
        assert asking.ask_everything(desk) == []
        desk.close()
    assert path.read_bytes() == before
    assert not list(folder.glob(".*"))
