"""A timeline narrowed to one record of the customer, and opened from there."""

from typing import Any

from driver import Driver, console
from prepared import KIANA, MARCUS, World

from omnitui.console.apps.timeline import TimelineTab
from omnitui.console.widgets.blocks import BlockList


async def begin(ada: Driver) -> tuple[TimelineTab, BlockList]:
    await ada.press("alt+1")
    await ada.in_front(ada.world.keys[KIANA])
    await ada.press("T")
    await ada.until(lambda: isinstance(ada.session.apps.body, TimelineTab))
    body = ada.session.apps.body
    assert isinstance(body, TimelineTab)
    await ada.until(lambda: body.painted and body.rows)
    blocks = body.query_one(BlockList)
    blocks.focus()
    await ada.until(lambda: blocks.has_focus)
    return body, blocks


def key(body: TimelineTab, title: str, kind: str) -> str:
    row = next(row for row in body.rows if title in row.title and row.kind == kind)
    return f"activity:{row.kind.value}-{row.id}"


async def test_it_is_narrowed_to_a_case_and_shows_all_again(world: World) -> None:
    async with console(world, size=(120, 36)) as ada:
        body, blocks = await begin(ada)
        everything = len(body.rows)
        blocks.move_to(key(body, "Firmware", "case"))
        await ada.press("=")
        await ada.shows("only CAS-00002", "= shows all")
        await ada.until(lambda: 0 < len(body.rows) < everything)
        assert {row.case_number for row in body.rows} == {"CAS-00002"}
        await ada.press("=")
        await ada.until(lambda: len(body.rows) == everything)
        await ada.shows("= filters by record")


async def test_it_is_narrowed_to_a_conversation(world: World) -> None:
    async with console(world, size=(120, 36)) as ada:
        body, blocks = await begin(ada)
        row = next(row for row in body.rows if row.kind == "conversation")
        blocks.move_to(f"activity:conversation-{row.id}")
        await ada.press("=")
        await ada.shows("only one conversation")
        await ada.until(lambda: {"message", "conversation"} <= {one.kind for one in body.rows})
        assert not any("Firmware" in one.title for one in body.rows)


async def test_the_record_of_an_entry_is_opened(world: World) -> None:
    async with console(world, size=(120, 36)) as ada:
        body, blocks = await begin(ada)
        blocks.move_to(key(body, "Firmware", "case"))
        await ada.press("o")
        await ada.until(lambda: ada.session.apps.front_name.startswith("case"))
        await ada.shows("CAS-00002")


async def test_an_entry_of_no_record_says_so(world: World) -> None:
    talk: Any = world.call("conversation.get", conversation=world.keys[KIANA])
    world.call("timeline.add", customer=talk.customer_id, kind="note", title="By the way")
    async with console(world, size=(120, 36)) as ada:
        body, blocks = await begin(ada)
        await ada.until(lambda: any(row.title == "By the way" for row in body.rows))
        blocks.move_to(key(body, "By the way", "note"))
        await ada.press("=")
        await ada.shows("This entry has no case and no conversation.")


async def test_it_goes_on_as_the_timeline_of_whom_the_customer_became_part_of(
    world: World,
) -> None:
    marcus = world.call("conversation.get", conversation=world.keys[MARCUS]).customer_id
    kiana = world.call("conversation.get", conversation=world.keys[KIANA]).customer_id
    async with console(world, size=(120, 36)) as ada:
        body, _blocks = await begin(ada)
        world.call("customer.merge", **{"from": kiana, "into": marcus})
        await ada.shows("Timeline · Marcus Lee")
        world.call("timeline.add", customer=marcus, kind="note", title="Both are one")
        await ada.until(lambda: any(row.title == "Both are one" for row in body.rows))
        world.call("customer.unmerge", customer=marcus)
        await ada.shows("Timeline · Kiana Anderson")


async def test_a_case_in_a_tab_tells_whom_its_customer_became_part_of(world: World) -> None:
    marcus = world.call("conversation.get", conversation=world.keys[MARCUS]).customer_id
    kiana = world.call("conversation.get", conversation=world.keys[KIANA]).customer_id
    async with console(world, size=(120, 36)) as ada:
        await begin(ada)
        await ada.press("c")
        await ada.until(lambda: ada.session.apps.front_name.startswith("case"))
        body = ada.session.apps.body
        await ada.until(lambda: body.painted)
        world.call("customer.merge", **{"from": kiana, "into": marcus})
        await ada.until(lambda: "Marcus Lee" in body.head().plain)
