"""What was done last cannot be undone: ask before what was done before it is undone instead."""

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.desk.undo import Undoable


class PassOverDialog(Dialog[bool]):
    """Says why the last thing cannot be undone, and asks whether to undo the one before."""

    keys = (("enter", "undo that"), ("esc", "leave everything as it is"))
    BINDINGS = [("enter", "accept", "Undo that"), ("u", "accept", "Undo that")]

    def __init__(self, found: Undoable, glyphs: Glyphs) -> None:
        about = f"“{found.what}” cannot be undone: {found.why_not}."
        super().__init__(f"Undo the one before: {found.before}?", about, glyphs)

    def action_accept(self) -> None:
        """Yes."""
        self.dismiss(True)
