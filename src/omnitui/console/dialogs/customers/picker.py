"""Say who is writing: pick somebody, found or suggested with the reason, or add them."""

from collections.abc import Sequence

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from omnitui.console.dialogs.customers.people import PeopleDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.records.profile import Suggested
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.widgets.search_input import SearchInput


class Known(Struct, frozen=True):
    """Somebody who is a customer already."""

    customer_id: int


class New(Struct, frozen=True):
    """Somebody to be added."""

    name: str
    email: str
    phone: str


_FINDING = (("enter", "link"), ("^n", "a new customer"), ("esc", "cancel"))
_ADDING = (("^s", "add and link"), ("^n", "search instead"), ("esc", "cancel"))


class CustomerPicker(PeopleDialog[Known | New]):
    """Search by name, account, town or company; `^n` adds a new customer."""

    DEFAULT_CSS = """
    CustomerPicker {
        & #new { height: auto; display: none; }
        &.-new #new { display: block; }
        &.-new #known { display: none; }
        & #known { height: auto; }
    }
    """

    keys = _FINDING
    nobody = "Nobody found. ^n adds them."
    BINDINGS = [("ctrl+n", "new", "A new customer")]

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
        super().__init__(f"Who is {visitor}?", "", link, suggested, glyphs, typed, wrong=wrong)
        self._again = bool(wrong)
        for key in ("name", "email", "phone"):
            self.typed.setdefault(key, told.get(key, ""))

    def fields(self) -> ComposeResult:
        """What to look for and who was found; the fields of somebody new."""
        with Vertical(id="known"):
            yield from super().fields()
        with Vertical(id="new"):
            for key, label in (("name", "Name"), ("email", "E-mail"), ("phone", "Phone")):
                yield PlainStatic(label, classes="label")
                yield Input(self.typed[key], id=key, max_length=200)

    def on_mount(self) -> None:
        """Begin with who it may be, or with somebody new who has to be put right."""
        super().on_mount()
        if self._again:
            self.action_new()

    def action_new(self) -> None:
        """Add somebody, or go back to searching."""
        self.toggle_class("-new")
        self.keys = _ADDING if self.has_class("-new") else _FINDING
        self.query_one("#dialog-keys", PlainStatic).update(self.key_line())
        name = self.query_one("#name", Input)
        if self.wanted and not name.value:
            name.value = self.wanted
        (name if self.has_class("-new") else self.query_one(SearchInput)).focus()

    def action_accept(self) -> None:
        """Answer with who it is."""
        if self.has_class("-new"):
            if not self.value("name"):
                self.wrong("A customer needs a name.")
                return
            self.dismiss(New(self.value("name"), self.value("email"), self.value("phone")))
        elif self.picked is not None:
            self.dismiss(Known(self.picked))
