"""Two records of one person become one by keys, and two again."""

from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, MARCUS, World

from omnitui.console.apps.customer import CustomerTab
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.customers import MergeCustomersDialog, TwinDialog


@pytest.fixture
def twin(world: World) -> Any:
    """Kiana once more, as somebody typed her in from a letter."""
    twin = world.call(
        "customer.create",
        name="K. Anderson",
        email="kiana@fjord.example",
        company="Fjord",
        city="Moss",
        account="20988",
    )
    world.call("customer.update", customer=twin.id, notes="Wrote a letter in March")
    world.call("case.create", customer=twin.id, title="A letter", origin="email")
    return world.call("customer.get", customer=twin.id)


def kiana(world: World) -> Any:
    talk = world.call("conversation.get", conversation=world.keys[KIANA])
    return world.call("customer.get", customer=talk.customer_id)


async def choose(ada: Driver) -> None:
    await ada.press("alt+1")
    await ada.in_front(ada.world.keys[KIANA])
    await ada.press("J")
    await ada.until(lambda: isinstance(ada.app.screen, TwinDialog))


async def compare(ada: Driver) -> MergeCustomersDialog:
    await ada.press("enter")
    await ada.until(lambda: isinstance(ada.app.screen, MergeCustomersDialog))
    assert isinstance(ada.app.screen, MergeCustomersDialog)
    return ada.app.screen


async def test_a_suggested_twin_is_merged_and_taken_back(world: World, twin: Any) -> None:
    async with console(world, size=(120, 36)) as ada:
        await choose(ada)
        await ada.shows("K. Anderson", "initials of the name, kiana@ elsewhere")
        await compare(ada)
        await ada.shows("+ Fjord", "1 case, 1 address are moved", "kiana@fjord.example")
        await ada.press("enter")
        await ada.shows("Merged K. Anderson into Kiana Anderson")
        now = kiana(world)
        assert (now.company, now.city) == ("Fjord", "Halden")
        assert "kiana@fjord.example" in {address.value for address in now.addresses}
        assert world.call("customer.get", customer=twin.id).id == now.id
        await ada.press("u")
        await ada.until(lambda: world.call("customer.get", customer=twin.id).id == twin.id)
        assert kiana(world).company == ""


async def test_the_other_one_may_stay(world: World, twin: Any) -> None:
    async with console(world, size=(120, 36)) as ada:
        before = kiana(world).id
        await choose(ada)
        dialog = await compare(ada)
        await ada.press("s")
        await ada.until(lambda: dialog._preview.into.id == twin.id)
        await ada.shows("Moss")
        await ada.press("enter")
        await ada.until(lambda: kiana(world).id == twin.id)
        assert world.call("customer.get", customer=before).id == twin.id
        await ada.until(lambda: ada.session.state.customer.id == twin.id)
        await ada.until(lambda: "Wrote a letter" in ada.session.summary.blocks.text)


async def test_esc_goes_back_to_choosing_and_then_away(world: World, twin: Any) -> None:
    async with console(world, size=(120, 36)) as ada:
        await choose(ada)
        await ada.write("marcus lee")
        await ada.until(lambda: ada.app.screen.found.cursor_key)
        await ada.shows("Marcus Lee")
        dialog = await compare(ada)
        assert dialog._preview.from_.name == "Marcus Lee"
        await ada.press("escape")
        await ada.until(lambda: isinstance(ada.app.screen, TwinDialog))
        await ada.press("escape")
        await ada.until(lambda: ada.app.screen is ada.main)
        assert world.call("customer.merges", customer=kiana(world).id) == []


async def test_nobody_is_found_who_is_the_same_customer(world: World, twin: Any) -> None:
    async with console(world, size=(120, 36)) as ada:
        await choose(ada)
        await ada.write("20417")
        await ada.shows("Nobody found.")
        await ada.press("enter")
        await ada.shows("Type a name first")


async def test_who_was_merged_elsewhere_meanwhile_is_not_merged_unseen(
    world: World, twin: Any
) -> None:
    marcus = world.call("conversation.get", conversation=world.keys[MARCUS]).customer_id
    async with console(world, size=(120, 36)) as ada:
        await choose(ada)
        await compare(ada)
        world.call("customer.merge", **{"from": twin.id, "into": marcus})
        await ada.press("enter")
        await ada.shows("K. Anderson was merged into Marcus Lee in the meantime. Check again")
        dialog = ada.app.screen
        assert isinstance(dialog, MergeCustomersDialog)
        assert dialog._preview.from_.id == marcus
        assert world.call("customer.merges", customer=kiana(world).id) == []
        await ada.press("escape")
        await ada.until(lambda: isinstance(ada.app.screen, TwinDialog))


async def test_what_was_changed_elsewhere_meanwhile_is_shown_again(world: World, twin: Any) -> None:
    async with console(world, size=(120, 36)) as ada:
        await choose(ada)
        await compare(ada)
        world.call("customer.update", customer=twin.id, company="Fjord & Sons")
        await ada.press("enter")
        await ada.shows("The records have changed in the meantime.", "+ Fjord & Sons")
        await ada.press("enter")
        await ada.until(lambda: kiana(world).company == "Fjord & Sons")


