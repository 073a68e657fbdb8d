import asyncio
import gc
from itertools import count
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest import PATIENCE_SECONDS
from textual import _time, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.color import Color
from textual.drivers.headless_driver import HeadlessDriver

from omnitui.console.terminal_keys import name_alt_keys
from omnitui.console.toolkit import (
    forget_lines,
    keep_what_is_set_once,
    key_of,
    part_escape,
    take_any_bytes,
    withdraw_alike,
    write_raw,
)


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


_PIECES = st.sampled_from(
    "\x1b [ < ? O ] P _ \x1b[ \x1b[< \x1b[1; \x1b\x1b[ ; : 0 1 97 1114112 55296 9999999999999999999"
    " u ~ M m A R Z c $y \x07 \x1b\\ \x1b[200~ \x1b[201~".split(" ")
)


@given(st.lists(_PIECES, min_size=1, max_size=12).map("".join))
def test_whatever_comes_from_the_terminal_the_next_key_is_read(sequence: str) -> None:
    part_escape()
    take_any_bytes()
    parser = XTermParser()
    read = [*parser.feed(sequence)]
    # What stays open is closed: a paste by its end, anything else by something that is no part.
    read += [*parser.feed("\x07\x1b\\\x1b[201~"), *parser.feed("k")]
    assert [one.key for one in read if isinstance(one, events.Key)][-1:] == ["k"]
    for one in read:
        if isinstance(one, events.Key):
            (one.character or "").encode("utf-8")


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[1114112u",
        "\x1b[99999999999999999999u",
        "\x1b[55296u",
        "\x1b[97;5;1114112u",
        "\x1b[97;;55296u",
        "\x1b[1:2:3~",
    ],
)
def test_what_is_no_key_is_none_and_ends_nothing(sequence: str) -> None:
    part_escape()
    take_any_bytes()
    parser = XTermParser()
    read = [*parser.feed(sequence), *parser.feed("k")]
    keys = [one.key for one in read if isinstance(one, events.Key)]
    assert keys[-1] == "k"
    assert all((one.character or "").isascii() for one in read if isinstance(one, events.Key))


def test_painted_lines_go_with_their_widget() -> None:
    forget_lines()
    painter = StylesCache()
    painter.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    gone = ref(painter)
    del painter
    gc.collect()
    assert gone() is None


def make_busy(patch: pytest.MonkeyPatch) -> None:
    """For the next fifty looks at the clock, a timer's time goes by between one and the next."""
    left, now = count(50, -1), _time.get_time
    patch.setattr(_time, "get_time", lambda: now() + 0.05 * (50 - max(0, next(left))))


async def test_what_goes_off_once_goes_off_on_a_busy_machine_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_what_is_set_once()
    done = asyncio.Event()
    app: App[None] = App()
    async with app.run_test():
        make_busy(monkeypatch)
        app.set_timer(0.01, done.set)
        await asyncio.wait_for(done.wait(), PATIENCE_SECONDS)


async def test_a_busy_machine_does_not_lose_the_size_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_what_is_set_once()
    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        make_busy(monkeypatch)
        await pilot.resize_terminal(120, 36)
        assert app.screen.size == (120, 36)
