"""Creating from anywhere: what is in front fills it in, and it is linked back."""

from typing import Any

from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, World

from omnitui.model.timeline import ActivityKind


async def kiana(ada: Driver) -> int:
    key = ada.world.keys[KIANA]
    await ada.until(lambda: key in ada.main.order)
    await ada.press(f"alt+{ada.main.order.index(key) + 1}")
    await ada.until(lambda: ada.main.navigation.here == key and ada.session.painted)
    return key


def tasks(world: World, customer: int) -> list[Any]:
    return world.call("timeline.list", customer=customer, kinds=[ActivityKind.TASK])


async def test_a_task_is_about_who_is_in_front_and_comes_back_in_time(world: World) -> None:
    async with console(world) as ada:
        key = await kiana(ada)
        item = world.call("conversation.get", conversation=key)
        before = len(tasks(world, item.customer_id))
        await ada.press("plus")
        await ada.shows("For Kiana Anderson.")
        await ada.press("t")
        await ada.shows("Task about Kiana Anderson", "CAS-00003")
        await ada.write("Ring about the router")
        await ada.press("tab")
        await ada.write("2h")
        await ada.shows("due today 16:03")
        await ada.press("ctrl+s")
        await ada.until(lambda: len(tasks(world, item.customer_id)) == before + 1)
        made = tasks(world, item.customer_id)[0]
        assert (made.title, made.case_id, made.conversation_id) == (
            "Ring about the router",
            item.case_id,
            key,
        )
        assert made.due_at == world.clock.now() + 2 * 3_600_000
        world.until(made.due_at + 1_000)
        await ada.shows("Due now: Ring about the router")


async def test_a_time_that_is_none_is_said_and_nothing_is_lost(world: World) -> None:
    async with console(world) as ada:
        await kiana(ada)
        await ada.press("plus", "t")
        await ada.shows("Task about Kiana Anderson")
        await ada.write("Ring")
        await ada.press("tab")
        await ada.write("soonish")
        await ada.press("ctrl+s", "escape")
        await ada.until(lambda: not ada.app.screen.query("#dialog"))
        await ada.press("plus", "t")
        await ada.shows("soonish", "Ring")


async def test_a_note_is_added_from_home_about_whoever_is_chosen(world: World) -> None:
    async with console(world) as ada:
        await ada.press("plus", "n")
        await ada.shows("Who is it about?")
        await ada.write("kiana")
        await ada.shows("Kiana Anderson")
        await ada.press("enter")
        await ada.shows("Note about Kiana Anderson")
        await ada.write("Moves in May")
        await ada.press("ctrl+s")
        item = world.call("conversation.get", conversation=world.keys[KIANA])
        await ada.until(
            lambda: (
                world.call(
                    "timeline.list", customer=item.customer_id, kinds=[ActivityKind.NOTE], limit=1
                )[0].title
                == "Moves in May"
            )
        )


async def test_a_customer_is_added(world: World) -> None:
    async with console(world) as ada:
        await ada.press("plus", "u")
        await ada.shows("New customer")
        await ada.press("ctrl+s")
        await ada.shows("A customer needs a name.")
        await ada.write("Zelda Quist")
        await ada.press("tab")
        await ada.write("zelda@example.com")
        await ada.press("ctrl+s")
        await ada.until(lambda: world.call("customer.search", query="zelda quist"))
        await ada.told("Zelda Quist is added.")


async def test_a_case_is_created_from_home(world: World) -> None:
    async with console(world) as ada:
        await ada.press("plus", "c")
        await ada.shows("Who is it about?")
        await ada.write("kiana")
        await ada.shows("Kiana Anderson")
        await ada.press("enter")
        await ada.shows("New case for Kiana Anderson")
        await ada.write("Wants a second line")
        await ada.press("ctrl+s")
        await ada.told("CAS-00004 is created. g n opens it.")
        await ada.press("g", "n")
        await ada.shows("Lists", "CAS-00004", "Timeline")
        await ada.press("plus")
        await ada.shows("For Kiana Anderson.")
        await ada.press("n")
        await ada.shows("Note about Kiana Anderson", "Linked to CAS-00004.")


async def test_the_customer_in_front_is_meant_also_beside_another_ones_session(
    world: World,
) -> None:
    async with console(world) as ada:
        await kiana(ada)
        await ada.press("g", "slash")
        await ada.shows("Search everything")
        await ada.write("marcus lee")
        await ada.shows("Customers")
        await ada.press("enter")
        await ada.shows("marcus.lee@example.com")
        await ada.press("plus", "t")
        await ada.shows("Task about Marcus Lee")
        await ada.write("Ring Marcus")
        await ada.press("ctrl+s")
        await ada.told("The task is added. g n opens it.")
        await ada.press("g", "n")
        await ada.until(lambda: ada.session.apps.front_name.startswith("timeline"))
        await ada.shows("Ring Marcus")


async def test_who_writes_and_is_unknown_is_added_with_what_they_told_and_linked(
    world: World,
) -> None:
    talk = world.says("web-501", "hello", context={"email": "zelda@example.com"})
    async with console(world) as ada:
        world.ada("session.open", conversation=talk)
        await ada.until(lambda: talk in ada.main.order)
        await ada.press("alt+6")
        await ada.until(lambda: ada.main.navigation.here == talk and ada.session.painted)
        await ada.press("plus", "u")
        await ada.shows("New customer", "zelda@example.com")
        await ada.write("Zelda Quist")
        await ada.press("ctrl+s")
        await ada.told("Zelda Quist is added. g n opens it.")
        await ada.until(
            lambda: world.call("conversation.get", conversation=talk).customer_id is not None
        )


def test_form(world: World, snap_compare: Any) -> None:
    keys = ["alt+1", "plus", "t", "tab", "f", "r", "i", "space", "9", "a", "m"]
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))
