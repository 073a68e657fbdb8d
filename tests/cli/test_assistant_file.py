"""Setting the language model on the command line, and the page about it: each example is run."""

import re
import shlex
from pathlib import Path

import pytest
from told import Run

from listing import each
from omnitui.console.command import COMMANDS
from omnitui.desk.registry import COMMANDS as DESK_COMMANDS

PAGE = (Path(__file__).parents[2] / "docs" / "assistant-model.md").read_text("utf-8")
FILES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
CONSOLE = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MODEL_KEY", raising=False)
    (tmp_path / "assistant.toml").write_text(FILES[0], "utf-8")
    return tmp_path / "assistant.toml"


def test_the_page_s_examples_do_what_they_say(omnitui: Run, here: Path) -> None:
    (block,) = CONSOLE
    steps = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    assert len(steps) == 2
    for step in steps:
        line, _, answer = step.partition("\n")
        told = omnitui(*shlex.split(line)[1:])
        assert (told.code, told.out) == (0, answer), told.err


def test_the_page_s_files_are_valid(omnitui: Run, here: Path) -> None:
    assert len(FILES) == 2
    for text in FILES:
        here.write_text(text, "utf-8")
        told = omnitui("check", str(here))
        assert told.code == 0, told.out


def test_the_page_names_real_commands_and_keys() -> None:
    import omnitui.console.commands  # noqa: F401 - fills the table

    for name in ("assistant.set", "assistant.delete", "assistant.state"):
        assert f"`{name}`" in PAGE or f"call {name}" in PAGE
        assert name in DESK_COMMANDS
    keys = {c.key for c in COMMANDS.values() if c.id.startswith("assistant.")}
    assert keys == {f"g {key}" for key in re.findall(r"^\| `g` `(.)` \|", PAGE, re.MULTILINE)}


def test_nothing_is_set_until_somebody_sets_it(omnitui: Run, here: Path) -> None:
    told = omnitui("assistant")
    assert (told.code, told.out) == (0, "No language model is set up.\n")
    assert "language model: none" in omnitui("doctor").out
    omnitui("assistant", "assistant.toml")
    assert "llama3.1:8b, On this machine" in omnitui("doctor").out
    assert omnitui("assistant", "--off").out == "No language model is set up.\n"
    assert omnitui("assistant", "--off").code == 0


def test_words_that_leave_are_said_to_and_a_missing_key_is(
    omnitui: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.write_text(FILES[1], "utf-8")
    told = omnitui("assistant", "assistant.toml")
    assert told.code == 1
    assert "Words leave this machine: models.example.com." in told.out
    assert "key_env: the variable MODEL_KEY is not set here." in told.out
    assert "MODEL_KEY with its key is not set here" in omnitui("doctor").out
    monkeypatch.setenv("MODEL_KEY", "sk-very-secret")
    for told in (omnitui("assistant"), omnitui("assistant", "--json"), omnitui("doctor")):
        assert told.code == 0
        assert "sk-very-secret" not in told.out + told.err
    assert omnitui("assistant", "--json").data["endpoint"]["host"] == "models.example.com"


RIGHT = 'url = "https://models.example.com"\nmodel = "m"\n'
WRONG = {
    'url = "http://models.example.com/v1"\nmodel = "m"': "line 2, assistant.url: words would leave",
    'url = "https://a:b@models.example.com"\nmodel = "m"': "line 2, assistant.url: it has a user",
    'url = "ftp://models.example.com"\nmodel = "m"': "line 2, assistant.url: it does not start",
    'model = "m"': "assistant.url: this key is missing",
    'url = "https://models.example.com"\nmodel = " "': "line 3, assistant.model: it needs the name",
    f'{RIGHT}key = "sk-1"': "assistant.key: there is no such key",
    f'{RIGHT}key_env = "sk-1"': "line 4, assistant.key_env: it needs the name",
    f"{RIGHT}timeout = 0": "line 4, assistant.timeout: it needs a number from 1",
    f'{RIGHT}timeout = "9"': "assistant.timeout: it needs a whole number",
    f"{RIGHT}max_chars = 9": "line 4, assistant.max_chars: it needs a number from 2000",
}


@each(("text", "said"), WRONG.items())
def test_a_mistake_is_named_with_its_line_and_key(
    omnitui: Run, here: Path, text: str, said: str
) -> None:
    here.write_text(f"[assistant]\n{text}\n", "utf-8")
    told = omnitui("check", str(here))
    assert told.code == 1
    assert said in told.out, told.out
    told = omnitui("assistant", str(here))
    assert told.code != 0
    assert said in told.err, told.err
    assert omnitui("assistant").out == "No language model is set up.\n"


def test_a_file_and_off_together_are_refused(omnitui: Run, here: Path) -> None:
    told = omnitui("assistant", "assistant.toml", "--off")
    assert told.code != 0
    assert "Give FILE or --off, not both." in told.err
