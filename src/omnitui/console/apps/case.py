"""A case in a tab: its fields to be edited, what was promised, what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from omnitui.console.apps.form import Field, FieldKind
from omnitui.console.apps.record import RecordBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.cases.ending import ConsequencesDialog
from omnitui.console.present.records import beside
from omnitui.console.present.records.case import standing
from omnitui.console.present.records.timeline import activity_key
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.desk.cases.looking import Family
from omnitui.desk.pages import CasePage
from omnitui.model.case import Case, CasePriority, CaseStatus
from omnitui.model.channel import Channel
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.sla import Standing
from omnitui.model.timeline import Activity
from omnitui.rules.cases import REASONS

_ACTIVITIES = 60
_REASONS = tuple((reason.value, reason.label.capitalize()) for reason in REASONS[CaseStatus.ACTIVE])
_PRIORITIES = tuple((priority.value, priority.value.capitalize()) for priority in CasePriority)


def case_fields(case: Case, channels: Mapping[str, Channel]) -> list[Field]:
    """The fields of a case; those of one that is over can only be read."""
    over = case.status is not CaseStatus.ACTIVE
    origins = tuple((key, channel.label) for key, channel in channels.items())
    if case.origin not in channels:
        origins += ((case.origin, case.origin),)
    label = dict(origins)[case.origin]
    fields = [
        Field("title", "Title", case.title),
        Field("reason", "Status", case.reason.value, FieldKind.CHOICE, _REASONS),
        Field("priority", "Priority", case.priority.value, FieldKind.CHOICE, _PRIORITIES),
        Field("product", "Product", case.product, most=100),
        Field("origin", "Origin", case.origin, FieldKind.CHOICE, origins),
        Field("owner", "Owner", case.owner_name, most=80),
        Field("entitlement", "Entitlement", case.entitlement_name or "none", FieldKind.FACT),
        Field("description", "Description", case.description, FieldKind.TEXT, most=20_000),
    ]
    if not over:
        return fields
    shown = {"priority": case.priority.value.capitalize(), "origin": label}
    shown["reason"] = standing(case)
    return [
        Field(one.key, one.label, shown.get(one.key, one.value) or "none", FieldKind.FACT)
        for one in fields
    ]


class CaseTab(RecordBody):
    """See the module."""

    what = "case"

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.case: Case | None = None
        self._customer: Customer | None = None
        self._promises: Sequence[Standing] = ()
        self._happened: Sequence[Activity] = ()
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
    def whose(self) -> str:
        """The name of whose case it is."""
        return "" if self._customer is None else self._customer.name

    @property
    def people(self) -> frozenset[int]:
        """Whose case it is, and who asks on their behalf."""
        case, found = self.case, self._customer
        if case is None or found is None:
            return frozenset()
        known = (case.customer_id, case.contact_id, found.id)
        return frozenset(key for key in known if key is not None)

    async def read(self) -> bool:
        """Read the case, whose it is, what was promised and what happened."""
        link = self.around.link
        page: CasePage | None
        page = await link.found("case.page", case=self.tab.key, activities=_ACTIVITIES)
        if page is None:
            return False
        self._customer, self._promises, self._family = page.customer, page.promises, page.family
        self._happened, self.case = page.activities, page.case
        return True

    def concerns(self, entry: Entry) -> bool:
        """Whatever is about the case, those that belong to it, or who its customer is."""
        kin = self._family
        known = {case.id for case in (*kin.children, *kin.merged, kin.parent) if case is not None}
        if entry.case_id == self.tab.key or entry.case_id in known:
            return True
        return self._customer is not None and entry.renames(self._customer.id)

    def head(self) -> Content:
        """Its number, how it stands, whose it is."""
        return beside.case_head(
            self._case, self._customer, self.around.link.now(), self.around.glyphs
        )

    def fields(self) -> list[Field]:
        """The fields of the case."""
        return case_fields(self._case, self.around.link.channels)

    def blocks(self, width: int) -> list[Block]:
        """How it ended, what was promised, what happened."""
        around = self.around
        now, tz, glyphs = around.link.now(), around.tz, around.glyphs
        blocks = []
        if lines := beside.ended(self._case, width, now, tz, glyphs):
            blocks.append(Block("ended", lines))
        if lines := beside.deadlines(self._promises, width, now, glyphs):
            blocks.append(Block("promised", lines))
        kin = self._family
        rows = beside.family_rows(kin.parent, kin.children, kin.merged, width, now, tz, glyphs)
        blocks += [Block(key, lines, selectable=key.startswith("case:")) for key, lines in rows]
        aside = str(len(self._happened)) if self._happened else ""
        blocks.append(Block("happened", beside.heading("What happened", aside, width, glyphs)))
        rows = beside.happened(
            self._happened, width, now, tz, glyphs, around.link.channels, self._unfolded
        )
        blocks += [Block(key, lines, selectable=True) for key, lines in rows]
        if not rows:
            blocks.append(Block("nothing", beside.paragraph("Nothing has happened yet.", width)))
        return blocks

    async def may_save(self, edits: Mapping[str, str]) -> bool:
        """Another origin moves terms: that is said first."""
        if "origin" not in edits:
            return True
        found = await self.around.link.attempt(
            "case.consequences", case=self.tab.key, verb="update", origin=edits["origin"]
        )
        if isinstance(found, Refusal) or found.why_not or not found.says:
            return True  # the desk says why not when it is saved
        about = "Saving the case does this:"
        dialog = ConsequencesDialog(
            f"Change {self._case.number}?", about, found, self.around.glyphs
        )
        wanted = await ask(self.app, dialog)
        return wanted is True

    def chosen(self, key: str) -> None:
        """A conversation opens as a session, a case in a tab, anything else unfolds."""
        kin = self._family
        for case in (*kin.children, *kin.merged, kin.parent):
            if case is not None and f"case:{case.id}" == key:
                self.post_message(self.Wanted(self, tab=case_tab(case)))
                return
        found = next((a for a in self._happened if activity_key(a) == key), None)
        if found is not None and found.conversation_id is not None:
            self.post_message(self.Wanted(self, conversation=found.conversation_id))
        else:
            self._unfolded ^= {key}
            self.query_one(BlockList).lay_out()


def case_tab(case: Case) -> AppTab:
    """The tab of a case."""
    return AppTab(AppKind.CASE, case.id, case.number)
