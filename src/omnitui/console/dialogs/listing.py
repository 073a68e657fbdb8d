"""Dialogs that list what is the agent's own: one is opened, or dealt with by a key on the spot."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console.dialogs.base import Answer, Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.widgets.blocks import Block, BlockList, Keyed
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal

Listed = TypeVar("Listed", bound=Keyed)


class ListingDialog(Dialog[Answer], Generic[Answer, Listed]):
    """See the module. Subclasses give `command`, `nothing`, `lines` and `answer`."""

    DEFAULT_CSS = """
    ListingDialog {
        & > #dialog { width: 92; }
        & #dialog > BlockList { max-height: 16; margin: 0; }
    }
    """

    heading: str
    command: tuple[str, dict[str, Any]]
    """What reads them: a command, and what it is given."""
    nothing: str
    """What stands there when there are none."""

    def __init__(self, link: Link, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__(self.heading, "", glyphs)
        self._link = link
        self._tz = tz
        self._found: Sequence[Listed] | None = None

    def fields(self) -> ComposeResult:
        """The list."""
        yield BlockList(self._glyphs, cursor_always=True)

    def on_mount(self) -> None:
        """Read them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)
        do_soon(self, self._read(), "listed", exclusive=True)

    async def _read(self) -> None:
        name, given = self.command
        self._found = await self._link.call(name, **given)
        self.query_one(BlockList).lay_out()

    @property
    def at(self) -> Listed | None:
        """The one under the cursor."""
        key = self.query_one(BlockList).cursor_key
        return next((one for one in self._found or () if str(one.id) == key), None)

    def _blocks(self, width: int) -> list[Block]:
        if not self._found:
            said = "" if self._found is None else self.nothing
            return [Block("", [Content.assemble("  ", (said, "$text-dim"))])]
        return [Block(str(one.id), self.lines(one, width), True) for one in self._found]

    def lines(self, one: Listed, width: int) -> list[Content]:
        """How one is shown."""
        raise NotImplementedError

    def answer(self, one: Listed) -> Answer:
        """What the dialog answers with when one is opened."""
        raise NotImplementedError

    def deal(self, name: str, **given: object) -> None:
        """Carry out a command and read them anew; why it was refused is said."""
        do_soon(self, self._deal(name, given), "listed")

    async def _deal(self, name: str, given: dict[str, object]) -> None:
        done = await self._link.attempt(name, **given)
        self.wrong(str(done) if isinstance(done, Refusal) else "")
        await self._read()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with the one under the cursor."""
        if self.at is not None:
            self.dismiss(self.answer(self.at))
