"""The command line as a script uses it: arguments in, exit code and two streams out."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from told import Run, Told

from omnitui.cli.root import root
from omnitui.clock import Clock
from omnitui.desk import opening
from omnitui.desk.desk import Desk


@pytest.fixture
def omnitui(basic_store: Path, store_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `omnitui ...` on a store of the test's own.

    The first command that needs the store makes it, as a copy of one with the basics.
    """
    monkeypatch.setenv("OMNITUI_STORE", str(store_path))
    real = opening.open_desk

    def open_desk(path: Path | str, clock: Clock, *given: Any, basics: bool = True) -> Desk:
        wanted = basics and str(path) != ":memory:" and not Path(path).exists()
        if wanted and Path(path).parent.is_dir():
            shutil.copy(basic_store, path)
        return real(path, clock, *given, basics=basics)

    monkeypatch.setattr(opening, "open_desk", open_desk)

    def run(*arguments: str) -> Told:
        result = CliRunner().invoke(root, list(arguments), prog_name="omnitui")
        return Told(result.exit_code, result.stdout, result.stderr)

    return run
