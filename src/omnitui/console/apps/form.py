"""A record's fields, edited in place: what is typed stays until it is saved or taken back.

The form holds what the desk last said (`show`) and what was typed over it (`edits`). A field that
somebody else has changed meanwhile says so; what was typed is never overwritten.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, TextArea

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Choice, Field, FieldKind, value_of
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic

_NAME = 14


class _Row(Vertical):
    """A field's name, its editor, and below it a word about what has happened to it."""

    DEFAULT_CSS = f"""
    _Row {{
        height: auto;
        & > Horizontal {{ height: auto; }}
        & .name {{ width: {_NAME}; height: 1; color: $text-dim; }}
        & .editor {{ width: 1fr; }}
        & .fact {{ height: auto; padding: 0 1; color: $text-plain; }}
        & > .said {{ height: auto; padding: 0 0 0 {_NAME + 1}; color: $warning; display: none; }}
        & > .said.-on {{ display: block; }}
    }}
    """

    def __init__(self, field: Field, glyphs: Glyphs) -> None:
        super().__init__(id=f"row-{field.key}")
        self.field = field
        self._glyphs = glyphs
        self._named = Content("")

    def compose(self) -> ComposeResult:
        """The name and the editor side by side."""
        with Horizontal():
            yield PlainStatic("", classes="name")
            editor = self.field.editor(self.field.value, self._glyphs, f"field-{self.field.key}")
            editor.add_class("editor")
            yield editor
        yield PlainStatic("", classes="said")

    @property
    def value(self) -> str:
        """What the editor holds."""
        return value_of(self.query_one(".editor"))

    def put(self, value: str) -> None:
        """Show a value in the editor."""
        editor = self.query_one(".editor")
        if isinstance(editor, TextArea):
            if editor.text != value:
                editor.load_text(value)
        elif isinstance(editor, Input):
            if editor.value != value:
                editor.value = value
        elif isinstance(editor, Choice):
            editor.set_value(value)
        elif isinstance(editor, PlainStatic):
            editor.update(text.block(value))

    def mark(self, edited: bool, said: str) -> None:
        """Show whether the field is edited, and say something about it."""
        sign = self._glyphs.unsaved if edited else " "
        name = Content.assemble(
            (f"{sign} ", "bold $warning"), (self.field.label, "$text-plain" if edited else "")
        )
        if name != self._named:
            self._named = name
            self.query_one(".name", PlainStatic).update(name)
        note = self.query_one(".said", PlainStatic)
        if said:
            note.update(text.inline(said))
        note.set_class(bool(said), "-on")


