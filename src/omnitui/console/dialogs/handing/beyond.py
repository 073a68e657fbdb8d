"""What would go beyond an agent's capacity is said before it is done, and may be done knowingly."""

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs


class BeyondDialog(Dialog[bool]):
    """Asks whether to do it all the same. Nothing has been done yet."""

    keys = (("enter", "do it all the same"), ("esc", "cancel"))
    BINDINGS = [("enter", "accept", "Do it all the same")]

    def __init__(self, why: str, glyphs: Glyphs) -> None:
        super().__init__("Beyond the capacity", why, glyphs)

    def action_accept(self) -> None:
        """Yes."""
        self.dismiss(True)
