"""Sort a list by one of its columns."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.home.triage import COLUMNS, ascends
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.model.triage import SORTS

_OWN = "own"
_SIGNS = "0123456789ab"


class SortDialog(Dialog[str]):
    """Answers with the column, empty for the list's own order. `sort` is how it is sorted now."""

    DEFAULT_CSS = """
    SortDialog {
        & > #dialog { width: 56; }
        & #dialog > #columns { margin: 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(sign, f"choose({number})", show=False)
        for number, sign in enumerate(_SIGNS[: len(SORTS) + 1])
    ]
    keys = (("enter", "choose"), (f"0-9, a, {_SIGNS[-1]}", "choose at once"), ("esc", "cancel"))

    def __init__(self, sort: str, glyphs: Glyphs) -> None:
        super().__init__("Sort by", "", glyphs)
        self._sort = sort

    def fields(self) -> ComposeResult:
        """The columns."""
        yield BlockList(self._glyphs, cursor_always=True, id="columns")

    def on_mount(self) -> None:
        """Show them, the cursor on the one that is sorted by."""
        super().on_mount()
        listed = self.query_one(BlockList)
        listed.show(self._blocks)
        self.call_after_refresh(listed.move_to, self._sort.lstrip("-") or _OWN)

    def _blocks(self, width: int) -> list[Block]:
        own = self._line(0, "Its own order", "what needs you first", width)
        return [
            Block(_OWN, [own], True, instant=True),
            *(
                Block(key, [self._column(number, key, width)], True, instant=True)
                for number, key in enumerate(SORTS, 1)
            ),
        ]

    def _column(self, number: int, key: str, width: int) -> Content:
        label, first = COLUMNS[key]
        if key == self._sort.lstrip("-"):
            sign = self._glyphs.sort_up if ascends(self._sort) else self._glyphs.sort_down
            label, first = f"{label} {sign}", "turns it round"
        return self._line(number, label, first, width)

    def _line(self, number: int, label: str, first: str, width: int) -> Content:
        start = Content.assemble(
            "  ", (f"{_SIGNS[number]}  ", "bold $primary"), (label, "$text-plain")
        )
        return text.between(start, Content.assemble((first, "$text-dim"), " "), width, self._glyphs)

    def action_choose(self, number: int) -> None:
        """Take the column of that number."""
        self.dismiss(SORTS[number - 1] if number else "")

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.dismiss("" if event.key == _OWN else event.key)
