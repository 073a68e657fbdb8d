"""What a console that has ended says, where nobody can read it on a terminal any more."""

from pathlib import Path
from typing import Any, cast

import pytest

from omnitui.console.guarded import run


class Ended:
    """An app that has been left, and what it has to say then."""

    def __init__(self, words: str) -> None:
        self.last_words = [words]

    def run(self) -> None:
        return None


class Gone:
    """A terminal that nothing can be written to."""

    def write(self, words: str) -> int:
        raise OSError(5, "Input/output error")

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_consoles_that_end_in_the_same_second_keep_their_words_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omnitui.console.guarded.state_folder", lambda: tmp_path)
    monkeypatch.setattr("time.strftime", lambda form: "20260302-090000")
    monkeypatch.setattr("sys.stderr", Gone())
    said = {1: "I have looked at your router.", 2: "Your refund is on its way."}
    for process, words in said.items():
        monkeypatch.setattr("os.getpid", lambda process=process: process)
        run(cast(Any, Ended(words)))
    kept = [path.read_text("utf-8") for path in sorted(tmp_path.iterdir())]
    assert kept == [f"{words}\n" for words in said.values()]
