"""The command line as a script uses it: arguments in, exit code and two streams out."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from told import Run, Told

from omnitui.cli.root import root


@pytest.fixture
def omnitui(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `omnitui ...` on a store of the test's own."""
    monkeypatch.setenv("OMNITUI_STORE", str(store_path))

    def run(*arguments: str) -> Told:
        result = CliRunner().invoke(root, list(arguments), prog_name="omnitui")
        return Told(result.exit_code, result.stdout, result.stderr)

    return run
