"""A chat goes on on the phone, by keys: what is owed is read before, and it can be taken back."""

from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import World

MINA = "web-9001"


def calls(path: Path) -> World:
    """Ada has one chat, of a customer who may be called twice."""
    made = World(path)
    customer = made.call("customer.create", name="Mina Berg", email="mina@example.com").id
    made.call("customer.add_address", customer=customer, channel="chat", address=MINA)
    gold = made.call(
        "entitlement.create",
        customer=customer,
        name="Gold support",
        total=15,
        starts="2025-06-01",
        ends="2026-12-31",
        restrict=True,
        channels={"phone": 2, "web": 0},
    )
    made.call("entitlement.activate", entitlement=gold.id)
    made.keys["customer"], made.keys["gold"] = customer, gold.id
    made.meets("ada", 4, MINA, "My router drops every evening.")
    made.play()
    made.ada("console.enter")
    return made


@pytest.fixture
def world(tmp_path: Path) -> Any:
    made = calls(tmp_path / "calls.db")
    yield made
    made.close()


def case(world: World, **given: Any) -> Any:
    about = {"customer": world.keys["customer"], "title": "Router drops", **given}
    return world.call("case.create", origin="chat", conversation=world.keys[MINA], **about)


async def mina(ada: Driver) -> None:
    await ada.press("alt+1")
    await ada.until(lambda: ada.session.painted)


async def test_a_chat_becomes_a_call_and_a_chat_again(world: World) -> None:
    case(world, entitlement=world.keys["gold"])
    async with console(world) as ada:
        await mina(ada)
        assert "◆" in ada.tabs
        await ada.press("E")
        await ada.shows("Escalate Mina Berg", "2 of 2 on this channel, 14 of 15 total")
        await ada.shows("Mina Berg has no address on Phone")
        await ada.press("enter")
        await ada.shows("Enter the address of Mina Berg on Phone.")
        await ada.write("+47 555 01 99")
        await ada.press("enter")
        await ada.told("Escalated Mina Berg to Phone; u undoes it.")
        await ada.shows("Ada Byron escalated from Live chat to Phone, +47 555 01 99")
        await ada.until(lambda: "☎" in ada.tabs)
        await ada.shows("☎ Mina Berg · phone", "escalations    1")
        found = world.call("conversation.get", conversation=world.keys[MINA])
        assert (found.channel, found.address) == ("phone", "+47 555 01 99")
        await ada.press("E")
        await ada.told("Phone is the highest channel level.")
        await ada.press("u")
        await ada.until(lambda: "☎" not in ada.tabs)
        # The number came with the escalation, and has gone with it.
        await ada.press("E")
        await ada.shows("Mina Berg has no address on Phone")


async def test_what_is_not_owed_takes_a_key_of_its_own(world: World) -> None:
    for _ in range(2):
        world.call(
            "case.create",
            customer=world.keys["customer"],
            title="Before",
            origin="phone",
            entitlement=world.keys["gold"],
        )
    case(world, entitlement=world.keys["gold"])
    world.call(
        "customer.add_address",
        customer=world.keys["customer"],
        channel="phone",
        address="+47 555 01 99",
    )
    async with console(world) as ada:
        await mina(ada)
        await ada.press("E")
        await ada.shows(
            "Gold support: Phone is used up: 2 of 2.", "0 of 2 on this channel, 12 of 15 total"
        )
        await ada.press("enter")
        await ada.shows("^o: without it.")
        await ada.press("ctrl+o")
        await ada.shows("to Phone, +47 555 01 99,", "without Gold support")
        found = world.call("conversation.get", conversation=world.keys[MINA])
        assert found.channel == "phone"


async def test_beyond_the_capacity_is_asked_before_it_is_done(world: World) -> None:
    other = world.says("web-9002", "Hello?")
    world.ada("conversation.pick", conversation=other)
    channel = lambda: world.call("conversation.get", conversation=world.keys[MINA]).channel  # noqa: E731
    async with console(world) as ada:
        await ada.until(lambda: world.keys[MINA] in ada.main.order)
        await ada.press(f"alt+{ada.main.order.index(world.keys[MINA]) + 1}")
        await ada.until(lambda: ada.session.painted)
        await ada.press("E")
        await ada.shows("Mina Berg has no address on Phone")
        await ada.press("enter")
        await ada.shows("Enter the address of Mina Berg on Phone.")
        await ada.write("+47 555 01 99")
        await ada.press("enter")
        await ada.shows("Beyond capacity", "You would go beyond your capacity with Mina Berg.")
        await ada.press("escape")
        await ada.lacks("Beyond capacity")
        assert channel() == "chat"
        await ada.press("E")
        await ada.shows("Escalate Mina Berg", "+47 555 01 99")  # what was typed is kept
        await ada.press("enter")
        await ada.shows("Beyond capacity")
        await ada.press("enter")
        await ada.until(lambda: channel() == "phone")


def test_escalation(world: World, snap_compare: Any) -> None:
    case(world, entitlement=world.keys["gold"])
    world.call(
        "customer.add_address",
        customer=world.keys["customer"],
        channel="phone",
        address="+47 555 01 99",
    )
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(["alt+1", "E"]))
