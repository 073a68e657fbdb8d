"""What a customer is owed, drafted: from a template or blank, with a name and its days.

The draft then opens in a tab, where terms by channel and everything else can be filled in.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Choice, Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.entitlement import EntitlementTemplate

BLANK = "blank"
_USUAL_DAYS = 365
_SHOWN = 60


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


class EntitlementForm(Dialog[NewEntitlement]):
    """Template, name, total, first and last day; a template fills in what it says."""

    DEFAULT_CSS = """
    EntitlementForm {
        & > #dialog {
            width: 72;
            & > .pair { height: auto; }
            & > .pair > .label { width: 13; }
            & > .pair > .field { width: 1fr; }
            & Choice { background: $surface-3; }
            & Choice:focus { background: $cursor-surface; }
            & > #says { height: auto; margin: 1 0 0 0; color: $text-dim; }
        }
    }
    """

    keys = (("^s", "draft it"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(
        self,
        whose: str,
        templates: Sequence[EntitlementTemplate],
        now: int,
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        super().__init__(f"New entitlement for {whose}", "", glyphs, typed)
        self._templates = {str(one.id): one for one in templates[:_SHOWN]}
        self._now = now

    def fields(self) -> ComposeResult:
        """The fields."""
        options = [(BLANK, "Blank"), *((key, one.name) for key, one in self._templates.items())]
        typed = self.typed
        chosen = typed.get("template", BLANK)
        if chosen != BLANK and chosen not in self._templates:
            chosen = BLANK
        yield self._pair("Template", Choice(options, chosen, self._glyphs, id="template"))
        yield self._pair("Name", Line(typed.get("name", ""), id="name", max_length=100))
        yield self._pair("Total", Line(typed.get("total", ""), id="total", max_length=20))
        first = typed.get("starts") or _day(self._now)
        last = typed.get("ends") or _day(self._now, _USUAL_DAYS - 1)
        yield self._pair("First day", Line(first, id="starts", max_length=30))
        yield self._pair("Last day", Line(last, id="ends", max_length=30))
        yield PlainStatic("", id="says")

    def _pair(self, label: str, field: Widget) -> Horizontal:
        field.add_class("field")
        return Horizontal(PlainStatic(label, classes="label"), field, classes="pair")

    def on_mount(self) -> None:
        """Say what the template says."""
        super().on_mount()
        self._say()

    def _say(self) -> None:
        one = self._templates.get(self.value("template"))
        said = "Channels, products and the rest are filled in in its tab, before it is in force."
        if one is not None:
            lines = ", ".join(f"{key} {total}" for key, total in one.channels.items())
            said = f"{one.total} {one.allocation.value}{f': {lines}' if lines else ''}."
            said += " All of it can be changed in its tab."
        self.query_one("#says", PlainStatic).update(text.inline(said))
        self.query_one("#total", Line).disabled = one is not None

    @on(Choice.Changed, "#template")
    def _other_template(self, event: Choice.Changed) -> None:
        event.stop()
        self.typed["template"] = event.value
        one = self._templates.get(event.value)
        if one is not None:
            self.query_one("#name", Line).value = one.name
            self.query_one("#total", Line).value = str(one.total)
            self.query_one("#ends", Line).value = _day(self._now, one.days - 1)
        self._say()

    def action_accept(self) -> None:
        """Draft it, if it has a name and a total."""
        if not self.value("name"):
            self.wrong("Name it, such as Gold support.")
            return
        if not self.value("total"):
            self.wrong("Say how many cases or hours it is in all, such as 15.")
            return
        values = (self.value(key) for key in ("template", "name", "total", "starts", "ends"))
        self.dismiss(NewEntitlement(*values))
