"""What is typed is kept: in the composer, in dialogs, through locks and crashes."""

from pathlib import Path
from typing import Any

import pytest
from driver import Driver, console
from prepared import KIANA, World
from textual.screen import ModalScreen

from omnitui.console import saving
from omnitui.console.main.leaving import unkept, words_of
from omnitui.console.saving import Typed, Unkept
from omnitui.model.errors import Refusal


def draft(world: World, address: str = KIANA) -> str:
    sessions = world.ada("session.list")
    found = next(s for s in sessions if s.conversation_id == world.keys[address])
    return str(found.draft_reply)


async def kiana(ada: Driver) -> None:
    await ada.go(ada.world.keys[KIANA])
    await ada.until(lambda: ada.session.painted)
    ada.session.conversation.transcript.focus()
    await ada.pilot.pause()


async def test_what_could_not_be_saved_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "AGAIN_SECONDS", 0.05)
    async with console(world) as ada:
        await kiana(ada)
        attempt = ada.app.link.attempt
        full = True

        async def attempting(name: str, /, **params: Any) -> Any:
            if full and name == "session.draft":
                return Refusal("desk.fault", "The disk is full.")
            return await attempt(name, **params)

        monkeypatch.setattr(ada.app.link, "attempt", attempting)
        await ada.press("r")
        await ada.write("Not lost")
        await ada.told("Your text is not saved yet: The disk is full.")
        assert [one.text for one in unkept(ada.main)] == ["Not lost"]
        full = False
        await ada.until(lambda: draft(world) == "Not lost")
        await ada.told("Your text is saved again.")
        assert not unkept(ada.main)


async def test_quitting_hands_back_what_is_not_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(world) as ada:
        await kiana(ada)

        async def attempting(name: str, /, **params: Any) -> Any:
            return Refusal("desk.fault", "The disk is full.")

        await ada.press("r")
        monkeypatch.setattr(ada.app.link, "attempt", attempting)
        await ada.write("Word for word")
        await ada.press("ctrl+q")
        await ada.until(lambda: not ada.app.is_running)
        told = "\n".join(ada.app.last_words)
        assert "Not everything you typed could be saved." in told
        assert "Word for word" in told


def test_nothing_is_said_when_all_is_kept() -> None:
    assert words_of([]) == []
    assert words_of([Unkept("reply to Kiana", "Hello")])[1:] == ["\nreply to Kiana:\nHello"]


# The key that opens a dialog, and the field of words in it.
DIALOGS = [
    ("t", "note"),
    ("x", "note"),
    ("m", "description"),
    ("R", "resolution"),
    ("+ t", "title"),
]


@pytest.mark.parametrize(("keys", "field"), DIALOGS)
async def test_words_in_dialogs_outlive_esc_and_a_crash(
    world: World, tmp_path: Path, keys: str, field: str
) -> None:
    async with console(world) as ada:
        await kiana(ada)
        await opened(ada, keys, field)
        ada.app.screen.query_one(f"#{field}").focus()
        await ada.pilot.pause()
        await ada.write("She moves in May. ")
        await ada.until(lambda: kept(world))
        killed = world.copy(tmp_path / "killed.db")
        await ada.press("escape")
        await ada.until(lambda: not isinstance(ada.app.screen, ModalScreen))
        await opened(ada, keys, field)
        assert "She moves in May." in typed(ada, field)
        await ada.press("escape")
    async with console(killed) as ada:
        await kiana(ada)
        await opened(ada, keys, field)
        assert "She moves in May." in typed(ada, field)
    killed.close()


async def opened(ada: Driver, keys: str, field: str) -> None:
    for key in keys.split():
        await ada.press("plus" if key == "+" else key)
        await ada.until(lambda: isinstance(ada.app.screen, ModalScreen))
    await ada.until(lambda: ada.app.screen.query(f"#{field}"))
    await ada.pilot.pause()


def typed(ada: Driver, field: str) -> str:
    widget: Any = ada.app.screen.query_one(f"#{field}")
    return str(widget.text if hasattr(widget, "text") else widget.value)


def kept(world: World) -> bool:
    layouts = [session.layout for session in world.ada("session.list")]
    return "She moves in May." in str(layouts) + str(world.ada("home.layout"))


def test_what_was_stored_is_taken_back_as_far_as_it_goes() -> None:
    changes: list[int] = []
    typed = Typed(lambda: changes.append(1))
    typed.restore({"transfer": {"note": "May"}, "odd": 3})
    typed.restore(["nonsense"])
    assert typed.kept() == {"transfer": {"note": "May"}}
    typed.into("transfer")["note"] = "May"
    assert not changes, "nothing has changed"
    typed.into("transfer")["note"] = "June"
    typed.into("release")["note"] = ""
    assert changes
    assert typed.kept() == {"transfer": {"note": "June"}}
    typed.forget("transfer")
    assert typed.kept() == {}


async def test_what_is_overdue_to_be_saved_waits_a_moment_and_is_saved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "MOST_SECONDS", 0.0)
    async with console(world) as ada:
        await kiana(ada)
        waits: list[float] = []
        composer = ada.session.conversation.composer
        timer = composer.set_timer

        def noted(seconds: float, *rest: Any, **more: Any) -> Any:
            waits.append(seconds)
            return timer(seconds, *rest, **more)

        monkeypatch.setattr(composer, "set_timer", noted)
        await ada.press("r")
        await ada.write("Typed without a pause")
        await ada.until(lambda: draft(world) == "Typed without a pause")
        assert waits
        assert min(waits) > 0
