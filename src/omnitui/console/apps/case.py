"""A case in a tab: its fields to be edited, its targets, its history."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from omnitui.console.apps.body import AppBody, Around
from omnitui.console.apps.fields import case_fields
from omnitui.console.apps.record import RecordBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.cases import consequences_dialog
from omnitui.console.present.records import beside
from omnitui.console.present.records.timeline import activity_key
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Field
from omnitui.desk.cases.looking import Family
from omnitui.desk.pages import CasePage
from omnitui.model.case import Case
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.sla import Standing
from omnitui.model.timeline import Activity

_ACTIVITIES = 60


class CaseTab(RecordBody):
    """See the module."""

    what = "case"

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self._targets: Sequence[Standing] = ()
        self._history: Sequence[Activity] = ()
        self._family = Family(None, (), ())
        self._unfolded: frozenset[str] = frozenset()

    @property
    def _case(self) -> Case:
        assert self.case is not None, "the case has not been read"
        return self.case

    @property
    def customer_id(self) -> int | None:
        """Whose case it is, once it has been read."""
        return None if self.case is None else self.case.customer_id

    @property
    def people(self) -> frozenset[int]:
        """Whose case it is, and who asks on their behalf."""
        contact = None if self.case is None else self.case.contact_id
        return super().people | (frozenset() if contact is None else {contact})

    async def read(self) -> bool:
        """Read the case, whose it is, its targets and its history."""
        link = self.around.link
        page: CasePage | None
        page = await link.found("case.page", case=self.tab.key, activities=_ACTIVITIES)
        if page is None:
            return False
        self.customer, self._targets, self._family = page.customer, page.promises, page.family
        self._history, self.case = page.activities, page.case
        return True

    @property
    def _kin(self) -> list[Case]:
        kin = self._family
        return [*kin.children, *kin.merged, *([kin.parent] if kin.parent else ())]

    def concerns(self, entry: Entry) -> bool:
        """Whatever is about the case, those that belong to it, or who its customer is."""
        if entry.case_id in {self.tab.key, *(case.id for case in self._kin)}:
            return True
        return self.customer is not None and entry.renames(self.customer.id)

    def head(self) -> Content:
        """Its number, its status, whose it is."""
        now, _tz, glyphs = self.around.look
        return beside.case_head(self._case, self.customer, now, glyphs)

    def fields(self) -> list[Field]:
        """The fields of the case."""
        return case_fields(self._case, self.around.link.channels)

    def blocks(self, width: int) -> list[Block]:
        """How it ended, its targets, the cases that belong to it, its history."""
        now, _tz, glyphs = look = self.around.look
        blocks = []
        if lines := beside.ended(self._case, width, *look):
            blocks.append(Block("ended", lines))
        if lines := beside.deadlines(self._targets, width, now, glyphs):
            blocks.append(Block("targets", lines))
        kin = self._family
        rows = beside.family_rows(kin.parent, kin.children, kin.merged, width, *look)
        blocks += [Block(key, lines, selectable=key.startswith("case:")) for key, lines in rows]
        channels = self.around.link.channels
        rows = beside.happened(self._history, width, *look, channels, self._unfolded)
        empty = "The timeline is empty."
        return [*blocks, *self.section("history", "Timeline", rows, width, empty=empty)]

    async def may_save(self, edits: Mapping[str, str]) -> bool:
        """Another origin moves terms: that is said first."""
        if "origin" not in edits:
            return True
        found = await self.around.link.attempt(
            "case.consequences", case=self.tab.key, verb="update", origin=edits["origin"]
        )
        if isinstance(found, Refusal) or found.why_not or not found.says:
            return True  # the desk says why not when it is saved
        about = "Consequences:"
        dialog = consequences_dialog(
            f"Change {self._case.number}?", about, found, self.around.glyphs
        )
        wanted = await ask(self.app, dialog)
        return wanted is True

    def opens(self) -> dict[str, AppTab]:
        """The cases that belong to it."""
        return {f"case:{case.id}": case_tab(case) for case in self._kin}

    def chosen(self, key: str) -> None:
        """A conversation opens as a session, a case in a tab, anything else unfolds."""
        found = next((a for a in self._history if activity_key(a) == key), None)
        if found is not None and found.conversation_id is not None:
            self.post_message(self.Wanted(self, conversation=found.conversation_id))
        elif key in self.opens():
            super().chosen(key)
        else:
            self._unfolded ^= {key}
            self.lay_out()


def case_tab(case: Case) -> AppTab:
    """The tab of a case."""
    return AppTab(AppKind.CASE, case.id, case.number)


async def open_case(body: AppBody, case: int) -> None:
    """Open a case in a tab, from one that knows no more of it than its key."""
    found = await body.around.link.attempt("case.get", case=case)
    if isinstance(found, Refusal):
        body.refuse(found)
    else:
        body.post_message(body.Wanted(body, tab=case_tab(found)))
