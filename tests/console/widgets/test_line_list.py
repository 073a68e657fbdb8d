from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.message import Message
from textual.pilot import Pilot

from omnitui.console.theme import register_themes, variable_defaults
from omnitui.console.widgets.line_list import LineList


@dataclass(frozen=True)
class Item:
    title: str


class Host(App[None]):
    def __init__(self, *, header: bool = False, answer: bool = True) -> None:
        super().__init__()
        self.drawn = 0
        self.now = 0
        self.answer = answer
        self.needed: list[tuple[int, ...]] = []
        self.seen: list[Message] = []
        self.list: LineList[Item] = LineList(
            self.draw,
            header=(lambda width: Content("header".ljust(width))) if header else None,
            empty=Content("Nothing waits."),
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        register_themes(self)
        self.list.focus()

    def draw(self, row: Item | None, width: int, selected: bool, marked: bool) -> Content:
        self.drawn += 1
        lead = (">" if selected else " ") + ("#" if marked else " ")
        return Content(lead + ("…" if row is None else f"{row.title} {self.now}"))

    def on_line_list_rows_needed(self, event: LineList.RowsNeeded) -> None:
        self.needed.append(event.keys)
        if self.answer:
            self.list.supply({key: Item(f"item {key}") for key in event.keys})

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        self.seen.append(event)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        self.seen.append(event)

    def on_line_list_marks_changed(self, event: LineList.MarksChanged) -> None:
        self.seen.append(event)

    def on_line_list_header_pressed(self, event: LineList.HeaderPressed) -> None:
        self.seen.append(event)

    def lines(self) -> list[str]:
        return [self.list.render_line(y).text.rstrip() for y in range(self.list.size.height)]


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    for _ in range(100):
        if condition():
            return
        await pilot.pause()
    pytest.fail("the condition never came true")


async def start(host: Host, pilot: Pilot[Any], keys: list[int]) -> None:
    host.list.set_keys(keys)
    await until(pilot, lambda: bool(host.needed) or not keys)
    await pilot.pause()


async def test_rows_are_drawn_once_they_are_supplied() -> None:
    host = Host(answer=False)
    async with host.run_test(size=(30, 5)) as pilot:
        await start(host, pilot, [1, 2, 3])
        assert host.lines()[:2] == ["> …", "  …"]
        host.list.supply({1: Item("one"), 2: Item("two"), 3: Item("three")})
        await pilot.pause()
        assert host.lines() == ["> one 0", "  two 0", "  three 0", "", ""]


async def test_only_rows_near_the_screen_are_asked_for_and_each_once() -> None:
    host = Host()
    async with host.run_test(size=(30, 5)) as pilot:
        await start(host, pilot, list(range(10_000)))
        asked = [key for keys in host.needed for key in keys]
        assert asked == list(range(10))
        await pilot.press("j", "j", "k")
        await pilot.pause()
        asked = [key for keys in host.needed for key in keys]
        assert len(asked) == len(set(asked))


async def test_expired_rows_are_asked_for_again_and_shown_meanwhile() -> None:
    host = Host()
    async with host.run_test(size=(30, 5)) as pilot:
        await start(host, pilot, [1, 2])
        host.answer = False
        host.needed.clear()
        host.list.expire([2])
        await until(pilot, lambda: bool(host.needed))
        assert host.needed == [(2,)]
        assert host.lines()[1] == "  item 2 0"


async def test_keys_move_the_cursor_and_say_so() -> None:
    host = Host()
    async with host.run_test(size=(30, 6)) as pilot:
        await start(host, pilot, list(range(100)))
        expected = {
            "j": 1,
            "down": 2,
            "k": 1,
            "up": 0,
            "pagedown": 5,
            "end": 99,
            "pageup": 94,
            "home": 0,
        }
        for key, cursor in expected.items():
            await pilot.press(key)
            assert host.list.cursor_key == cursor, key
            assert f"> item {cursor} 0" in host.lines(), key
        assert isinstance(host.seen[-1], LineList.Highlighted)
        assert host.seen[-1].key == 0


async def test_the_cursor_stays_on_its_key_and_on_its_line() -> None:
    host = Host()
    async with host.run_test(size=(30, 6)) as pilot:
        await start(host, pilot, list(range(50)))
        host.list.move_to(20)
        await pilot.pause()
        line = host.lines().index("> item 20 0")
        host.list.set_keys([*range(100, 130), *range(50)])
        await until(pilot, lambda: "> item 20 0" in host.lines())
        assert host.lines().index("> item 20 0") == line
        host.list.set_keys(range(15, 30))
        await until(pilot, lambda: "> item 20 0" in host.lines())
        assert host.lines().index("> item 20 0") == line


async def test_with_the_cursor_out_of_sight_the_first_line_stays() -> None:
    host = Host()
    async with host.run_test(size=(30, 6)) as pilot:
        await start(host, pilot, list(range(50)))
        host.list.scroll_to(y=20, animate=False)
        await until(pilot, lambda: host.lines()[0].startswith("  item 20"))
        host.list.set_keys([*range(100, 105), *range(50)])
        await pilot.pause()
        assert host.lines()[0].startswith("  item 20")
        assert host.list.cursor_key == 0


async def test_when_its_key_goes_the_cursor_keeps_its_place() -> None:
    host = Host()
    async with host.run_test(size=(30, 6)) as pilot:
        await start(host, pilot, [1, 2, 3])
        host.list.move_to(2)
        host.list.set_keys([1, 3])
        await pilot.pause()
        assert host.list.cursor_key == 3
        host.list.set_keys([])
        await pilot.pause()
        assert host.list.cursor_key is None
        assert isinstance(host.seen[-1], LineList.Highlighted)
        assert host.seen[-1].key is None


async def test_space_marks_and_x_marks_up_to_the_cursor() -> None:
    host = Host()
    async with host.run_test(size=(30, 8)) as pilot:
        await start(host, pilot, list(range(10, 20)))
        assert host.list.subject == (10,)
        await pilot.press("space", "j", "j", "x")
        assert host.list.state.marked == (10, 11, 12, 13)
        assert host.list.subject == (10, 11, 12, 13)
        assert host.lines()[:4] == [" #item 10 0", " #item 11 0", " #item 12 0", ">#item 13 0"]
        await pilot.press("space")
        assert host.list.state.marked == (10, 11, 12)
        host.list.set_keys([11, 19])
        assert host.list.state.marked == (11, 10, 12), "what is out of sight stays marked"
        assert host.list.state.marked_elsewhere == 2
        host.list.set_marks([19])
        assert host.list.state.marked == (19,)
        host.list.set_marks(())
        await pilot.pause()
        marks = [event.keys for event in host.seen if isinstance(event, LineList.MarksChanged)]
        assert marks[-2:] == [frozenset({19}), frozenset()]


async def test_enter_and_double_click_open_a_row() -> None:
    host = Host(header=True)
    async with host.run_test(size=(30, 8)) as pilot:
        await start(host, pilot, [5, 6, 7])
        await pilot.press("enter")
        await pilot.click(LineList, offset=(3, 2))
        assert host.list.cursor_key == 6
        await pilot.double_click(LineList, offset=(3, 3))
        await pilot.pause()
        assert [event.key for event in host.seen if isinstance(event, LineList.Chosen)] == [5, 7]


async def test_the_header_stays_and_says_where_it_was_clicked() -> None:
    host = Host(header=True)
    async with host.run_test(size=(30, 4)) as pilot:
        await start(host, pilot, list(range(20)))
        await pilot.press("end")
        assert host.lines() == ["header", "  item 17 0", "  item 18 0", "> item 19 0"]
        await pilot.click(LineList, offset=(7, 0))
        pressed = [event for event in host.seen if isinstance(event, LineList.HeaderPressed)]
        assert [event.x for event in pressed] == [7]
        assert host.list.cursor_key == 19


async def test_an_empty_list_says_what_would_be_here_but_only_once_it_is_known() -> None:
    host = Host()
    async with host.run_test(size=(30, 8)) as pilot:
        assert not any(host.lines())
        host.list.set_keys([])
        await pilot.pause()
        assert "    Nothing waits." in host.lines()


async def test_a_tick_draws_only_lines_that_look_different() -> None:
    host = Host()
    async with host.run_test(size=(30, 5)) as pilot:
        await start(host, pilot, list(range(10_000)))
        assert host.lines()[0] == "> item 0 0"
        refreshed: list[int] = []
        host.list.refresh_line = refreshed.append  # type: ignore[method-assign]
        host.drawn = 0
        host.list.tick()
        assert refreshed == []
        assert host.drawn == 5
        host.now = 1
        host.list.tick()
        assert refreshed == [0, 1, 2, 3, 4]


async def test_ten_thousand_rows_cost_no_more_than_a_screenful() -> None:
    host = Host()
    async with host.run_test(size=(80, 24)) as pilot:
        await start(host, pilot, list(range(10_000)))
        assert host.drawn <= 3 * 24
        host.drawn = 0
        for _ in range(20):
            host.list.action_move(1)
            await pilot.pause(0)
        assert host.drawn <= 20 * 6


async def test_rows_drawn_before_are_drawn_anew_in_another_theme() -> None:
    host = Host()
    async with host.run_test(size=(30, 5)) as pilot:
        await start(host, pilot, [1, 2])
        host.theme = "omni-light"
        await pilot.pause()
        light = host.list.render_line(1)
        host.theme = "omni-dark"
        await pilot.pause()
        assert host.list.render_line(1) != light


async def test_selected_text_can_be_copied() -> None:
    host = Host()
    async with host.run_test(size=(30, 5)) as pilot:
        await start(host, pilot, [1, 2, 3])
        await pilot.mouse_down(LineList, offset=(2, 0))
        await pilot.hover(LineList, offset=(8, 1))
        await pilot.mouse_up(LineList, offset=(8, 1))
        await pilot.pause()
        assert host.screen.get_selected_text() == "item 1 0\n  item 2"


def test_every_binding_has_an_id_of_its_own() -> None:
    ids = [binding.id for binding in LineList.BINDINGS]  # type: ignore[union-attr]
    assert all(ids)
    assert len(set(ids)) == len(ids)
