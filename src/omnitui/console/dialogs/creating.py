"""Creating something from anywhere: what it is, then the little it needs."""

from collections.abc import Callable
from datetime import tzinfo

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.fields import Area, Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.rules import when

KINDS = (
    ("c", "case", "Case", "what a customer needs solved"),
    ("u", "customer", "Customer", "somebody whom nobody knows yet"),
    ("t", "task", "Task", "something to come back to at a time"),
    ("n", "note", "Note", "something to remember about a customer"),
    ("e", "entitlement", "Entitlement", "cases or hours that a customer may use"),
)
"""What can be created, each with the letter that chooses it."""


class CreateDialog(Dialog[str]):
    """Answers with one of `KINDS`, chosen by its letter or with enter."""

    keys = (("enter", "create"), ("esc", "cancel"))

    def __init__(self, about: str, glyphs: Glyphs) -> None:
        super().__init__("Create", about, glyphs)

    def fields(self) -> ComposeResult:
        """The kinds."""
        yield BlockList(self._glyphs, cursor_always=True)

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(
                kind,
                [
                    text.fill(
                        Content.assemble(
                            "  ",
                            (letter, "bold $primary"),
                            (f"  {text.left(name, 13, self._glyphs)}", "$text-plain"),
                            (what, "$text-dim"),
                        ),
                        width,
                        self._glyphs,
                    )
                ],
                selectable=True,
                instant=True,
            )
            for letter, kind, name, what in KINDS
        ]

    def on_key(self, event: events.Key) -> None:
        """A letter chooses at once."""
        for letter, kind, _name, _what in KINDS:
            if event.character == letter:
                event.stop()
                self.dismiss(kind)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)


class NewActivity(Struct, frozen=True):
    """A note or a task. `due` is in words, as the desk reads them; empty for none."""

    title: str
    body: str
    due: str = ""


class ActivityForm(Dialog[NewActivity]):
    """Title and text of a note; of a task also when it is due, shown as the moment it means."""

    DEFAULT_CSS = """
    ActivityForm {
        & #dialog > #meant { height: 1; color: $text-dim; }
        & #dialog > #meant.-wrong { color: $warning; }
    }
    """

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
        noun = "Task" if task else "Note"
        super().__init__(f"{noun} about {whose}", about, glyphs, typed)
        self._of_task = task
        self._now = now
        self._tz = tz

    def fields(self) -> ComposeResult:
        """What it is, when, and more about it."""
        first = "What is to be done" if self._of_task else "In a few words"
        yield PlainStatic(first, classes="label")
        yield Line(self.typed.get("title", ""), id="title", max_length=200)
        if self._of_task:
            yield PlainStatic("When", classes="label")
            hint = "2h, tomorrow, fri 9am; nothing: some time"
            yield Line(self.typed.get("due", ""), id="due", placeholder=hint, max_length=60)
            yield PlainStatic("", id="meant")
        yield PlainStatic("More about it", classes="label")
        yield Area(self.typed.get("body", ""), id="body")

    def on_mount(self) -> None:
        """Say what was typed before."""
        super().on_mount()
        self._say()

    def _say(self) -> bool:
        """Say which moment is meant; False when none is."""
        if not self._of_task:
            return True
        words, now = self.value("due"), self._now()
        line = self.query_one("#meant", PlainStatic)
        line.remove_class("-wrong")
        if not words:
            line.update("")
            return True
        try:
            meant = when.said(when.parse(words, now, self._tz), now, self._tz)
            line.update(text.inline(f"comes back {meant}"))
        except when.WhenError as error:
            line.update(text.inline(f"{error.sentence} {error.hint}"))
            line.add_class("-wrong")
            return False
        return True

    @on(Input.Changed, "#due")
    def _due_changed(self) -> None:
        self._say()

    def action_accept(self) -> None:
        """Create it, if it says what it is."""
        if not self.value("title"):
            self.wrong("Say in a few words what it is.")
        elif self._say():
            due = self.value("due") if self._of_task else ""
            self.dismiss(NewActivity(self.value("title"), self.value("body"), due))


class NewCustomer(Struct, frozen=True):
    """Who is to be added."""

    name: str
    email: str
    phone: str
    company: str


class CustomerForm(Dialog[NewCustomer]):
    """A customer nobody knows yet."""

    keys = (("^s", "create"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(self, glyphs: Glyphs, typed: dict[str, str]) -> None:
        super().__init__("New customer", "", glyphs, typed)

    def fields(self) -> ComposeResult:
        """Name and how to reach them."""
        for key, label in (
            ("name", "Name"),
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("company", "Company"),
        ):
            yield PlainStatic(label, classes="label")
            yield Line(self.typed.get(key, ""), id=key, max_length=200)

    def action_accept(self) -> None:
        """Create them, if they have a name."""
        if not self.value("name"):
            self.wrong("A customer needs a name.")
            return
        values = (self.value(key) for key in ("name", "email", "phone", "company"))
        self.dismiss(NewCustomer(*values))
