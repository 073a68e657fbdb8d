"""Link one of the customer's cases to the conversation."""

from collections.abc import Sequence
from datetime import tzinfo

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text
from omnitui.console.present.records.case import case_item
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.search_input import SearchInput
from omnitui.model.case import Case

NEW = 0
"""The answer when a new case is wanted instead."""


class CasePicker(Dialog[int]):
    """Answers with the case's key, or `NEW`."""

    keys = (("enter", "link"), ("esc", "leave"))

    def __init__(
        self,
        customer: str,
        cases: Sequence[Case],
        linked: int | None,
        now: int,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        super().__init__(f"Link a case of {customer}", "", glyphs)
        self._cases = cases
        self._linked = linked
        self._now = now
        self._tz = tz
        self._wanted = ""

    def fields(self) -> ComposeResult:
        """What to look for, and the cases."""
        yield SearchInput(self._glyphs, placeholder="Number or words of the title", id="find")
        yield BlockList(self._glyphs, cursor_always=True, id="cases")

    def on_mount(self) -> None:
        """Show all of them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        words = self._wanted.casefold().split()
        fitting = [
            case
            for case in self._cases
            if all(word in f"{case.number} {case.title}".casefold() for word in words)
        ]
        blocks = [
            Block(
                str(case.id),
                [
                    case_item(
                        case,
                        width,
                        self._now,
                        self._tz,
                        self._glyphs,
                        linked=case.id == self._linked,
                    )
                ],
                True,
            )
            for case in fitting
        ]
        new = Content.assemble("   ", ("+ ", "$primary"), ("a new case", "$text-plain"))
        return [*blocks, Block(str(NEW), [text.cut(new, width, self._glyphs)], True)]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._wanted = event.value
        self.query_one(BlockList).show(self._blocks, from_top=True)

    @on(SearchInput.Moved)
    def _move(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.query_one(BlockList).focus()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with the one under the cursor."""
        key = self.query_one(BlockList).cursor_key
        if key:
            self.dismiss(int(key))
