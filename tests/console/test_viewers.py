"""Several consoles on one store: who reads along, whose accept counts, who answered meanwhile."""

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import PATIENCE_SECONDS, Driver, console
from pictures import SIZES
from prepared import KIANA, World, ringing
from rest import rest
from textual.pilot import Pilot

from omnitui.console.commands.opening import accept_offer
from omnitui.console.dialogs.delivery import OvertakenDialog
from omnitui.model.agent import Presence

HERS = "Your line test is clean, so it is the router's own software."
MINE = "I have just sent the new software to your router."


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    """The shift, in which Bo may answer Kiana beside Ada."""
    made = shift_master.copy(tmp_path / "shift.db")
    kiana = made.keys[KIANA]
    made.by("bo", "agent.set_presence", presence="do_not_disturb")
    made.ada("conversation.consult", conversation=kiana, agent="bo")
    made.by("bo", "conversation.accept", conversation=kiana)
    made.ada("conversation.add", conversation=kiana, agent="bo")
    made.by("bo", "session.focus")
    yield made
    made.close()


def beats(world: World, login: str, address: str | None, **more: Any) -> None:
    """Another console, of which there is nothing but its signs of life."""
    key = None if address is None else world.keys[address]
    world.by(login, "console.beat", console=f"console of {login}", conversation=key, **more)


async def at(driver: Driver, address: str) -> None:
    """Go to the session of an address."""
    await driver.go(driver.world.keys[address])


def presence(world: World, login: str) -> Presence:
    found: Presence = world.call("agent.get", agent=login).presence
    return found


def said(world: World, address: str = KIANA) -> list[str]:
    lines = world.call("conversation.messages", conversation=world.keys[address])
    return [line.text for line in lines if line.speaker == "agent" and line.kind == "message"]


async def test_each_sees_the_other_read_type_and_go(world: World) -> None:
    async with console(world) as ada, console(world, login="bo") as bo:
        await at(ada, KIANA)
        await at(bo, KIANA)
        await ada.shows("Bo Lindqvist is viewing")
        await bo.shows("Ada Byron is viewing")
        before = world.desk.last_seq()
        await bo.press("r", *"Let me")
        await ada.shows("Bo Lindqvist is typing")
        world.clock.advance(6_000)
        await ada.shows("Bo Lindqvist is viewing")
        assert [e for e in world.desk.follow(before) if not e.kind.startswith("sla.")] == []
        await bo.press("escape")
        await bo.go(None)
        await ada.lacks("Bo Lindqvist reads", "is typing")


async def test_a_draft_that_is_opened_again_is_not_typing(world: World) -> None:
    kiana = world.keys[KIANA]
    world.by("bo", "session.draft", conversation=kiana, text="Half a sentence", kind="reply")
    async with console(world) as ada, console(world, login="bo") as bo:
        await at(ada, KIANA)
        await at(bo, KIANA)
        await bo.shows("Half a sentence")
        await ada.shows("Bo Lindqvist is viewing")


async def test_who_leaves_is_gone_and_who_is_lost_is_gone_a_little_later(world: World) -> None:
    beats(world, "elin", KIANA)
    async with console(world) as ada:
        await at(ada, KIANA)
        await ada.shows("Elin Haugen is viewing")
        beats(world, "bo", KIANA)
        await ada.shows("Bo Lindqvist and Elin Haugen are viewing")
        world.by("elin", "console.leave", console="console of elin")
        await ada.shows("Bo Lindqvist is viewing")
        world.clock.advance(60_000)
        await ada.lacks("is viewing")
        await ada.until(lambda: presence(world, "bo") is Presence.OFFLINE)
        assert presence(world, "ada") is not Presence.OFFLINE


async def test_quitting_one_of_two_consoles_leaves_the_agent_there(world: World) -> None:
    there = presence(world, "ada")
    async with console(world) as second:
        async with console(world) as first:
            await first.press("ctrl+q")
        assert presence(world, "ada") is there
        await second.press("ctrl+q")
    assert presence(world, "ada") is Presence.OFFLINE


async def test_a_console_that_was_held_up_brings_its_agent_back(world: World) -> None:
    there = presence(world, "ada")
    async with console(world) as ada:
        with world.desk.store.transaction():
            world.clock.advance(60_000)
            world.desk.run_due()
            assert presence(world, "ada") is Presence.OFFLINE
        await ada.until(lambda: presence(world, "ada") is there)
        await ada.told("Your console lost contact.")


async def test_an_agent_stays_there_while_the_screen_is_lent_to_an_editor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omnitui.console.desk_link.BEAT_SECONDS", 0.01)
    async with console(world):
        kept = world.desk.store.value("SELECT max(until) FROM consoles")
        world.clock.advance(40_000)
        # Nothing awaits from here on: the loop that draws the screen stands still.
        end = time.monotonic() + PATIENCE_SECONDS
        while world.desk.store.value("SELECT max(until) FROM consoles") == kept:
            assert time.monotonic() < end
            time.sleep(0.01)
        world.clock.advance(40_000)
        world.desk.run_due()
        assert presence(world, "ada") is not Presence.OFFLINE


