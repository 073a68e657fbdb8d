"""What would go beyond an agent's capacity is said before it is done, and may be done knowingly."""

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs


class BeyondDialog(Dialog[bool]):
    """Asks whether to do it all the same. Nothing has been done yet."""

    keys: tuple[tuple[str, str], ...] = (("enter", "do it all the same"), ("esc", "cancel"))
    BINDINGS = [("enter", "accept", "Do it all the same")]

    def __init__(self, why: str, glyphs: Glyphs) -> None:
        super().__init__("Beyond the capacity", why, glyphs)

    def action_accept(self) -> None:
        """Yes."""
        self.dismiss(True)


class SomeBeyondDialog(BeyondDialog):
    """Asks the same about some of many: all of them, or only those that fit."""

    keys = (("enter", "do it all the same"), ("f", "only those that fit"), ("esc", "cancel"))
    BINDINGS = [("f", "only_fitting", "Only those that fit")]

    def action_only_fitting(self) -> None:
        """Leave those that go beyond as they are."""
        self.dismiss(False)
