import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from omnitui.console.terminal_keys import name_alt_keys
from omnitui.console.toolkit import key_of, part_escape, withdraw_alike, write_raw


class Recorder(HeadlessDriver):
    written: list[str] = []

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written.append(data)


@pytest.mark.parametrize(
    ("character", "key"),
    [("?", "question_mark"), ("/", "slash"), ("[", "left_square_bracket"), ("a", "a"), ("N", "N")],
)
def test_the_toolkit_still_names_keys_like_this(character: str, key: str) -> None:
    assert key_of(character) == key


async def test_the_toolkit_still_has_a_way_to_the_terminal() -> None:
    app: App[None] = App()
    async with app.run_test():
        app._driver = Recorder(app)
        write_raw(app, "\x1b]2;title\x07")
    assert Recorder.written == ["\x1b]2;title\x07"]


async def test_nothing_is_written_where_there_is_no_terminal() -> None:
    app: App[None] = App()
    async with app.run_test():
        write_raw(app, "\x1b]2;title\x07")


async def test_the_toolkit_still_lets_what_is_said_be_taken_from_the_screen() -> None:
    app: App[None] = App()
    async with app.run_test(notifications=True) as pilot:
        app.notify("Copied.")
        app.notify("Saved.")
        await pilot.pause()
        assert withdraw_alike(app, lambda said: said == "Copied.") == ["Copied."]
        assert [said.message for said in app._notifications] == ["Saved."]


@pytest.mark.parametrize(
    ("struck", "keys"),
    [
        ("\x1bgh", "escape g h"),
        ("\x1bG", "escape G"),
        ("\x1b/", "escape slash"),
        ("\x1b?", "escape question_mark"),
        ("\x1b1", "alt+1"),
        ("\x1b[A", "up"),
        ("\x1bOP", "f1"),
        ("\x1bx", "alt+x"),
    ],
)
def test_esc_and_a_quick_key_are_two_keys_unless_alt_means_something(
    struck: str, keys: str
) -> None:
    part_escape()
    name_alt_keys(["alt+x", "ctrl+p"])
    try:
        parser = XTermParser(False)
        got = [event.key for event in parser.feed(struck) if isinstance(event, events.Key)]
        assert got == keys.split()
    finally:
        ANSI_SEQUENCES_KEYS.pop("\x1bx", None)


def test_what_begins_a_longer_sequence_is_two_keys_when_nothing_follows() -> None:
    part_escape()
    parser = XTermParser(False)
    found = [event.key for event in parser._sequence_to_key_events("[", alt=True)]
    assert found == ["escape", "left_square_bracket"]
