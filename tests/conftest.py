"""Pins the world for every test: no home, no settings, no time zone, no network of the machine's.

Fixtures give a desk on a real file, at a moment that does not move by itself.
"""

import gc
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from omnitui.clock import ManualClock
from omnitui.desk import due
from omnitui.desk.desk import Desk
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.store import health, reading
from omnitui.store.engine import Damage, Store
from omnitui.store.timers import Timer
from properties import ALL, EVERYDAY

START = 1_772_442_000_000
"""2026-03-02 09:00 UTC, a Monday."""

_UNSET = (
    "NO_COLOR FORCE_COLOR TEXTUAL_THEME OMNITUI_STORE OMNITUI_DEBUG COLUMNS"
    # Without bytecode each process that a test starts compiles the whole program.
    " PYTHONDONTWRITEBYTECODE"
).split()
_SET = {"TZ": "UTC", "TEXTUAL_ANIMATIONS": "none", "PYTHONUTF8": "1", "TERM": "xterm-256color"}
_HOME = pytest.StashKey[Path]()

for profile, examples in (("omnitui", EVERYDAY), ("thorough", ALL)):
    settings.register_profile(
        profile,
        deadline=None,
        derandomize="CI" in os.environ,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],
    )
# In CI they are the same in every run, so that all of them are tried in each.
settings.load_profile("thorough" if "CI" in os.environ else "omnitui")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is slow goes first, so that no worker begins with it when the others are done."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: without this a quarter of the time goes into it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three workers for each core: much of the time a test waits for a condition to come true."""
    return 3 * (os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    for name in _UNSET:
        os.environ.pop(name, None)
    home = Path(tempfile.mkdtemp(prefix="omnitui-home-"))
    config.stash[_HOME] = home
    sys.dont_write_bytecode = False
    os.environ.update(_SET)
    os.environ["HOME"] = str(home)
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    time.tzset()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_HOME], ignore_errors=True)


def _refuse_network(
    connect: Any, self: socket.socket, address: Any
) -> Any:  # pragma: no cover - a test that gets here has failed
    away = self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost")
    if away:
        raise AssertionError(f"a test tried to reach {address!r}")
    return connect(self, address)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)
        patch.setattr(
            socket.socket, name, lambda self, to, real=real: _refuse_network(real, self, to)
        )
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _timers_break_aloud() -> Iterator[None]:
    """A timer that breaks down is set aside and goes unnoticed; in a test it is an error."""

    def aloud(timer: Timer, error: Exception) -> str:
        raise AssertionError(f"{timer} broke down") from error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(due, "broke_down", aloud)
        yield


_MIGRATE, _OPEN = Store._migrate, Store._open


@pytest.fixture(autouse=True, scope="session")
def _stores_are_made_quickly() -> Iterator[None]:
    """A new store is a copy of one that was made by the steps, and nothing waits for the disk.

    Other processes make theirs by the steps, and so do tests that say `made_by_steps`. What they
    keep through the loss of power is SQLite's own affair.
    """
    empty = Store(":memory:")

    def migrate(store: Store) -> None:
        if store.value("SELECT count(*) FROM sqlite_master"):
            _MIGRATE(store)
        else:
            empty.connection.backup(store.connection)

    def open_(store: Store, busy_ms: int) -> None:
        _OPEN(store, busy_ms)
        store.execute("PRAGMA synchronous = OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "_migrate", migrate)
        patch.setattr(Store, "_open", open_)
        yield
    empty.close()


@pytest.fixture
def made_by_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """New stores are made as they are outside of tests, step by step."""
    monkeypatch.setattr(Store, "_migrate", _MIGRATE)
    monkeypatch.setattr(Store, "_open", _OPEN)


@pytest.fixture(autouse=True)
def _damage_breaks_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that cannot be read is passed over and goes unnoticed; in a test it is an error."""

    def aloud(error: Exception) -> None:
        raise AssertionError("a row means nothing") from error

    monkeypatch.setattr(reading, "passed_over", aloud)


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where tests have their folders, in the order in which they ran."""
    base = tmp_path_factory.mktemp("each", numbered=False)
    return (base / f"{n}" for n in count())


@pytest.fixture
def tmp_path(_folders: Iterator[Path]) -> Path:
    """A folder of the test's own; pytest's looks through those of all tests before it makes one."""
    path = next(_folders)
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """Where a test's store goes; nothing is there yet."""
    return tmp_path / "omnitui.db"


@pytest.fixture
def clock() -> ManualClock:
    """A clock at 2026-03-02 09:00 UTC that only the test moves."""
    return ManualClock(START)


@pytest.fixture(scope="session")
def basic_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the basics, made once: tests work on copies of it."""
    path = tmp_path_factory.mktemp("basics") / "basics.db"
    open_desk(path, ManualClock(START), Random(1)).close()
    return path


@pytest.fixture
def desk(basic_store: Path, store_path: Path, clock: ManualClock) -> Iterator[Desk]:
    """A desk on a file, with channels, the queue General, articles and replies."""
    shutil.copyfile(basic_store, store_path)
    desk = Desk(Store(store_path), clock, Random(1))
    yield desk
    # Whatever a test does, the desk writes nothing that would be taken for damage.
    with suppress(Damage):
        assert health.meaningless(desk.store) == {}
    desk.close()


@pytest.fixture
def agent(desk: Desk) -> Actor:
    """Ada, who works the queue General and has not signed in yet."""
    made = desk.call("agent.create", ADMINISTRATOR, login="ada", name="Ada Byron")
    desk.call("queue.add_member", ADMINISTRATOR, queue="General", agent="ada")
    return Actor(ActorKind.AGENT, made.id, made.name)
