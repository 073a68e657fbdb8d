"""What is typed into: a line, a text, and one of a few words. The same everywhere.

They are drawn by depth, without borders; the one with the keys is lit. `Field` declares one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input, TextArea

from omnitui.console import text as words
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic
from omnitui.letters import folded

_BETWEEN = 2
"""Cells between two words of a choice, and those that the sign for words before them takes."""


class Line(Input):
    """A line of text."""

    DEFAULT_CSS = """
    Line {
        height: 1;
        border: none;
        padding: 0 1;
        background: $surface-2;
        color: $text-plain;
        &:focus { border: none; background: $cursor-surface; }
        & > .input--cursor { background: $primary; color: $on-accent; text-style: none; }
        & > .input--placeholder { color: $text-dim; }
    }
    """

    @on(events.Mount)
    def _begin_at_the_beginning(self) -> None:
        # A long value is read from its first word; whoever comes to edit has all of it selected.
        if not self.has_focus:
            self.cursor_position = 0


class Text(TextArea):
    """A text of several lines in which much can be undone at once.

    Undoing what made it scroll makes Textual look for a cursor that is still where the lines that
    are gone were; it comes to a line that is there a moment later.
    """

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Show the line of the cursor, once there is one."""
        if self.cursor_location[0] >= self.wrapped_document.document.line_count:
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)


class Area(Text):
    """A text of several lines, left with tab."""

    DEFAULT_CSS = """
    Area {
        height: 4;
        border: none;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        background: $surface-2;
        color: $text-plain;
        &:focus { border: none; background: $cursor-surface; }
        & .text-area--cursor { background: $primary; color: $on-accent; }
        & .text-area--placeholder { color: $text-dim; }
    }
    """

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 - as above
        super().__init__(text, id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")


class Choice(Widget, can_focus=True):
    """One of a few words on a line, chosen with left and right, their first letter or a click."""

    DEFAULT_CSS = """
    Choice {
        height: 1;
        background: $surface-2;
        color: $text-plain;
        &:focus { background: $cursor-surface; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Previous", show=False),
        Binding("right,space", "turn(1)", "Next", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Changed(FromWidget):
        """Another word was chosen."""

        value: str

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        value: str,
        glyphs: Glyphs,
        *,
        id: str | None = None,  # noqa: A002 - the framework's own name
    ) -> None:
        super().__init__(id=id)
        self._options = list(options)
        self._glyphs = glyphs
        self._at = 0
        self.set_value(value)

    @property
    def value(self) -> str:
        """The key of what is chosen."""
        return self._options[self._at][0]

    def set_value(self, value: str) -> None:
        """Choose by key, without telling; a key that is not there changes nothing."""
        keys = [key for key, _label in self._options]
        if value in keys:
            self._at = keys.index(value)
            self.refresh()

    def action_turn(self, step: int) -> None:
        """Choose another one."""
        self._choose((self._at + step) % len(self._options))

    def _choose(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self.refresh()
            self.post_message(self.Changed(self, self.value))

    def render(self) -> Content:
        """The words, the chosen one marked; those around it where not all of them fit."""
        first, end = self._window()
        parts: list[Content | str | tuple[str, str]] = []
        if first:
            parts.append((f"{self._glyphs.more_left} ", "$primary"))
        parts += [self._word(at) for at in range(first, end)]
        if end < len(self._options):
            parts.append((self._glyphs.more_right, "$primary"))
        return Content.assemble(*parts)

    def _word(self, at: int) -> Content:
        on_it = at == self._at
        return Content.assemble(
            (self._glyphs.cursor if on_it else " ", "$primary"),
            (self._options[at][1], "bold $text-plain" if on_it else "$text-dim"),
            "  ",
        )

    def _window(self) -> tuple[int, int]:
        """The first option that is shown, and the one after the last: the leftmost that fit."""
        widths = [self._word(at).cell_length for at in range(len(self._options))]
        room = self.size.width

        def fits(first: int, end: int) -> bool:
            left = _BETWEEN if first else 0
            # The sign for more words takes one cell; the blanks after the last word none.
            right = 1 if end < len(widths) else -_BETWEEN
            return left + sum(widths[first:end]) + right <= room

        first = 0
        while first < self._at and not fits(first, self._at + 1):
            first += 1
        end = self._at + 1
        while end < len(widths) and fits(first, end + 1):
            end += 1
        return (first, end) if room else (0, len(widths))

    @on(events.Key)
    def _letter(self, event: events.Key) -> None:
        for step in range(1, len(self._options) + 1):
            at = (self._at + step) % len(self._options)
            label = self._options[at][1]
            if event.character and folded(label).startswith(folded(event.character)):
                event.stop()
                self._choose(at)
                return

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        first, end = self._window()
        reached = _BETWEEN * bool(first)
        if event.x < reached:
            self._choose(first - 1)
            return
        for at in range(first, end):
            reached += self._word(at).cell_length
            if event.x < reached:
                self._choose(at)
                return
        if end < len(self._options):
            self._choose(end)


class FieldKind(StrEnum):
    """How a field is edited; a fact is shown and cannot be."""

    LINE = "line"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    FACT = "fact"


class Field(Struct, frozen=True):
    """A field as data: its key, what it is called, its value to begin with.

    `options` are keys and words to choose from, `most` is the longest value (characters), `hint`
    what an empty line says, `rows` the height of a text, `needed` what is said where nothing is
    typed, empty for a field that may stay empty. `over` puts the label over the field also where
    labels stand beside.
    """

    key: str
    label: str
    value: str = ""
    kind: FieldKind = FieldKind.LINE
    options: Sequence[tuple[str, str]] = ()
    most: int = 200
    hint: str = ""
    rows: int = 4
    needed: str = ""
    over: bool = False

    def editor(self, value: str, glyphs: Glyphs, name: str = "") -> Widget:
        """The widget that edits it, with `value` in it; its id is `name`, or else the key."""
        name = name or self.key
        if self.kind is FieldKind.TEXT:
            area = Area(value, id=name)
            area.styles.height = self.rows
            return area
        if self.kind is FieldKind.CHOICE:
            return Choice(self.options, value, glyphs, id=name)
        if self.kind is FieldKind.FACT:
            return PlainStatic(words.block(value), id=name, classes="fact")
        line = Line(value, id=name, max_length=self.most, placeholder=self.hint)
        line.type = "integer" if self.kind is FieldKind.NUMBER else "text"
        return line


def value_of(editor: Widget) -> str:
    """What is in the widget that edits a field."""
    if isinstance(editor, TextArea):
        return editor.text
    return editor.value if isinstance(editor, Input | Choice) else ""
