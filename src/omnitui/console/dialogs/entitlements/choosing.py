"""What is asked about entitlements: which one a case has, one channel alone, an end before time."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.entitlements.listing import EntitlementList
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.fields import Choice
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.case import Case
from omnitui.model.channel import Channel
from omnitui.model.entitlement import Entitlement, EntitlementOption, EntitlementState

OPEN = "open:"
"""An answer that begins so is the key of an entitlement to be opened in a tab."""


class ChooseEntitlement(Dialog[str]):
    """Answers with the key of an entitlement, `none`, or `OPEN` and a key."""

    DEFAULT_CSS = """
    ChooseEntitlement {
        & > #dialog { width: 76; & > EntitlementList { margin: 0; max-height: 50vh; } }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open", "Open in a tab", show=False),
    ]
    keys = (("enter", "use it for the case"), ("o", "open it in a tab"), ("esc", "cancel"))

    def __init__(
        self, case: Case, origin: str, options: Sequence[EntitlementOption], glyphs: Glyphs
    ) -> None:
        about = f"{case.title}\nIt came by {origin}. Terms move with what is chosen."
        super().__init__(f"What {case.number} uses", about, glyphs)
        self._case = case
        self._options = options

    def fields(self) -> ComposeResult:
        """What there is, what it has now under the cursor."""
        yield EntitlementList(self._glyphs, id="entitlement")

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        found = self.query_one(EntitlementList)
        found.offer(self._options, self._case.entitlement_id)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.dismiss(self.query_one(EntitlementList).value)

    def action_open(self) -> None:
        """Open what is under the cursor."""
        value = self.query_one(EntitlementList).value
        if value.isdecimal():
            self.dismiss(f"{OPEN}{value}")
        else:
            self.wrong("That is no entitlement; choose one to open it.")


class OnlyDialog(Dialog[str]):
    """Answers with the one channel that an entitlement may be used on."""

    DEFAULT_CSS = """
    OnlyDialog { & > #dialog { width: 72; & Choice { background: $surface-1; } } }
    """
    keys = (("enter", "only this channel"), ("←→", "another one"), ("esc", "cancel"))

    def __init__(
        self, owed: Entitlement, channels: dict[str, Channel], origin: str, glyphs: Glyphs
    ) -> None:
        others = len(channels) - 1
        says = f"{owed.total} there, 0 on each of the {others} others."
        if owed.state is EntitlementState.ACTIVE:
            says += " It is deactivated for that and activated again, in one go."
        super().__init__(f"{owed.name}: only one channel", says, glyphs)
        self._channels = channels
        self._origin = origin

    def fields(self) -> ComposeResult:
        """Which."""
        options = [(key, channel.label) for key, channel in self._channels.items()]
        yield PlainStatic("It may be used by", classes="label")
        yield Choice(options, self._origin, self._glyphs, id="origin")

    def key_enter(self) -> None:
        """Take it."""
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with the channel."""
        self.dismiss(self.value("origin"))


class CancelEntitlement(Dialog[bool]):
    """Ends an entitlement before its time; True does it."""

    keys = (("enter", "cancel the entitlement"), ("esc", "keep it"))

    def __init__(self, owed: Entitlement, glyphs: Glyphs) -> None:
        about = (
            f"{'It is the default: the customer has none then. ' if owed.is_default else ''}"
            f"{owed.remaining} of {owed.total} are left until the end of {owed.period.split()[-1]}."
            " Cases keep what they have, and no new one can use it. It cannot be put back into"
            " force: R renews it as a draft."
        )
        super().__init__(f"Cancel {owed.name}?", about, glyphs)

    def key_enter(self) -> None:
        """Cancel it."""
        self.dismiss(True)
