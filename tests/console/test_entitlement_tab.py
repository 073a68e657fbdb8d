"""What a customer is owed, in a tab: looked up, changed, put into force and ended by keys."""

from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import World
from test_escalating import calls, case
from textual.widgets import Input


@pytest.fixture
def world(tmp_path: Path) -> Any:
    """Mina is owed Gold support, with a case of hers that uses it; agents may change it."""
    made = calls(tmp_path / "owed.db")
    made.call("settings.set", key="agents_change_entitlements", value="yes")
    case(made, entitlement=made.keys["gold"])
    yield made
    made.close()


def gold(world: World) -> Any:
    return world.call("entitlement.get", entitlement=world.keys["gold"])


def ready(ada: Driver, kind: str) -> bool:
    body = ada.session.apps.body
    return body is not None and body.what == kind and body.painted and body.has_focus_within


async def mina(ada: Driver) -> None:
    await ada.press("alt+1")
    await ada.until(lambda: ada.session.painted)


async def open_gold(ada: Driver) -> None:
    """From the case's lookup."""
    await mina(ada)
    await ada.press("U")
    await ada.shows("Entitlement for CAS-00001", "Gold support")
    await ada.press("o")
    await ada.until(lambda: ready(ada, "entitlement"))
    await ada.shows("Terms", "14 of 15 left")


async def field(ada: Driver, key: str) -> Input:
    """Go to a field of the form by keys."""
    await ada.press("tab")
    for _ in range(40):
        focused = ada.app.focused
        if isinstance(focused, Input) and focused.id == f"field-{key}":
            return focused
        await ada.press("tab")
    raise AssertionError(f"no field {key}")


async def test_a_draft_is_edited_by_keys_and_put_into_force(world: World) -> None:
    async with console(world) as ada:
        await open_gold(ada)
        await ada.shows("not allowed", "CAS-00001", "1 used", "on Live chat")
        world.call("channel.create", key="kiosk", label="Kiosk")
        await ada.until(lambda: "kiosk" in ada.main.link.channels)
        await ada.press("d")
        await ada.until(lambda: gold(world).state == "draft")
        await ada.shows("First day", "empty: only the total limits it", "Kiosk")
        email = await field(ada, "channel_email")
        assert email.value == ""
        await ada.write("4")
        phone = await field(ada, "channel_phone")
        phone.value = ""
        await ada.write("3")
        await ada.press("ctrl+s")
        await ada.until(lambda: "email" in gold(world).channels)
        assert {key: line.total for key, line in gold(world).channels.items()} == {
            "phone": 3,
            "web": 0,
            "email": 4,
        }
        await ada.press("escape", "a")
        await ada.until(lambda: gold(world).state == "active")
        await ada.told("Gold support is active.")
        await ada.press("s")
        await ada.until(lambda: gold(world).is_default)
        await ada.shows("no default")


async def test_what_its_state_does_not_allow_is_said(world: World) -> None:
    async with console(world) as ada:
        await open_gold(ada)
        await ada.press("R")
        await ada.told("Gold support is active and cannot be renewed.")
        await ada.press("x")
        await ada.shows("Cancel Gold support?", "14 of 15 left until")
        await ada.press("enter")
        await ada.until(lambda: gold(world).state == "cancelled")
        await ada.press("a")
        await ada.told("Gold support is cancelled and cannot be activated.")
        await ada.press("R")
        await ada.shows("First day", "a activate")
        made = world.call("entitlement.list")[0]
        assert (made.state, made.renewed_from) == ("draft", world.keys["gold"])


async def test_one_channel_alone_is_one_key(world: World) -> None:
    world.call("case.update", case="CAS-00001", entitlement="none")
    async with console(world) as ada:
        await mina(ada)
        await ada.press("i")
        await ada.until(lambda: ready(ada, "customer"))
        await ada.shows("Entitlements", "Gold support")
        body = ada.session.apps.body
        assert body is not None
        body.query_one("BlockList").focus()
        await ada.press("home", "enter")
        await ada.until(lambda: ready(ada, "entitlement"))
        await ada.press("o")
        await ada.shows("Gold support: only one channel", "15 there, 0 on each of the 7 others.")
        await ada.press("enter")
        await ada.until(lambda: gold(world).channels["phone"].total == 15)
        assert gold(world).state == "active"
        assert {line.total for key, line in gold(world).channels.items() if key != "phone"} == {0}
        await ada.told("Only Phone is allowed for Gold support now.")


async def test_who_may_not_change_it_is_told_so(world: World) -> None:
    world.call("settings.set", key="agents_change_entitlements", value="no")
    async with console(world) as ada:
        await open_gold(ada)
        await ada.shows("Ada Byron may not change entitlements.")
        await ada.press("d")
        await ada.told("Ada Byron may not change entitlements.")
        assert gold(world).state == "active"


async def test_a_case_is_given_another_one_and_none(world: World) -> None:
    other = world.call(
        "entitlement.create",
        customer=world.keys["customer"],
        name="Silver",
        total=5,
        starts="2025-06-01",
        ends="2026-12-31",
        channels={"chat": 5},
    )
    world.call("entitlement.activate", entitlement=other.id)
    async with console(world) as ada:
        await mina(ada)
        await ada.press("U")
        await ada.shows(
            "Entitlement for CAS-00001", "current", "5 on this channel, 5 of 5 cases left"
        )
        await ada.press("down", "enter")
        await ada.told("Entitlement of CAS-00001: Silver.")
        assert gold(world).remaining == 15
        await ada.until(lambda: not ada.app.screen.query("#dialog"))
        await ada.press("U")
        await ada.shows("4 on this channel, 4 of 5 cases left")
        await ada.press("end", "enter")
        await ada.told("CAS-00001 has no entitlement; its terms were returned.")
        assert world.call("entitlement.get", entitlement=other.id).remaining == 5


async def test_one_is_drafted_for_the_customer_in_front(world: World) -> None:
    world.call(
        "entitlement.template_create", name="Phone only", total=9, days=30, channels={"phone": 9}
    )
    async with console(world) as ada:
        await mina(ada)
        await ada.press("plus", "e")
        await ada.shows("New entitlement for Mina Berg", "Empty", "Phone only")
        await ada.press("ctrl+s")
        await ada.shows("Enter a name, such as Gold support.")
        await ada.press("right")
        await ada.shows("9 cases: phone 9.")
        await ada.press("ctrl+s")
        await ada.until(lambda: ready(ada, "entitlement"))
        made = world.call("entitlement.list")[0]
        assert (made.name, made.total, made.state) == ("Phone only", 9, "draft")
        assert made.period == "2026-03-03 to 2026-04-01"


PICTURES: dict[str, list[str]] = {
    "active": ["alt+1", "U", "o"],
    "draft": ["alt+1", "U", "o"],
    "lookup": ["alt+1", "U"],
}


@pytest.mark.parametrize("picture", PICTURES)
def test_entitlement(picture: str, world: World, snap_compare: Any) -> None:
    other = {"name": "On-site visits", "total": 3, "starts": "2025-06-01", "ends": "2026-12-31"}
    made = world.call("entitlement.create", customer="Mina Berg", channels={"chat": 0}, **other)
    world.call("entitlement.activate", entitlement=made.id)
    if picture == "draft":
        world.call("entitlement.deactivate", entitlement=world.keys["gold"])
    keys = PICTURES[picture]
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(keys))
