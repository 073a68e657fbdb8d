"""Keep a list with its filter and order under a name, and forget one."""

from msgspec import Struct
from textual.app import ComposeResult
from textual.widgets import Input

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Choice
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.views import LONGEST_NAME
from omnitui.model.triage import View


class Named(Struct, frozen=True):
    """A view's name, and whether everybody is to see it."""

    name: str
    shared: bool


class SaveViewDialog(Dialog[Named]):
    """Answers with the name. Only who `may_share` is asked for whom it is."""

    keys = (("enter", "save it"), ("esc", "cancel"))

    def __init__(
        self, about: str, view: View | None, may_share: bool, glyphs: Glyphs, typed: dict[str, str]
    ) -> None:
        super().__init__("Save this list", about, glyphs, typed)
        self._view = view
        self._may_share = may_share

    def fields(self) -> ComposeResult:
        """The name, and for whom."""
        view = self._view
        own = view is not None and (self._may_share or not view.shared)
        known = view.name if view is not None and own else ""
        yield PlainStatic("Its name; one that is there is replaced", classes="label")
        yield Input(self.typed.get("name", known), id="name", max_length=LONGEST_NAME)
        if self._may_share:
            shared = "all" if view is not None and view.shared else "me"
            yield PlainStatic("")
            yield PlainStatic("Who sees it", classes="label")
            options = (("me", "only you"), ("all", "everybody"))
            yield Choice(options, shared, self._glyphs, id="shared")

    def action_accept(self) -> None:
        """Save it under what was typed."""
        name = self.value("name")
        if not name:
            self.wrong("Give it a name first, for example: Late chats.")
            return
        self.dismiss(Named(name, self._may_share and self.value("shared") == "all"))


class DeleteViewDialog(Dialog[bool]):
    """Ask before a view is forgotten."""

    keys = (("enter", "forget it"), ("esc", "keep it"))
    BINDINGS = [("enter", "accept", "Forget it"), ("D", "accept", "Forget it")]

    def __init__(self, view: View, glyphs: Glyphs) -> None:
        whose = "Nobody has it as a tab any more." if view.shared else "Its tab goes away."
        about = f"{whose} The conversations in it stay as they are."
        super().__init__(f"Forget the view {view.name}?", about, glyphs)

    def action_accept(self) -> None:
        """Yes."""
        self.dismiss(True)
