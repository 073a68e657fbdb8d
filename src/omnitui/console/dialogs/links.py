"""Open a link that somebody has written: it is shown in full before it is opened."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import Block, BlockList


class LinksDialog(Dialog[str]):
    """Answers with the link that was chosen."""

    keys = (("enter", "open in the browser"), ("esc", "close"))

    def __init__(self, links: Sequence[str], glyphs: Glyphs) -> None:
        super().__init__("Links in this conversation", "", glyphs)
        self._links = links

    def fields(self) -> ComposeResult:
        """The links."""
        yield BlockList(self._glyphs, cursor_always=True, id="links")

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        blocks = []
        for number, link in enumerate(self._links):
            plain = text.inline(link)
            lines = [
                Content.assemble("  ", (plain[start:end], "$primary"))
                for start, end in text.wrap(plain, max(8, width - 4))
            ]
            blocks.append(Block(str(number), lines, True))
        return blocks

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.dismiss(self._links[int(event.key)])
