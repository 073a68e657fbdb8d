"""Creating something from anywhere: what it is, then the little it needs."""

from collections.abc import Callable, Iterator
from datetime import tzinfo

from msgspec import Struct
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, option
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.widgets.plain import PlainStatic
from omnitui.rules import when

KINDS = (
    ("c", "case", "Case", "a problem to solve"),
    ("u", "customer", "Customer", "a new customer"),
    ("t", "task", "Task", "something to do, with a due time"),
    ("n", "note", "Note", "a note about a customer"),
    ("e", "entitlement", "Entitlement", "support that a customer is entitled to"),
)
"""What can be created, each with the letter that chooses it."""


def create_dialog(about: str, glyphs: Glyphs) -> Pick[str]:
    """Answers with one of `KINDS`, chosen by its letter or with enter."""
    rows = [
        option(
            kind,
            Content.assemble((text.left(name, 13, glyphs), "$text-plain"), (what, "$text-dim")),
            glyphs,
            end="",
            sign=letter,
        )
        for letter, kind, name, what in KINDS
    ]
    keys = (("enter", "create"), ("esc", "cancel"))
    return Pick("Create", about, glyphs, rows=rows, keys=keys)


class NewActivity(Struct, frozen=True):
    """A note or a task. `due` is in words, as the desk reads them; empty for none."""

    title: str
    body: str
    due: str = ""


class ActivityForm(Form[NewActivity]):
    """Title and text of a note; of a task also when it is due, shown as the moment it means."""

    keys = (("^s", "create"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(
        self,
        whose: str,
        glyphs: Glyphs,
        typed: dict[str, str],
        *,
        task: bool,
        about: str,
        now: Callable[[], int],
        tz: tzinfo,
    ) -> None:
        title = f"{'Task' if task else 'Note'} about {whose}"
        asks = [*self._declare(task)]
        super().__init__(title, about, glyphs, typed, asks=asks, into=NewActivity)
        self._now = now
        self._tz = tz

    def _declare(self, task: bool) -> Iterator[Field]:
        needed = "Enter a short title."
        yield Field("title", "Title", needed=needed)
        if task:
            yield Field("due", "Due", most=60, hint="2h, tomorrow, fri 9am; empty: no due time")
        yield Field("body", "Description", kind=FieldKind.TEXT)

    def below(self, key: str) -> ComposeResult:
        if key == "due":
            yield PlainStatic("", id="meant", classes="says -one-line")

    def begin(self) -> None:
        self.changed("due")

    def changed(self, key: str) -> None:
        if self.query("#due"):
            said, wrong = self._meant(self.value("due"))
            self.say("meant", said, wrong=wrong)

    def _meant(self, words: str) -> tuple[str, bool]:
        """What is said of a time in words, and whether it is none."""
        now = self._now()
        try:
            meant = when.said(when.parse(words, now, self._tz), now, self._tz) if words else ""
        except when.WhenError as error:
            return f"{error.sentence} {error.hint}", True
        return f"due {meant}" if meant else "", False

    def problem(self, values: Values) -> str:
        said, wrong = self._meant(values.get("due", ""))
        return super().problem(values) or (said if wrong else "")
