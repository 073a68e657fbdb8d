"""Drafts of a language model by the keys: what is shown, what is done with them, what fails."""

from pathlib import Path

import pytest
from drafting import (
    DRAFT,
    at_kiana,
    cites,
    decisions,
    drafting_world,
    entries,
    model,
    notes,
    outcomes,
    writing,
)
from driver import console
from prepared import KIANA, World

from model_server import ModelServer, Serving
from omnitui.console.dialogs.assistant import DraftDialog
from omnitui.model.session import DraftKind

__all__ = ["model"]

world = drafting_world


async def test_without_a_model_the_keys_say_so(shift_master: World, tmp_path: Path) -> None:
    world = shift_master.copy(tmp_path / "none.db")
    async with console(world) as driver:
        await at_kiana(driver)
        for key in ("r", "w", "s", "t", "k"):
            await driver.press("g", key)
        await driver.told("No language model is set up.")
        assert entries(world, "asked") == []
    world.close()


async def test_one_that_is_set_while_the_console_is_open_is_used(
    shift_master: World, model: ModelServer, tmp_path: Path
) -> None:
    world = shift_master.copy(tmp_path / "later.db")
    async with console(world) as driver:
        await at_kiana(driver)
        world.call("assistant.set", url=model.url, model="small")
        await driver.until(lambda: driver.app.link.settings.assistant_url)
        await driver.press("g", "s")
        await driver.shows("Summary", "On this machine")
    world.close()


async def test_a_reply_is_suggested_and_inserted_and_not_sent(
    world: World, model: ModelServer
) -> None:
    cites(model)
    async with console(world) as driver:
        composer = await at_kiana(driver)
        await driver.press("g", "r")
        await driver.shows("Suggested reply", "On this machine", DRAFT, "From article")
        await driver.press("enter")
        await driver.until(lambda: composer.text.strip() == DRAFT)
        assert composer.kind is DraftKind.REPLY
        await driver.until(lambda: decisions(world) == ["accepted"])
        assert outcomes(world) == ["answered"]
        assert DRAFT not in [
            one.text for one in world.call("conversation.messages", conversation=world.keys[KIANA])
        ]


async def test_a_dismissed_draft_leaves_what_is_written(world: World, model: ModelServer) -> None:
    cites(model)
    async with console(world) as driver:
        composer = await writing(driver, "Hello Kiana")
        await driver.press("g", "r")
        await driver.shows(DRAFT, "dismiss")
        await driver.press("escape")
        await driver.until(lambda: decisions(world) == ["dismissed"])
        assert composer.text == "Hello Kiana"


async def test_a_reply_that_cites_nothing_given_is_one_sentence(
    world: World, model: ModelServer
) -> None:
    model.says("Trust me.\nARTICLES: 9999")
    async with console(world) as driver:
        composer = await writing(driver, "Hello Kiana")
        await driver.press("g", "r")
        await driver.shows("names article 9999, which was not given", "Your draft is unchanged.")
        await driver.press("enter")
        assert isinstance(driver.app.screen, DraftDialog), "there is nothing to accept"
        await driver.press("escape")
        await driver.until(lambda: outcomes(world) == ["invented"])
        assert composer.text == "Hello Kiana"
        assert decisions(world) == []


async def test_a_rewrite_stands_beside_the_draft_and_is_undone_like_typing(
    world: World, model: ModelServer
) -> None:
    model.streams("Hi ", "Kiana!")
    async with console(world) as driver:
        composer = await writing(driver, "Hello there dear Kiana, card 4111 1111 1111 1111")
        await driver.press("g", "w")
        await driver.shows("Rewrite draft", "Shorter", "In the customer's language")
        await driver.press("1")
        await driver.shows("Your draft", "Hello there dear Kiana, card 4111", "Hi Kiana!")
        await driver.press("enter")
        await driver.until(lambda: composer.text == "Hi Kiana!")
        assert "4111" not in model.sent
        await driver.press("ctrl+z")
        await driver.until(lambda: composer.text.startswith("Hello there dear Kiana"))


async def test_a_summary_becomes_a_note_or_is_edited_as_one(
    world: World, model: ModelServer
) -> None:
    model.says("She wants a router.")
    async with console(world) as driver:
        composer = await at_kiana(driver)
        await driver.press("g", "s")
        await driver.shows("Summary", "She wants a router.", "add as a note")
        await driver.press("enter")
        await driver.until(lambda: "She wants a router." in notes(world))
        await driver.press("g", "s")
        await driver.shows("She wants a router.", "escalate")
        await driver.press("e")
        await driver.until(lambda: composer.is_note and "She wants a router." in composer.text)
        await driver.until(lambda: decisions(world) == ["accepted", "edited"])


@pytest.mark.parametrize(
    ("key", "title"), [("t", "Transfer Kiana Anderson to"), ("x", "Release Kiana Anderson")]
)
async def test_a_summary_goes_along_at_a_hand_over(
    world: World, model: ModelServer, key: str, title: str
) -> None:
    model.says("She wants a router.\nNothing is promised.")
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "s")
        await driver.shows("Nothing is promised.", "transfer", "release")
        await driver.press(key)
        await driver.shows(title, "She wants a router. Nothing is promised.")