async def test_the_keys_stay_in_sight_whatever_is_said(world: World, twin: Any) -> None:
    for number in range(6):
        mail = f"kiana.{number}@fjord.example"
        world.call("customer.add_address", customer=twin.id, channel="email", address=mail)
    async with console(world, size=(80, 24)) as ada:
        await choose(ada)
        dialog = await compare(ada)
        await ada.shows("keep the other one", "7 addresses")
        dialog.wrong("What the desk says can be as long as three lines of eighty. " * 3)
        await ada.shows("What the desk says", "keep the other one", "7 addresses")
        await ada.press("s")
        await ada.lacks("What the desk says")


async def test_a_refusal_is_said_where_somebody_else_can_be_chosen(world: World, twin: Any) -> None:
    async with console(world, size=(120, 36)) as ada:
        await choose(ada)
        await compare(ada)
        world.call("customer.merge", **{"from": twin.id, "into": kiana(world).id})
        await ada.press("enter")
        await ada.shows("Merge Kiana Anderson with", "cannot be merged with the same customer")
        await ada.lacks("K. Anderson")
        assert ada.toasts == []
        await ada.write("marcus lee")
        await ada.until(lambda: ada.app.screen.found.cursor_key)
        dialog = await compare(ada)
        assert dialog._preview.from_.name == "Marcus Lee"


async def test_a_merge_is_seen_and_undone_in_the_customers_tab(world: World, twin: Any) -> None:
    world.call("customer.merge", **{"from": twin.id, "into": kiana(world).id})
    async with console(world, size=(120, 50)) as ada:
        body = await customer_tab(ada)
        await ada.shows("Merged customers", "K. Anderson")
        await choose_block(ada, body, f"merged:{twin.id}")
        await ada.until(lambda: isinstance(ada.app.screen, Confirm))
        await ada.shows("Everything from K. Anderson goes back to K. Anderson")
        await ada.press("enter")
        await ada.shows("Unmerged K. Anderson.")
        assert world.call("customer.get", customer=twin.id).id == twin.id
        await ada.until(lambda: "Merged customers" not in ada.text)


async def test_what_cannot_be_undone_says_why(world: World, twin: Any) -> None:
    case = world.call("case.list", customer=twin.id)[0]
    world.call("customer.merge", **{"from": twin.id, "into": kiana(world).id})
    world.call("conversation.link_case", conversation=world.keys[KIANA], case=case.id)
    async with console(world, size=(120, 50)) as ada:
        body = await customer_tab(ada)
        await ada.shows("cannot be unmerged: a conversation with Kiana Anderson was linked to")
        await choose_block(ada, body, f"merged:{twin.id}")
        await ada.shows("cannot be unmerged:")
        assert ada.app.screen is ada.main


async def test_a_tab_of_who_was_merged_goes_on_as_the_survivors(world: World, twin: Any) -> None:
    marcus = world.call("conversation.get", conversation=world.keys[MARCUS]).customer_id
    async with console(world, size=(120, 50)) as ada:
        body = await customer_tab(ada)
        world.call("customer.merge", **{"from": kiana(world).id, "into": marcus})
        await ada.until(lambda: body.customer.id == marcus)
        await ada.shows("Marcus Lee", "Merged customers")
        await ada.until(lambda: [tab.title for tab in ada.session.tabs.open] == ["Marcus Lee"])
        world.call("customer.unmerge", customer=marcus)
        await ada.until(lambda: [tab.title for tab in ada.session.tabs.open] == ["Kiana Anderson"])
        await ada.lacks("Merged customers")


async def test_whose_tab_is_in_front_is_meant(world: World, twin: Any) -> None:
    async with console(world, size=(120, 50)) as ada:
        await customer_tab(ada)
        ada.session.open_record(AppTab(AppKind.CUSTOMER, twin.id, twin.name))
        await ada.until(lambda: ada.session.apps.front_name == f"customer-{twin.id}")
        await ada.press("J")
        await ada.shows("Merge K. Anderson with", "Kiana Anderson")
        dialog = await compare(ada)
        assert dialog._preview.into.id == twin.id
        await ada.press("enter")
        await ada.until(lambda: kiana(world).id == twin.id)
        await ada.shows("Merged customers")
        await ada.press("u")
        await ada.until(lambda: kiana(world).id != twin.id)
        await ada.lacks("Merged customers")


async def customer_tab(ada: Driver) -> CustomerTab:
    await ada.press("alt+1")
    await ada.in_front(ada.world.keys[KIANA])
    await ada.press("i")
    await ada.until(lambda: isinstance(ada.session.apps.body, CustomerTab))
    body = ada.session.apps.body
    assert isinstance(body, CustomerTab)
    await ada.until(lambda: body.painted)
    return body


async def choose_block(ada: Driver, body: CustomerTab, key: str) -> None:
    blocks = body.query_one("BlockList")
    blocks.focus()
    await ada.until(lambda: blocks.has_focus)
    blocks.move_to(key)
    await ada.press("enter")


@pytest.mark.parametrize("size", SIZES)
def test_two_customers(size: str, world: World, twin: Any, snap_compare: Any) -> None:
    keys = ["alt+1", "J", "enter"]
    app = world.app()
    assert snap_compare(app, terminal_size=SIZES[size], run_before=after(keys))


def test_who_it_may_be(world: World, twin: Any, snap_compare: Any) -> None:
    app = world.app()
    assert snap_compare(app, terminal_size=(120, 36), run_before=after(["alt+1", "J"]))
