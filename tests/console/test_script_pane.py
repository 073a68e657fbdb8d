"""The agent script of a session: shown, done step by step from wherever the keys are, switched."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from pictures import SIZES, after
from prepared import KIANA, MARCUS, World
from test_cost_of_a_line import MOST_CALLS, cost_of

from omnitui.console.commands import macros as macro_commands
from omnitui.console.dialogs.macros import TriedDialog
from omnitui.datafiles import folder
from omnitui.datafiles.company import Known
from omnitui.datafiles.macros import read_macros
from omnitui.datafiles.scripts import Elsewhere, read_scripts
from omnitui.desk.filling.scripts import import_scripts
from omnitui.desk.macros.shapes import shapes
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.script import Outcome, ScriptState
from omnitui.store import macros

LABELS = [
    {
        "command": "conversation.label",
        "with": {"conversation": "{conversation.id}", "add": ["checked"]},
    }
]
"""The steps of a macro without prompts."""


def with_scripts(world: World) -> World:
    """The world with the scripts that ship, and no rule but that of what Kiana writes."""
    for macro in read_macros(folder() / "macros.toml", shapes()):
        macros.put(world.desk.store, macro)
    file = read_scripts(folder() / "scripts.toml", Known(), Elsewhere())
    import_scripts(world.desk, ADMINISTRATOR, type(file)(script=file.script))
    router = {"field": "words", "operator": "contains", "value": ["router"]}
    world.call("script.set_rule", name="Router words", script="slow-internet", conditions=[router])
    return world


@pytest.fixture
def world(master: World, tmp_path: Path) -> Iterator[World]:
    copy = with_scripts(master.copy(tmp_path / "omnitui.db"))
    yield copy
    copy.close()


@pytest.fixture
def shifted(shift_master: World, tmp_path: Path) -> Iterator[World]:
    copy = with_scripts(shift_master.copy(tmp_path / "shift.db"))
    kiana = {"conversation": copy.keys[KIANA]}
    copy.ada("script.step", **kiana, step="1")
    copy.by("bo", "script.step", **kiana, step="2", outcome="failed")
    copy.ada("script.step", **kiana, step="3")
    yield copy
    copy.close()


def state(world: World, address: str = KIANA) -> ScriptState:
    found = world.ada("script.state", conversation=world.keys[address])
    assert isinstance(found, ScriptState)
    return found


def marks(world: World) -> list[str]:
    return [{"done": "+", "failed": "x", "open": "."}[one.outcome] for one in state(world).steps]


async def lists(driver: Driver, *words: str) -> None:
    """Wait until the pane shows this, wherever its lines break and whatever is said over them."""
    rows = driver.session.assist.rows
    await driver.until(lambda: all(word in " ".join(rows.text.split()) for word in words))


async def at_kiana(driver: Driver) -> None:
    await driver.go(driver.world.keys[KIANA])
    await driver.rests()


async def test_the_tab_shows_progress_the_next_step_and_why(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "Slow or unstable internet", "0 of 8", "Chosen by the rule Router words")
        await lists(ada, "Let us find out together, Kiana.")
        assert ada.session.assist.rows.cursor_key == "step:ask-when-and-where-it-is-slow"


async def test_enter_ticks_a_text_step_and_goes_on_to_the_next(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "0 of 8")
        await ada.press("enter")
        await lists(ada, "1 of 8")
        assert ada.session.assist.rows.cursor_key == "step:ask-about-the-lights"
        assert marks(world) == ["+", *"......."]
        await ada.press("x")
        await lists(ada, "1 of 8, 1 failed")
        assert marks(world) == ["+", "x", *"......"]
        await ada.press("up", "d")
        await ada.until(lambda: marks(world) == ["+", ".", *"......"])
        await ada.press("up", "d")
        await ada.until(lambda: marks(world) == [*"........"])


async def test_the_next_step_is_one_key_away_from_the_composer(world: World) -> None:
    async with console(world) as ada:
        await at_kiana(ada)
        await ada.press("r")
        await ada.write("Hi")
        await ada.press("f9")
        composer = ada.session.conversation.composer
        await ada.until(lambda: "Let us find out together, Kiana." in composer.text)
        assert composer.text.startswith("Hi")
        assert marks(world) == [*"........"]
        await ada.press("f7")
        await ada.until(lambda: marks(world) == ["+", *"......."])
        await ada.told("next: Ask about the lights")
        assert ada.app.focused is composer.field
        await ada.press("shift+f7")
        await ada.until(lambda: marks(world) == ["+", "x", *"......"])
        assert composer.text.startswith("Hi")


async def test_a_prompt_in_a_step_is_filled_like_that_of_a_quick_reply(world: World) -> None:
    for step in ("1", "2", "3"):
        world.ada("script.step", conversation=world.keys[KIANA], step=step)
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "The line test is done: [result].")
        await ada.press("i")
        composer = ada.session.conversation.composer
        await ada.until(lambda: composer.text == "The line test is done: [result].")
        await ada.press("ctrl+s")
        assert composer.text == "The line test is done: [result]."
        await ada.press(*"all is well")
        assert composer.text == "The line test is done: all is well."


async def test_the_text_of_a_macro_step_is_for_the_agent_alone(world: World) -> None:
    for step in ("1", "2", "3", "4"):
        world.ada("script.step", conversation=world.keys[KIANA], step=step)
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("f9")
        await ada.told("its text is for you")
        assert ada.session.conversation.composer.text == ""


def with_macro(world: World, steps: list[Any]) -> int:
    """Kiana's session on a script that begins with a macro; the key of the conversation."""
    world.call("macro.create", key="label-it", title="Label it", steps=steps)
    world.call(
        "script.create",
        key="labels",
        title="Labels",
        steps=[
            {"title": "Label it", "macro": "label-it"},
            {"title": "Say so", "text": "It has a label."},
        ],
    )
    world.ada("script.start", conversation=world.keys[KIANA], script="labels")
    return world.keys[KIANA]


