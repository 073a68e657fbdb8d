"""Dialogs about customers: who is meant, found or added, and two records merged or split again."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.dialogs.base import Answer, Confirm, Keys
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.link import Link
from omnitui.console.present.records.customer_merge import moves_over, side_by_side
from omnitui.console.present.records.profile import Suggested
from omnitui.console.widgets.blocks import Block
from omnitui.console.widgets.fields import Field
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon, there
from omnitui.desk.customers.merging import Merged, MergePreview
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal


class PickPerson(Pick[Answer]):
    """A customer: suggested with the reason, or found by name, account, town or company.

    `suggested` stand there while nothing is typed; `left_out` is never found.
    """

    find_hint = "Name, account, town, company"
    nobody = "Nobody found."
    nothing = "Type a name to find customers."

    def __init__(
        self,
        title: str,
        link: Link,
        suggested: Sequence[Suggested],
        glyphs: Glyphs,
        typed: dict[str, str],
        wrong: str,
        left_out: int | None = None,
    ) -> None:
        super().__init__(title, "", glyphs, typed, refused=wrong)
        self._link = link
        self._suggested = suggested
        self._left_out = left_out
        self._offer(suggested)

    def _offer(self, people: Sequence[Suggested]) -> None:
        self.rows = [
            Row(str(one.customer.id), partial(self._draw, one), one.customer.id) for one in people
        ]

    def _draw(self, one: Suggested, width: int) -> list[Content]:
        customer = one.customer
        account = f"account {customer.account}" if customer.account else ""
        where = ", ".join(part for part in (customer.company, customer.city, account) if part)
        tier = Content.assemble((customer.tier.label, "$text-dim"), " ")
        name = Content.assemble("  ", (text.inline(customer.name), "bold $text-plain"))
        lines = [text.between(name, tier, width, self._glyphs)]
        for said, style in ((one.because, "$info"), (where, "$text-dim")):
            if said:
                line = Content.assemble("    ", (text.inline(said), style))
                lines.append(text.cut(line, width, self._glyphs))
        return lines

    def narrow(self) -> None:
        do_soon(self, self._search(self.wanted), "find", exclusive=True)

    async def _search(self, query: str) -> None:
        found: Sequence[Customer] = ()
        if query:
            found = await self._link.call("customer.search", query=query)
        people = [Suggested(one, "") for one in found if one.id != self._left_out]
        self._offer(people if query else self._suggested)
        self.nothing = self.nobody if query else PickPerson.nothing
        super().narrow()


class Known(Struct, frozen=True):
    """Somebody who is a customer already."""

    customer_id: int


class NewCustomer(Struct, frozen=True):
    """Somebody to be added."""

    name: str
    email: str
    phone: str
    company: str = ""


NAME_NEEDED = "A customer needs a name."
_FIELDS = (
    Field("name", "Name", needed=NAME_NEEDED),
    Field("email", "E-mail"),
    Field("phone", "Phone"),
)
_FINDING: Keys = (("enter", "link"), ("^n", "a new customer"), ("esc", "cancel"))
_ADDING: Keys = (("^s", "add and link"), ("^n", "search instead"), ("esc", "cancel"))


def customer_form(glyphs: Glyphs, typed: dict[str, str]) -> Form[NewCustomer]:
    """A customer nobody knows yet."""
    asks = (*_FIELDS, Field("company", "Company"))
    keys = (("^s", "create"), ("tab", "next field"), ("esc", "cancel"))
    return Form("New customer", "", glyphs, typed, asks=asks, into=NewCustomer, keys=keys)


class CustomerPicker(PickPerson[Known | NewCustomer]):
    """Says who is writing: somebody who is found, or with `^n` somebody new."""

    DEFAULT_CSS = """
    CustomerPicker {
        & #new { height: auto; display: none; }
        & #known { height: auto; & > BlockList { margin: 1 0 0 0; } }
        &.-new #new { display: block; }
        &.-new #known { display: none; }
    }
    """
    BINDINGS = [("ctrl+n", "new", "A new customer")]
    keys = _FINDING
    into = Known
    nobody = "Nobody found. ^n adds them."

    def __init__(
        self,
        visitor: str,
        link: Link,
        suggested: Sequence[Suggested],
        glyphs: Glyphs,
        typed: dict[str, str],
        told: dict[str, str],
        wrong: str = "",
    ) -> None:
        """With `wrong` somebody new could not be added: it says why, and they can be changed."""
        super().__init__(f"Who is {visitor}?", link, suggested, glyphs, typed, wrong)
        for field in _FIELDS:
            self.typed.setdefault(field.key, told.get(field.key, ""))

    def fields(self) -> ComposeResult:
        with Vertical(id="known"):
            yield from super().fields()
        with Vertical(id="new"):
            for field in _FIELDS:
                yield PlainStatic(field.label, classes="label")
                yield field.editor(self.typed[field.key], self._glyphs)

    def begin(self) -> None:
        super().begin()
        if self.refused:
            self.action_new()

    def action_new(self) -> None:
        """Add somebody, or go back to searching."""
        adding = self.toggle_class("-new").has_class("-new")
        self.keys = _ADDING if adding else _FINDING
        self.say("dialog-keys", self.key_line())
        name = self.query_one("#name", Input)
        if self.wanted and not name.value:
            name.value = self.wanted
        (name if adding else self.query_one("#find")).focus()

    def accept(self, values: Values) -> None:
        if not self.has_class("-new"):
            super().accept(values)
        elif self.value("name"):
            self.dismiss(NewCustomer(*(self.value(field.key) for field in _FIELDS)))
        else:
            self.wrong(NAME_NEEDED)


class TwinDialog(PickPerson[int]):
    """Answers with the customer who is the same person as another one."""

    keys = (("enter", "compare"), ("esc", "cancel"))
    unchosen = "Type a name first, then choose the customer."

    def __init__(
        self,
        customer: Customer,
        link: Link,
        suggested: Sequence[Suggested],
        glyphs: Glyphs,
        typed: dict[str, str],
        wrong: str = "",
    ) -> None:
        title = f"Merge {customer.name} with"
        super().__init__(title, link, suggested, glyphs, typed, wrong, customer.id)


class MergeCustomersDialog(Pick[MergePreview]):
    """Answers with what was seen and agreed to. Esc goes back to choosing somebody else.

    `wrong` says why what was agreed to before has not been done.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "swap", "Keep the other one", id="merge.swap", show=False)
    ]
    keys = (("enter", "merge"), ("s", "keep the other one"), ("esc", "back"))
    width = 88
    tells = True

    def __init__(self, preview: MergePreview, link: Link, glyphs: Glyphs, wrong: str = "") -> None:
        super().__init__("Merge two customers", "", glyphs, refused=wrong)
        self._preview = preview
        self._link = link

    def fields(self) -> ComposeResult:
        both, moves = super().fields()
        moves.add_class("-any-lines").styles.margin = (1, 0, 0, 1)
        yield from (both, moves)

    def blocks(self, width: int) -> list[Block]:
        lines = side_by_side(self._preview, width, self._glyphs)
        return [Block(f"line:{at}", [line]) for at, line in enumerate(lines)]

    def wrong(self, sentence: str) -> None:
        super().wrong(sentence)
        self.found.styles.max_height = "44vh" if sentence else "60vh"

    def tell(self) -> None:
        undo = key_for("session.take_back")
        said = f"{moves_over(self._preview)} {undo} undoes it until something depends on it."
        lines = Content(text.inline(said))
        if any(one.from_ not in ("", one.into, one.becomes) for one in self._preview.fields):
            struck = "\nCrossed-out values are replaced; undo restores them."
            lines = Content.assemble(lines, (struck, "$text-dim"))
        self.say("what", lines)

    def action_swap(self) -> None:
        """Let the other one stay."""
        do_soon(self, self._swap(), "merge", exclusive=True)

    async def _swap(self) -> None:
        shown = self._preview
        given = {"from": shown.into.id, "into": shown.from_.id}
        found = await self._link.attempt("customer.merge_preview", **given)
        if not there(self):
            return
        if isinstance(found, Refusal):
            self.wrong(str(found))
            return
        self.wrong("")
        self._preview = found
        self.found.show(self.blocks)
        self.tell()

    def accept(self, values: Values) -> None:
        self.dismiss(self._preview)


def unmerge_dialog(merged: Merged, survivor: str, glyphs: Glyphs) -> Confirm[bool]:
    """Asks whether to unmerge a customer; True does it."""
    about = (
        f"Everything from {merged.name} goes back to {merged.name}, with later entries about it."
        f" What else is new stays with {survivor}."
    )
    return Confirm(f"Unmerge {merged.name} from {survivor}?", about, glyphs, "unmerge", True)