async def test_a_summary_is_noted_before_it_is_escalated_or_closed(
    world: World, model: ModelServer
) -> None:
    model.says("She wants a router.")
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "s")
        await driver.shows("She wants a router.", "escalate")
        await driver.press("E")
        await driver.shows("Escalate Kiana Anderson")
        assert notes(world).count("She wants a router.") == 1
        await driver.press("escape")
        world.ada("conversation.end", conversation=world.keys[KIANA])
        await driver.until(lambda: driver.session.state.conversation.state == "wrap_up")
        await driver.press("g", "s")
        await driver.shows("She wants a router.", "close")
        await driver.lacks("transfer")
        await driver.press("w")
        await driver.shows("Wrap up Kiana Anderson", "Disposition")
        assert notes(world).count("She wants a router.") == 2


async def test_a_reply_that_comes_too_late_goes_into_the_note(
    world: World, model: ModelServer
) -> None:
    cites(model)
    async with console(world) as driver:
        composer = await at_kiana(driver)
        await driver.press("g", "r")
        await driver.shows(DRAFT)
        world.ada("conversation.end", conversation=world.keys[KIANA])
        await driver.until(lambda: driver.session.state.conversation.state == "wrap_up")
        await driver.press("enter")
        await driver.told("Inserted into the note, for agents only.")
        assert composer.is_note
        assert DRAFT in composer.text


async def test_a_session_that_is_closed_meanwhile_takes_nothing(
    world: World, model: ModelServer
) -> None:
    model.says("She wants a router.")
    async with console(world) as driver:
        await at_kiana(driver)
        before = notes(world)
        await driver.press("g", "s")
        await driver.shows("She wants a router.", "dismiss")
        world.ada("session.close", conversation=world.keys[KIANA])
        await driver.until(lambda: world.keys[KIANA] not in driver.main.order)
        await driver.press("enter")
        await driver.told("The session was closed meanwhile")
        assert notes(world) == before


async def test_nothing_is_asked_any_more_for_a_session_that_is_closed(
    world: World, model: ModelServer
) -> None:
    def drip(serving: Serving) -> None:
        serving.head(kind="text/event-stream")
        while not serving.server.model.go_on.wait(0.02):
            serving.piece("She ")

    model.answer = drip
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "s")
        await driver.shows("She She")
        world.ada("session.close", conversation=world.keys[KIANA])
        await driver.shows("The session was closed meanwhile.", "close")
        await driver.until(model.served.is_set)
        await driver.press("escape")
        await driver.until(lambda: outcomes(world) == ["given_up"])


async def test_a_translation_stands_beside_the_original(world: World, model: ModelServer) -> None:
    model.says("It is red in English.")
    world.says(KIANA, "Den er r\u00f8d n\u00e5")
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "t")
        await driver.shows("Original", "Den er r\u00f8d n\u00e5", "It is red in English.")
        await driver.press("escape")
        assert notes(world).count("It is red in English.") == 0


async def test_words_come_in_as_they_are_written_and_giving_up_ends_it(
    world: World, model: ModelServer
) -> None:
    def stall(serving: Serving) -> None:
        serving.head(kind="text/event-stream")
        serving.piece("She wants")
        serving.stall()

    model.answer = stall
    async with console(world) as driver:
        composer = await writing(driver, "Hello Kiana")
        await driver.press("g", "s")
        await driver.shows("She wants", "give up")
        await driver.press("enter", "e")
        assert isinstance(driver.app.screen, DraftDialog), "there is nothing to accept yet"
        await driver.press("escape")
        await driver.until(lambda: outcomes(world) == ["given_up"])
        assert composer.text == "Hello Kiana"
        assert decisions(world) == []
        await driver.press("r")
        await driver.write("!")
        assert composer.text.endswith("!"), "the keys are the composer's again"


TROUBLES = {
    "429": (lambda serving: serving.head(429), "is busy (429)"),
    "500": (lambda serving: serving.head(500), "has failed (500)"),
    "broken": (lambda serving: (serving.head(), serving.body(b"{")), "cannot be read"),
    "10 MB": (lambda serving: (serving.head(), serving.body(b" " * 10_000_000)), "far too much"),
    "gone": (lambda serving: None, "broke off the connection"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_whatever_goes_wrong_no_word_is_lost(
    world: World, model: ModelServer, trouble: str
) -> None:
    model.answer, said = TROUBLES[trouble]  # type: ignore[assignment]
    async with console(world) as driver:
        composer = await writing(driver, "Hello Kiana")
        await driver.press("g", "s")
        await driver.shows(said, "Your draft is", "close")
        await driver.press("escape")
        await driver.until(lambda: len(outcomes(world)) == 1)
        assert composer.text == "Hello Kiana"


async def test_what_a_terminal_would_obey_and_markup_are_shown_as_nothing_and_as_they_are(
    world: World, model: ModelServer
) -> None:
    model.streams("[bold]Hi[/] \x1b]0;owned\x07\x1b[2J", "there\u202e")
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "s")
        await driver.shows("[bold]Hi[/] there")
        assert "\x1b" not in driver.text
        assert "owned" not in driver.text


async def test_leaving_the_console_ends_the_call(world: World, model: ModelServer) -> None:
    model.answer = lambda serving: serving.stall()
    async with console(world) as driver:
        await at_kiana(driver)
        await driver.press("g", "s")
        await driver.until(model.stalled.is_set)
    assert [one.payload["purpose"] for one in entries(world, "asked")] == ["summary"]