async def test_a_macro_step_runs_its_macro_and_is_ticked(world: World) -> None:
    kiana = with_macro(world, LABELS)
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "Enter runs the macro label-it")
        await ada.press("enter")
        await ada.until(lambda: isinstance(ada.app.screen, TriedDialog))
        await ada.press("escape")
        await ada.until(lambda: not isinstance(ada.app.screen, TriedDialog))
        assert marks(world) == [".", "."]
        await ada.press("enter")
        await ada.until(lambda: isinstance(ada.app.screen, TriedDialog))
        await ada.press("enter")
        await ada.until(lambda: marks(world) == ["+", "."])
        labels = world.ada("conversation.get", conversation=kiana).labels
        assert "checked" in labels
        await ada.press("u", "u")
        await ada.until(
            lambda: "checked" not in world.ada("conversation.get", conversation=kiana).labels
        )
        assert marks(world) == [".", "."]


async def test_a_macro_that_cannot_run_leaves_its_step_open(world: World) -> None:
    until = {"conversation": "{conversation.id}", "until": "2h"}
    with_macro(world, [{"command": "conversation.snooze", "with": until}])
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("r", "f7")
        await ada.shows("A live conversation cannot be snoozed")
        await ada.press("escape")
        await ada.until(lambda: not isinstance(ada.app.screen, TriedDialog))
        assert marks(world) == [".", "."]
        await ada.press("shift+f7")
        await ada.until(lambda: marks(world) == ["x", "."])


