"""Finding anything from anywhere, and opening it without losing one's place; by keys alone."""

import asyncio
from typing import Any

from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World

from omnitui.console.dialogs.found_list import FoundList
from omnitui.console.widgets.fields import Line
from omnitui.model.conversation import ConversationState


async def look_for(ada: Driver, words: str, *shown: str) -> None:
    await ada.press("g", "slash")
    await ada.shows("Search everything")
    await ada.write(words)
    await ada.shows(*shown)


async def choose(ada: Driver, *keys: str) -> None:
    await ada.press("down", *keys, "enter")
    await ada.until(lambda: not ada.app.screen.query("#dialog"))


async def kiana(ada: Driver) -> int:
    key = ada.world.keys[KIANA]
    await ada.until(lambda: key in ada.main.order)
    await ada.press(f"alt+{ada.main.order.index(key) + 1}")
    await ada.until(lambda: ada.main.navigation.here == key and ada.session.painted)
    return key


def the_case(world: World) -> Any:
    item = world.call("conversation.get", conversation=world.keys[KIANA])
    return world.call("case.get", case=item.case_id)


async def only(ada: Driver, kind: str) -> None:
    """Narrow to one kind, by its first letters, and come back to the line."""
    field = ada.app.screen.query_one("#kind")
    await ada.press("tab")
    await ada.until(lambda: field.has_focus)
    for _ in range(8):
        if field.value == kind:
            break
        await ada.press("right")
    assert field.value == kind


async def test_a_case_opens_beside_the_lists_of_home_and_they_stay_as_they_were(
    world: World,
) -> None:
    async with console(world) as ada:
        await ada.press("down", "down")
        at = ada.main.home.selected
        await look_for(ada, "CAS-00003", "Cases")
        await only(ada, "case")
        await choose(ada)
        await ada.shows("Lists", "CAS-00003", "Timeline")
        assert ada.main.navigation.here is None
        assert not ada.main.home.display
        await ada.press("x")
        assert not ada.main.home.list.state.marks
        await ada.press("X")
        await ada.shows("Cancel CAS-00003")
        await ada.press("escape")
        await ada.press("comma")
        await ada.until(lambda: ada.main.home.display and ada.main.home.list.has_focus)
        assert ada.main.home.selected == at
        await ada.press("full_stop")
        await ada.until(lambda: not ada.main.home.display)
        await ada.press("q")
        await ada.until(lambda: ada.main.home.display)
        await ada.lacks("Lists")


async def test_what_is_not_saved_on_home_survives_a_visit_and_a_crash(world: World) -> None:
    async with console(world) as ada:
        await look_for(ada, "CAS-00003", "Cases")
        await only(ada, "case")
        await choose(ada)
        await ada.shows("Timeline")
        await ada.press("tab", "end")
        await ada.write(" twice")
        await ada.shows("Not saved: Title.")
        await ada.press("escape")
        await kiana(ada)
        await ada.press("left_square_bracket")
        await ada.until(lambda: ada.main.navigation.here is None)
        await ada.shows("Not saved: Title.")
    async with console(world) as ada:
        await ada.shows("Lists", "CAS-00003", "Not saved: Title.")
        await ada.press("g", "h")
        await ada.until(lambda: ada.main.home.list.has_focus)
        await ada.press("full_stop")
        await ada.shows("Not saved: Title.")
        assert not the_case(world).title.endswith("twice")


async def test_a_customer_opens_beside_the_session_in_front(world: World) -> None:
    async with console(world) as ada:
        key = await kiana(ada)
        await look_for(ada, "marcus", "Customers")
        await ada.press("enter")
        await ada.until(lambda: ada.session.apps.front_name.startswith("customer"))
        await ada.shows("marcus.lee@example.com")
        assert ada.main.navigation.here == key
        marcus = ada.session.apps.body.customer
        world.call("customer.update", customer=marcus.id, company="Lee & Sons")
        await ada.shows("Lee & Sons")
        await ada.press("q")
        await ada.until(lambda: ada.session.conversation.display)


async def test_a_message_opens_its_conversation_at_that_message(world: World) -> None:
    talk = world.keys[KIANA]
    first = world.call("conversation.messages", conversation=talk, limit=100)[0]
    for number in range(260):
        world.says(KIANA, f"and another thing, number {number}")
    async with console(world) as ada:
        await look_for(ada, "drops every evening", "Messages")
        await only(ada, "message")
        await choose(ada)
        await ada.until(lambda: ada.main.navigation.here == talk and ada.session.painted)
        await ada.until(lambda: ada.session.conversation.transcript.current_id == first.id)
        await ada.shows("my router drops every evening around 8")
        assert ada.session.conversation.transcript.has_focus
        await ada.press("end")
        await ada.shows("number 259")


