"""Home as triage, by the keys alone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from homelist import item, lists, shown
from prepared import GRETE, KIANA, MARCUS, World, ringing

from omnitui.console.home.filter_line import FilterLine
from omnitui.model.conversation import ConversationState

S = ConversationState
VISITORS = ("web-401", "web-402", "web-403", "web-404", "web-405")


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    yield made
    made.close()


async def test_the_list_narrows_while_it_is_typed_and_esc_lets_go(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "f", *"tv")
        await lists(driver, world, "web-401", "web-403")
        await driver.press("space", *"black")
        await lists(driver, world, "web-401")
        await driver.press("space", *"s")
        await driver.shows("tab sla:  sentiment:  skill:")
        await lists(driver, world, "web-401")
        await driver.press("backspace", "backspace", "enter")
        await driver.until(lambda: driver.app.focused is driver.main.home.list)
        await driver.shows("filter: tv black")
        await driver.press("escape")
        await lists(driver, world, *VISITORS)
        await driver.lacks("filter:")


async def test_tab_completes_fields_and_values(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "slash")
        await driver.shows("type is:", "queue:", "priority:")
        await driver.press(*"qu")
        await driver.shows("tab queue:")
        await driver.press("tab")
        await driver.shows("queue:", "Billing", "Mobile & TV")
        await driver.press(*"mo")
        await driver.shows('= "Mobile & TV"')
        await driver.press("right")
        await driver.shows('filter: queue:"Mobile & TV"')
        await lists(driver, world, "web-401", "web-403")
        await driver.press("home", "tab")
        assert driver.main.home.query_one(FilterLine).value == 'queue:"Mobile & TV"'


async def test_a_mistake_is_said_in_place_and_the_list_stays(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "f", *"queue:int")
        await lists(driver, world, "web-402", "web-404")
        await driver.write(" colour:red")
        await driver.shows("There is no field “colour”. There are is, channel, sla")
        await lists(driver, world, "web-402", "web-404")
        await driver.press("enter")
        await driver.shows("There is no field “colour”")
        world.says("web-499", "my tv is green")
        await driver.shows("Queue 6")
        await lists(driver, world, "web-402", "web-404")
        await driver.press("escape")
        await driver.until(lambda: len(shown(driver)) == 6)
        await driver.lacks("There is no field")


async def test_what_waits_longer_comes_in_by_itself(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "f", *"waiting:>5m", "enter")
        await lists(driver, world, "web-401")
        world.clock.advance(30_000)
        await lists(driver, world, "web-401", "web-402")


async def test_any_column_sorts_and_turns_and_the_cursor_stays(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "j")
        at = driver.main.home.selected
        await driver.press("s")
        await driver.shows("Sort by", "most negative first")
        await driver.press("5")
        await lists(driver, world, *reversed(VISITORS))
        await driver.shows("Last message↓", "by last message ↓ · 4 of 5")
        assert driver.main.home.selected == at
        await driver.press("S")
        await lists(driver, world, *VISITORS)
        await driver.shows("Last message↑")
        await driver.press("s", "0")
        await driver.lacks("by last message")


async def test_a_click_on_a_header_sorts(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab")
        await lists(driver, world, *VISITORS)
        await driver.pilot.click("#home-list", offset=(18, 0))
        await driver.shows("Customer↑")
        await driver.pilot.click("#home-list", offset=(18, 0))
        await driver.shows("Customer↓")
        await lists(driver, world, *reversed(VISITORS))


async def test_each_list_keeps_its_own_filter_and_order(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "f", *"student", "enter")
        await lists(driver, world, "web-405")
        await driver.press("tab", "shift+tab", "shift+tab")
        await driver.lacks("filter:")
        await driver.shows("1 of 5")
        await driver.press("tab")
        await lists(driver, world, "web-405")
        await driver.shows("filter: student")


async def test_a_view_is_saved_counted_found_again_and_forgotten(world: World) -> None:
    world.call("view.save", name="Sms", stream="all", filter="channel:sms", shared=True)
    async with console(world, (160, 45)) as driver:
        await driver.shows("≡ Sms 1")
        await driver.press("tab", "f", *"waiting:>3m", "enter", "s", "2", "V")
        await driver.shows("Save this list", "Open, waiting:>3m, by wait")
        await driver.press("enter")
        await driver.shows("Give it a name first")
        await driver.write("Long waits")
        await driver.press("enter")
        await driver.shows("▌· Long waits 3", "Saved as Long waits.")
        world.clock.advance(60_000)
        world.says("web-498", "hello there")
        await driver.shows("▌· Long waits 4")
        await driver.press("f", "space", *"tv", "enter")
        await driver.shows("Long waits* 4")
        await driver.press("tab")
        await driver.shows("▌≡ Sms 1", "Bjørn")
        await driver.press("D")
        await driver.told("Only supervisors can delete shared views.")
    async with console(world, (160, 45)) as driver:
        await driver.shows("· Long waits", "≡ Sms")
        await driver.press("shift+tab", "shift+tab")
        await driver.shows("▌· Long waits 4")
        await driver.press("D")
        await driver.shows("Delete the view Long waits?", "do not change")
        await driver.press("enter")
        await driver.lacks("· Long waits")
        await driver.shows("▌Open 6", "Deleted the view Long waits.")


async def test_marks_stay_through_filters_and_lists(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "space", "space", "j", "x")
        await driver.shows("4 marked")
        await driver.press("f", *"queue:bill", "enter")
        await driver.shows("4 marked, 4 not in view")
        await driver.press("space")
        await driver.shows("5 marked, 4 not in view")
        await driver.press("escape")
        await driver.lacks("marked")
        assert "filter: queue:bill" in driver.text
        await driver.press("asterisk")
        await driver.shows("1 marked")
        await driver.press("escape", "escape", "i")
        await driver.shows("5 marked")
        await driver.press("space", "i")
        await driver.shows("1 marked")


async def test_marked_ones_are_closed_in_one_go_and_come_back_in_one(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "tab", "tab", "f", *"name-or-words", "escape")
        await driver.press("s", "4", "asterisk", "w")
        await driver.shows(
            "Close 13 conversations", "Does not change: it belongs to another agent."
        )
        await driver.press("down", "enter")
        await driver.shows("Closed 10 of 13; u undoes it.", "and 2 more.")
        assert item(world, GRETE).state is S.CLOSED
        assert item(world, "web-405").disposition == "Answered a question"
        await driver.shows("Closed 10 of 13")
        await driver.press("u")
        await driver.until(lambda: item(world, "web-405").state is S.OPEN)
        await driver.lacks("undoes it")
        assert item(world, GRETE).state is S.WRAP_UP
        await driver.shows("All 13")


async def test_a_verb_acts_on_the_row_under_the_cursor_when_none_is_marked(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "j", "P")
        await driver.shows("Priority of Visitor 1009")
        await driver.press("down", "enter")
        await driver.shows("Set the priority of 1 to 2; u undoes it.")
        assert item(world, "web-402").priority == 2
        await lists(driver, world, "web-402", "web-401", "web-403", "web-404", "web-405")
        assert driver.main.home.selected == world.keys["web-402"], "the cursor went along"


async def test_labels_are_put_on_and_filtered_by(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "space", "space", "b")
        await driver.shows("Label 2 conversations", "Visitor 1008, Visitor 1009.")
        await driver.press("enter")
        await driver.shows("Write a label first")
        await driver.write("vip, tv")
        await driver.press("enter")
        await driver.shows("Labelled 2; u undoes it.")
        assert item(world, "web-401").labels == ("vip", "tv")
        await driver.press("f", *"label:t", "tab", "enter")
        await lists(driver, world, "web-401", "web-402")
        await driver.press("asterisk", "b", "tab")
        await driver.shows("they have")
        await driver.write("tv")
        await driver.press("enter")
        await driver.until(lambda: item(world, "web-401").labels == ("vip",))
        await driver.shows("There is no “label:tv”. There are none, vip.")


async def test_marked_ones_are_handed_on_with_a_word(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "space", "space", "t")
        await driver.shows("Transfer 2 conversations to", "Bo Lindqvist")
        await driver.write("bo")
        await driver.shows("Bo Lindqvist is offline")
        await driver.press("enter")
        await driver.shows("Choose another one. Nothing was changed.")
        driver.app.screen.query_one("#find").value = "smart home queue"  # type: ignore[attr-defined]
        await driver.shows("They wait in Smart Home")
        await driver.press("tab")
        await driver.write("plugs")
        await driver.press("enter")
        await driver.shows("Transferred 2 to Smart Home; u undoes it.")
        assert {item(world, one).queue for one in VISITORS[:2]} == {"Smart Home"}
        await driver.press("u")
        await driver.told("Undone: transferred 2 conversations to Smart Home.")
        assert item(world, "web-402").queue == "Internet"


async def test_live_ones_are_not_put_off_and_that_is_said_before(world: World) -> None:
    async with console(world) as driver:
        await driver.press("s", "4", "asterisk", "z")
        await driver.shows("Snooze 5 conversations until", "A live conversation cannot be snoozed")
        await driver.write("2h")
        await driver.press("enter")
        await driver.shows(
            "Snoozed 3 of 5 until today 16:03; u undoes it.", "Grete Hansen: A conversation"
        )
        assert item(world, MARCUS).snoozed_until is not None
        assert item(world, KIANA).snoozed_until is None


async def test_marked_ones_are_taken_without_going_there(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "space", "space", "T")
        await driver.shows("Beyond capacity", "All 2 would go beyond capacity.")
        await driver.press("enter")
        await driver.shows("Took 2; u undoes it.")
        assert item(world, "web-401").agent_name == "Ada Byron"
        assert driver.main.navigation.here is None


async def test_only_supervisors_assign(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "a")
        await driver.told("Only supervisors can assign to others")


async def test_the_preview_tells_why_and_waits_for_the_cursor_to_rest(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab")
        await driver.shows("routing: unassigned: of 4 agents in Mobile & TV")
        await driver.press("j")
        await driver.shows("routing: unassigned: of 4 agents in Internet")
        await driver.press("v")
        await driver.lacks("routing:")
        await driver.press("v")
        await driver.shows("routing:")


async def test_new_ones_do_not_move_the_row_under_the_cursor(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "s", "5", "home", "j", "j")
        await driver.shows("3 of 5")
        at, line = driver.main.home.selected, _line_of(driver)
        world.says("web-497", "I am new here")
        await driver.shows("I am new here", "4 of 6")
        assert (driver.main.home.selected, _line_of(driver)) == (at, line + 1)


def _line_of(driver: Driver) -> int:
    return next(n for n, line in enumerate(driver.lines) if n > 2 and line.startswith("▌"))


async def test_next_needing_me_goes_to_offers_first_then_through_the_sessions(
    world: World,
) -> None:
    ringing(world)
    world.ada("session.focus")
    async with console(world) as driver:
        await driver.shows("why you:")
        offers = [row.id for row in driver.main.board.ringing_rows]
        await driver.press("alt+1")
        await driver.until(lambda: driver.main.navigation.here == world.keys[KIANA])
        await driver.press("right_square_bracket")
        await driver.until(lambda: driver.main.navigation.here is None)
        await driver.until(lambda: driver.main.home.selected == offers[0])
        await driver.shows("routing: offered to you")
        await driver.press("left_square_bracket")
        await driver.until(lambda: driver.main.navigation.here == world.keys[KIANA])
        visited = []
        for _ in range(len(offers) + 1):
            await driver.press("right_square_bracket")
            await asyncio.sleep(0.05)
            await driver.rests()
            visited.append(driver.main.navigation.here or driver.main.home.selected)
        assert set(visited) >= {*offers[1:], world.keys[MARCUS]}


async def test_leaving_the_filter_while_it_is_read_narrows_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(world) as driver:
        await driver.press("tab", "f")
        link, held = driver.main.home._link, asyncio.Event()
        call, asked = link.call, list[str]()

        async def slow(name: str, /, **given: Any) -> Any:
            if given.get("filter") == "tv black":
                asked.append(name)
                await held.wait()
            return await call(name, **given)

        monkeypatch.setattr(link, "call", slow)
        await driver.press(*"tv", "space", *"black")
        await driver.until(lambda: asked)
        await driver.press("enter")
        await driver.until(lambda: driver.app.focused is driver.main.home.list)
        held.set()
        await lists(driver, world, "web-401")


async def test_undo_says_what_it_leaves_because_somebody_went_on_with_it(world: World) -> None:
    async with console(world) as driver:
        await driver.press("tab", "asterisk", "b")
        await driver.write("vip")
        await driver.press("enter")
        await driver.shows("u undoes it")
        world.call("conversation.label", conversation=world.keys["web-401"], remove=["vip"])
        await driver.press("u")
        await driver.told("1 of 5 does not change: ")
        assert item(world, "web-402").labels == ()
