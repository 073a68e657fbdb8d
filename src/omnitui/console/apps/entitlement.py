"""An entitlement in a tab: its terms as bars, what used them, and its fields while it is a draft.

Everything that its state allows has a key; what the desk refuses is said.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console.apps.case import case_tab
from omnitui.console.apps.form import Field, FieldKind
from omnitui.console.apps.record import RecordBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.entitlements.choosing import CancelEntitlement, OnlyDialog
from omnitui.console.present.records import entitlement as present
from omnitui.console.present.records.beside import heading, paragraph
from omnitui.console.widgets.blocks import Block
from omnitui.console.work import do_soon
from omnitui.desk.pages import EntitlementPage
from omnitui.model.channel import Channel
from omnitui.model.entitlement import (
    ActionOption,
    Allocation,
    DecreaseOn,
    Entitlement,
    EntitlementState,
    TermsUsed,
)
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry

_USES = 200
_ON = "channel_"
"""What the keys of the channels' fields begin with."""
_YES_NO = (("no", "No, it may go below zero"), ("yes", "Yes"))
_ALLOCATIONS = tuple((one.value, one.value.capitalize()) for one in Allocation)
_DECREASES = tuple((one.value, one.value.capitalize()) for one in DecreaseOn)
_DONE = {
    "activate": "{name} is {state}.",
    "deactivate": "{name} is a draft: tab goes into its fields, a activates it again.",
    "cancel": "{name} is cancelled.",
    "set_default": "{name} is given to new cases {by}.",
}


def entitlement_fields(owed: Entitlement, channels: Mapping[str, Channel]) -> list[Field]:
    """The fields of a draft; those of one that is in force are told otherwise."""
    if owed.state is not EntitlementState.DRAFT:
        said = owed.description
        return [Field("description", "Description", said, FieldKind.FACT)] if said else []
    first, last = owed.period.split(" to ")
    restrict = "yes" if owed.restrict else "no"
    fields = [
        Field("name", "Name", owed.name, most=100),
        Field("total", "Total", str(owed.total), most=20),
        Field("starts", "First day", first, most=30),
        Field("ends", "Last day", last, most=30),
        Field("restrict", "Restricted", restrict, FieldKind.CHOICE, _YES_NO),
        Field("allocation", "Counts", owed.allocation.value, FieldKind.CHOICE, _ALLOCATIONS),
        Field("decrease_on", "Used on", owed.decrease_on.value, FieldKind.CHOICE, _DECREASES),
    ]
    for key, channel in channels.items():
        line = owed.channels.get(key)
        value = "" if line is None else str(line.total)
        hint = "not listed: the total alone binds; 0 forbids it"
        fields.append(Field(f"{_ON}{key}", channel.label, value, most=20, hint=hint))
    return [
        *fields,
        Field("products", "Products", ", ".join(owed.products), most=1_000, hint="all"),
        Field("contacts", "Contacts", ", ".join(owed.contact_names), most=1_000, hint="all"),
        Field("description", "Description", owed.description, FieldKind.TEXT, most=20_000),
    ]


