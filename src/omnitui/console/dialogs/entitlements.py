"""Dialogs about entitlements: which one a case has, one channel alone, ended early, drafted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.entitlement_used import option_lines
from omnitui.console.widgets.blocks import Block, BlockList
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

NONE = "none"
"""The answer for a case that is to have no entitlement."""
OPEN = "open:"
"""An answer that begins so is the key of an entitlement to be opened in a tab."""
BLANK = "blank"
"""The template of an entitlement that is drafted without one."""
_USUAL_DAYS = 365
_SHOWN = 60


class EntitlementList(BlockList):
    """The entitlements a case could be given: those it can use first, why not under the others.

    `value` is a key as a command takes it, or `NONE`.
    """

    def __init__(
        self,
        glyphs: Glyphs,
        *,
        id: str | None = None,  # noqa: A002 - the framework's own name
    ) -> None:
        super().__init__(glyphs, cursor_always=True, id=id)
        self._options: Sequence[EntitlementOption] = ()
        self._now: int | None = None

    def offer(self, options: Sequence[EntitlementOption], now: int | None = None) -> None:
        """Show what there is; what was under the cursor stays there if it can be used.

        `now` is the one that a case has, to begin with.
        """
        before = self.cursor_key or (str(now) if now is not None else "")
        self._options, self._now = options, now
        self.show(self._lay_out)
        usable = [str(option.id) for option in options if option.usable]
        if before not in (*usable, NONE):
            self.move_to(usable[0] if usable else NONE)
        elif before:
            self.move_to(before)

    @property
    def value(self) -> str:
        """What is under the cursor."""
        return self.cursor_key or NONE

    def _lay_out(self, width: int) -> list[Block]:
        usable = [option for option in self._options if option.usable]
        others = [option for option in self._options if not option.usable]
        nothing = "no entitlement" if self._options else "this customer has no entitlement"
        without = Content.assemble("    ", (nothing, "$text-dim"))
        return [
            *(Block(str(one.id), self._told(one, width), True, True) for one in usable),
            Block(NONE, [without], True, True),
            *(Block(f"not-{one.id}", self._told(one, width)) for one in others),
        ]

    def _told(self, option: EntitlementOption, width: int) -> list[Content]:
        return option_lines(option, width, self._glyphs, now=option.id == self._now)


class ChooseEntitlement(Pick[str]):
    """Answers with the key of an entitlement, `NONE`, or `OPEN` and a key."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "open", "Open in a tab", show=False)]
    keys = (("enter", "use it for the case"), ("o", "open it in a tab"), ("esc", "cancel"))
    width = 76
    list_height = "50vh"

    def __init__(
        self, case: Case, origin: str, options: Sequence[EntitlementOption], glyphs: Glyphs
    ) -> None:
        moves = "The case's term moves to the entitlement you choose."
        about = f"{case.title}\nOrigin: {origin}. {moves}"
        super().__init__(f"Entitlement for {case.number}", about, glyphs)
        self._now = case.entitlement_id
        self._options = options

    def make_list(self) -> BlockList:
        return EntitlementList(self._glyphs, id="entitlement")

    def begin(self) -> None:
        self.query_one(EntitlementList).offer(self._options, self._now)

    def answer(self, values: Values) -> str:
        return str(values["chosen"] or NONE)

    def action_open(self) -> None:
        """Open what is under the cursor."""
        value = self.found.cursor_key
        if value.isdecimal():
            self.dismiss(f"{OPEN}{value}")
        else:
            self.wrong("That is no entitlement; choose one to open it.")


def only_dialog(
    entitlement: Entitlement, channels: dict[str, Channel], origin: str, glyphs: Glyphs
) -> Form[str]:
    """Answers with the one channel that an entitlement may be used on."""
    says = f"{entitlement.total} there, 0 on each of the {len(channels) - 1} others."
    if entitlement.state is EntitlementState.ACTIVE:
        says += " It is deactivated for that and activated again, in one go."
    options = [(key, channel.label) for key, channel in channels.items()]
    return Form(
        f"{entitlement.name}: only one channel",
        says,
        glyphs,
        asks=(Field("origin", "It may be used by", origin, FieldKind.CHOICE, options),),
        into=lambda origin: origin,
        keys=(("enter", "only this channel"), ("←→", "another one"), ("esc", "cancel")),
        width=72,
    )


def cancel_entitlement(entitlement: Entitlement, glyphs: Glyphs) -> Confirm[bool]:
    """Ends an entitlement before its time; True does it."""
    default = "It is the default: the customer has none then. " if entitlement.is_default else ""
    about = (
        f"{default}{entitlement.remaining} of {entitlement.total} are left until the end of "
        f"{entitlement.period.split()[-1]}. Cases keep what they have, and no new one can use it. "
        "It cannot be put back into force: R renews it as a draft."
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

    keys = (("^s", "draft it"), ("tab", "next field"), ("esc", "cancel"))
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
        options = [(BLANK, "Blank"), *((key, one.name) for key, one in self._templates.items())]
        total = "Say how many cases or hours it is in all, such as 15."
        asks = (
            Field("template", "Template", BLANK, FieldKind.CHOICE, options),
            Field("name", "Name", most=100, needed="Name it, such as Gold support."),
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
        said = "Channels, products and the rest are filled in in its tab, before it is in force."
        if one is not None:
            lines = ", ".join(f"{key} {total}" for key, total in one.channels.items())
            said = f"{one.total} {one.allocation.value}{f': {lines}' if lines else ''}."
            said += " All of it can be changed in its tab."
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
