"""What others did with a customer is marked where the agent sees it, and then it has been seen."""

import re
from typing import Any

from driver import Driver, console
from prepared import KIANA, World

MINUTE = 60_000
NEW = re.compile(r"\d new")


def customer(world: World) -> int:
    return int(world.call("conversation.get", conversation=world.keys[KIANA]).customer_id)


def others_do(world: World, title: str) -> None:
    world.clock.advance(MINUTE)
    world.call("timeline.add", customer=customer(world), kind="call", title=title)
    world.clock.advance(MINUTE)


def missed(world: World) -> list[str]:
    return [row.title for row in world.ada("timeline.missed", customer=customer(world)).rows]


async def begin(ada: Driver) -> Any:
    await ada.press("alt+1")
    await ada.in_front(ada.world.keys[KIANA])
    return ada.session.summary


async def test_what_is_new_is_marked_and_counted_and_then_seen(world: World) -> None:
    world.ada("timeline.looked", customer=customer(world))
    others_do(world, "Rang about the bill")
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada)
        await ada.until(lambda: "1 new" in summary.blocks.text)
        (line,) = (x for x in summary.blocks.text.splitlines() if "Rang about" in x)
        assert line.strip().startswith(ada.main.glyphs.unread)
        await ada.until(lambda: missed(world) == [])
        await ada.rests()
        assert "1 new" in summary.blocks.text
        await ada.press("alt+2")
        await ada.until(lambda: ada.main.navigation.here != world.keys[KIANA])
        await ada.press("alt+1")
        await ada.until(lambda: ada.main.navigation.here == world.keys[KIANA])
        await ada.until(lambda: not NEW.search(summary.blocks.text))


async def test_what_is_folded_is_counted_and_not_yet_seen(world: World) -> None:
    world.ada("timeline.looked", customer=customer(world))
    others_do(world, "Rang about the bill")
    async with console(world, size=(120, 36)) as ada:
        summary = await begin(ada)
        await ada.until(lambda: "1 new" in summary.blocks.text)
        await ada.rests()
        assert missed(world) == ["Rang about the bill"]
        summary.blocks.focus()
        summary.blocks.move_to("section:timeline")
        await ada.until(lambda: summary.blocks.has_focus)
        await ada.press("enter")
        await ada.until(lambda: "Rang about" in summary.blocks.text)
        await ada.until(lambda: missed(world) == [])


async def test_a_pane_that_is_not_shown_has_seen_nothing(world: World) -> None:
    world.ada("timeline.looked", customer=customer(world))
    others_do(world, "Rang about the bill")
    async with console(world, size=(80, 24)) as ada:
        summary = await begin(ada)
        await ada.until(lambda: summary._looking.new)
        await ada.rests()
        assert missed(world) == ["Rang about the bill"]


async def test_what_comes_while_it_is_looked_at_is_marked_too(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada)
        await ada.until(lambda: summary.blocks.text.count("CAS-00003") > 1)
        others_do(world, "Rang about the bill")
        await ada.until(lambda: "1 new" in summary.blocks.text)
        await ada.until(lambda: missed(world) == [])


async def test_the_agents_own_and_this_conversation_are_not_new(world: World) -> None:
    world.ada("timeline.looked", customer=customer(world))
    world.clock.advance(MINUTE)
    given = {"customer": customer(world), "kind": "note", "title": "My own"}
    world.ada("timeline.add", **given)
    world.says(KIANA, "Are you there?")
    async with console(world, size=(160, 45)) as ada:
        summary = await begin(ada)
        await ada.until(lambda: "My own" in summary.blocks.text)
        await ada.rests()
        assert not NEW.search(summary.blocks.text)


async def test_the_tab_goes_on_marking_what_comes(world: World) -> None:
    async with console(world, size=(120, 36)) as ada:
        await begin(ada)
        await ada.press("T")
        await ada.until(lambda: ada.session.apps.body is not None)
        body = ada.session.apps.body
        await ada.until(lambda: body.painted and body._looking._seen)
        others_do(world, "Rang about the bill")
        await ada.shows("Rang about the bill")
        await ada.until(lambda: len(body._looking.new) == 1)
        await ada.until(lambda: missed(world) == [])
