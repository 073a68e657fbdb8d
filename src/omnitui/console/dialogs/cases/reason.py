"""How an active case stands: in progress, on hold, waiting for details, researching."""

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.foretold import ConsequencesView
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.case import Case, CaseReason, CaseStatus
from omnitui.model.errors import Refusal
from omnitui.rules.cases import REASONS


class ReasonDialog(Dialog[CaseReason]):
    """Answers with the reason; which clocks it stops is shown before."""

    keys = (("enter", "say so"), ("esc", "cancel"))

    def __init__(self, case: Case, link: Link, glyphs: Glyphs) -> None:
        super().__init__(f"How does {case.number} stand?", case.title, glyphs)
        self._case = case
        self._link = link

    def fields(self) -> ComposeResult:
        """The reasons of an active case."""
        yield BlockList(self._glyphs, cursor_always=True, id="reasons")
        yield ConsequencesView(self._glyphs)

    def on_mount(self) -> None:
        """Show them, the cursor on how it stands now."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)
        self.call_after_refresh(self.query_one(BlockList).move_to, self._case.reason.value)

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(reason.value, [self._line(reason, width)], True)
            for reason in REASONS[CaseStatus.ACTIVE]
        ]

    def _line(self, reason: CaseReason, width: int) -> Content:
        start = Content.assemble("  ", (reason.label.capitalize(), "$text-plain"))
        now = "now" if reason is self._case.reason else ""
        return text.between(start, Content.assemble((now, "$primary"), " "), width, self._glyphs)

    async def _ask(self) -> Consequences | Refusal:
        reason = self.query_one(BlockList).cursor_key
        found: Consequences | Refusal = await self._link.attempt(
            "case.consequences", case=self._case.id, verb="update", reason=reason
        )
        return found

    @on(BlockList.Highlighted)
    def _another(self, event: BlockList.Highlighted) -> None:
        event.stop()
        self.query_one(ConsequencesView).ask(self, self._ask)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with the one under the cursor."""
        self.dismiss(CaseReason(self.query_one(BlockList).cursor_key))
