import io
from collections.abc import Callable
from pathlib import Path

import pytest

from omnitui.console.opening import start, usual
from omnitui.console.terminal import check_terminal
from omnitui.console.toolkit import may_be_typed
from omnitui.model.errors import Fault, NoTerminal


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


HERE = {"stdin": Tty(), "stdout": Tty(), "stderr": Tty()}


def test_a_terminal_is_one() -> None:
    check_terminal(HERE, {"TERM": "xterm-256color"})


@pytest.mark.parametrize("name", HERE)
def test_each_end_has_to_be_a_terminal(name: str) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (io.StringIO(), closed, None):
        with pytest.raises(NoTerminal, match=name):
            check_terminal(HERE | {name: stream}, {"TERM": "xterm"})


@pytest.mark.parametrize("term", ["dumb", "unknown", "", None])
def test_a_terminal_that_only_prints_lines_is_none(term: str | None) -> None:
    with pytest.raises(NoTerminal, match="TERM"):
        check_terminal(HERE, {} if term is None else {"TERM": term})


@pytest.mark.parametrize(
    ("character", "typed"),
    [
        ("a", True),
        ("é", True),
        ("\u200c", True),  # the half space of Persian
        ("\u200d", True),  # joins emoji
        ("\u00a0", True),  # French keyboards
        ("\u202f", True),
        ("\u3000", True),  # Japanese keyboards
        ("\ufe0f", True),
        ("\U000e0067", True),  # a tag of a flag
        ("\U0001faea", True),  # an emoji younger than this Python
        ("\ue000", True),
        ("\x00", False),
        ("\x1b", False),
        ("\x7f", False),
        ("\u202e", False),  # turns the line round
        ("\ud800", False),
        ("\n", False),
    ],
)
def test_what_can_be_typed(character: str, typed: bool) -> None:
    assert may_be_typed(character) is typed


def has(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in names else None


def test_a_browser_in_the_terminal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    everything = has("w3m", "lynx", "xdg-open", "firefox")
    assert usual({}, everything) is None
    assert usual({"BROWSER": "w3m"}, everything) is None
    assert usual({"BROWSER": "w3m:firefox %s"}, everything) == ["firefox", "{url}"]
    assert usual({"DISPLAY": ":0"}, everything) == ["xdg-open"]
    assert usual({"WAYLAND_DISPLAY": "w"}, has("firefox")) == ["firefox"]
    assert usual({"DISPLAY": ":0"}, has()) is None


def test_a_program_that_is_not_there_or_fails_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="cannot be started"):
        start([str(tmp_path / "none"), "https://example.org"])
    with pytest.raises(Fault, match="ended with 3"):
        start(["sh", "-c", "exit 3"])
    start(["true"])
