"""Whatever a command raises ends in a sentence, and never in the end of the console."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from driver import Driver, console
from prepared import KIANA, World
from textual.css.query import NoMatches
from textual.screen import ModalScreen

from omnitui.console.app import OmniApp
from omnitui.console.command import COMMANDS, Command
from omnitui.console.failures import cause, gone, sentence
from omnitui.console.guarded import BROKEN
from omnitui.model.errors import Fault, Refused

SAID = "The disk that holds the store is full"
ERRORS: dict[str, Callable[[], Exception]] = {
    "fault": lambda: Fault(SAID),
    "refusal": lambda: Refused("test.no", SAID),
    "nothing found": lambda: NoMatches(SAID),
    "mistake": lambda: KeyError(SAID),
}
BESIDE = ("session.focus", "session.draft", "session.layout", "timeline.looked")
"""What the console remembers by itself: that it fails is said once, and it is tried again."""


class Failing:
    """Lets every call of a console's desk fail while it is on."""

    def __init__(self, ada: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: Callable[[], Exception] | None = None
        self.raised: list[str] = []
        call = ada.app.link.call

        async def failing(name: str, /, **params: Any) -> Any:
            if self.made is None:
                return await call(name, **params)
            self.raised.append(name)
            raise self.made()

        monkeypatch.setattr(ada.app.link, "call", failing)


async def run(ada: Driver, command: Command) -> str:
    """Run a command to where it rests, and leave what it asks; what could be read meanwhile."""
    ada.main.run_command(command)
    await ada.until(lambda: not ada.app.type_ahead.works or isinstance(ada.app.screen, ModalScreen))
    await ada.until(lambda: not busy(ada))
    read = ada.text
    while isinstance(ada.app.screen, ModalScreen):
        ada.app.screen.dismiss(None)
        await ada.until(lambda: not ada.app.type_ahead.works and not busy(ada))
    # A tab that was opened reads what it shows once it is there.
    await ada.rests()
    return read + ada.text


def busy(ada: Driver) -> bool:
    """Whether anything is at work that does not wait for a person, or for others."""
    waiting = ("follow", "settle", "command", "session")
    return any(worker.is_running and worker.group not in waiting for worker in ada.app.workers)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ERRORS)
@pytest.mark.parametrize("place", ["home", "session"])
async def test_no_command_ends_the_console(
    world: World, monkeypatch: pytest.MonkeyPatch, kind: str, place: str
) -> None:
    async with console(world) as ada:
        if place == "session":
            await ada.go(world.keys[KIANA])
            await ada.until(lambda: ada.session.painted)
        failing = Failing(ada, monkeypatch)
        # Mistakes that come faster than anybody reads would end it, and should.
        ada.app._broken_at = _Never()  # type: ignore[assignment]
        silent: dict[str, list[str]] = {}
        for command in COMMANDS.values():
            if command.id == "screen.quit" or not ada.main.works_here(command):
                continue
            ada.app._notifications._notifications.clear()
            failing.made, failing.raised = ERRORS[kind], []
            read = await run(ada, command)
            asked = [name for name in failing.raised if name not in BESIDE]
            if asked and SAID not in read:
                # What a tab says of it is painted when the tab is.
                with suppress(AssertionError):
                    await ada.until(lambda: SAID in " ".join((*ada.toasts, ada.text)))
                read += ada.text
            failing.made = None
            assert ada.app.is_running, f"{command.id} ended the console"
            if asked and not (any(SAID in said for said in ada.toasts) or SAID in read):
                silent[command.id] = asked
        assert not silent, "these failed and said nothing"
        ada.app.broken.clear()


class _Never(list[float]):
    def append(self, at: float) -> None:
        pass


async def test_mistakes_that_do_not_stop_end_it_in_one_sentence(world: World) -> None:
    app = world.app()
    with pytest.raises(KeyError):
        await break_down(app)
    assert app.return_code == BROKEN
    assert len(app.last_words) == 1
    assert "KeyError" in app.last_words[0]
    assert not app._exit_renderables, "no traceback"


async def break_down(app: OmniApp) -> None:
    async with app.run_test(notifications=True) as pilot:
        await pilot.pause()
        for number in range(20):
            app.broke(KeyError(number))
        await pilot.pause()


def test_an_error_is_a_sentence() -> None:
    assert sentence(Refused("x.y", "No.", "Do that.")) == "No. Do that."
    assert sentence(Fault("Broken.")) == "Broken."
    assert "No space left" in sentence(OSError(28, "No space left on device", "/a"))
    assert "KeyError" in sentence(KeyError("x"))
    assert not gone(ValueError("from nobody"))
    inner = ValueError("inner")
    assert cause(inner) is inner
