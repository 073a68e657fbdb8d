"""Follow-ups come back: a word and a bell when one is due, and how many are in the status line."""

from typing import Any

import pytest
from driver import console
from pictures import after
from prepared import KIANA, World
from test_alerts import rung
from textual.app import App

from omnitui.console.main import alerts

MINUTE = 60_000


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the terminal."""
    sequences: list[str] = []

    def write(app: App[Any], sequence: str) -> None:
        sequences.append(sequence)

    monkeypatch.setattr(alerts, "write_raw", write)
    return sequences


def task(world: World, title: str, until: str = "10m", agent: str = "ada") -> Any:
    talk = world.call("conversation.get", conversation=world.keys[KIANA])
    given = {"customer": talk.customer_id, "kind": "task", "title": title, "due_at": until}
    return world.call("timeline.add", owner=agent, **given)


def pass_time(world: World, minutes: int) -> None:
    world.clock.advance(minutes * MINUTE)
    world.desk.run_due()


async def test_a_follow_up_that_is_due_is_told_rung_and_counted(
    world: World, sent: list[str]
) -> None:
    async with console(world, size=(120, 36)) as ada:
        task(world, "Ring her about the router")
        await ada.rests()
        assert " due" not in ada.text
        pass_time(world, 11)
        await ada.shows("Due now: Ring her about the router", "1 due g f")
        await ada.until(lambda: any("Due now: Ring her" in one for one in rung(sent)))


async def test_the_count_goes_down_when_it_is_done_or_put_off(world: World) -> None:
    first, second = task(world, "Ring her"), task(world, "Send the bill")
    pass_time(world, 11)
    async with console(world, size=(120, 36)) as ada:
        await ada.shows("2 follow-ups are due. g f lists them.", "2 due g f")
        world.ada("timeline.done", activity=first)
        await ada.shows("1 due g f")
        world.ada("timeline.postpone", activity=second, until="2h")
        await ada.until(lambda: " due g f" not in ada.text)


async def test_follow_ups_of_others_are_theirs(world: World, sent: list[str]) -> None:
    task(world, "Not hers", agent="bo")
    async with console(world, size=(120, 36)) as ada:
        pass_time(world, 11)
        mine = task(world, "Hers", until="1m")
        pass_time(world, 2)
        await ada.shows("Due now: Hers", "1 due g f")
        assert "Not hers" not in ada.text
        assert not any("Not hers" in one for one in rung(sent))
        world.ada("timeline.done", activity=mine)


async def test_one_that_somebody_gives_is_told(world: World) -> None:
    given = task(world, "Ring her back", agent="bo")
    async with console(world, size=(120, 36)) as ada:
        world.call("timeline.give", activity=given, owner="ada")
        await ada.shows("assigned you a follow-up: Ring her back.")


async def test_what_a_title_says_is_never_markup(world: World) -> None:
    async with console(world, size=(120, 36)) as ada:
        task(world, "[bold]Ring[/] [/her")
        pass_time(world, 11)
        await ada.shows("Due now: [bold]Ring[/] [/her.")


def test_due(world: World, snap_compare: Any) -> None:
    task(world, "Ring her about the router")
    pass_time(world, 11)
    app = world.app()
    assert snap_compare(
        app, sizes={"80x24": (80, 24), "120x36": (120, 36)}, run_before=after(["alt+1"])
    )


async def test_one_of_the_conversation_in_front_opens_on_the_timeline(world: World) -> None:
    talk = world.keys[KIANA]
    item = world.call("conversation.get", conversation=talk)
    given = {"customer": item.customer_id, "kind": "task", "title": "Ring her about the router"}
    world.ada("timeline.add", **given, conversation=talk, owner="ada", due_at="2h")
    async with console(world) as ada:
        for place in (None, talk):
            await ada.main.navigation.to(place)
            await ada.press("g", "f")
            await ada.shows("Follow-ups", "Ring her about the router")
            await ada.press("enter")
            await ada.until(lambda: not ada.app.screen.query("#dialog"))
            await ada.until(lambda: ada.main.navigation.here == talk and ada.session.painted)
        await ada.until(lambda: ada.session.apps.body is not None)
        await ada.shows("Timeline · Kiana Anderson")
