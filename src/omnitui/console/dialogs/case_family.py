"""Cases beside one another: linked to a conversation, merged, and which is under which."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.cases import TITLE_NEEDED
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, Row, one_line
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.link import Link
from omnitui.console.present.records.case import case_item
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.desk.cases.consequences import Consequences
from omnitui.desk.cases.merging import MergedCases
from omnitui.model.case import Case
from omnitui.model.errors import Refusal
from omnitui.model.ids import CaseId

NEW = 0
"""The answer when a new case is wanted instead."""
_STAYS = 7
"""The width of the word beside the case that stays (cells)."""


def case_picker(
    customer: str, cases: Sequence[Case], linked: int | None, now: int, tz: tzinfo, glyphs: Glyphs
) -> Pick[int]:
    """Answers with the key of the case to link, or `NEW`."""

    def row(case: Case) -> Row:
        given = {"now": now, "tz": tz, "glyphs": glyphs, "linked": case.id == linked}
        words = f"{case.number} {case.title}"
        return Row(str(case.id), one_line(case_item, case, **given), case.id, words)

    new = Content.assemble("   ", ("+ ", "$primary"), ("a new case", "$text-plain"))
    return Pick(
        f"Link a case of {customer}",
        "",
        glyphs,
        rows=[*map(row, cases), Row(str(NEW), one_line(text.cut, new, glyphs=glyphs), NEW)],
        find_hint="Number or words of the title",
        keys=(("enter", "link"), ("esc", "cancel")),
    )


class Merge(Struct, frozen=True):
    """Cases that are to become one, and the one of them that stays."""

    cases: tuple[CaseId, ...]
    into: CaseId


class MergeDialog(Pick[Merge]):
    """Answers with what is marked. `cases` are the customer's active ones, with `first` marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "stay", "Keep this one", id="merge.stay", show=False)
    ]
    keys = (("space", "mark"), ("s", "keep this one"), ("enter", "merge"), ("esc", "cancel"))
    width = 84
    list_height = "28vh"
    several = True

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
        about = f"The marked cases become one. {undo} undoes it until something depends on it."
        title = f"Merge cases of {customer}"
        super().__init__(title, about, glyphs, consider=self._look)
        self._cases = {str(case.id): case for case in cases}
        self.rows = [Row(key, partial(self._draw, case)) for key, case in self._cases.items()]
        self._into = str(first.id)
        self.marked = frozenset({self._into})
        self._link = link
        self._when = now, tz

    def _draw(self, case: Case, width: int) -> list[Content]:
        key = str(case.id)
        sign = self._glyphs.marked if key in self.marked else " "
        stays = "kept " if key == self._into else ""
        item = case_item(case, width - 1 - _STAYS, *self._when, self._glyphs)[2:]
        end = (f"{stays:>{_STAYS}}", "bold $positive")
        return [Content.assemble("  ", (sign, "bold $primary"), item, end)]

    async def _look(self, values: Values) -> Consequences | Refusal:
        wanted = self.answer(values)
        others = [key for key in wanted.cases if key != wanted.into]
        found: Consequences | Refusal = await self._link.attempt(
            "case.consequences", case=wanted.into, verb="merge", cases=others
        )
        return found

    def action_mark(self) -> None:
        """Mark the case under the cursor, or take the mark off; the one that stays keeps its."""
        if self.found.cursor_key == self._into:
            self.wrong("This is the case to keep. Press s on another one first.")
        else:
            super().action_mark()

    def action_stay(self) -> None:
        """Let the case under the cursor be the one that stays."""
        self._into = self.found.cursor_key
        self.marked |= {self._into}
        self.remarked()

    def problem(self, values: Values) -> str:
        if len(self.marked) < 2:
            return "Mark another case first, with space."
        return super().problem(values)

    def answer(self, values: Values) -> Merge:
        marked = (case.id for key, case in self._cases.items() if key in self.marked)
        return Merge(tuple(marked), self._cases[self._into].id)


class FamilyDeed(Struct, frozen=True):
    """What is wanted: `child`, `under` with a case, `alone`, `unmerge`."""

    what: str
    key: int = 0


def family_dialog(
    case: Case,
    above: Sequence[Case],
    merges: Sequence[MergedCases],
    now: int,
    tz: tzinfo,
    glyphs: Glyphs,
) -> Pick[FamilyDeed]:
    """Answers with what to do. `above` are the cases it could be under."""

    def row(what: str, words: str, why_not: str = "") -> Row:
        lines = [Content.assemble("   ", (text.inline(words), "$primary"))]
        if why_not:
            said = text.inline(f"not possible: {why_not}")
            lines.append(Content.assemble("     ", (said, "$text-dim")))
        refused = f"It cannot be unmerged: {why_not}." if why_not else ""
        return Row(what, lambda width: lines, FamilyDeed(what), refused=refused)

    rows = [row("child", f"New child of {case.number}")]
    if case.parent_id is not None:
        rows = [row("alone", f"Remove the parent {case.parent_number}")]
    for merge in merges[:1]:
        rows.append(row("unmerge", f"Unmerge {', '.join(merge.numbers)}", merge.why_not))
    if above:
        over = Content.assemble("   ", ("Set the parent", "$text-dim"))
        rows.append(Row("", lambda width: [Content(""), over]))
    for one in above:
        line = one_line(case_item, one, now=now, tz=tz, glyphs=glyphs)
        rows.append(Row(f"under:{one.id}", line, FamilyDeed("under", one.id)))
    return Pick(
        f"Parent and children of {case.number}",
        case.title,
        glyphs,
        rows=rows,
        list_height=14,
        keys=(("enter", "choose"), ("esc", "cancel")),
        width=76,
    )


class NewChild(Struct, frozen=True):
    """What a case under another one is created with."""

    title: str
    description: str


def child_dialog(parent: Case, glyphs: Glyphs, typed: dict[str, str]) -> Form[NewChild]:
    """A case under another one; it has the rest from there."""
    return Form(
        f"New child of {parent.number}",
        "It gets customer, origin, product, contact and entitlement from the parent.",
        glyphs,
        typed,
        asks=(
            Field("title", "Title", parent.title, needed=TITLE_NEEDED),
            Field("description", "Description", kind=FieldKind.TEXT),
        ),
        into=NewChild,
        keys=(("^s", "create"), ("tab", "next field"), ("esc", "cancel")),
        width=72,
        spaced=True,
    )
