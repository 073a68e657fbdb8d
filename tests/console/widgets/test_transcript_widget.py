from collections.abc import Callable
from datetime import UTC
from typing import Any

import pytest
from msgspec.structs import replace
from textual.app import App, ComposeResult
from textual.content import Content
from textual.message import Message as Event
from textual.pilot import Pilot

from omnitui.console.session.transcript import HELD_AT_MOST, Transcript
from omnitui.console.theme import register_themes, variable_defaults
from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker
from omnitui.model.ids import AgentId, ConversationId, MessageId

NOON = 1_762_344_000_000


def message(number: int, text: str | None = None, **change: Any) -> Message:
    given: dict[str, Any] = {
        "id": MessageId(number),
        "conversation_id": ConversationId(1),
        "speaker": Speaker.CUSTOMER,
        "kind": MessageKind.MESSAGE,
        "author": "Kiana",
        "text": f"message {number}" if text is None else text,
        "at": NOON + number * 60_000,
        "delivery": Delivery.RECEIVED,
    }
    return Message(**(given | change))


def mine(number: int, delivery: Delivery, **change: Any) -> Message:
    return message(
        number,
        speaker=Speaker.AGENT,
        author="Ada Byron",
        agent_id=AgentId(1),
        delivery=delivery,
        **change,
    )


def run(first: int, last: int) -> list[Message]:
    return [message(number) for number in range(first, last + 1)]


class Host(App[None]):
    CSS = "Screen { layers: base; }"

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Event] = []
        self.transcript = Transcript(me=1, empty=Content("Nothing was said yet."))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults()

    def compose(self) -> ComposeResult:
        yield self.transcript

    def on_mount(self) -> None:
        register_themes(self)
        self.transcript.focus()

    def on_transcript_older_needed(self, event: Transcript.OlderNeeded) -> None:
        self.seen.append(event)

    def on_transcript_newer_needed(self, event: Transcript.NewerNeeded) -> None:
        self.seen.append(event)

    def on_transcript_tail_needed(self, event: Transcript.TailNeeded) -> None:
        self.seen.append(event)

    def on_transcript_copy_message(self, event: Transcript.CopyMessage) -> None:
        self.seen.append(event)

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.seen if isinstance(event, kind)]

    def lines(self) -> list[str]:
        height = self.transcript.size.height
        return [self.transcript.render_line(y).text.rstrip() for y in range(height)]

    def open(self, messages: list[Message], **change: Any) -> None:
        given: dict[str, Any] = {"has_older": False, "seen_id": 0, "now": NOON, "tz": UTC}
        self.transcript.show(messages, **(given | change))


async def until(pilot: Pilot[Any], condition: Callable[[], bool]) -> None:
    for _ in range(100):
        if condition():
            return
        await pilot.pause()
    pytest.fail("the condition never came true")


async def test_a_conversation_opens_at_its_tail() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1, 30))
        await pilot.pause()
        assert host.lines()[-2:] == [" 12:30  Kiana", " │ message 30"]
        assert host.transcript.following


async def test_a_conversation_opens_where_the_agent_left_it() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1, 30), seen_id=10)
        await pilot.pause()
        assert "new since you looked" in host.lines()[1] + host.lines()[0]
        assert " │ message 11" in host.lines()
        assert not host.transcript.following


async def test_it_opens_there_too_when_it_is_not_on_screen_yet() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.transcript.display = False
        await pilot.pause()
        host.open(run(1, 30), seen_id=10)
        host.transcript.display = True
        await until(pilot, lambda: " │ message 11" in host.lines())


async def test_the_agents_own_messages_are_not_news() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open([*run(1, 3), mine(4, Delivery.SENT), message(5)], seen_id=3)
        await pilot.pause()
        lines = host.lines()
        new = next(y for y, line in enumerate(lines) if "new since you looked" in line)
        assert "message 5" in lines[new + 2]
        host.open([*run(1, 3), mine(4, Delivery.SENT)], seen_id=3)
        await pilot.pause()
        assert not any("new since" in line for line in host.lines())