async def test_an_ended_conversation_opens_to_be_read(world: World) -> None:
    async with console(world) as ada:
        await look_for(ada, "5G Home available", "Messages")
        await only(ada, "message")
        await choose(ada)
        await ada.until(lambda: ada.main.session is not None)
        assert ada.session.state.conversation.state is ConversationState.CLOSED
        await ada.shows("is 5G Home available in Kelby")


async def test_a_conversation_that_nobody_has_is_taken_and_that_is_said(world: World) -> None:
    waiting = next(iter(world.call("conversation.list", state="open")))
    async with console(world) as ada:
        await look_for(ada, waiting.name, "Conversations")
        await only(ada, "conversation")
        await ada.press("down", "enter")
        await ada.shows("You would go beyond your capacity")
        await ada.press("enter")
        await ada.told(f"{waiting.name} was unassigned and is assigned to you now. x releases it.")
        assert ada.main.navigation.here == waiting.id


async def test_a_note_is_found_on_its_customers_timeline(world: World) -> None:
    async with console(world) as ada:
        await look_for(ada, "restarted it with her", "Activities")
        await only(ada, "activity")
        await choose(ada)
        await ada.shows("Timeline", "Router drops, restarted it with her")
        assert ada.main.navigation.here is None


async def test_an_entitlement_opens_in_a_tab(world: World) -> None:
    who = world.call("conversation.get", conversation=world.keys[KIANA]).customer_id
    years = {"starts": "2026-01-01", "ends": "2027-01-01"}
    world.call("entitlement.create", customer=who, name="Evening help", total=5, **years)
    async with console(world) as ada:
        await look_for(ada, "evening help", "Entitlements")
        await ada.press("enter")
        await ada.until(lambda: ada.main.home_frame.apps.front_name.startswith("entitlement"))
        await ada.shows("Lists", "Evening help")


async def test_a_slow_answer_does_not_move_what_is_being_chosen(world: World) -> None:
    async with console(world) as ada:
        await look_for(ada, "router", "Cases")
        await ada.press("down", "down")
        found = ada.app.screen.query_one(FoundList)
        at = found.cursor_key
        await found.look("router", "")
        assert found.cursor_key == at


async def test_an_older_answer_never_overwrites_a_newer_one(world: World) -> None:
    async with console(world) as ada:
        await look_for(ada, "router", "Cases")
        found = ada.app.screen.query_one(FoundList)
        slow, call = asyncio.Event(), found._link.attempt

        async def late(name: str, **given: Any) -> Any:
            answer = await call(name, **given)
            if given["query"] == "mar":
                await slow.wait()
            return answer

        found._link.attempt = late
        older = asyncio.create_task(found.look("mar", ""))
        await asyncio.sleep(0)
        await found.look("kiana", "")
        slow.set()
        await older
        assert found.hit is not None
        assert "Kiana" in found.hit.title


async def test_a_search_is_kept_as_a_tab_and_survives_a_restart(world: World) -> None:
    async with console(world) as ada:
        await kiana(ada)
        await look_for(ada, "router", "Cases", "^t keep as a tab")
        await ada.press("ctrl+t")
        await ada.until(lambda: ada.session.apps.front_name.startswith("search"))
        await ada.shows("Search: router", "Change the wireless")
        body = ada.session.apps.body
        await ada.until(lambda: body.found.has_focus)
        body.query_one(Line).focus()
        await ada.press("end")
        await ada.write(" drops")
        await ada.shows("Search: router drops")
        await ada.main.navigation.flush()
    async with console(world) as ada:
        await kiana(ada)
        await ada.shows("Search: router drops", "CAS-00003 Router drops in the evenings")
        body = ada.session.apps.body
        await ada.until(lambda: body.found.has_focus and body.found.hit)
        assert body.found.hit.kind == "case"
        await ada.press("enter")
        await ada.until(lambda: ada.session.apps.front_name.startswith("case"))


async def test_nothing_is_kept_of_a_search_for_nothing(world: World) -> None:
    async with console(world) as ada:
        await ada.press("g", "slash")
        await ada.shows("Search everything")
        await ada.press("ctrl+t")
        await ada.shows("Type a search first.")


def test_kept(world: World, snap_compare: Any) -> None:
    keys = ["alt+1", "g", "slash", *"router", "tab", "a", "ctrl+t"]
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))
