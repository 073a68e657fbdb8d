"""What is said in passing: in a toast, on the quiet row under the tabs, under Home's list.

A sentence may advise a key. It is taken back, or goes on without the advice, as soon as the key
would do something else than it says.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from omnitui.console.keys import key_for
from omnitui.console.main.board import Board
from omnitui.console.present.frame.offers import QuietView
from omnitui.console.present.times import clock_time
from omnitui.console.text import once
from omnitui.console.toolkit import withdraw_alike
from omnitui.console.work import do_soon
from omnitui.desk.undo import Undoable
from omnitui.model.agent import Presence
from omnitui.model.errors import Refusal

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

Holds = Callable[[], Awaitable[bool]]
"""Whether what a sentence advises is still so."""


def are_due(board: Board) -> bool:
    """Whether follow-ups of the agent are due."""
    return bool(board.desk.due)


def are_mentioned(board: Board) -> bool:
    """Whether notes mention the agent that they have not seen."""
    return bool(board.desk.mentions)


def is_inactive(board: Board) -> bool:
    """Whether the agent is inactive."""
    return board.agent.presence is Presence.INACTIVE


_KEPT = 12
"""Of how many sentences it is looked after whether they are still true; the newest."""


class _Advice(Struct, frozen=True):
    said: str
    fact: str
    holds: Holds


class Messages:
    """See the module."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._last = ("", "")
        self._advice: list[_Advice] = []

    def say(
        self,
        sentence: str,
        severity: str = "information",
        *,
        fact: str = "",
        holds: Holds | None = None,
    ) -> None:
        """Say something; never anything that asks for an answer.

        With `holds` it advises something: when that is no longer so, only `fact` remains of it.
        """
        screen = self._screen
        self._last = (sentence, clock_time(screen.link.now(), screen.tz))
        self.show_quiet()
        levels = {"warning": "warning", "error": "error"}
        screen.app.notify(
            sentence,
            severity=levels.get(severity, "information"),  # type: ignore[arg-type]
            markup=False,
        )
        if holds is not None:
            self._look_after(_Advice(sentence, fact, holds))

    def forget(self) -> None:
        """Let the quiet row say nothing of what was said."""
        self._last = ("", "")

    def show_quiet(self) -> None:
        """Show on the quiet row how the agent stands, and what was said last."""
        board = self._screen.board
        if board is not None:
            presence = key_for("agent.presence")
            self._screen.offers.show_quiet(QuietView(board.agent.presence, presence, *self._last))

    def while_(self, so: Callable[[Board], bool]) -> Holds:
        """Until the frame, read anew, is not `so` any more."""
        said = self._screen.board

        async def holds() -> bool:
            board = self._screen.board
            return board is None or board is said or so(board)

        return holds

    def done(self, fact: str, severity: str = "information") -> None:
        """Say what was done, a clause, and that it can be undone while it can: `Snoozed Mia`."""
        do_soon(self._screen, self._tell_done(fact, severity), "passing", beside=True)

    async def _tell_done(self, fact: str, severity: str) -> None:
        holds = await self._undoes_newest()
        if holds is None:
            self.say(f"{fact}.", severity)
        else:
            said = f"{fact}; {key_for('session.take_back')} undoes it."
            self.say(said, severity, fact=f"{fact}.", holds=holds)

    async def look_after_undo(self, said: str, fact: str) -> None:
        """Look after a sentence under Home's list that says that what was done can be undone."""
        self._look_after(_Advice(said, fact, await self._undoes_newest() or _never))
        await self.check()

    async def _undoes_newest(self) -> Holds | None:
        """Whether undo means what has just been done; None when that cannot be undone."""
        newest = await self._newest()
        if newest is None:
            return None

        async def holds() -> bool:
            now = await self._newest()
            return now is not None and now.key == newest.key

        return holds

    async def _newest(self) -> Undoable | None:
        found: Undoable | Refusal | None = await self._screen.link.attempt("undo.what")
        return found if isinstance(found, Undoable) and not found.why_not else None

    def _look_after(self, advice: _Advice) -> None:
        self._advice = [*self._advice, advice][-_KEPT:]

    async def check(self) -> None:
        """Take back what is no longer so."""
        for advice in list(self._advice):
            if not await advice.holds() and advice in self._advice:
                self._advice.remove(advice)
                self._take_back(advice)

    def _take_back(self, advice: _Advice) -> None:
        screen = self._screen
        withdraw_alike(screen.app, lambda other: once(other) == advice.said)
        screen.home.unsay(advice.said, advice.fact)
        if self._last[0] == advice.said:
            self._last = (advice.fact, self._last[1]) if advice.fact else ("", "")
            self.show_quiet()


async def _never() -> bool:
    return False
