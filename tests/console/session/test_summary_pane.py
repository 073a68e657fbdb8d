import json
import re
from typing import Any

from session_host import press, screen_text, session, until
from session_world import DAY, NOW, Begin, World, kiana, visitor

from omnitui.console.widgets.blocks import BlockList


def long_past(world: World) -> int:
    """Kiana with sixty calls behind her."""
    chat = kiana(world)
    for number in range(60):
        world.desk.store.insert(
            "activities",
            {
                "customer_id": 1,
                "kind": "call",
                "at": NOW - 200 * DAY + number * DAY,
                "title": f"Call number {number}",
                "body": "",
                "author": "Bo Lindqvist",
            },
        )
    return chat


async def test_the_five_sections_tell_who_it_is_and_how_they_came(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 60)) as (app, _pilot):
        shown = app.view.summary.blocks.text
        for told in (
            "1 Customer", "★ Gold", "Halden · account 20417", "kiana@example.com",
            "2 Case", "CAS-00003", "High", "3 Recent cases", "4 Timeline", "Order a",
            "5 Conversation", "Live chat", "internet fault", "Firefox 148", "Router lights",
            "spring-fibre", "e-mail", "awful",
        ):  # fmt: skip
            assert told in shown, told


async def test_each_section_folds_with_its_key(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 45)) as (app, pilot):
        blocks = app.view.summary.blocks
        for key, word in (("1", "Halden"), ("2", "Every evening"), ("5", "Live chat")):
            assert word in blocks.text
            await press(pilot, key)
            await until(pilot, lambda word=word: word not in blocks.text)
            await press(pilot, key)
            await until(pilot, lambda word=word: word in blocks.text)


async def test_what_is_folded_was_read_with_the_session_and_is_shown_at_once(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(120, 30)) as (app, pilot):
        assert "Order a" not in app.view.summary.blocks.text
        before = list(app.link.called)
        await press(pilot, "4")
        await until(pilot, lambda: "Order a" in app.view.summary.blocks.text)
        read = app.link.called[len(before) :]
        assert {"timeline.list", "case.list", "session.page"}.isdisjoint(read)


async def test_what_is_unfolded_is_remembered(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(120, 30)) as (app, pilot):
        await press(pilot, "4", "1")
        await until(pilot, lambda: "Halden" not in app.view.summary.blocks.text)
        await until(pilot, lambda: _kept(world) == app.view.summary.unfolded)
    async with session(world, chat, size=(120, 30)) as (app, pilot):
        await until(pilot, lambda: "Order a" in app.view.summary.blocks.text)
        assert "Halden" not in app.view.summary.blocks.text


def _kept(world: Any) -> Any:
    """Which sections the store keeps unfolded."""
    return json.loads(world.ada("session.list")[0].layout).get("unfolded")


async def test_the_timeline_comes_in_pages(begin: Begin) -> None:
    world, chat = begin(long_past)
    async with session(world, chat, size=(120, 30)) as (app, pilot):
        blocks = app.view.summary.blocks
        await press(pilot, "4")
        await until(pilot, lambda: "20+" in blocks.text)
        assert "Call number 59" in blocks.text
        assert "Call number 10" not in blocks.text
        blocks.move_to("more")
        blocks.focus()
        await press(pilot, "enter")
        await until(pilot, lambda: "Call number 30" in blocks.text)
        while "more" in blocks.block_keys:
            before = len(blocks.block_keys)
            blocks.move_to("more")
            await press(pilot, "enter")
            await until(pilot, lambda before=before: len(blocks.block_keys) != before)
        shown = [line for line in blocks.text.split("\n") if "Call number" in line]
        assert len(shown) == 60


async def test_older_pages_do_not_move_what_is_read(begin: Begin) -> None:
    world, chat = begin(long_past)
    async with session(world, chat, size=(120, 30)) as (app, pilot):
        blocks = app.view.summary.blocks
        await press(pilot, "4")
        await until(pilot, lambda: "more" in blocks.block_keys)
        blocks.focus()
        blocks.move_to("more")
        await pilot.pause()
        top = blocks.render_line(0).text
        await press(pilot, "enter")
        await until(pilot, lambda: "Call number 30" in blocks.text)
        assert blocks.render_line(0).text == top


async def test_an_entry_unfolds_to_what_was_written(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(120, 50)) as (app, pilot):
        blocks = app.view.summary.blocks
        await until(pilot, lambda: "Router drops, rest" in blocks.text)
        assert "note the times" not in blocks.text
        key = next(k for k in blocks.block_keys if k.startswith("activity:call"))
        blocks.focus()
        blocks.move_to(key)
        await press(pilot, "enter")
        await until(pilot, lambda: "note the times" in blocks.text)
        await press(pilot, "enter")
        await until(pilot, lambda: "note the times" not in blocks.text)


async def test_an_unknown_visitor_is_suggested_with_the_reason_and_linked(begin: Begin) -> None:
    world, chat = begin(visitor)
    async with session(world, chat) as (app, pilot):
        blocks = app.view.summary.blocks
        assert "unknown" in blocks.text
        assert "Marcus Lee" in blocks.text
        assert "same name, other e-mail" in blocks.text
        key = next(k for k in blocks.block_keys if k.startswith("suggest:"))
        blocks.focus()
        blocks.move_to(key)
        await press(pilot, "enter")
        await until(pilot, lambda: "★ Silver" in blocks.text)
        assert "to Marcus, on live chat" in screen_text(app)


async def test_what_others_do_shows_at_once(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 45)) as (app, pilot):
        blocks = app.view.summary.blocks
        world.bo("timeline.add", customer=1, kind="note", title="She called the shop")
        await until(pilot, lambda: "She called the shop" in blocks.text)
        world.bo("case.update", case="CAS-00003", priority="low")
        await until(pilot, lambda: "Low" in blocks.text)
        world.call("customer.update", customer=1, tier="platinum")
        await until(pilot, lambda: "Platinum" in blocks.text)


async def test_a_click_folds_a_section(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 45)) as (app, pilot):
        assert "Halden" in screen_text(app)
        await pilot.click("#summary-list", offset=(6, 0))
        await until(pilot, lambda: "Halden" not in screen_text(app))


async def test_the_waiting_time_goes_on(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 60)) as (app, pilot):
        assert re.search(r"waiting +0:42", app.view.summary.blocks.text)
        world.clock.advance(5_000)
        app.view.tick(world.clock.now())
        await pilot.pause()
        assert re.search(r"waiting +0:47", app.view.summary.blocks.text)
        assert "waiting 0:47" in screen_text(app)


async def test_blocks_that_cannot_be_chosen_are_passed_over(begin: Begin) -> None:
    world, chat = begin(kiana)
    async with session(world, chat, size=(160, 45)) as (app, pilot):
        blocks = app.view.summary.blocks
        blocks.focus()
        await press(pilot, "home", "down")
        assert blocks.cursor_key == "customer"
        await press(pilot, "down")
        assert blocks.cursor_key == "section:case"
        blocks.move_to("section:conversation")
        await press(pilot, "down")
        assert blocks.cursor_key == "about:answers"
        assert isinstance(app.focused, BlockList)
