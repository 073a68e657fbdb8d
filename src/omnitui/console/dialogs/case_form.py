"""What a new case is about: filled in from the conversation as far as that tells it."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import Input, TextArea

from omnitui.console.dialogs.base import Choice, Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.case import CasePriority

PRIORITIES = tuple((priority.value, priority.value.capitalize()) for priority in CasePriority)


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case is to be created with."""

    title: str
    priority: CasePriority
    product: str
    description: str


class CaseForm(Dialog[NewCase]):
    """Title, priority, product and description; `^s` creates it."""

    keys = (("^s", "create and link"), ("tab", "next field"), ("esc", "leave"))

    def __init__(
        self,
        customer: str,
        glyphs: Glyphs,
        typed: dict[str, str],
        *,
        title: str = "",
        product: str = "",
        description: str = "",
    ) -> None:
        super().__init__(f"New case for {customer}", "", glyphs, typed)
        self.typed.setdefault("title", title)
        self.typed.setdefault("product", product)
        self.typed.setdefault("description", description)

    def fields(self) -> ComposeResult:
        """The fields of a case."""
        yield PlainStatic("What is wrong, in a few words", classes="label")
        yield Input(self.typed["title"], id="title", max_length=200)
        yield PlainStatic("Priority", classes="label")
        priority = self.typed.get("priority", CasePriority.NORMAL.value)
        yield Choice(PRIORITIES, priority, self._glyphs, id="priority")
        yield PlainStatic("Product", classes="label")
        yield Input(self.typed["product"], id="product", max_length=100)
        yield PlainStatic("Description", classes="label")
        yield TextArea(
            self.typed["description"],
            id="description",
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
        )

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Keep the priority as what is typed is kept."""
        self.typed["priority"] = event.value

    def action_accept(self) -> None:
        """Create it, if it has a title."""
        if not self.value("title"):
            self.wrong("A case needs a title: say in a few words what is wrong.")
            return
        made = NewCase(
            self.value("title"),
            CasePriority(self.value("priority")),
            self.value("product"),
            self.value("description"),
        )
        self.dismiss(made)
