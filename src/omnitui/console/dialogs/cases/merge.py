"""Merge a case with others of its customer: which ones, which stays, and what that does."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.foretold import ConsequencesView
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.link import Link
from omnitui.console.present.records.case import case_item
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.case import Case
from omnitui.model.errors import Refusal
from omnitui.model.ids import CaseId

_STAYS = 7
"""The width of the word beside the case that stays (cells)."""


class Merge(Struct, frozen=True):
    """Cases that are to become one, and the one of them that stays."""

    cases: tuple[CaseId, ...]
    into: CaseId


class MergeDialog(Dialog[Merge]):
    """Answers with what is marked. `cases` are the customer's active ones, with `first` marked."""

    DEFAULT_CSS = """
    MergeDialog {
        & > #dialog { width: 84; }
        & #dialog > #cases { max-height: 28vh; margin: 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", id="merge.mark", show=False, priority=True),
        Binding("s", "stay", "This one stays", id="merge.stay", show=False),
    ]

    keys = (("space", "mark"), ("s", "this one stays"), ("enter", "merge"), ("esc", "cancel"))

    def __init__(
        self,
        customer: str,
        first: Case,
        cases: Sequence[Case],
        link: Link,
        now: int,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        undo = key_for("session.take_back")
        about = f"What is marked becomes one case. {undo} undoes it, until something follows."
        super().__init__(f"Merge cases of {customer}", about, glyphs)
        self._cases = {case.id: case for case in cases}
        self._marked = {first.id}
        self._into = first.id
        self._link = link
        self._now = now
        self._tz = tz

    def fields(self) -> ComposeResult:
        """The cases, and what merging those that are marked does."""
        yield BlockList(self._glyphs, cursor_always=True, id="cases")
        yield ConsequencesView(self._glyphs)

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(str(key), [self._line(case, width)], True) for key, case in self._cases.items()
        ]

    def _line(self, case: Case, width: int) -> Content:
        marked = case.id in self._marked
        stays = "stays " if case.id == self._into else ""
        sign = self._glyphs.marked if marked else " "
        item = case_item(case, width - 1 - _STAYS, self._now, self._tz, self._glyphs)[2:]
        return Content.assemble(
            "  ", (sign, "bold $primary"), item, (f"{stays:>{_STAYS}}", "bold $positive")
        )

    @property
    def _wanted(self) -> Merge:
        return Merge(tuple(key for key in self._cases if key in self._marked), self._into)

    async def _ask(self) -> Consequences | Refusal:
        wanted = self._wanted
        others = [key for key in wanted.cases if key != wanted.into]
        found: Consequences | Refusal = await self._link.attempt(
            "case.consequences", case=wanted.into, verb="merge", cases=others
        )
        return found

    def _changed(self) -> None:
        self.wrong("")
        self.query_one(BlockList).lay_out()
        self.query_one(ConsequencesView).ask(self, self._ask)

    @property
    def _here(self) -> CaseId:
        return CaseId(int(self.query_one(BlockList).cursor_key))

    def action_mark(self) -> None:
        """Mark the case under the cursor, or take the mark off; the one that stays keeps its."""
        key = self._here
        if key == self._into:
            self.wrong("This one stays; press s on another one first.")
            return
        self._marked ^= {key}
        self._changed()

    def action_stay(self) -> None:
        """Let the case under the cursor be the one that stays."""
        self._into = self._here
        self._marked |= {self._into}
        self._changed()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Merge what is marked, if it can be."""
        if len(self._marked) < 2:
            self.wrong("Mark another case first, with space.")
        elif self.query_one(ConsequencesView).why_not:
            self.wrong("This cannot be merged: the line above says why.")
        else:
            self.dismiss(self._wanted)
