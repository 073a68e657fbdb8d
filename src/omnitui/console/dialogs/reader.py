"""Something to read over the screen: an article, a customer with what happened to them."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.session.blocks import Block, BlockList

_ENTER = "enter"
LayOut = Callable[[int], Sequence[Block]]


class ReaderDialog(Dialog[int]):
    """Shows blocks; answers with the number that is the key of a block that was chosen."""

    DEFAULT_CSS = """
    ReaderDialog {
        & > #dialog { width: 84; height: 80%; }
        & #dialog > #reader { height: 1fr; max-height: 100%; margin: 0; }
    }
    """

    keys = (("up/down", "scroll"), ("esc", "leave"))

    def __init__(self, title: str, build: LayOut, glyphs: Glyphs, *, opens: str = "") -> None:
        super().__init__(title, "", glyphs)
        self._build = build
        self._opens = opens

    def _key_line(self) -> Content:
        opens = [(_ENTER, "bold $primary"), (f" {self._opens}   ", "$text-dim")]
        return Content.assemble(*(opens if self._opens else []), super()._key_line())

    def fields(self) -> ComposeResult:
        """What is read."""
        yield BlockList(self._glyphs, cursor_always=True, id="reader")

    def on_mount(self) -> None:
        """Show it from its beginning."""
        super().on_mount()
        self.query_one(BlockList).show(self._build, from_top=True)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        if event.key.isdecimal():
            self.dismiss(int(event.key))


def heading(label: str) -> Content:
    """The line over a group."""
    return Content.assemble(" ", (label, "bold $primary"))