async def test_an_empty_conversation_says_so() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        assert not any(host.lines())
        host.open([])
        await pilot.pause()
        assert "    Nothing was said yet." in host.lines()


async def test_the_tail_is_followed() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1, 30))
        await pilot.pause()
        host.transcript.append([message(31)])
        await until(pilot, lambda: host.lines()[-1] == " │ message 31")


async def test_scrolled_up_nothing_moves_and_what_came_is_counted() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1, 30))
        await pilot.pause()
        await pilot.press("pageup")
        before = host.lines()[:-1]
        host.transcript.append(run(31, 32))
        host.transcript.append(run(32, 33))
        await pilot.pause()
        assert host.lines()[:-1] == before
        assert host.lines()[-1].strip() == "↓ 3 new below   end"
        await pilot.press("end")
        await until(pilot, lambda: host.lines()[-1] == " │ message 33")
        assert host.transcript.following


async def test_a_click_on_the_count_goes_to_the_tail() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1, 30))
        await pilot.pause()
        await pilot.press("pageup")
        host.transcript.append(run(31, 31))
        await pilot.pause()
        await pilot.click(Transcript, offset=(3, 9))
        await until(pilot, lambda: host.lines()[-1] == " │ message 31")


async def test_older_messages_are_asked_for_once_and_come_in_above() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(101, 200), has_older=True)
        await pilot.pause()
        assert host.of(Transcript.OlderNeeded) == []
        await pilot.press("home")
        await until(pilot, lambda: bool(host.of(Transcript.OlderNeeded)))
        await pilot.press("pagedown", "home")
        assert [event.before_id for event in host.of(Transcript.OlderNeeded)] == [101]
        before = host.lines()
        host.transcript.prepend(run(51, 100), has_older=True)
        await pilot.pause()
        # The day line stood above the first message held; it goes up with the older ones.
        assert host.lines()[1:] == before[1:]
        await pilot.press("home")
        await until(pilot, lambda: len(host.of(Transcript.OlderNeeded)) == 2)
        assert host.of(Transcript.OlderNeeded)[1].before_id == 51


async def test_no_more_messages_are_resident_than_allowed() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1001, 1000 + HELD_AT_MOST), has_older=True)
        await pilot.pause()
        await pilot.press("home")
        host.transcript.prepend(run(901, 1000), has_older=True)
        await pilot.pause()
        await pilot.press("end")
        await until(pilot, lambda: bool(host.of(Transcript.TailNeeded)))
        assert not host.transcript.following
        await until(pilot, lambda: bool(host.of(Transcript.NewerNeeded)))
        held_to = 900 + HELD_AT_MOST
        assert [event.after_id for event in host.of(Transcript.NewerNeeded)] == [held_to]
        assert "more below" in host.lines()[-1]
        host.transcript.append([message(2000)])
        assert "1 new below" in host.lines()[-1]
        host.transcript.extend(run(held_to + 1, held_to + 100), has_newer=False)
        await pilot.press("end")
        await until(pilot, lambda: host.transcript.following)
        assert host.lines()[-1] == f" │ message {held_to + 100}"


async def test_at_the_tail_the_oldest_are_let_go() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1, HELD_AT_MOST))
        await pilot.pause()
        host.transcript.append(run(HELD_AT_MOST + 1, HELD_AT_MOST + 50))
        await until(pilot, lambda: host.lines()[-1] == f" │ message {HELD_AT_MOST + 50}")
        await pilot.press("home")
        await until(pilot, lambda: bool(host.of(Transcript.OlderNeeded)))
        assert host.of(Transcript.OlderNeeded)[0].before_id == 51


async def test_delivery_changes_in_place() -> None:
    host = Host()
    held = mine(31, Delivery.HELD, held_until=NOON + 8_000)
    async with host.run_test(size=(60, 12)) as pilot:
        host.open([*run(1, 30), held])
        await pilot.pause()
        assert "◷  8s ━━━━━━━━" in host.lines()[-2]
        host.transcript.tick(NOON + 4_000)
        assert "◷  4s ━━━━────" in host.lines()[-2]
        before = host.lines()
        host.transcript.replace_message(replace(held, delivery=Delivery.SENT))
        await pilot.pause()
        assert host.lines()[-2].endswith("✓ sent")
        assert host.lines()[:-2] == before[:-2]
        assert host.lines()[-1] == before[-1]


