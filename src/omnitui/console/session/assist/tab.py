"""A tab of the assist pane: what it lists, and what its keys do.

A tab is no widget: the pane shows the list of the tab in front and asks it what keys do. What it
lists goes into the composer, into a tab or nowhere; nothing is ever sent by itself.
"""

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from textual.binding import Binding
from textual.containers import Vertical

from omnitui.console.apps.tabs import AppTab
from omnitui.console.command import DoCommand
from omnitui.console.dialogs.base import Dialog, ask
from omnitui.console.glyphs import Glyphs
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal


class Act(NamedTuple):
    """Something that a key does in a tab; `name` is what its method is called."""

    key: str
    name: str
    label: str


@dataclass(eq=False, repr=False)
class Insert(FromWidget):
    """This goes into the composer; `labels` are fields in it that are still to be filled.

    `article` is the key of the article that it is from, if it is from one.
    """

    text: str
    labels: tuple[str, ...] = ()
    article: int | None = None


@dataclass(eq=False, repr=False)
class Opened(FromWidget):
    """An article or a case is to be opened in a tab."""

    tab: AppTab


@dataclass(eq=False, repr=False)
class Left(FromWidget):
    """The agent goes back to the conversation."""


@dataclass(eq=False, repr=False)
class Refused(FromWidget):
    """It cannot be done, and why."""

    refusal: Refusal


class Holder(Vertical):
    """What the pane is for its tabs."""

    def insert(self, text: str, labels: Sequence[str] = (), article: int | None = None) -> None:
        """Put text into the composer at the cursor."""
        self.post_message(Insert(self, text, tuple(labels), article))

    def open_record(self, tab: AppTab) -> None:
        """Open a record in a tab of the session."""
        self.post_message(Opened(self, tab))

    def refuse(self, refusal: Refusal) -> None:
        """Say why something cannot be done."""
        self.post_message(Refused(self, refusal))

    def do(self, command: str) -> None:
        """Run a command of the console, by its id."""
        self.post_message(DoCommand(command))

    def soon(self, work: Coroutine[Any, Any, Any], group: str, *, exclusive: bool = False) -> None:
        """Do something beside the keys."""
        do_soon(self, work, group, exclusive=exclusive)

    async def ask(self, dialog: Dialog[Any]) -> Any:
        """Show a dialog and wait for its answer; None when it is left."""
        return await ask(self.app, dialog)

    async def read(self, article: int) -> None:
        """Open an article over the list."""
        raise NotImplementedError

    def list_again(self, tab: "AssistTab", *, from_top: bool = False, cursor: str = "") -> None:
        """Show what `tab` lists now, if it is in front, and its count; move to block `cursor`."""
        raise NotImplementedError

    @property
    def tab(self) -> str:
        """The key of the tab in front."""
        raise NotImplementedError

    @property
    def cursor_key(self) -> str:
        """The key of the block under the cursor; empty where there is none."""
        raise NotImplementedError


class AssistTab:
    """See the module."""

    key: ClassVar[str]
    label: ClassVar[str]
    search: ClassVar[str] = ""
    """What stands in the search line while it is empty; a tab without has no search line."""
    acts: ClassVar[Sequence[Act]] = ()

    def __init__(self, pane: Holder, state: SessionState, glyphs: Glyphs) -> None:
        self.pane = pane
        self.state = state
        self.glyphs = glyphs
        self.query = ""

    @property
    def count(self) -> int:
        """What stands beside the label; 0 is nothing."""
        return 0

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does, as told below the list."""
        return [("esc", "back")]

    async def take_in(self) -> None:
        """Something has happened in the conversation."""

    async def look(self) -> None:
        """Read what is listed: the tab has come in front, or another query has been typed."""

    def blocks(self, width: int) -> list[Block]:
        """The list, in lines of at most `width` cells."""
        raise NotImplementedError

    def moved(self, key: str) -> None:
        """The cursor came to the block of that key."""

    def choose(self, key: str) -> None:
        """Do what Enter does on the block of that key."""

    def left(self) -> None:
        """The agent goes to another tab, or back to the conversation."""


def bindings_of(*acts: Sequence[Act]) -> list[Binding]:
    """The keys of tabs; those that have a name in common are one key."""
    named = {act.name: act for some in acts for act in some}
    return [
        Binding(act.key, f"act('{act.name}')", act.label, id=f"assist.{act.name}", show=False)
        for act in named.values()
    ]
