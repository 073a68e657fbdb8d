"""What is written takes the place of a file and of nothing else."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from omnitui.model.errors import Fault
from omnitui.store import partial
from omnitui.store.engine import Store
from omnitui.store.recovery import recover

if sys.platform == "win32":
    pytest.skip("pipes have no names here", allow_module_level=True)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """What is no file, as a device is none: whoever uses it would lose it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


def backs_up(source: Path, target: Path) -> None:
    store = Store(source)
    try:
        store.backup(target)
    finally:
        store.close()


@pytest.mark.parametrize("writes", [backs_up, recover])
@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_or_device_is_never_replaced(
    tmp_path: Path, pipe: Path, writes: Callable[[Path, Path], None], linked: bool
) -> None:
    source = tmp_path / "store.db"
    Store(source).close()
    target = pipe
    if linked:
        target = tmp_path / "link"
        target.symlink_to(pipe)
    with pytest.raises(Fault):
        writes(source, target)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert not list(tmp_path.glob(".*"))


def test_what_takes_its_name_when_it_is_whole_replaces_files_alone(pipe: Path) -> None:
    with (
        pytest.raises(
            Fault,
            match="is a device, a pipe or a folder and cannot be replaced",
        ),
        partial.whole(pipe),
    ):
        pytest.fail("nothing is written that could not be kept")
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_a_store_is_a_file(tmp_path: Path, pipe: Path) -> None:
    with pytest.raises(Fault, match="is a device or a pipe"):
        Store(pipe)
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
