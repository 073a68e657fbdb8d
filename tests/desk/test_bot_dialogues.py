"""Forty dialogues with the shipped virtual agent, as files that can be read.

`OMNITUI_WRITE=1` writes what comes instead of comparing it: look at every difference.
"""

import os
import shutil
from pathlib import Path
from random import Random

import pytest
from bot_dialogue import START, Dialogue

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.store.engine import Store

FILES = sorted((Path(__file__).parent / "dialogues").glob("*.txt"))


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("company") / "company.db"
    desk = Desk(Store(path), ManualClock(START), Random(1))
    fill(desk)
    desk.close()
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_dialogue_goes_as_it_is_written(file: Path, company: Path, tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    shutil.copyfile(company, store)
    written = file.read_text(encoding="utf-8")
    found = Dialogue(store, written).transcript()
    if os.environ.get("OMNITUI_WRITE"):
        file.write_text(found, encoding="utf-8")
    assert found == written or os.environ.get("OMNITUI_WRITE")


def test_there_are_forty_of_them() -> None:
    assert len(FILES) >= 40