async def test_one_accept_settles_the_offer_in_all_consoles(world: World) -> None:
    ringing(world)
    world.ada("session.focus")
    async with console(world) as one, console(world) as two:
        await one.shows("Offer", "Accept")
        await two.shows("Offer", "Accept")
        offered = one.main.offers.first
        assert offered is not None
        assert two.main.offers.first is not None
        assert two.main.offers.first.conversation_id == offered.conversation_id
        await one.press("y")
        await one.until(lambda: one.main.navigation.here == offered.conversation_id)
        await two.told(f"You accepted {offered.name} in another console.")
        await two.until(lambda: offered.conversation_id not in two.main.board.ringing)
        await two.until(lambda: offered.conversation_id in two.main.order)
        assert two.main.navigation.here is None
        assert not any("another console" in told for told in one.toasts)
        assert not any("no longer yours" in told for told in (*one.toasts, *two.toasts))


async def test_who_accepts_a_moment_later_comes_to_the_same_session(world: World) -> None:
    ringing(world)
    world.ada("session.focus")
    async with console(world) as ada:
        await ada.shows("Offer", "Accept")
        offered = ada.main.offers.first
        assert offered is not None
        world.ada("conversation.accept", conversation=offered.conversation_id)
        await accept_offer(ada.main, offered.conversation_id)
        await ada.until(lambda: ada.main.navigation.here == offered.conversation_id)
        assert not any("no longer yours" in told for told in ada.toasts)


async def test_an_offer_that_is_given_to_somebody_else_says_where_it_went(world: World) -> None:
    ringing(world)
    world.ada("session.focus")
    async with console(world) as ada:
        await ada.shows("Offer", "Accept")
        offered = ada.main.offers.first
        assert offered is not None
        key = offered.conversation_id
        world.call("supervisor.assign", conversation=key, agent="elin", anyway=True)
        await ada.told(f"The offer of {offered.name} has ended: ")
        await ada.until(lambda: key not in ada.main.board.ringing)


async def test_a_reply_is_held_back_kept_and_sent_when_it_is_wanted(world: World) -> None:
    kiana = world.keys[KIANA]
    async with console(world) as ada:
        await at(ada, KIANA)
        await ada.press("r")
        await ada.write(HERS)
        world.by("bo", "conversation.reply", conversation=kiana, text=MINE)
        await ada.shows("Bo wrote while you typed")
        await ada.press("enter")
        await ada.until(lambda: isinstance(ada.app.screen, OvertakenDialog))
        await ada.shows("Conflict: Bo Lindqvist answered Kiana Anderson first", MINE[:20])
        await ada.press("x", "enter", "escape")
        await ada.until(lambda: not isinstance(ada.app.screen, OvertakenDialog))
        assert ada.session.conversation.composer.text == HERS
        assert said(world)[-1] == MINE
        await ada.press("enter")
        await ada.until(lambda: said(world)[-1] == HERS)
        await ada.until(lambda: ada.session.conversation.composer.text == "")


async def test_a_held_back_reply_is_sent_anyway_by_its_own_key(world: World) -> None:
    kiana = world.keys[KIANA]
    async with console(world) as ada:
        await at(ada, KIANA)
        await ada.press("r")
        await ada.write(HERS)
        world.by("bo", "conversation.reply", conversation=kiana, text=MINE)
        await ada.press("enter")
        await ada.until(lambda: isinstance(ada.app.screen, OvertakenDialog))
        await ada.press("ctrl+s")
        await ada.until(lambda: said(world)[-1] == HERS)
        await ada.until(lambda: ada.session.conversation.composer.text == "")
        drafts = {s.conversation_id: s.draft_reply for s in world.ada("session.list")}
        await ada.until(lambda: not drafts[kiana])


async def test_what_was_answered_before_the_writing_began_holds_nothing_back(world: World) -> None:
    kiana = world.keys[KIANA]
    async with console(world) as ada:
        await at(ada, KIANA)
        world.by("bo", "conversation.reply", conversation=kiana, text=MINE)
        await ada.shows(MINE[:20])
        await ada.press("r")
        await ada.write(HERS)
        await ada.press("enter")
        await ada.until(lambda: said(world)[-1] == HERS)


async def test_a_draft_that_slept_through_an_answer_is_held_back(world: World) -> None:
    kiana = world.keys[KIANA]
    world.ada("session.focus", conversation=kiana)
    world.ada("session.draft", conversation=kiana, text=HERS, kind="reply")
    world.by("bo", "conversation.reply", conversation=kiana, text=MINE)
    async with console(world) as ada:
        await ada.shows(HERS[:20])
        await ada.press("r", "enter")
        await ada.until(lambda: isinstance(ada.app.screen, OvertakenDialog))


def overtaken(world: World) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def reach(pilot: Pilot[None]) -> None:
        await rest(pilot.app)
        await pilot.press("alt+1", "r")
        await rest(pilot.app)
        field: Any = pilot.app.focused
        field.insert(HERS)
        await rest(pilot.app)
        world.by("bo", "conversation.reply", conversation=world.keys[KIANA], text=MINE)
        await Driver(world, pilot.app, pilot).shows("Bo wrote while you typed")  # type: ignore[arg-type]
        await pilot.press("enter")
        await rest(pilot.app)

    return reach


def accompanied(world: World) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def reach(pilot: Pilot[None]) -> None:
        beats(world, "elin", KIANA)
        beats(world, "bo", KIANA, typing=True)
        await rest(pilot.app)
        await pilot.press("alt+1", "r", *"Hi")
        await rest(pilot.app)

    return reach


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("reach", [overtaken, accompanied])
def test_screen(reach: Any, size: str, world: World, snap_compare: Any) -> None:
    assert snap_compare(world.app(), terminal_size=SIZES[size], run_before=reach(world))
