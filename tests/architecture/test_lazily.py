"""Rooms whose modules are read late."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from omnitui.lazily import modules_of

BEGUN, GO = threading.Event(), threading.Event()
"""A module is half read; it may be read on."""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    folder = tmp_path / "roomy"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "late.py").write_text(
        "from test_lazily import BEGUN, GO\nfirst = 1\nBEGUN.set()\nGO.wait(60)\nlast = 2\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    import roomy  # type: ignore[import-not-found]

    roomy.__getattr__ = modules_of("roomy")
    GO.set()
    BEGUN.clear()
    yield roomy
    for name in [name for name in sys.modules if name.split(".")[0] == "roomy"]:
        del sys.modules[name]


def test_a_module_is_read_when_something_in_it_is_asked_for(room: Any) -> None:
    late = room.late
    assert "roomy.late" not in sys.modules
    assert late.last == 2
    assert sys.modules["roomy.late"].last == 2


def test_what_is_set_in_either_is_set_in_both(room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    late = room.late
    assert late.last == 2
    monkeypatch.setattr(sys.modules["roomy.late"], "last", 3)
    assert late.last == 3
    monkeypatch.setattr(late, "last", 4)
    assert sys.modules["roomy.late"].last == 4


def test_a_name_that_is_no_module_is_none(room: Any) -> None:
    with pytest.raises(AttributeError, match="roomy has no lates"):
        _ = room.lates
    with pytest.raises(AttributeError, match="nothing"):
        _ = room.late.nothing


def test_two_threads_that_come_at_once_both_find_all_of_it(room: Any) -> None:
    GO.clear()
    late, found = room.late, list[int]()
    first = threading.Thread(target=lambda: found.append(late.last))
    first.start()
    assert BEGUN.wait(60)
    second = threading.Thread(target=lambda: found.append(late.last))
    second.start()
    GO.set()
    first.join()
    second.join()
    assert found == [2, 2]
