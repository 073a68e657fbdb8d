"""Merge two customers: with whom, which of the two stays, and what that does. Part them again."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.customers.people import PeopleDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.link import Link
from omnitui.console.present.records.customer_merge import moves_over, side_by_side
from omnitui.console.present.records.profile import Suggested
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon, there
from omnitui.desk.customers.merging import Merged, MergePreview
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal


class TwinDialog(PeopleDialog[int]):
    """Answers with the customer who is the same person as another one."""

    keys = (("enter", "compare the two"), ("esc", "cancel"))

    def __init__(
        self,
        customer: Customer,
        link: Link,
        suggested: Sequence[Suggested],
        glyphs: Glyphs,
        typed: dict[str, str],
        wrong: str = "",
    ) -> None:
        title = f"Merge {customer.name} with whom?"
        super().__init__(title, "", link, suggested, glyphs, typed, customer.id, wrong)

    def action_accept(self) -> None:
        """Answer with who is under the cursor."""
        if self.picked is None:
            self.wrong("Type a name first, and choose who it is.")
        else:
            self.dismiss(self.picked)


class MergeCustomersDialog(Dialog[MergePreview]):
    """Answers with what was seen and agreed to. Esc goes back to choosing somebody else.

    `wrong` says why what was agreed to before has not been done.
    """

    DEFAULT_CSS = """
    MergeCustomersDialog {
        & > #dialog { width: 88; }
        & #dialog > #both { max-height: 60vh; margin: 0; }
        &.-refused #dialog > #both { max-height: 44vh; }
        & #dialog > #moves { height: auto; margin: 1 0 0 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "swap", "The other one stays", id="merge.swap", show=False),
    ]

    keys = (("enter", "merge"), ("s", "the other one stays"), ("esc", "back"))

    def __init__(self, preview: MergePreview, link: Link, glyphs: Glyphs, wrong: str = "") -> None:
        super().__init__("Merge two customers", "", glyphs)
        self._preview = preview
        self._link = link
        self._wrong = wrong

    def fields(self) -> ComposeResult:
        """Both side by side, and what comes over."""
        yield BlockList(self._glyphs, id="both")
        yield PlainStatic(self._moves(), id="moves")

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)
        self.wrong(self._wrong)

    def wrong(self, sentence: str) -> None:
        """Say why not, in room that the list gives up, so that the keys stay in sight."""
        super().wrong(sentence)
        self.set_class(bool(sentence), "-refused")

    def _blocks(self, width: int) -> list[Block]:
        lines = side_by_side(self._preview, width, self._glyphs)
        return [Block(f"line:{at}", [line]) for at, line in enumerate(lines)]

    def _moves(self) -> Content:
        preview = self._preview
        undo = key_for("session.take_back")
        said = f"{moves_over(preview)} {undo} undoes it, until something ties the two."
        if any(one.from_ not in ("", one.into, one.becomes) for one in preview.fields):
            struck = "What is struck out is not kept: undoing brings it back."
            return Content.assemble(text.inline(said), "\n", (struck, "$text-dim"))
        return Content(said)

    def action_swap(self) -> None:
        """Let the other one stay."""
        do_soon(self, self._swap(), "merge", exclusive=True)

    async def _swap(self) -> None:
        shown = self._preview
        given = {"from": shown.into.id, "into": shown.from_.id}
        found = await self._link.attempt("customer.merge_preview", **given)
        if not there(self):
            return
        if isinstance(found, Refusal):
            self.wrong(str(found))
            return
        self.wrong("")
        self._preview = found
        self.query_one(BlockList).show(self._blocks)
        self.query_one("#moves", PlainStatic).update(self._moves())

    @on(BlockList.Chosen)
    @on(BlockList.ChosenNothing)
    def _chosen(self, event: BlockList.Chosen | BlockList.ChosenNothing) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Merge them as shown."""
        self.dismiss(self._preview)


class PartDialog(Dialog[bool]):
    """Somebody who was merged is to be a customer of their own again; True does it."""

    keys = (("enter", "unmerge"), ("esc", "cancel"))

    def __init__(self, merged: Merged, survivor: str, glyphs: Glyphs) -> None:
        about = (
            f"All that came from {merged.name} goes back, with what was written about it since."
            f" What else is new stays with {survivor}."
        )
        super().__init__(f"Part {merged.name} from {survivor} again?", about, glyphs)

    def key_enter(self) -> None:
        """Part them."""
        self.dismiss(True)