async def test_another_width_keeps_the_place() -> None:
    host = Host()
    long = "word " * 40
    async with host.run_test(size=(80, 12)) as pilot:
        host.open([message(number, f"{number} {long}") for number in range(1, 60)])
        await pilot.pause()
        await pilot.press("home", *["down"] * 30)
        await pilot.pause()
        top = next(line for line in host.lines() if line.startswith(" │ ") or "▌" in line)
        assert host.transcript.current_id == 30
        await pilot.resize_terminal(40, 12)
        await until(pilot, lambda: host.transcript.size.width == 40)
        assert host.lines()[0][:8] == top[:8] or any(
            line[2:12] == top[2:12] for line in host.lines()
        )
        await pilot.resize_terminal(80, 12)
        await until(pilot, lambda: host.transcript.size.width == 80)
        assert any(line[2:12] == top[2:12] for line in host.lines())


async def test_another_width_keeps_following() -> None:
    host = Host()
    async with host.run_test(size=(80, 12)) as pilot:
        host.open([message(number, "word " * 40 + str(number)) for number in range(1, 60)])
        await pilot.pause()
        await pilot.resize_terminal(40, 20)
        await until(pilot, lambda: host.transcript.size.width == 40)
        assert host.lines()[-1].endswith("59")
        assert host.transcript.following


async def test_the_cursor_walks_over_messages_and_copies_one() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(1, 30))
        await pilot.pause()
        await pilot.press("up")
        assert host.transcript.current_id == 30
        await pilot.press("up", "up")
        assert host.transcript.current_id == 28
        assert "▌│ message 28" in host.lines()
        await pilot.press("y")
        assert [event.message_id for event in host.of(Transcript.CopyMessage)] == [28]
        await pilot.press("end", "y")
        assert host.transcript.current_id == 0
        assert [event.message_id for event in host.of(Transcript.CopyMessage)] == [28, 30]


async def test_text_is_found_and_stepped_through() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open([*run(1, 30), message(31, "twice: Message 5, message 5")])
        await pilot.pause()
        assert host.transcript.find("MESSAGE 5") == 3
        assert host.transcript.current_id == 31
        assert host.transcript.find_next(-1) == (2, 3)
        assert host.transcript.find_next(-1) == (1, 3)
        await pilot.pause()
        assert host.transcript.current_id == 5
        assert any("message 5" in line for line in host.lines())
        assert host.transcript.find_next(1) == (2, 3)
        assert host.transcript.find("nowhere") == 0
        assert host.transcript.find_next() == (0, 0)


async def test_before_the_first_thing_found_older_messages_are_asked_for() -> None:
    host = Host()
    async with host.run_test(size=(40, 10)) as pilot:
        host.open(run(101, 200), has_older=True)
        await pilot.pause()
        host.transcript.find("message 110")
        host.transcript.find_next(-1)
        await until(pilot, lambda: bool(host.of(Transcript.OlderNeeded)))


async def test_selected_text_is_copied_as_it_was_written() -> None:
    host = Host()
    async with host.run_test(size=(30, 10)) as pilot:
        host.open([message(1, "my router drops every evening\nsince May"), message(2, "help")])
        await pilot.pause()
        lines = host.lines()
        last = next(y for y, line in enumerate(lines) if "help" in line)
        await pilot.mouse_down(Transcript, offset=(6, 2))
        await pilot.hover(Transcript, offset=(6, last))
        await pilot.mouse_up(Transcript, offset=(6, last))
        await pilot.pause()
        expected = "router drops every evening\nsince May\nhel"
        assert host.screen.get_selected_text() in (expected, expected + "p")


def test_every_binding_has_an_id_of_its_own() -> None:
    ids = [binding.id for binding in Transcript.BINDINGS]  # type: ignore[union-attr]
    assert all(ids)
    assert len(set(ids)) == len(ids)
