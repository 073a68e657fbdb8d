"""Dialogs about entitlements: which one a case has, one channel alone, ended early, drafted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.entitlement import option_lines
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.case import Case
from omnitui.model.channel import Channel
from omnitui.model.entitlement import (
    Entitlement,
    EntitlementOption,
    EntitlementState,
    EntitlementTemplate,
)
from omnitui.model.errors import Refusal

NONE = "none"
"""The answer for a case that is to have no entitlement."""
OPEN = "open:"
"""An answer that begins so is the key of an entitlement to be opened in a tab."""
BLANK = "blank"
"""The template of an entitlement that is drafted without one."""
_USUAL_DAYS = 365
_SHOWN = 60


def entitlement_rows(
    options: Sequence[EntitlementOption], glyphs: Glyphs, now: int | None = None
) -> list[Row]:
    """The entitlements a case could be given: those it can use first, why not under the others.

    Each answers with its key as a command takes it, or `NONE`. `now` is the one that it has.
    """

    def row(one: EntitlementOption) -> Row:
        def draw(width: int) -> list[Content]:
            return option_lines(one, width, glyphs, now=one.id == now)

        return Row(str(one.id) if one.usable else "", draw, str(one.id), instant=True)

    nothing = "no entitlement" if options else "this customer has no entitlement"
    without = [Content.assemble("    ", (nothing, "$text-dim"))]
    return [
        *(row(one) for one in options if one.usable),
        Row(NONE, lambda width: without, NONE, instant=True),
        *(row(one) for one in options if not one.usable),
    ]


def choose_entitlement(
    case: Case, origin: str, options: Sequence[EntitlementOption], glyphs: Glyphs
) -> Pick[str]:
    """Answers with the key of an entitlement, `NONE`, or `OPEN` and a key."""

    def opened(key: str) -> str | Refusal:
        none = "This line is not an entitlement. Choose one to open it."
        return Refusal("entitlement.none", none) if key == NONE else f"{OPEN}{key}"

    moves = "The case's term moves to the entitlement you choose."
    return Pick(
        f"Entitlement for {case.number}",
        f"{case.title}\nOrigin: {origin}. {moves}",
        glyphs,
        rows=entitlement_rows(options, glyphs, case.entitlement_id),
        start=str(case.entitlement_id or ""),
        verbs={"o": opened},
        keys=(("enter", "use for the case"), ("o", "open it in a tab"), ("esc", "cancel")),
        width=76,
        list_height="50vh",
    )


def only_dialog(
    entitlement: Entitlement, channels: dict[str, Channel], origin: str, glyphs: Glyphs
) -> Form[str]:
    """Answers with the one channel that an entitlement may be used on."""
    says = f"{entitlement.total} there, 0 on each of the {len(channels) - 1} others."
    if entitlement.state is EntitlementState.ACTIVE:
        says += " The entitlement is deactivated, changed and activated again."
    options = [(key, channel.label) for key, channel in channels.items()]
    return Form(
        f"{entitlement.name}: only one channel",
        says,
        glyphs,
        asks=(Field("origin", "Allowed channel", origin, FieldKind.CHOICE, options),),
        into=lambda origin: origin,
        keys=(("enter", "only this channel"), ("←→", "another one"), ("esc", "cancel")),
        width=72,
    )


def cancel_entitlement(entitlement: Entitlement, glyphs: Glyphs) -> Confirm[bool]:
    """Ends an entitlement before its time; True does it."""
    default = (
        "It is the default; the customer will have no default. " if entitlement.is_default else ""
    )
    about = (
        f"{default}{entitlement.remaining} of {entitlement.total} left until "
        f"{entitlement.period.split()[-1]}. Cases keep it; new cases cannot use it. "
        "A cancelled entitlement cannot be activated again: R renews it as a draft."
    )
    does = "cancel the entitlement"
    return Confirm(f"Cancel {entitlement.name}?", about, glyphs, does, True, leave="close")


class NewEntitlement(Struct, frozen=True):
    """What is drafted: `template` is a key or `BLANK`; the others are as they were typed."""

    template: str
    name: str
    total: str
    starts: str
    ends: str


def _day(at: int, days: int = 0) -> str:
    moment = datetime.fromtimestamp(at / 1_000, UTC) + timedelta(days=days)
    return f"{moment:%Y-%m-%d}"


class EntitlementForm(Form[NewEntitlement]):
    """Template, name, total, first and last day; a template fills in what it says.

    The draft then opens in a tab, where terms by channel and everything else can be filled in.
    """

    keys = (("^s", "create draft"), ("tab", "next field"), ("esc", "cancel"))
    width = 72

    def __init__(
        self,
        whose: str,
        templates: Sequence[EntitlementTemplate],
        now: int,
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        self._templates = {str(one.id): one for one in templates[:_SHOWN]}
        self._now = now
        options = [(BLANK, "Empty"), *((key, one.name) for key, one in self._templates.items())]
        total = "Enter the total of cases or hours, such as 15."
        asks = (
            Field("template", "Template", BLANK, FieldKind.CHOICE, options),
            Field("name", "Name", most=100, needed="Enter a name, such as Gold support."),
            Field("total", "Total", most=20, needed=total),
            Field("starts", "First day", _day(now), most=30),
            Field("ends", "Last day", _day(now, _USUAL_DAYS - 1), most=30),
        )
        title = f"New entitlement for {whose}"
        super().__init__(title, "", glyphs, typed, asks=asks, beside=13, into=NewEntitlement)

    def fields(self) -> ComposeResult:
        yield from super().fields()
        yield PlainStatic("", id="says", classes="says -any-lines")

    def begin(self) -> None:
        one = self._templates.get(self.value("template"))
        said = "Add channels, products and other fields in its tab, then activate it."
        if one is not None:
            lines = ", ".join(f"{key} {total}" for key, total in one.channels.items())
            said = f"{one.total} {one.allocation.value}{f': {lines}' if lines else ''}."
            said += " You can change everything in its tab."
        self.say("says", Content.styled(said, "$text-dim"))
        self.query_one("#total").disabled = one is not None

    def changed(self, key: str) -> None:
        if key != "template":
            return
        one = self._templates.get(self.value(key))
        if one is not None:
            self.query_one("#name", Input).value = one.name
            self.query_one("#total", Input).value = str(one.total)
            self.query_one("#ends", Input).value = _day(self._now, one.days - 1)
        self.begin()
