"""Handing on, putting off and asking in, as pictures and by the keys alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import console
from homelist import item
from pictures import SIZES, after
from prepared import GRETE, KIANA, MARCUS, World

from omnitui.model.conversation import ConversationState

S = ConversationState
DIALOGS = {
    "transfer": ["alt+1", "t"],
    "transfer_narrowed": ["alt+1", "t", *"lind", "tab", *"knows the line"],
    "snooze": ["alt+2", "z"],
    "snooze_said": ["alt+2", "z", *"fri 9am"],
    "consult": ["alt+1", "C"],
    "passing": ["alt+1", "u"],
}


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    for login, level in (("bo", 4), ("elin", 2)):
        made.desk.store.update("agents", made.agents[login].id, {"capacity": 250})
        made.call("agent.set_skill", agent=login, skill="router", level=level)
        made.by(login, "console.enter")
    made.by("chidi", "agent.set_presence", presence="away")
    made.call("conversation.set_skills", conversation=made.keys[KIANA], skills={"router": 3})
    made.call("queue.create", name="Moving house")
    yield made
    made.close()


@pytest.mark.parametrize("dialog", DIALOGS)
def test_dialog(dialog: str, world: World, snap_compare: Any) -> None:
    if dialog in ("consult", "passing"):
        kiana = world.keys[KIANA]
        world.ada("conversation.consult", conversation=kiana, agent="elin")
        world.by("elin", "conversation.accept", conversation=kiana)
    app = world.app()
    assert snap_compare(app, sizes=SIZES, run_before=after(DIALOGS[dialog]))


async def test_handing_on_says_what_it_does_and_is_taken_back(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "t")
        await driver.shows("Transfer Kiana Anderson to", "Required skills: router 3.")
        await driver.shows("Offered to Bo Lindqvist for 120 s", "has router")
        await driver.write("elin")
        await driver.shows("Offered to Elin Haugen", "lacks router")
        await driver.lacks("Bo Lindqvist")
        await driver.press("tab")
        await driver.write("she moves on Friday")
        await driver.press("enter")
        await driver.told("Transferred Kiana Anderson to Elin Haugen; u undoes it.")
        await driver.lacks("Transfer Kiana Anderson to")
        assert item(world, KIANA).offered_to == world.agents["elin"].id
        notes = world.call("conversation.messages", conversation=world.keys[KIANA])
        assert [m.text for m in notes if m.kind == "note"][-1] == "she moves on Friday"
        await driver.until(lambda: "Kiana" not in driver.tabs)
        await driver.press("u")
        await driver.told("Undone: transferred Kiana Anderson to Elin Haugen.")
        await driver.until(lambda: "Kiana" in driver.tabs)
        await driver.until(lambda: driver.main.navigation.here == world.keys[KIANA])
        assert item(world, KIANA).agent_id == world.agents["ada"].id


async def test_a_queue_is_chosen_and_one_that_nobody_works_is_not(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "t")
        await driver.shows("Transfer Kiana Anderson to")
        await driver.write("moving")
        await driver.shows("The queue Moving house has no members", "no members")
        await driver.press("enter")
        await driver.shows("Choose another one. Nothing was changed.")
        driver.app.screen.query_one("#find").value = "billing queue"  # type: ignore[attr-defined]
        await driver.shows("Offered to an agent of Billing")
        await driver.press("enter")
        await driver.until(lambda: item(world, KIANA).queue == "Billing")
        assert item(world, KIANA).agent_id != world.agents["ada"].id


async def test_who_is_away_cannot_be_chosen(world: World) -> None:
    async with console(world) as driver:
        seq = world.desk.last_seq()
        await driver.press("alt+1", "t")
        await driver.write("chidi")
        await driver.shows("Chidi Okafor is away")
        await driver.press("enter")
        await driver.shows("Choose another one.")
        await driver.press("escape")
        await driver.lacks("Transfer Kiana Anderson to")
        kinds = {entry.kind for entry in world.desk.follow(seq)}
        assert not any(kind.startswith("conversation.transferred") for kind in kinds)


async def test_putting_off_shows_the_moment_while_it_is_typed(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+2", "z")
        await driver.shows("Snooze Marcus Lee until", "30m", "today 14:33")
        await driver.write("fri")
        await driver.shows("Snoozed until Fri 6 Mar 09:00, in 2 days")
        await driver.write(" soon")
        await driver.shows("has no time of day in “soon”", "Write for example")
        await driver.press("enter")
        assert item(world, MARCUS).snoozed_until is None
        driver.app.screen.query_one("#until").value = "fri 9am"  # type: ignore[attr-defined]
        await driver.shows("Snoozed until Fri 6 Mar 09:00")
        await driver.press("enter")
        await driver.told("Snoozed Marcus Lee until Fri 6 Mar 09:00; u undoes it.")
        await driver.until(lambda: "Marcus" not in driver.tabs)
        assert item(world, MARCUS).state is S.WAITING
        await driver.press("u")
        await driver.told("Undone: snoozed Marcus Lee until Fri 6 Mar 09:00.")
        await driver.until(lambda: "Marcus" in driver.tabs)
        assert item(world, MARCUS).snoozed_until is None


async def test_a_usual_time_is_one_key_away_and_it_comes_back_with_word(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+2", "z")
        await driver.shows("2h")
        await driver.press("down", "enter")
        await driver.until(lambda: item(world, MARCUS).snoozed_until is not None)
        assert item(world, MARCUS).snoozed_until - world.clock.now() == 2 * 3_600_000
        await driver.until(lambda: "Marcus" not in driver.tabs)
        world.clock.advance(2 * 3_600_000)
        await driver.told("Snooze over: Marcus Lee.")
        await driver.until(lambda: "Marcus" in driver.tabs)


async def test_a_live_one_is_not_put_off(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+1", "z")
        await driver.told("A live conversation cannot be snoozed: t transfers it, e ends it.")


async def test_another_agent_reads_along_and_answers_when_let(world: World) -> None:
    bo = world.agents["bo"].id
    kiana = world.keys[KIANA]
    async with console(world) as driver:
        await driver.press("alt+1", "C")
        await driver.shows("Consult about Kiana Anderson")
        await driver.write("bo l")
        await driver.shows("Asks Bo Lindqvist to read along and write notes.")
        await driver.press("enter")
        await driver.shows("asked Bo Lindqvist, no answer yet")
        await driver.press("C")
        await driver.shows("cancel the request")
        await driver.press("escape")
        world.by("bo", "conversation.accept", conversation=kiana)
        await driver.told("Bo Lindqvist reads along with Kiana Anderson now.")
        beside = lambda: world.call("conversation.participants", conversation=kiana)  # noqa: E731
        await driver.until(lambda: [(p.agent_id, p.role) for p in beside()] == [(bo, "consulted")])
        await driver.until(lambda: driver.session.state.loaded.beside)
        await driver.press("C")
        await driver.shows("let them answer too", "end the consult")
        await driver.press("enter")
        await driver.until(lambda: [p.role for p in beside()] == ["added"])


async def test_who_was_asked_hears_of_it_reads_along_and_steps_aside(world: World) -> None:
    kiana = world.keys[KIANA]
    world.by("bo", "agent.set_presence", presence="do_not_disturb")
    async with console(world, login="bo") as driver:
        asks = {"conversation": kiana, "agent": "bo", "note": "The router"}
        world.ada("conversation.consult", **asks)
        await driver.shows("Consult", "Kiana Anderson", "Ada Byron asks you to read along")
        await driver.press("N")
        await driver.lacks("Ada Byron asks you to read along")
        assert world.call("conversation.asked", conversation=kiana) == []
        world.ada("conversation.consult", **asks)
        await driver.shows("Ada Byron asks you to read along")
        await driver.press("y")
        await driver.until(lambda: "Kiana" in driver.tabs)
        await driver.until(lambda: driver.main.navigation.here == kiana)
        await driver.rests()
        await driver.press("r")
        await driver.told("You read along; Ada Byron answers. You can write a note.")
        await driver.press("C")
        await driver.shows("Leave Kiana Anderson?")
        await driver.press("enter")
        await driver.until(lambda: "Kiana" not in driver.tabs)


async def test_a_queue_is_asked_and_who_asked_hears_that_nobody_will(world: World) -> None:
    kiana = world.keys[KIANA]
    world.by("bo", "agent.set_presence", presence="away")
    async with console(world) as driver:
        await driver.press("alt+1", "C")
        await driver.shows("Consult about Kiana Anderson")
        await driver.write("internet queue")
        await driver.shows("Asks the present members of Internet")
        await driver.press("enter")
        await driver.until(lambda: world.call("conversation.asked", conversation=kiana))
        await driver.shows("asked Elin, no answer yet")
        world.by("elin", "conversation.decline", conversation=kiana, reason="on lunch")
        await driver.told(
            "Elin Haugen declined: on lunch; no other member of Internet can be asked"
        )


async def test_a_closed_session_comes_back_from_home(world: World) -> None:
    async with console(world) as driver:
        await driver.press("alt+4", "w")
        await driver.shows("Wrap up Grete Hansen")
        await driver.press("enter")
        await driver.until(lambda: item(world, GRETE).state is S.CLOSED)
        await driver.until(lambda: driver.main.navigation.here is None)
        await driver.press("u")
        await driver.told("Undone: closed Grete Hansen.")
        await driver.until(lambda: driver.main.navigation.here == world.keys[GRETE])
        assert item(world, GRETE).state is S.WRAP_UP


async def test_what_cannot_be_undone_is_said_and_the_one_before_is_asked_for(
    world: World,
) -> None:
    kiana = world.keys[KIANA]
    world.ada("conversation.label", conversation=kiana, add=["vip"])
    labels = item(world, KIANA).labels
    world.ada("conversation.consult", conversation=kiana, agent="elin")
    async with console(world) as driver:
        await driver.press("alt+1", "u")
        await driver.shows(
            "Undo the action before it: labelled Kiana Anderson?", "cannot be undone"
        )
        await driver.press("escape")
        await driver.lacks("Undo the action before it")
        assert item(world, KIANA).labels == labels
        await driver.press("u")
        await driver.shows("Undo the action before it: labelled Kiana Anderson?")
        await driver.press("enter")
        await driver.told("Undone: labelled Kiana Anderson.")
        assert "vip" not in item(world, KIANA).labels
        assert world.call("conversation.asked", conversation=kiana) != []


async def test_a_note_is_undone_and_struck_out(world: World) -> None:
    kiana = world.keys[KIANA]
    world.ada("conversation.note", conversation=kiana, text="She has a dog.")
    async with console(world) as driver:
        await driver.press("u")
        await driver.told("Undone: added a note about Kiana Anderson.")
        await driver.until(lambda: driver.main.navigation.here == kiana)
    notes = world.call("conversation.messages", conversation=kiana)
    assert [m.delivery for m in notes if m.text == "She has a dog."] == ["unsent"]


async def test_a_reply_that_is_held_goes_back_into_its_draft_from_home(world: World) -> None:
    kiana = world.keys[KIANA]
    world.ada("conversation.reply", conversation=kiana, text="Hold the line")
    async with console(world) as driver:
        await driver.press("u")
        await driver.until(lambda: driver.main.navigation.here == kiana)
        await driver.until(lambda: driver.session.conversation.composer.text == "Hold the line")


async def test_nothing_to_undo_is_said(tmp_path: Path) -> None:
    made = World(tmp_path / "empty.db")
    made.desk.store.execute("DELETE FROM undo")
    async with console(made) as driver:
        await driver.press("u")
        await driver.told("There is nothing to undo.")
    made.close()
