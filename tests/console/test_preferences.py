from pathlib import Path

import pytest

from omnitui.console.command import COMMANDS
from omnitui.console.main.alerts import AlertMode
from omnitui.console.preferences import Preferences, load, with_line
from omnitui.model.errors import DataError, Fault


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "omnitui" / "console.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_without_a_file_everything_is_as_it_comes(file: Path) -> None:
    found = load(file)
    assert found.theme == ""
    assert found.alerts is AlertMode.AWAY
    assert found.keymap.label(COMMANDS["session.reply"]) == "r"


def test_theme_keys_alerts_and_signs_are_read(file: Path) -> None:
    text = (
        'theme = "omni-light"\nalerts = "never"\nascii = true\n[keys]\n"session.knowledge" = "H"\n'
    )
    found = load(written(file, text))
    assert (found.theme, found.alerts, found.ascii) == ("omni-light", AlertMode.NEVER, True)
    assert found.keymap.label(COMMANDS["session.knowledge"]) == "H"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theme = "pink"', "there is no theme 'pink'"),
        ("theme = 3", "theme"),
        ('them = "omni-light"', "them"),
        ('alerts = "loud"', "alerts"),
        ('[keys]\n"session.reply" = "n"', "n is the key of session.note already"),
        ('[keys]\n"no.such" = "n"', "no such command"),
        ("theme = ", "console.toml"),
    ],
)
def test_a_mistake_is_named_with_its_file(file: Path, text: str, words: str) -> None:
    with pytest.raises(DataError) as told:
        load(written(file, text))
    assert words in str(told.value)
    assert "console.toml" in str(told.value)


def test_a_theme_is_remembered(file: Path) -> None:
    Preferences(file).keep_theme("omni-contrast")
    assert load(file).theme == "omni-contrast"


def test_remembering_a_theme_keeps_all_else_as_it_was_written(file: Path) -> None:
    text = '# mine\ntheme = "omni-light"  # for the day\n\n[keys]\n# like vim\n"go.home" = "H"\n'
    load(written(file, text)).keep_theme("omni-dark")
    assert file.read_text("utf-8") == text.replace(
        'theme = "omni-light"  # for the day', 'theme = "omni-dark"'
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "omni-dark"\n'),
        ('[keys]\n"a" = "b"\n', 'theme = "omni-dark"\n[keys]\n"a" = "b"\n'),
        ("ascii = true\n", 'theme = "omni-dark"\nascii = true\n'),
    ],
)
def test_a_theme_finds_its_place_in_the_file(before: str, after: str) -> None:
    assert with_line(before, "theme", '"omni-dark"') == after


def test_a_file_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(Fault, match="cannot be written"):
        Preferences(blocked / "console.toml").keep_theme("omni-dark")


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Preferences().keep_theme("omni-dark")
    assert list(tmp_path.iterdir()) == []
