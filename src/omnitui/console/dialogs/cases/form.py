"""What a new case is about: filled in from the conversation as far as that tells it.

What the customer is owed on the origin is shown before anything is saved.
"""

from collections.abc import Mapping

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.entitlements.listing import NONE, EntitlementList
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.fields import Area, Choice, Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.model.case import CasePriority
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal

PRIORITIES = tuple((priority.value, priority.value.capitalize()) for priority in CasePriority)


class NewCase(Struct, frozen=True):
    """What a case is to be created with. `entitlement` is a key, or `none`."""

    title: str
    priority: CasePriority
    origin: str
    product: str
    description: str
    entitlement: str


class CaseForm(Dialog[NewCase]):
    """Title, priority, origin, product, description, and the entitlement; `^s` creates it.

    `links` says that it is then linked to a conversation.
    """

    DEFAULT_CSS = """
    CaseForm {
        & > #dialog {
            width: 76;
            & > .pair { height: auto; }
            & > .pair > .label { width: 13; }
            & > .pair > .field { width: 1fr; }
            & Choice { background: $surface-3; }
            & Choice:focus { background: $cursor-surface; }
            & #description { height: 4; }
            & EntitlementList { max-height: 6; margin: 0; }
            & > #owed { margin: 1 0 0 0; }
        }
    }
    """

    keys = (("^s", "create"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(
        self,
        customer: Customer,
        link: Link,
        glyphs: Glyphs,
        typed: dict[str, str],
        known: Mapping[str, str],
        about: str = "",
        *,
        links: bool = False,
    ) -> None:
        super().__init__(f"New case for {customer.name}", about, glyphs, typed)
        if links:
            self.keys = (("^s", "create and link"), *self.keys[1:])
        self._customer = customer
        self._link = link
        for key in ("title", "product", "description", "origin"):
            self.typed.setdefault(key, known.get(key, ""))

    def fields(self) -> ComposeResult:
        """The fields of a case, and what it could use."""
        origins = [(key, channel.label) for key, channel in self._link.channels.items()]
        typed = self.typed
        priority = typed.get("priority", CasePriority.NORMAL.value)
        yield self._pair("Title", Line(typed["title"], id="title", max_length=200))
        yield self._pair("Priority", Choice(PRIORITIES, priority, self._glyphs, id="priority"))
        yield self._pair("Origin", Choice(origins, typed["origin"], self._glyphs, id="origin"))
        yield self._pair("Product", Line(typed["product"], id="product", max_length=100))
        yield self._pair("Description", Area(typed["description"], id="description"))
        yield PlainStatic("Uses", classes="label", id="owed")
        yield EntitlementList(self._glyphs, id="entitlement")

    def _pair(self, label: str, field: Widget) -> Horizontal:
        field.add_class("field")
        return Horizontal(PlainStatic(label, classes="label"), field, classes="pair")

    def on_mount(self) -> None:
        """Look up what is owed."""
        super().on_mount()
        self._look_up()

    def _look_up(self) -> None:
        do_soon(self, self._offer(), "owed", exclusive=True)

    async def _offer(self) -> None:
        options = await self._link.attempt(
            "entitlement.options",
            customer=self._customer.id,
            origin=self.value("origin"),
            product=self.value("product"),
        )
        if isinstance(options, Refusal):
            self.wrong(str(options))
        else:
            self.query_one(EntitlementList).offer(options)

    @on(Choice.Changed)
    def _chose(self, event: Choice.Changed) -> None:
        """Keep what is chosen as what is typed is kept."""
        if event.widget.id:
            self.typed[event.widget.id] = event.value
        if event.widget.id == "origin":
            self._look_up()

    @on(Input.Changed, "#product")
    def _other_product(self) -> None:
        self._look_up()

    @on(BlockList.Chosen)
    def _entitlement_chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Create it, if it has a title."""
        if not self.value("title"):
            self.wrong("A case needs a title: say in a few words what is wrong.")
            return
        made = NewCase(
            self.value("title"),
            CasePriority(self.value("priority")),
            self.value("origin"),
            self.value("product"),
            self.value("description"),
            self.query_one(EntitlementList).value or NONE,
        )
        self.dismiss(made)