async def test_a_macro_that_stopped_half_way_is_a_cross_in_the_script_it_was_run_from(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiana = with_macro(world, LABELS)

    async def stops(_stage: Any, macro: str, conversation: int) -> bool:
        assert (macro, conversation) == ("label-it", kiana)
        world.by("bo", "script.start", conversation=kiana, script="closing")
        return False

    monkeypatch.setattr(macro_commands, "run_macro", stops)
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("f7")
        await ada.told("Crossed: Label it")
        assert state(world).script.key == "closing"  # type: ignore[union-attr]
        world.ada("script.start", conversation=kiana, script="labels")
        assert marks(world) == ["x", "."]


async def test_a_jump_goes_on_with_the_other_script_and_undo_comes_back(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "0 of 8")
        await ada.press("end", "enter")
        await lists(ada, "Closing", "0 of 4", "Started by Ada Byron; the default is")
        assert ada.session.assist.rows.cursor_key == "step:say-in-one-sentence-what-was-done"
        await ada.press("u")
        await lists(ada, "0 of 8")
        assert state(world).started is False


async def test_scripts_are_switched_and_keep_their_marks(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("f7")
        await ada.until(lambda: marks(world)[0] == "+")
        await ada.press("V")
        await ada.shows("Switch script", "Complaint", "Avslutning")
        await ada.press(*"compl", "enter")
        await ada.until(lambda: state(world).script.key == "complaint")  # type: ignore[union-attr]
        await ada.press("V", *"slow", "enter")
        await ada.until(lambda: marks(world)[0] == "+")
        await ada.press("V")
        await ada.shows("Switch script")
        await ada.press("escape")
        assert state(world).script.key == "slow-internet"  # type: ignore[union-attr]


async def test_what_a_colleague_marks_is_seen_at_once(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "0 of 8")
        world.by("bo", "script.step", conversation=world.keys[KIANA], step="1", outcome="failed")
        await lists(ada, "0 of 8, 1 failed")
        assert "failed by Bo Lindqvist" not in ada.session.assist.rows.text
        await ada.press("home")
        await lists(ada, "failed by Bo Lindqvist")


async def test_without_a_script_that_fits_the_pane_says_so(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await ada.go(world.keys[MARCUS])
        await ada.rests()
        await ada.press("v")
        await lists(ada, "No script fits this conversation. V")
        await ada.press("f7")
        await ada.told("No script fits this conversation.")
        world.says(MARCUS, "It is the router, I think", "email")
        await lists(ada, "0 of 8")


async def test_after_the_last_step_the_key_says_so(world: World) -> None:
    kiana = {"conversation": world.keys[KIANA]}
    world.ada("script.start", **kiana, script="closing")
    for step in ("1", "2", "3", "4"):
        world.ada("script.step", **kiana, step=step)
    async with console(world) as ada:
        await at_kiana(ada)
        await ada.press("f7")
        await ada.told("Every step of Closing has a mark.")


async def test_a_line_costs_no_more_while_a_script_is_shown(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "0 of 8")
        world.says(KIANA, "Hello, are you there?")
        await ada.rests()
        cost = await cost_of(ada, lambda: world.says(KIANA, "My router keeps dropping the line"))
        assert "script.state" not in cost.calls, str(cost)
        assert len(cost.calls) <= MOST_CALLS, str(cost)
        await ada.press("left")
        await ada.rests()
        cost = await cost_of(ada, lambda: world.says(KIANA, "It drops and drops"))
        assert "scripts" not in "".join(cost.statements), str(cost)


async def test_a_mark_of_a_colleague_is_read_in_a_few_calls(world: World) -> None:
    async with console(world, size=(160, 45)) as ada:
        await at_kiana(ada)
        await ada.press("v")
        await lists(ada, "0 of 8")

        def marked() -> Any:
            kiana = {"conversation": world.keys[KIANA]}
            return world.by("bo", "script.step", **kiana, step="1", outcome=Outcome.DONE)

        cost = await cost_of(ada, marked)
        assert "script.state" not in cost.calls, str(cost)
        assert len(cost.calls) <= MOST_CALLS, str(cost)
        await lists(ada, "1 of 8")


SCREENS: dict[str, list[str]] = {
    "script": ["alt+1", "v"],
    "script_earlier_step": ["alt+1", "v", "home", "down"],
    "switch": ["alt+1", "V"],
}


@pytest.mark.parametrize("screen", SCREENS)
def test_screen(screen: str, shifted: World, snap_compare: Any) -> None:
    assert snap_compare(shifted.app(), sizes=SIZES, run_before=after(SCREENS[screen]))


def test_light(shifted: World, snap_compare: Any) -> None:
    app = shifted.app(theme="omni-light")
    assert snap_compare(app, terminal_size=(120, 36), run_before=after(SCREENS["script"]))


def test_plain_signs(shifted: World, snap_compare: Any) -> None:
    app = shifted.app(ascii=True)
    assert snap_compare(app, terminal_size=(80, 24), run_before=after(SCREENS["script"]))
