"""Cancelling a case, and closing a tab in which something is not saved."""

from textual.app import ComposeResult

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.case import Case


class CancelCaseDialog(Dialog[str]):
    """Why a case is cancelled; answers with the reason, which may be empty."""

    keys = (("enter", "cancel the case"), ("esc", "keep it"))

    def __init__(self, case: Case, said: str, glyphs: Glyphs, typed: dict[str, str]) -> None:
        super().__init__(f"Cancel {case.number}", f"{case.title}\n{said}", glyphs, typed)

    def fields(self) -> ComposeResult:
        """Why."""
        yield PlainStatic("Why, for whoever reads it later", classes="label")
        yield Line(self.typed.get("reason", ""), id="reason", max_length=500)

    def action_accept(self) -> None:
        """Cancel it."""
        self.dismiss(self.value("reason"))


class UnsavedDialog(Dialog[bool]):
    """A tab is to be closed in which something is not saved; True closes it."""

    keys = (("enter", "close and forget it"), ("esc", "keep it open"))

    def __init__(self, title: str, names: str, glyphs: Glyphs) -> None:
        about = f"Not saved: {names}. ^s in the tab saves it."
        super().__init__(f"Close {title}?", about, glyphs)

    def key_enter(self) -> None:
        """Close it."""
        self.dismiss(True)
