import re
from collections import Counter

import pytest

import omnitui.console.commands  # noqa: F401 - fills the table
from omnitui.console.command import COMMANDS, Command, Where
from omnitui.console.commands.table import grouped, problems
from omnitui.console.keymap import Keymap, every_label, key_label, normal

ALL = tuple(COMMANDS.values())


def where_it_works(command: Command) -> list[Where]:
    if command.where is Where.ANYWHERE:
        return [Where.HOME, Where.SESSION, Where.RECORDS]
    # Records stand in a session as well.
    return [Where.SESSION, Where.RECORDS] if command.where is Where.RECORDS else [command.where]


def test_ids_are_unique_and_name_an_area_and_a_verb() -> None:
    assert [key for key, times in Counter(c.id for c in ALL).items() if times > 1] == []
    assert [c.id for c in ALL if not re.fullmatch(r"[a-z]+\.[a-z_0-9]+", c.id)] == []


def test_no_key_does_two_things_in_one_place() -> None:
    keys = Counter((c.key, place) for c in ALL for place in where_it_works(c))
    assert [key for key, times in keys.items() if times > 1] == []


def test_the_defaults_have_no_problem_of_their_own() -> None:
    assert list(problems({c.id: c.key for c in ALL})) == []


@pytest.mark.parametrize("command", ALL, ids=lambda c: c.id)
def test_every_command_says_in_a_sentence_what_it_does(command: Command) -> None:
    said = command.help
    assert said[0].isupper()
    assert said.endswith(".")
    assert len(said) <= 100
    assert 0 < len(command.label) <= 17


@pytest.mark.parametrize("command", ALL, ids=lambda c: c.id)
def test_keys_are_named_as_the_toolkit_names_them(command: Command) -> None:
    assert normal(command.key) == command.key


def test_no_command_needs_a_key_that_terminals_do_not_send() -> None:
    never = re.compile(r"alt\+[a-z]|ctrl\+enter|ctrl\+shift|ctrl\+[1-9]")
    assert [c.id for c in ALL if never.search(c.key)] == []


def test_the_footer_ranks_no_two_commands_of_one_place_alike() -> None:
    ranks = Counter(
        (c.footer, place) for c in ALL if c.footer is not None for place in where_it_works(c)
    )
    assert [rank for rank, times in ranks.items() if times > 1] == []


def test_every_command_is_in_the_table_of_keys_once() -> None:
    lines = [line.command for group in grouped(Keymap()).values() for line in group]
    named = [command.id for command in lines if command is not None]
    assert sorted(named) == sorted(c.id for c in ALL if not c.id.startswith("go.session_"))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("?", "question_mark"),
        ("R", "R"),
        ("ctrl+R", "ctrl+r"),
        ("Ctrl+P", "ctrl+p"),
        ("g /", "g slash"),
        ("F8", "f8"),
        ("]", "right_square_bracket"),
        ("alt+?", "alt+question_mark"),
        ("PageUp", "pageup"),
        ("+", "plus"),
    ],
)
def test_a_person_may_write_keys_as_they_look(written: str, key: str) -> None:
    assert normal(written) == key


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("ctrl+p", "^p"),
        ("g slash", "g /"),
        ("shift+f6", "Shift+F6"),
        ("f1", "F1"),
        ("right_square_bracket", "]"),
        ("j,down", "j"),
        ("N", "N"),
        ("shift+tab", "Shift+Tab"),
    ],
)
def test_keys_are_shown_as_people_write_them(key: str, label: str) -> None:
    assert key_label(key) == label


def test_several_keys_that_do_the_same_are_all_shown() -> None:
    assert every_label("pagedown,space") == "PgDn Space"


def test_another_key_takes_the_place_of_the_first() -> None:
    keymap = Keymap({"session.note": "W", "go.home": "h"})
    assert keymap.label(COMMANDS["session.note"]) == "W"
    assert keymap.second("h") is None
    keys = {str(b.key): str(b.id) for b in keymap.bindings()}  # type: ignore[union-attr]
    assert keys["h"] == "go.home"
    assert "n" not in keys


def test_a_key_of_home_may_be_a_key_of_sessions_too() -> None:
    assert list(problems({"home.preview": "n"})) == []


@pytest.mark.parametrize(
    ("chosen", "command", "why"),
    [
        ({"session.reply": "n"}, "session.reply", "n is the key of session.note already"),
        ({"session.reply": "p"}, "session.reply", "p is the key of agent.presence already"),
        ({"agent.presence": "n"}, "agent.presence", "n is the key of session.note already"),
        ({"go.home": "g /"}, "go.home", "g / is the key of go.search already"),
        ({"home.preview": "j"}, "home.preview", "j is a key of the list already"),
        ({"session.note": "G"}, "session.note", "G is a key of the transcript already"),
        ({"session.note": "g"}, "session.note", "g is the first key of `g` commands"),
        ({"session.note": "alt+1"}, "session.note", "Alt+1 is the key of session 1"),
        ({"session.note": "g h j"}, "session.note", "neither a key nor g and a key"),
        ({"session.nope": "q"}, "session.nope", "there is no such command"),
    ],
)
def test_what_is_wrong_with_a_chosen_key_is_named(
    chosen: dict[str, str], command: str, why: str
) -> None:
    found = list(problems(chosen))
    assert found[0][0] == command
    assert why in found[0][1]


def test_two_keys_may_change_places() -> None:
    assert list(problems({"session.reply": "n", "session.note": "r"})) == []