class EntitlementTab(RecordBody):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "do('activate')", "Put the draft into force", id="owed.activate", show=False),
        Binding("d", "do('deactivate')", "Make it a draft again", id="owed.draft", show=False),
        Binding("x", "end", "Cancel it before its time", id="owed.cancel", show=False),
        Binding("R", "renew", "Renew it as a draft", id="owed.renew", show=False),
        Binding("s", "default", "Give it to new cases, or not", id="owed.default", show=False),
        Binding("o", "only", "Allow one channel alone", id="owed.only", show=False),
    ]

    what = "entitlement"

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.owed: Entitlement | None = None
        self._used: Sequence[TermsUsed] = ()
        self._actions: Sequence[ActionOption] = ()

    @property
    def _owed(self) -> Entitlement:
        assert self.owed is not None, "the entitlement has not been read"
        return self.owed

    @property
    def customer_id(self) -> int | None:
        """To whom it is owed, once it has been read."""
        return None if self.owed is None else self.owed.customer_id

    @property
    def whose(self) -> str:
        """The name of whom it is owed to."""
        return "" if self.owed is None else self.owed.customer_name

    async def read(self) -> bool:
        """Read it, its ledger, and what can be done with it."""
        page: EntitlementPage | None
        page = await self.around.link.found(
            "entitlement.page", entitlement=self.tab.key, uses=_USES
        )
        if page is None:
            return False
        self.owed, self._used, self._actions = page.entitlement, page.used, page.actions
        return True

    def concerns(self, entry: Entry) -> bool:
        """Whatever names it, who has it, and what may be done changing."""
        if entry.kind in ("settings.changed", "channel.created"):
            return True
        named = entry.payload.get("entitlement") == self.tab.key
        return named or entry.renames(self._owed.customer_id)

    def head(self) -> Content:
        """Its name, how it stands, whose it is, its dates; and what can be done."""
        return Content.assemble(
            present.head(self._owed, self.around.glyphs),
            "\n",
            present.keys_line(self._actions, self._owed.is_default),
        )

    def fields(self) -> list[Field]:
        """The fields of a draft."""
        return entitlement_fields(self._owed, self.around.link.channels)

    def params(self, edits: Mapping[str, str]) -> dict[str, Any]:
        """The channels' fields are one list for the desk: what is empty is not listed."""
        given: dict[str, Any] = {k: v for k, v in edits.items() if not k.startswith(_ON)}
        if len(given) == len(edits):
            return given
        typed = {key: str(line.total) for key, line in self._owed.channels.items()}
        typed |= {k.removeprefix(_ON): v for k, v in edits.items() if k.startswith(_ON)}
        return {**given, "channels": {key: total for key, total in typed.items() if total}}

    def blocks(self, width: int) -> list[Block]:
        """The terms, whom it covers, what used them."""
        around = self.around
        now, tz, glyphs = around.link.now(), around.tz, around.glyphs
        channels, owed = around.link.channels, self._owed
        aside = str(len(self._used)) if self._used else ""
        blocks = [
            Block("terms", present.terms_lines(owed, channels, width, glyphs)),
            Block("covers", present.covers_lines(owed, width, glyphs)),
            Block("uses", heading("Used by", aside, width, glyphs)),
        ]
        rows = present.used_rows(self._used, channels, width, now, tz, glyphs)
        blocks += [Block(key, lines, selectable=True) for key, lines in rows]
        if not rows:
            blocks.append(Block("nothing", paragraph("No case has used it yet.", width)))
        return blocks

    def chosen(self, key: str) -> None:
        """The case that used it opens in a tab of its own."""
        found = next((one for one in self._used if f"used:{one.id}" == key), None)
        if found is not None:
            do_soon(self, self._open_case(found.case_id), "open")

    async def _open_case(self, case: int) -> None:
        found = await self.around.link.attempt("case.get", case=case)
        if isinstance(found, Refusal):
            self.post_message(self.Refused(self, found))
        else:
            self.post_message(self.Wanted(self, tab=case_tab(found)))

    async def _do(self, verb: str, **given: Any) -> Entitlement | None:
        """Carry out a command about it; a refusal is said."""
        link = self.around.link
        done = await link.attempt(f"entitlement.{verb}", entitlement=self.tab.key, **given)
        if isinstance(done, Refusal):
            self.post_message(self.Refused(self, done))
            return None
        if await self.read():
            await self._take_in()
        said = _DONE.get(verb, "")
        if said:
            by = "by itself" if done.is_default else "by hand only"
            words = said.format(name=done.name, state=done.state.value, by=by)
            self.app.notify(words, timeout=4, markup=False)
        found: Entitlement = done
        return found

    def _may(self, verb: str) -> bool:
        """Whether something can be done now; if not, why is said before anything is asked."""
        found = next((one for one in self._actions if one.action == verb), None)
        if found is None or found.allowed:
            return self.painted
        refusal = Refusal(found.code, found.why, found.hint)
        self.post_message(self.Refused(self, refusal))
        return False

    def action_do(self, verb: str) -> None:
        """Do what needs no question."""
        if self._may(verb):
            do_soon(self, self._do(verb), "owed")

    def action_default(self) -> None:
        """Give it to new cases by itself, or not any more."""
        if self._may("set_default"):
            do_soon(self, self._do("set_default", default=not self._owed.is_default), "owed")

    def action_end(self) -> None:
        """Cancel it, if that is meant."""
        if self._may("cancel"):
            do_soon(self, self._end(), "owed")

    async def _end(self) -> None:
        if await ask(self.app, CancelEntitlement(self._owed, self.around.glyphs)):
            await self._do("cancel")

    def action_renew(self) -> None:
        """Copy it into a draft, which opens beside it."""
        if self._may("renew"):
            do_soon(self, self._renew(), "owed")

    async def _renew(self) -> None:
        made = await self._do("renew")
        if made is not None:
            self.post_message(self.Wanted(self, tab=entitlement_tab(made)))

    def action_only(self) -> None:
        """Allow one channel alone, if that is meant."""
        verb = "deactivate" if self._owed.state is EntitlementState.ACTIVE else "update"
        if self._may(verb):
            do_soon(self, self._only(), "owed")

    async def _only(self) -> None:
        owed, channels = self._owed, dict(self.around.link.channels)
        listed = [key for key, line in owed.channels.items() if line.total]
        first = listed[0] if listed else next(iter(channels))
        origin = await ask(self.app, OnlyDialog(owed, channels, first, self.around.glyphs))
        if origin is not None:
            in_force = owed.state is EntitlementState.ACTIVE
            if await self._do("only", origin=origin, in_force=in_force) is not None:
                label = channels[origin].label
                self.app.notify(f"{owed.name} is for {label} only now.", markup=False)


def entitlement_tab(owed: Entitlement) -> AppTab:
    """The tab of an entitlement."""
    return AppTab(AppKind.ENTITLEMENT, owed.id, owed.name)
