"""Say who is writing: pick somebody, found or suggested with the reason, or add them."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text
from omnitui.console.present.profile import Suggested
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.link import Link
from omnitui.console.session.search_input import SearchInput
from omnitui.console.session.work import do_soon
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.customer import Customer


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is a customer already."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class New:
    """Somebody to be added."""

    name: str
    email: str
    phone: str


class CustomerPicker(Dialog[Known | New]):
    """Search by name, account, town or company; `^n` adds a new customer."""

    DEFAULT_CSS = """
    CustomerPicker {
        & #new { height: auto; display: none; }
        &.-new #new { display: block; }
        &.-new #known { display: none; }
        & #known { height: auto; }
    }
    """

    keys = (("enter", "link"), ("^n", "a new customer"), ("esc", "leave"))
    BINDINGS = [("ctrl+n", "new", "A new customer")]

    def __init__(
        self,
        visitor: str,
        link: Link,
        suggested: Sequence[Suggested],
        glyphs: Glyphs,
        typed: dict[str, str],
        told: dict[str, str],
    ) -> None:
        super().__init__(f"Who is {visitor}?", "", glyphs, typed)
        self._link = link
        self._suggested = suggested
        self._found: Sequence[Customer] = ()
        for key in ("name", "email", "phone"):
            self.typed.setdefault(key, told.get(key, ""))

    def fields(self) -> ComposeResult:
        """What to look for and who was found; the fields of somebody new."""
        with Vertical(id="known"):
            yield SearchInput(self._glyphs, placeholder="Name, account, town, company", id="find")
            yield BlockList(self._glyphs, cursor_always=True, id="people")
        with Vertical(id="new"):
            for key, label in (("name", "Name"), ("email", "E-mail"), ("phone", "Phone")):
                yield PlainStatic(label, classes="label")
                yield Input(self.typed[key], id=key, max_length=200)

    def on_mount(self) -> None:
        """Begin with who it may be."""
        self.query_one(BlockList).show(self._blocks)
        self.query_one(SearchInput).focus()

    def _blocks(self, width: int) -> list[Block]:
        if self._found or self.query_one(SearchInput).value.strip():
            people = [(customer, "") for customer in self._found]
        else:
            people = [(found.customer, found.because) for found in self._suggested]
        blocks = [Block(str(c.id), self._person(c, why, width), True) for c, why in people]
        if blocks:
            return blocks
        nobody = "Nobody yet: type a name." if not self._asked else "Nobody found. ^n adds them."
        return [Block("", [Content.assemble("  ", (nobody, "$text-dim"))])]

    @property
    def _asked(self) -> bool:
        return bool(self.query_one(SearchInput).value.strip())

    def _person(self, customer: Customer, why: str, width: int) -> list[Content]:
        account = f"account {customer.account}" if customer.account else ""
        where = ", ".join(part for part in (customer.company, customer.city, account) if part)
        tier = Content.assemble((customer.tier.label, "$text-dim"), " ")
        name = Content.assemble("  ", (text.inline(customer.name), "bold $text-plain"))
        lines = [text.between(name, tier, width, self._glyphs)]
        for said, style in ((why, "$info"), (where, "$text-dim")):
            if said:
                line = Content.assemble("    ", (text.inline(said), style))
                lines.append(text.cut(line, width, self._glyphs))
        return lines

    @on(Input.Changed, "#find")
    def _find_changed(self, event: Input.Changed) -> None:
        do_soon(self, self._search(event.value), "find", exclusive=True)

    async def _search(self, query: str) -> None:
        self._found = await self._link.call("customer.search", query=query) if query.strip() else ()
        self.query_one(BlockList).show(self._blocks, from_top=True)

    @on(SearchInput.Moved)
    def _move(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.query_one(BlockList).focus()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_new(self) -> None:
        """Add somebody, or go back to searching."""
        self.toggle_class("-new")
        typed = self.query_one(SearchInput).value.strip()
        name = self.query_one("#name", Input)
        if typed and not name.value:
            name.value = typed
        (name if self.has_class("-new") else self.query_one(SearchInput)).focus()

    def action_accept(self) -> None:
        """Answer with who it is."""
        if self.has_class("-new"):
            if not self.value("name"):
                self.wrong("A customer needs a name.")
                return
            self.dismiss(New(self.value("name"), self.value("email"), self.value("phone")))
            return
        key = self.query_one(BlockList).cursor_key
        if key:
            self.dismiss(Known(int(key)))
