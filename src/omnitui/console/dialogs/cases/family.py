"""The family of a case: a new child, the case it is under, what was merged into it."""

from collections.abc import Sequence
from datetime import tzinfo

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.case import case_item
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.fields import Area, Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.cases.merging import MergedCases
from omnitui.model.case import Case


class FamilyDeed(Struct, frozen=True):
    """What is wanted: `child`, `under` with a case, `alone`, `part`."""

    what: str
    key: int = 0


class FamilyDialog(Dialog[FamilyDeed]):
    """Answers with what to do. `above` are the cases it could be under."""

    DEFAULT_CSS = """
    FamilyDialog { & > #dialog { width: 76; & > #family { margin: 0; max-height: 14; } } }
    """

    keys = (("enter", "do it"), ("esc", "cancel"))

    def __init__(
        self,
        case: Case,
        above: Sequence[Case],
        merges: Sequence[MergedCases],
        now: int,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        super().__init__(f"Family of {case.number}", case.title, glyphs)
        self._case = case
        self._above = above
        self._merges = merges
        self._now = now
        self._tz = tz

    def fields(self) -> ComposeResult:
        """What can be done."""
        yield BlockList(self._glyphs, cursor_always=True, id="family")

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        case, blocks = self._case, []
        if case.parent_id is None:
            blocks.append(self._block("child", f"A new case under {case.number}"))
        else:
            blocks.append(self._block("alone", f"Take it out from under {case.parent_number}"))
        for merge in self._merges[:1]:
            numbers = ", ".join(merge.numbers)
            blocks.append(self._block("part", f"Part {numbers} from it again", merge.why_not))
        if self._above:
            said = ("Put it under", "$text-dim")
            blocks.append(Block("above", [Content(""), Content.assemble("   ", said)]))
        for one in self._above:
            line = case_item(one, width, self._now, self._tz, self._glyphs)
            blocks.append(Block(f"under:{one.id}", [line], True))
        return blocks

    def _block(self, key: str, words: str, why_not: str = "") -> Block:
        lines = [Content.assemble("   ", (text.inline(words), "$primary"))]
        if why_not:
            lines.append(
                Content.assemble("     ", (text.inline(f"not now: {why_not}"), "$text-dim"))
            )
        return Block(key, lines, True)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with what is under the cursor."""
        what, _, key = self.query_one(BlockList).cursor_key.partition(":")
        if what == "part" and self._merges[0].why_not:
            self.wrong(f"It cannot be unmerged: {self._merges[0].why_not}.")
        elif what:
            self.dismiss(FamilyDeed(what, int(key or 0)))


class NewChild(Struct, frozen=True):
    """What a case under another one is created with."""

    title: str
    description: str


class ChildDialog(Dialog[NewChild]):
    """A case under another one; it has the rest from there."""

    DEFAULT_CSS = """
    ChildDialog { & > #dialog { width: 72; } }
    """

    keys = (("^s", "create"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(self, parent: Case, glyphs: Glyphs, typed: dict[str, str]) -> None:
        about = "It has the customer, origin, product, contact and entitlement from there."
        super().__init__(f"New case under {parent.number}", about, glyphs, typed)
        self.typed.setdefault("title", parent.title)

    def fields(self) -> ComposeResult:
        """What it is about."""
        yield PlainStatic("Title", classes="label")
        yield Line(self.typed["title"], id="title", max_length=200)
        yield PlainStatic("")
        yield PlainStatic("Description", classes="label")
        yield Area(self.typed.get("description", ""), id="description")

    def action_accept(self) -> None:
        """Create it, if it has a title."""
        if not self.value("title"):
            self.wrong("A case needs a title: say in a few words what is wrong.")
            return
        self.dismiss(NewChild(self.value("title"), self.value("description")))