class RecordForm(Vertical):
    """See the module."""

    DEFAULT_CSS = """
    RecordForm {
        height: auto;
        padding: 0 1 0 0;
        & > #form-state { height: 1; color: $text-dim; margin: 0 0 0 2; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Previous field", show=False),
        Binding("ctrl+s", "save", "Save", id="form.save", show=False),
        Binding("escape", "leave", "Cancel", id="form.leave", show=False),
        Binding("ctrl+z", "revert", "Undo the field", id="form.revert", show=False),
    ]

    footer_keys: ClassVar[Sequence[tuple[str, str]]] = (
        ("ctrl+s", "Save"),
        ("ctrl+z", "Undo the field"),
        ("escape", "Close the fields"),
    )
    """What the footer names while a field has the keys."""

    @dataclass(eq=False, repr=False)
    class Edited(FromWidget):
        """What is typed and not saved has changed."""

        edits: Mapping[str, str]

    @dataclass(eq=False, repr=False)
    class Save(FromWidget):
        """The edits are to be saved."""

        edits: Mapping[str, str]

    @dataclass(eq=False, repr=False)
    class Left(FromWidget):
        """The keys are wanted outside of the fields."""

    def __init__(self, fields: Sequence[Field], edits: Mapping[str, str], glyphs: Glyphs) -> None:
        super().__init__()
        self._fields = {field.key: field for field in fields}
        self._begun_from = {key: field.value for key, field in self._fields.items()}
        self._first = dict(edits)
        self._told: dict[str, str] = {}
        self._glyphs = glyphs

    def compose(self) -> ComposeResult:
        """A line that tells what is not saved, and a row for each field."""
        yield PlainStatic("", id="form-state")
        for field in self._fields.values():
            yield _Row(field, self._glyphs)

    def on_mount(self) -> None:
        """Put back what had been typed."""
        for key, field in self._fields.items():
            row = self._row(key)
            row.field = field
            row.put(self._first.get(key, field.value))
        self._told = self.edits
        self._mark()

    @property
    def edits(self) -> dict[str, str]:
        """What is typed over the desk's values, by field."""
        if not self.is_mounted:
            return dict(self._first)
        return {
            key: value
            for key, field in self._fields.items()
            if field.kind is not FieldKind.FACT
            and (value := self._row(key).value.strip()) != field.value.strip()
        }

    def labels(self, keys: Iterable[str]) -> list[str]:
        """What fields are called."""
        return [self._fields[key].label for key in keys]

    def show(self, fields: Sequence[Field]) -> None:
        """Take what the desk says now; what is typed over it stays."""
        if not self.is_mounted:
            # The rows are being made: they take what is here as soon as all of them are there.
            self._fields |= {field.key: field for field in fields}
            self._begun_from |= {field.key: field.value for field in fields}
            return
        typed = self.edits
        for field in fields:
            row = self._row(field.key)
            self._fields[field.key] = row.field = field
            if field.key not in typed:
                self._begun_from[field.key] = field.value
                row.put(field.value)
        self._changed()

    def saved(self) -> None:
        """What was typed is the desk's now."""
        for key, field in self._fields.items():
            self._begun_from[key] = field.value
        self._changed()

    def focus_first(self) -> bool:
        """Give the keys to the first field; False when none can be edited."""
        for row in self.query(_Row):
            editor = row.query_one(".editor")
            if editor.focusable:
                editor.focus()
                return True
        return False

    def action_save(self) -> None:
        """Ask for the edits to be saved."""
        self.post_message(self.Save(self, self.edits))

    def action_leave(self) -> None:
        """Leave the fields; what is typed stays."""
        self.post_message(self.Left(self))

    def action_revert(self) -> None:
        """Show the desk's value again in the field that has the keys."""
        focused = self.screen.focused
        rows = (
            () if focused is None else (one for one in focused.ancestors if isinstance(one, _Row))
        )
        row = next(iter(rows), None)
        if row is not None:
            row.put(row.field.value)
            self._begun_from[row.field.key] = row.field.value
            self._changed()

    def _row(self, key: str) -> _Row:
        return self.query_one(f"#row-{key}", _Row)

    def _changed(self) -> None:
        self._mark()
        edits = self.edits
        if edits != self._told:
            self._told = edits
            self.post_message(self.Edited(self, edits))

    def _mark(self) -> None:
        edits = self.edits
        for key, field in self._fields.items():
            meanwhile = key in edits and field.value != self._begun_from[key]
            said = f"Conflict: changed to {field.value or 'nothing'}" if meanwhile else ""
            self._row(key).mark(key in edits, said)
        state = self.query_one("#form-state", PlainStatic)
        if edits:
            names = ", ".join(self._fields[key].label for key in edits)
            state.update(
                Content.assemble(
                    (f"Not saved: {names}.  ", "$warning"),
                    ("^s", "bold $primary"),
                    (" save  ", "$text-dim"),
                    ("^z", "bold $primary"),
                    (" undo the field", "$text-dim"),
                )
            )
        else:
            state.update("")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _typed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        self._changed()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.app.action_focus_next()

    @on(events.DescendantFocus)
    def _field_focused(self, event: events.DescendantFocus) -> None:
        event.widget.scroll_visible(animate=False)
