"""An entitlement in a tab: its terms as bars, what used them, and its fields while it is a draft.

Everything that its state allows has a key; what the desk refuses is said.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console.apps.body import Around
from omnitui.console.apps.case import open_case
from omnitui.console.apps.fields import entitlement_fields, entitlement_params
from omnitui.console.apps.record import RecordBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.entitlements import cancel_entitlement, only_dialog
from omnitui.console.present.records import entitlement as present
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Field
from omnitui.console.work import do_soon
from omnitui.desk.pages import EntitlementPage
from omnitui.model.entitlement import (
    ActionOption,
    Entitlement,
    EntitlementState,
    TermsUsed,
)
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry

_USES = 200
_DONE = {
    "activate": "{name} is {state}.",
    "deactivate": "{name} is a draft: tab edits the fields, a activates it.",
    "cancel": "{name} is cancelled.",
    "set_default": "{name} is {by}.",
    "only": "Only {origin} is allowed for {name} now.",
}


class EntitlementTab(RecordBody):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "do('activate')", "Activate", id="owed.activate", show=False),
        Binding("d", "do('deactivate')", "Deactivate", id="owed.draft", show=False),
        Binding("x", "do('cancel')", "Cancel the entitlement", id="owed.cancel", show=False),
        Binding("R", "do('renew')", "Renew", id="owed.renew", show=False),
        Binding(
            "s", "do('set_default')", "Set or clear the default", id="owed.default", show=False
        ),
        Binding("o", "do('only')", "Allow only one channel", id="owed.only", show=False),
    ]

    what = "entitlement"

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self.entitlement: Entitlement | None = None
        self._used: Sequence[TermsUsed] = ()
        self._actions: Sequence[ActionOption] = ()

    @property
    def _entitlement(self) -> Entitlement:
        assert self.entitlement is not None, "the entitlement has not been read"
        return self.entitlement

    @property
    def customer_id(self) -> int | None:
        """Whose it is, once it has been read."""
        return None if self.entitlement is None else self.entitlement.customer_id

    @property
    def whose(self) -> str:
        """The name of whose it is."""
        return "" if self.entitlement is None else self.entitlement.customer_name

    async def read(self) -> bool:
        """Read it, its ledger, and what can be done with it."""
        page: EntitlementPage | None
        page = await self.around.link.found(
            "entitlement.page", entitlement=self.tab.key, uses=_USES
        )
        if page is None:
            return False
        self.entitlement, self._used, self._actions = page.entitlement, page.used, page.actions
        return True

    def concerns(self, entry: Entry) -> bool:
        """Whatever names it, who has it, and what may be done changing."""
        if entry.kind in ("settings.changed", "channel.created"):
            return True
        named = entry.payload.get("entitlement") == self.tab.key
        return named or entry.renames(self._entitlement.customer_id)

    def head(self) -> Content:
        """Its name, how it stands, whose it is, its dates; and what can be done."""
        return Content.assemble(
            present.head(self._entitlement, self.around.glyphs),
            "\n",
            present.keys_line(self._actions, self._entitlement.is_default),
        )

    def fields(self) -> list[Field]:
        """The fields of a draft."""
        return entitlement_fields(self._entitlement, self.around.link.channels)

    def params(self, edits: Mapping[str, str]) -> dict[str, Any]:
        """The edits as the desk takes them."""
        return entitlement_params(self._entitlement, edits)

    def blocks(self, width: int) -> list[Block]:
        """The terms, whom it covers, what used them."""
        channels, glyphs = self.around.link.channels, self.around.glyphs
        rows = present.used_rows(self._used, channels, width, *self.around.look)
        empty = "No case has used it yet."
        return [
            Block("terms", present.terms_lines(self._entitlement, channels, width, glyphs)),
            Block("covers", present.covers_lines(self._entitlement, width, glyphs)),
            *self.section("uses", "Used by", rows, width, empty=empty),
        ]

    def chosen(self, key: str) -> None:
        """The case that used it opens in a tab of its own."""
        found = next((one for one in self._used if f"used:{one.id}" == key), None)
        if found is not None:
            do_soon(self, open_case(self, found.case_id), "open")

    def _may(self, verb: str) -> bool:
        """Whether something can be done now; if not, why is said before anything is asked."""
        found = next((one for one in self._actions if one.action == verb), None)
        if found is None or found.allowed:
            return self.painted
        self.refuse(Refusal(found.code, found.why, found.hint))
        return False

    def action_do(self, verb: str) -> None:
        """Do something with it, after asking where that is worth a question."""
        needs = verb
        if verb == "only":
            active = self.painted and self._entitlement.state is EntitlementState.ACTIVE
            needs = "deactivate" if active else "update"
        if self._may(needs):
            do_soon(self, self._do(verb), "entitlement")

    async def _do(self, verb: str) -> None:
        given = await self._asked(verb, self._entitlement)
        if given is None:
            return
        link = self.around.link
        done = await link.attempt(f"entitlement.{verb}", entitlement=self.tab.key, **given)
        if isinstance(done, Refusal):
            self.refuse(done)
            return
        await self.read_again()
        if verb == "renew":
            self.post_message(self.Wanted(self, tab=entitlement_tab(done)))
            return
        by = "the default for new cases" if done.is_default else "no longer the default"
        origin = link.channels[given["origin"]].label if verb == "only" else ""
        said = _DONE[verb].format(name=done.name, state=done.state.value, by=by, origin=origin)
        self.app.notify(said, timeout=4, markup=False)

    async def _asked(self, verb: str, of: Entitlement) -> dict[str, Any] | None:
        """What a command is given besides the entitlement; None when it is not meant."""
        glyphs = self.around.glyphs
        if verb == "set_default":
            return {"default": not of.is_default}
        if verb == "cancel":
            return {} if await ask(self.app, cancel_entitlement(of, glyphs)) else None
        if verb != "only":
            return {}
        channels = dict(self.around.link.channels)
        listed = [key for key, line in of.channels.items() if line.total]
        first = listed[0] if listed else next(iter(channels))
        origin = await ask(self.app, only_dialog(of, channels, first, glyphs))
        in_force = of.state is EntitlementState.ACTIVE
        return None if origin is None else {"origin": origin, "in_force": in_force}


def entitlement_tab(entitlement: Entitlement) -> AppTab:
    """The tab of an entitlement."""
    return AppTab(AppKind.ENTITLEMENT, entitlement.id, entitlement.name)
