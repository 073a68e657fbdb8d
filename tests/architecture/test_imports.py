"""What a fresh interpreter loads: a static graph cannot see what is imported when."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCREEN = ("textual", "rich")


@cache
def loaded(statement: str) -> frozenset[str]:
    """The packages that are loaded after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return frozenset(json.loads(told.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "module",
    [
        "omnitui.cli",
        "omnitui.cli.root",
        "omnitui.cli.docs",
        "omnitui.datafiles.check",
        "omnitui.desk.desk",
        "omnitui.desk.filling.company",
        "omnitui.training",
        "omnitui.training.run",
        "omnitui.channels",
    ],
)
def test_only_the_console_loads_a_screen(module: str) -> None:
    assert loaded(f"import {module}").isdisjoint(SCREEN)


@pytest.mark.parametrize("heavy", ["sqlite_utils", "httpx", "vaderSentiment", "omnitui.desk"])
def test_help_loads_nothing_that_works(heavy: str) -> None:
    statement = (
        "from omnitui.cli.root import root\n"
        "try: root(['--help'], prog_name='omnitui')\nexcept SystemExit: pass"
    )
    assert heavy not in loaded(statement)


def test_a_store_can_be_opened_before_the_screen_is_loaded() -> None:
    assert loaded("import omnitui.console.run").isdisjoint(SCREEN)


def test_the_first_screen_loads_no_session_and_the_moment_after_it_loads_one() -> None:
    """Modules of a room may be there unread: what one of them imports tells whether it is read."""
    app = "from omnitui.console.app import OmniApp"
    a_session = "omnitui.console.session.composer_text"
    assert a_session not in loaded(app)
    assert a_session in loaded(f"{app}\nOmniApp._bring_sessions()")


def test_the_first_screen_loads_little_of_the_desk_and_the_moment_after_it_loads_the_rest() -> None:
    begin = "import omnitui.console.run"
    ahead = "from omnitui.lazily import read_next\nwhile read_next(('omnitui.desk.',)): pass"
    for late in ("omnitui.desk.intake", "omnitui.desk.notices", "omnitui.desk.undo_conversations"):
        assert late not in loaded(begin)
    a_session = "from omnitui.desk.registry import COMMANDS\nCOMMANDS.get('session.page')"
    assert "omnitui.desk.notices" in loaded(f"{begin}\n{a_session}\n{ahead}")


@pytest.mark.parametrize("module", ["omnitui", "omnitui.model", "omnitui.rules"])
def test_the_inner_rooms_load_no_third_party_package_but_msgspec(module: str) -> None:
    outside = {"textual", "rich", "sqlite_utils", "httpx", "click", "platformdirs"}
    assert loaded(f"import {module}").isdisjoint(outside)


def test_no_command_line_module_names_textual() -> None:
    files = (ROOT / "src" / "omnitui" / "cli").rglob("*.py")
    assert [path.name for path in files if "import textual" in path.read_text("utf-8")] == []


@pytest.mark.slow
def test_import_contracts_hold() -> None:
    told = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-3_000:]
