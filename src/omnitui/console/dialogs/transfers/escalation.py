"""Escalate a conversation: to which channel, what is left of what is owed there, at which address.

A channel that only the entitlement speaks against can be taken without it, by a key of its own.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.escalation import escalation_lines
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.fields import Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.channel import Channel
from omnitui.model.escalation import EscalationOption


class GoOn(Struct, frozen=True):
    """Where it goes on. `without` is whether that is done without the entitlement."""

    channel: str
    address: str
    without: bool


class EscalationDialog(Dialog[GoOn]):
    """Answers with where it goes on."""

    DEFAULT_CSS = """
    EscalationDialog {
        & > #dialog { width: 76; }
        & #dialog > #channels { margin: 0; max-height: 40vh; }
        & #dialog > #what { height: auto; margin: 1 0 0 0; color: $text-plain; }
        & #dialog > .label { height: auto; margin: 1 0 0 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "without", "Without the entitlement", show=False, priority=True),
        Binding("ctrl+n", "next_address", "Next known address", show=False, priority=True),
    ]
    keys = (
        ("enter", "escalate"),
        ("tab", "address"),
        ("^o", "without entitlement"),
        ("esc", "cancel"),
    )

    def __init__(
        self,
        name: str,
        here: str,
        options: Sequence[EscalationOption],
        channels: Mapping[str, Channel],
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        about = f"From {here}. Customer, case and everything said come along; the case keeps its"
        super().__init__(f"Escalate {name}", f"{about} origin.", glyphs, typed)
        self._name = name
        self._options = {one.channel: one for one in options}
        self._channels = channels

    def fields(self) -> ComposeResult:
        """The channels, where they are reached, what it takes."""
        yield BlockList(self._glyphs, cursor_always=True, id="channels")
        yield PlainStatic("", classes="label", id="reached")
        yield Line("", id="address", max_length=200)
        yield PlainStatic("", id="what")

    def on_mount(self) -> None:
        """Show them; the first that can be had is under the cursor."""
        self._list.show(self._blocks)
        good = [one.channel for one in self._options.values() if one.allowed]
        self._list.move_to((good or list(self._options))[0])
        self._list.focus()
        self._turn()

    @property
    def _list(self) -> BlockList:
        return self.query_one("#channels", BlockList)

    @property
    def _chosen(self) -> EscalationOption:
        return self._options[self._list.cursor_key or next(iter(self._options))]

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(key, escalation_lines(one, self._channels, width, self._glyphs), True)
            for key, one in self._options.items()
        ]

    def _turn(self) -> None:
        """Another channel is under the cursor: its address, and what it takes."""
        one = self._chosen
        known = self.typed.get(f"at-{one.channel}") or (one.addresses[0] if one.addresses else "")
        self.query_one("#address", Line).value = known
        more = len(one.addresses) - 1
        said = f"Reached on {one.label} at"
        if not one.addresses:
            said = f"Nobody knows where {self._name} is reached on {one.label}: ask, and write it"
        elif more > 0:
            said += f" ({more} more known, ^n shows the next)"
        self.query_one("#reached", PlainStatic).update(text.inline(said))
        takes = f"It takes {one.units} units of your capacity."
        what = takes if one.allowed else one.hint
        if one.without:
            what = f"{takes} ^o escalates without {one.entitlement}; that is written down."
        self.query_one("#what", PlainStatic).update(text.block(what))

    @on(BlockList.Highlighted, "#channels")
    def _moved(self, event: BlockList.Highlighted) -> None:
        event.stop()
        self._turn()
        self.wrong("")

    @on(BlockList.Chosen, "#channels")
    def _taken(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    @on(Line.Changed, "#address")
    def _typed_address(self, event: Line.Changed) -> None:
        self.typed[f"at-{self._chosen.channel}"] = event.value

    def action_next_address(self) -> None:
        """Show the next address that is known."""
        known = self._chosen.addresses
        field = self.query_one("#address", Line)
        if known:
            place = known.index(field.value) + 1 if field.value in known else 0
            field.value = known[place % len(known)]

    def action_without(self) -> None:
        """Escalate without the entitlement that speaks against it."""
        if not self._chosen.without:
            self.wrong("No entitlement is in the way here.")
            return
        self._answer(without=True)

    def action_accept(self) -> None:
        """Escalate, unless something is in the way."""
        one = self._chosen
        if not one.allowed:
            self.wrong(f"{one.why} {one.hint}" if not one.without else f"{one.why} ^o: without it.")
            return
        self._answer(without=False)

    def _answer(self, *, without: bool) -> None:
        one, address = self._chosen, self.value("address")
        if not address:
            self.wrong(f"Write where {self._name} is reached on {one.label}.")
            self.query_one("#address", Line).focus()
            return
        self.dismiss(GoOn(one.channel, address, without))
