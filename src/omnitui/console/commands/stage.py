"""The stage that commands act on: the desk, where the agent is, dialogs, and what is said.

`MainScreen` is one. A command knows nothing else of the screen, so that it can be tried on a
smaller stage.
"""

from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from textual.app import App

from omnitui.console.command import Command
from omnitui.console.dialogs import transfer
from omnitui.console.glyphs import Glyphs
from omnitui.console.keymap import Keymap
from omnitui.console.keys import key_for
from omnitui.console.saving import Typed
from omnitui.desk.transfers.room import BEYOND, SOME_BEYOND
from omnitui.model.agent import Agent
from omnitui.model.errors import Refused

if TYPE_CHECKING:
    from omnitui.console.apps.holder import TabHolder
    from omnitui.console.apps.tabs import AppTab
    from omnitui.console.desk_link import DeskLink
    from omnitui.console.dialogs.base import Dialog
    from omnitui.console.home.view import HomeView
    from omnitui.console.session.view import SessionView

Answer = TypeVar("Answer")

NO_SESSION = "No session is open here."


class Places(Protocol):
    """Where the agent is, and the ways from there."""

    @property
    def here(self) -> int | None:
        """The conversation in front; None on Home."""

    async def to(self, key: int | None) -> None:
        """Go to a session, or to Home's lists."""

    async def to_number(self, number: int) -> None:
        """Go to the session of that number; 0 is Home."""

    async def to_next(self) -> bool:
        """Go to what needs the agent next; False when nothing does."""

    async def back(self) -> None:
        """Go where the agent was before."""

    async def arrive(self, key: int) -> None:
        """Go to a session that has just been opened."""

    def view_of(self, key: int) -> "SessionView | None":
        """The view of a session, in front or not; None where it has none that is drawn."""


class Messages(Protocol):
    """What is said in passing; never anything that asks for an answer."""

    def say(
        self,
        sentence: str,
        severity: str = "information",
        *,
        fact: str = "",
        holds: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        """Say something; with `holds`, only `fact` remains of it when that is not so any more."""

    def done(self, fact: str) -> None:
        """Say what was done, a clause, and how it is undone for as long as it can be."""

    async def look_after_undo(self, said: str, fact: str) -> None:
        """Look after a sentence that says that what was done can be undone."""


class Stage(Protocol):
    """See the module. What is in front is None where it is not there or not drawn yet."""

    keymap: Keymap
    """The keys in force."""
    created: "AppTab | None"
    """What the agent created last."""

    @property
    def app(self) -> App[Any]: ...
    @property
    def link(self) -> "DeskLink": ...
    @property
    def glyphs(self) -> Glyphs: ...
    @property
    def tz(self) -> tzinfo: ...
    @property
    def navigation(self) -> Places: ...
    @property
    def messages(self) -> Messages: ...

    @property
    def agent(self) -> Agent | None:
        """Who is at the keys, as the desk said last."""

    @property
    def offered(self) -> int | None:
        """The conversation that rings first."""

    @property
    def order(self) -> tuple[int, ...]:
        """The conversations that are open as sessions, in the order of the tabs."""

    @property
    def session(self) -> "SessionView | None":
        """The session in front."""

    @property
    def beside(self) -> "TabHolder":
        """What records are opened beside: the session in front, else Home's lists."""

    @property
    def home(self) -> "HomeView":
        """Home's lists."""

    @property
    def home_typed(self) -> Typed:
        """What was typed into dialogs that belong to no session."""

    async def leave(self) -> None:
        """Keep what is typed, and close the console."""

    async def ask(self, dialog: "Dialog[Answer]") -> Answer | None:
        """Show a dialog and wait for its answer; None when it is left."""

    def works_here(self, command: Command) -> bool:
        """Whether a command belongs to where the agent is."""

    def run_command(self, command: Command) -> None:
        """Run another command."""


def session_of(stage: Stage) -> "SessionView":
    """The session in front; refused where there is none."""
    if stage.session is None:
        raise Refused("session.none", NO_SESSION)
    return stage.session


def tell_created(stage: Stage, tab: "AppTab", said: str) -> None:
    """Say what was created, and how it is opened."""
    stage.created = tab

    async def opens() -> bool:
        return stage.created is tab

    stage.messages.say(f"{said} {key_for('go.created')} opens it.", fact=said, holds=opens)


async def call_anyway(stage: Stage, name: str, /, **params: Any) -> Any:
    """Call the desk, and again if what goes beyond the capacity is wanted all the same.

    Of many that were to be done `all_or_none` those that fit may be wanted alone. None when the
    agent was asked and left it; raises `Refused` for everything else that the desk refuses.
    """
    try:
        return await stage.link.call(name, **params)
    except Refused as refused:
        why = refused.refusal
        if why.code not in (BEYOND, SOME_BEYOND):
            raise
    some = why.code == SOME_BEYOND
    answer = await stage.ask(transfer.beyond_dialog(why.message, stage.glyphs, some=some))
    if answer is None:
        return None
    how = {"anyway": True} if answer else {"all_or_none": False}
    return await stage.link.call(name, **{**params, **how})
