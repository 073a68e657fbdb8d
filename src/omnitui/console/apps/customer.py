"""A customer in a tab: who they are and how to reach them, their entitlements, their cases."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from omnitui.console.apps.body import Around
from omnitui.console.apps.case import case_tab
from omnitui.console.apps.entitlement import entitlement_tab
from omnitui.console.apps.fields import customer_fields, save_customer
from omnitui.console.apps.record import RecordBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.customers import unmerge_dialog
from omnitui.console.keys import key_for
from omnitui.console.present.records import beside
from omnitui.console.present.records.customer_merge import merged_key, merged_rows
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Field
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

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self._cases: Sequence[Case] = ()
        self._entitlements: Sequence[Entitlement] = ()
        self._merged: Sequence[Merged] = ()

    @property
    def _customer(self) -> Customer:
        assert self.customer is not None, "the customer has not been read"
        return self.customer

    @property
    def customer_id(self) -> int | None:
        """Who it is about."""
        return self.tab.key

    async def read(self) -> bool:
        """Read the customer, their entitlements, and their cases."""
        page: CustomerPage | None
        page = await self.around.link.found("customer.page", customer=self.tab.key, cases=_CASES)
        if page is None:
            return False
        self._cases, self._entitlements, self._merged = page.cases, page.entitlements, page.merged
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
        """Their entitlements, their cases, and who was merged into them."""
        look, channels = self.around.look, self.around.link.channels
        terms = beside.entitlement_rows(self._entitlements, width, channels, self.around.glyphs)
        cases = beside.case_rows(self._cases, width, *look)
        adds = f"{key_for('create.any')} e adds"
        none = "They have no entitlement."
        blocks = [
            *self.section("entitlement", "Entitlements", terms, width, empty=none, aside=adds),
            *self.section("cases", "Cases", cases, width, empty="No cases yet."),
        ]
        if rows := merged_rows(self._merged, width, *look):
            title = beside.heading("Merged customers", "", width, self.around.glyphs)
            blocks.append(Block("merged", title))
            blocks += [Block(key, lines, selectable=True) for key, lines in rows]
        return blocks

    def opens(self) -> dict[str, AppTab]:
        """Their entitlements and cases."""
        entitlements = {f"entitlement:{one.id}": entitlement_tab(one) for one in self._entitlements}
        return entitlements | {f"case:{case.id}": case_tab(case) for case in self._cases}

    def chosen(self, key: str) -> None:
        """A case and an entitlement open in tabs of their own; a merge can be undone."""
        merged = next((one for one in self._merged if merged_key(one) == key), None)
        if merged is None:
            super().chosen(key)
        else:
            do_soon(self, self._part(merged), "merge")

    async def _part(self, merged: Merged) -> None:
        refusal: Refusal | None = None
        if merged.why_not:
            said = f"{merged.name} cannot be unmerged: {merged.why_not}."
            refusal = Refusal("customer.unmerge", said)
        elif await ask(self.app, unmerge_dialog(merged, self._customer.name, self.around.glyphs)):
            done = await self.around.link.attempt("customer.unmerge", customer=self._customer.id)
            if isinstance(done, Refusal):
                refusal = done
            else:
                said = f"Unmerged {merged.name}."
                self.app.notify(said, timeout=4, markup=False)
        if refusal is not None:
            self.refuse(refusal)


def customer_tab(customer: Customer) -> AppTab:
    """The tab of a customer."""
    return AppTab(AppKind.CUSTOMER, customer.id, customer.name)
