import gc
from weakref import ref

import pytest
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.drivers.headless_driver import HeadlessDriver

from omnitui.console.toolkit import forget_lines, key_of, withdraw_alike, write_raw


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


def test_painted_lines_go_with_their_widget() -> None:
    forget_lines()
    painter = StylesCache()
    painter.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    gone = ref(painter)
    del painter
    gc.collect()
    assert gone() is None
