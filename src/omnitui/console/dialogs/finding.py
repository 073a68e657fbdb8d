"""Dialogs in which something is found: a line to type into, and a list below that it narrows."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from omnitui.console.dialogs.base import Answer, Dialog
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.search_input import SearchInput


class FindingDialog(Dialog[Answer]):
    """See the module. `blocks` are the lines that fit what is `wanted`."""

    find_hint: ClassVar[str] = ""

    def fields(self) -> ComposeResult:
        """The line and the list."""
        yield SearchInput(self._glyphs, placeholder=self.find_hint, id="find")
        yield BlockList(self._glyphs, cursor_always=True, id="found")

    def on_mount(self) -> None:
        """Show what there is while nothing is typed."""
        self.query_one("#find", SearchInput).focus()
        self.found.show(self.blocks)

    @property
    def found(self) -> BlockList:
        """The list."""
        return self.query_one("#found", BlockList)

    @property
    def wanted(self) -> str:
        """What is typed to narrow the list."""
        return self.query_one("#find", SearchInput).value.strip()

    def blocks(self, width: int) -> Sequence[Block]:
        """The lines of the list."""
        raise NotImplementedError

    def narrow(self) -> None:
        """Show what fits what has just been typed."""
        self.found.show(self.blocks, from_top=True)

    @on(Input.Changed, "#find")
    def _narrowed(self) -> None:
        self.narrow()

    @on(SearchInput.Moved)
    def _down(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.found.focus()
        self.found.action_move(1)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()
