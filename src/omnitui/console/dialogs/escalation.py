"""Escalate a conversation: to which channel, what the entitlement allows there, at which address.

A channel that only the entitlement speaks against can be taken without it, by a key of its own.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.pick import Draw, Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.transfers import escalation_lines
from omnitui.console.widgets.fields import Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.channel import Channel
from omnitui.model.escalation import EscalationOption


class GoOn(Struct, frozen=True):
    """Where it goes on. `without` is whether that is done without the entitlement."""

    channel: str
    address: str
    without: bool


def _draw(one: EscalationOption, channels: Mapping[str, Channel], glyphs: Glyphs) -> Draw:
    return lambda width: escalation_lines(one, channels, width, glyphs)


class EscalationDialog(Pick[GoOn]):
    """Answers with where it goes on."""

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
    width = 76
    list_height = "40vh"
    tells = True

    def __init__(
        self,
        name: str,
        here: str,
        options: Sequence[EscalationOption],
        channels: Mapping[str, Channel],
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        """The first channel that can be had is under the cursor."""
        about = f"From {here}. Keeps customer, case and transcript; the case keeps its origin."
        good = [one.channel for one in options if one.allowed] or [options[0].channel]
        super().__init__(f"Escalate {name}", about, glyphs, typed, start=good[0])
        self.rows = [Row(one.channel, _draw(one, channels, glyphs), one) for one in options]
        self._name = name

    def fields(self) -> ComposeResult:
        listed, what = super().fields()
        yield listed
        yield PlainStatic("", classes="label", id="reached")
        yield Line("", id="address", max_length=200)
        yield what.add_class("-any-lines")

    @property
    def _chosen_one(self) -> EscalationOption:
        row = self._row(self.found.cursor_key or self.start)
        assert row is not None, "a channel is always under the cursor"
        option: EscalationOption = row.answer
        return option

    def tell(self) -> None:
        one = self._chosen_one
        known = self.typed.get(f"at-{one.channel}") or (one.addresses[0] if one.addresses else "")
        self.query_one("#address", Input).value = known
        more = len(one.addresses) - 1
        said = f"Address on {one.label}"
        if not one.addresses:
            said = f"{self._name} has no address on {one.label}: ask for it and enter it"
        elif more > 0:
            said += f" ({more} more known, ^n shows the next)"
        self.say("reached", said)
        takes = f"It takes {one.units} units of your capacity."
        what = takes if one.allowed else one.hint
        if one.without:
            what = f"{takes} ^o escalates without {one.entitlement}; the journal shows it."
        self.say("what", what)

    def changed(self, key: str) -> None:
        super().changed(key)
        if key == "address":
            self.typed[f"at-{self._chosen_one.channel}"] = self.query_one("#address", Input).value

    def action_next_address(self) -> None:
        """Show the next address that is known."""
        known = self._chosen_one.addresses
        field = self.query_one("#address", Input)
        if known:
            place = known.index(field.value) + 1 if field.value in known else 0
            field.value = known[place % len(known)]

    def action_without(self) -> None:
        """Escalate without the entitlement that speaks against it."""
        if self._chosen_one.without:
            self._answer(without=True)
        else:
            self.wrong("No entitlement limits this channel.")

    def accept(self, values: Values) -> None:
        one = self._chosen_one
        if one.allowed:
            self._answer(without=False)
        else:
            self.wrong(f"{one.why} ^o: without it." if one.without else f"{one.why} {one.hint}")

    def _answer(self, *, without: bool) -> None:
        one, address = self._chosen_one, self.value("address")
        if not address:
            self.wrong(f"Enter the address of {self._name} on {one.label}.")
            self.query_one("#address").focus()
            return
        self.dismiss(GoOn(one.channel, address, without))
