"""Macros by keys: chosen, asked, tried, run, taken back as one; refused on the way; left behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, MARCUS, World

from omnitui.console.commands import macros as commands

CONVERSATION = {"conversation": "{conversation.id}"}
OPEN = {
    "key": "open-case",
    "title": "Open a case",
    "description": "Creates a case, notes it, and tells its number.",
    "prompts": [
        {"key": "title", "label": "What is wrong"},
        {"key": "when", "label": "When you call", "kind": "date", "required": False},
        {
            "key": "priority",
            "label": "Priority",
            "kind": "choice",
            "values": ["low", "normal", "high"],
            "default": "normal",
        },
        {"key": "tried", "label": "What was tried", "kind": "lines", "required": False},
    ],
    "steps": [
        {
            "key": "made",
            "command": "case.create",
            "with": {
                **CONVERSATION,
                "customer": "{customer.id}",
                "title": "{answer.title}",
                "origin": "{conversation.channel}",
                "priority": "{answer.priority}",
                "description": "{answer.tried}",
            },
        },
        {
            "command": "conversation.note",
            "with": {**CONVERSATION, "text": "{made.number}: {answer.title}. {answer.when}"},
        },
        {"console": "open_tab", "with": {"tab": "case", "record": "{made.id}"}},
        {"console": "insert_text", "with": {"text": "It is {made.number}, {customer.first_name}."}},
    ],
}
LOOK = {
    "key": "look",
    "title": "Look it up",
    "steps": [
        {"command": "conversation.label", "with": {**CONVERSATION, "add": ["looked"]}},
        {"console": "search_knowledge", "with": {"phrase": "router"}},
    ],
}
STOPS = {
    "key": "stops",
    "title": "Stops halfway",
    "steps": [
        {"command": "conversation.label", "with": {**CONVERSATION, "add": ["begun"]}},
        {
            "command": "conversation.transfer",
            "with": {**CONVERSATION, "to_queue": "Nobody works here"},
        },
        {"command": "conversation.note", "with": {**CONVERSATION, "text": "Never written"}},
    ],
}
SENDS = {
    "key": "sends",
    "title": "Send thanks",
    "steps": [
        {"command": "conversation.label", "with": {**CONVERSATION, "add": ["thanked"]}},
        {"command": "conversation.reply", "with": {**CONVERSATION, "text": "Thank you!"}},
    ],
}

BYE = {
    "key": "bye",
    "title": "Good bye",
    "prompts": [
        {"key": "how", "label": "How it ended"},
        {"key": "sure", "label": "Sure", "kind": "yes_no"},
    ],
    "steps": [
        {"command": "conversation.reply", "with": {**CONVERSATION, "text": "Good bye!"}},
        {
            "command": "conversation.finish",
            "when": "{answer.sure}",
            "with": {**CONVERSATION, "disposition": "{answer.how}"},
        },
        {"console": "search_knowledge", "with": {"phrase": "router"}},
    ],
}


@pytest.fixture
def world(shift_master: World, tmp_path: Path) -> Iterator[World]:
    made = shift_master.copy(tmp_path / "shift.db")
    made.call("queue.create", name="Nobody works here")
    for macro in (OPEN, LOOK, STOPS, SENDS, BYE):
        made.call("macro.create", **macro)
    yield made
    made.close()


def labels(world: World, whom: str = KIANA) -> tuple[str, ...]:
    found: Any = world.call("conversation.get", conversation=world.keys[whom])
    return tuple(found.labels)


async def begin(ada: Driver, words: str) -> None:
    await ada.press("alt+1")
    await ada.in_front(ada.world.keys[KIANA])
    await ada.press("at")
    await ada.shows("Run a macro")
    await ada.write(words)
    await ada.rests()
    await ada.press("enter")


async def answer(ada: Driver) -> None:
    await begin(ada, "open a case")
    await ada.shows("What is wrong")
    await ada.write("Amber light")
    await ada.press("ctrl+s")
    await ada.shows("Creates a case for a customer", "Nothing has been done yet.")


async def test_a_macro_is_asked_tried_run_and_taken_back_as_one(world: World) -> None:
    async with console(world) as ada:
        before = world.call("conversation.get", conversation=world.keys[KIANA]).case_id
        await answer(ada)
        assert world.call("conversation.get", conversation=world.keys[KIANA]).case_id == before
        await ada.press("enter")
        await ada.told("Ran “Open a case”: 4 steps; u undoes it.")
        made = world.call("conversation.get", conversation=world.keys[KIANA]).case_id
        assert made != before
        number = world.call("case.get", case=made).number
        await ada.until(lambda: ada.session.apps.front is None)
        assert ada.session.conversation.composer.text == f"It is {number}, Kiana."
        assert [tab.title for tab in ada.session.tabs.open] == [number]
        await ada.press("escape", "u")
        await ada.told("Undone: ran “Open a case” for Kiana Anderson.")
        assert world.call("conversation.get", conversation=world.keys[KIANA]).case_id == before


async def test_what_is_missing_is_named_before_anything_runs(world: World) -> None:
    async with console(world) as ada:
        last = world.desk.last_seq()
        await begin(ada, "open a case")
        await ada.shows("What is wrong")
        await ada.press("ctrl+s")
        await ada.shows("Answer “What is wrong” first.")
        await ada.write("Amber light")
        await ada.press("tab")
        await ada.write("the day before")
        await ada.press("ctrl+s")
        await ada.shows("“When you call” (when) is not a time")
        await ada.press("escape")
        await ada.lacks("What is wrong")
        assert [entry.kind for entry in world.desk.follow(last) if "macro" in entry.kind] == []
        # What was typed is there when it is wanted again.
        await begin(ada, "open a case")
        await ada.shows("What is wrong", "Amber light", "the day before")


async def test_a_refused_step_says_why_and_what_was_done_before_it(world: World) -> None:
    async with console(world) as ada:
        await begin(ada, "stops")
        await ada.shows("would stop at step 2 of 3", "has no members", "not tried")
        await ada.press("enter")
        await ada.told("“Stops halfway” stopped at step 2 of 3 (conversation.transfer)")
        await ada.told("Step 1 is done. Step 3 is not tried. u undoes what was done.")
        assert "begun" in labels(world)
        assert "Never written" not in str(world.call("conversation.messages", **about(world)))
        await ada.press("u")
        await ada.told("Undone: ran “Stops halfway” for Kiana Anderson.")
        assert "begun" not in labels(world)


def about(world: World) -> dict[str, Any]:
    return {"conversation": world.keys[KIANA], "limit": 100}


async def test_a_reply_that_is_held_goes_back_with_the_whole(world: World) -> None:
    async with console(world) as ada:
        await begin(ada, "send thanks")
        await ada.shows("It leaves after", "can be undone until then")
        await ada.press("enter")
        await ada.told("Ran “Send thanks”: 2 steps; u undoes it.")
        await ada.until(lambda: ada.session.state.held_reply is not None)
        await ada.press("u")
        await ada.told("Undone: ran “Send thanks”")
        assert "thanked" not in labels(world)
        await ada.until(lambda: ada.session.state.held_reply is None)
        assert ada.session.conversation.composer.text == ""


async def test_it_belongs_to_its_session_whatever_is_in_front_by_then(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1")
        await ada.in_front(world.keys[KIANA])
        kiana = ada.session
        kiana.conversation.composer.insert("I looked.")
        await ada.press("alt+2")
        await ada.in_front(world.keys[MARCUS])
        marcus, focused = ada.session, ada.app.focused
        for macro in ("open-case", "look"):
            given = {"macro": macro, "conversation": world.keys[KIANA]}
            answers = {"title": "Amber"} if macro == "open-case" else {}
            ran = await ada.main.link.call("macro.run", answers=answers, **given)
            await commands._in_console(ada.main, ran)
        await ada.rests()
        assert ada.session is marcus
        assert ada.app.focused is focused
        assert marcus.conversation.composer.text == ""
        assert kiana.conversation.composer.text.startswith("I looked. It is CAS-")
        assert len(kiana.tabs.open) == 1
        assert marcus.tabs.open == ()
        assert (kiana.assist.tab, kiana.assist.search.value) == ("knowledge", "router")
        session = next(
            one for one in world.ada("session.list") if one.conversation_id == world.keys[KIANA]
        )
        assert "It is CAS-" in session.draft_reply
        await ada.go(world.keys[KIANA])
        await ada.shows("Knowledge", "router")


async def test_what_is_typed_stays_when_a_macro_sends_its_own_words(world: World) -> None:
    async with console(world) as ada:
        await ada.press("alt+1", "r")
        await ada.write("One more thing")
        await ada.press("escape")
        await begin(ada, "send thanks")
        await ada.shows("It leaves after")
        await ada.press("enter")
        await ada.told("Ran “Send thanks”")
        assert ada.session.conversation.composer.text == "One more thing"
        drafts = [one.draft_reply for one in world.ada("session.list")]
        assert "One more thing" in drafts


async def test_it_may_end_its_own_session(world: World) -> None:
    async with console(world) as ada:
        await begin(ada, "good bye")
        await ada.shows("How it ended")
        await ada.write("Solved")
        await ada.press("ctrl+s")
        await ada.shows("Answer “Sure” first.")
        await ada.press("tab", "y", "ctrl+s")
        await ada.shows("Sends a reply", "closes it, without wrap-up")
        await ada.press("enter")
        await ada.told("Ran “Good bye”: 3 steps; u undoes it.")
        await ada.told("Its session is closed here: nothing was opened or written.")
        kiana = world.keys[KIANA]
        await ada.until(lambda: kiana not in ada.main.order)
        assert world.call("conversation.get", conversation=kiana).state == "closed"
        await ada.press("u")
        await ada.told("Undone: ran “Good bye” for Kiana Anderson.")
        await ada.in_front(kiana)
        assert world.call("conversation.get", conversation=kiana).state == "active"


async def test_leaving_a_dialog_does_nothing(world: World) -> None:
    async with console(world) as ada:
        last = world.desk.last_seq()
        for words in ("stops", "look it up"):
            await begin(ada, words)
            await ada.shows("esc cancel", "enter run")
            await ada.press("escape")
            await ada.lacks("esc cancel")
        assert "macro.ran" not in [entry.kind for entry in world.desk.follow(last)]


async def test_what_cannot_be_done_at_all_can_only_be_left(world: World) -> None:
    step = {"command": "conversation.transfer", "with": {**CONVERSATION, "to_queue": "Nowhere"}}
    world.call("macro.update", macro="stops", steps=[step])
    async with console(world) as ada:
        await begin(ada, "stops")
        await ada.shows("would stop at step 1 of 1", "There is no queue 'Nowhere'", "esc back")
        await ada.lacks("enter run")
        await ada.press("enter", "ctrl+s")
        await ada.shows("esc back")
        await ada.press("escape")
        await ada.lacks("esc back")


DIALOGS = {
    "pick": ["alt+1", "at"],
    "prompts": ["alt+1", "at", *"open", "enter"],
    "tried": ["alt+1", "at", *"open", "enter", *"Amber", "ctrl+s"],
    "tried_refused": ["alt+1", "at", *"stops", "enter"],
}


@pytest.mark.parametrize("dialog", DIALOGS)
def test_dialog(dialog: str, world: World, snap_compare: Any) -> None:
    assert snap_compare(world.app(), sizes=SIZES, run_before=after(DIALOGS[dialog]))
