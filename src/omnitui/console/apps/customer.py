"""A customer in a tab: who they are and how to reach them, what they are owed, their cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content

from omnitui.console.apps.case import case_tab
from omnitui.console.apps.customer_fields import customer_fields, save_customer
from omnitui.console.apps.entitlement import entitlement_tab
from omnitui.console.apps.form import Field
from omnitui.console.apps.record import RecordBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.customers.merge import PartDialog
from omnitui.console.keys import key_for
from omnitui.console.present.records import beside
from omnitui.console.present.records.customer_merge import merged_key, merged_rows
from omnitui.console.widgets.blocks import Block
from omnitui.console.work import do_soon
from omnitui.desk.customers.merging import Merged
from omnitui.desk.pages import CustomerPage
from omnitui.model.case import Case
from omnitui.model.customer import Customer
from omnitui.model.entitlement import Entitlement
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry

_CASES = 50


class CustomerTab(RecordBody):
    """See the module."""

    what = "customer"

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.customer: Customer | None = None
        self._cases: Sequence[Case] = ()
        self._owed: Sequence[Entitlement] = ()
        self._merged: Sequence[Merged] = ()

    @property
    def _customer(self) -> Customer:
        assert self.customer is not None, "the customer has not been read"
        return self.customer

    @property
    def customer_id(self) -> int | None:
        """Who it is about."""
        return self.tab.key

    @property
    def whose(self) -> str:
        """Their name."""
        return "" if self.customer is None else self.customer.name

    @property
    def people(self) -> frozenset[int]:
        """The customer, and who they have become part of."""
        found = self.customer
        return super().people if found is None else frozenset((self.tab.key, found.id))

    async def read(self) -> bool:
        """Read the customer, what they are owed, and their cases."""
        page: CustomerPage | None
        page = await self.around.link.found("customer.page", customer=self.tab.key, cases=_CASES)
        if page is None:
            return False
        self._cases, self._owed, self._merged = page.cases, page.entitlements, page.merged
        self.customer = page.customer
        self._name_tab(page.customer.name)
        return True

    def _name_tab(self, name: str) -> None:
        """Let the tab say who they are now: they may have another name, or be part of somebody."""
        tabs = self.around.tabs
        shown = tabs.find(self.tab.name)
        if shown is not None and shown.title != name:
            tabs.retitle(self.tab.name, name)
            self.post_message(self.Retitled(self))

    def concerns(self, entry: Entry) -> bool:
        """Whatever is about the customer."""
        return entry.is_about(self.tab.key) or entry.is_about(self._customer.id)

    def head(self) -> Content:
        """Their name, tier, and since when."""
        return beside.customer_head(self._customer, self.around.glyphs)

    def fields(self) -> list[Field]:
        """The fields of the customer."""
        return customer_fields(self._customer, self.around.link.channels)

    async def save(self, edits: Mapping[str, str]) -> Refusal | None:
        """The fields and the addresses."""
        return await save_customer(self.around.link, self._customer, edits)

    def blocks(self, width: int) -> list[Block]:
        """What they are owed, their cases."""
        around = self.around
        now, tz, glyphs = around.link.now(), around.tz, around.glyphs
        channels = around.link.channels
        owed = beside.owed_rows(self._owed, width, channels, glyphs)
        aside = f"{key_for('create.any')} e adds" if not owed else str(len(owed))
        blocks = [Block("owed", beside.heading("Entitlements", aside, width, glyphs))]
        blocks += [Block(key, lines, selectable=True) for key, lines in owed]
        if not owed:
            blocks.append(Block("nothing", beside.paragraph("They have no entitlement.", width)))
        aside = str(len(self._cases)) if self._cases else ""
        blocks.append(Block("cases", beside.heading("Cases", aside, width, glyphs)))
        rows = beside.case_rows(self._cases, width, now, tz, glyphs)
        blocks += [Block(key, lines, selectable=True) for key, lines in rows]
        if not rows:
            blocks.append(Block("none", beside.paragraph("No cases yet.", width)))
        rows = merged_rows(self._merged, width, now, tz, glyphs)
        if rows:
            blocks.append(Block("merged", beside.heading("Merged into it", "", width, glyphs)))
            blocks += [Block(key, lines, selectable=True) for key, lines in rows]
        return blocks

    def chosen(self, key: str) -> None:
        """A case and an entitlement open in tabs of their own; a merge can be undone."""
        merged = next((one for one in self._merged if merged_key(one) == key), None)
        if merged is not None:
            do_soon(self, self._part(merged), "merge")
        owed = next((one for one in self._owed if f"owed:{one.id}" == key), None)
        if owed is not None:
            self.post_message(self.Wanted(self, tab=entitlement_tab(owed)))
        found = next((case for case in self._cases if f"case:{case.id}" == key), None)
        if found is not None:
            self.post_message(self.Wanted(self, tab=case_tab(found)))

    async def _part(self, merged: Merged) -> None:
        refusal: Refusal | None = None
        if merged.why_not:
            said = f"{merged.name} cannot be parted again: {merged.why_not}."
            refusal = Refusal("customer.unmerge", said)
        elif await ask(self.app, PartDialog(merged, self._customer.name, self.around.glyphs)):
            done = await self.around.link.attempt("customer.unmerge", customer=self._customer.id)
            if isinstance(done, Refusal):
                refusal = done
            else:
                said = f"{merged.name} is a customer of their own again."
                self.app.notify(said, timeout=4, markup=False)
        if refusal is not None:
            self.post_message(self.Refused(self, refusal))


def customer_tab(customer: Customer) -> AppTab:
    """The tab of a customer."""
    return AppTab(AppKind.CUSTOMER, customer.id, customer.name)
