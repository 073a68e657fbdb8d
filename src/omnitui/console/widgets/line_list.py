"""A list of any number of rows, one line each, of which only the visible ones are ever drawn.

The owner sets the keys (`set_keys`) and hands in rows (`supply`) when they are asked for
(`RowsNeeded`); rows not yet there are drawn as such and nothing moves when they arrive. The cursor
stays on its key, and on its line of the screen, when keys come and go around it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.strip import Strip
from textual.style import Style

from omnitui.console.widgets.lines import FromWidget, LineView, same, strip_of
from omnitui.console.widgets.list_state import HeldRows, ListState

Row = TypeVar("Row")

RenderRow = Callable[[Row | None, int, bool, bool], Content]
"""Draws a row (None: not read yet) at a width; the flags say whether it is selected and marked."""


class LineList(LineView, Generic[Row], inherit_bindings=False):
    """A virtual list; see the module. `header` draws a fixed first line at a width."""

    DEFAULT_CSS = """
    LineList {
        & > .line-list--header { background: $surface-1; color: $text-dim; }
        & > .line-list--marked { background: $marked-surface; }
        & > .line-list--cursor { background: $cursor-surface-blurred; }
        &:focus > .line-list--cursor { background: $cursor-surface; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"line-list--{part}" for part in ("header", "cursor", "marked")
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", id="list.down", show=False),
        Binding("k,up", "move(-1)", "Up", id="list.up", show=False),
        Binding("pagedown", "page(1)", "Page down", id="list.page_down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="list.page_up", show=False),
        Binding("home", "edge(-1)", "First", id="list.first", show=False),
        Binding("end", "edge(1)", "Last", id="list.last", show=False),
        Binding("enter", "choose", "Open", id="list.choose", show=False),
        Binding("space", "mark", "Mark", id="list.mark", show=False),
        Binding("x", "mark_range", "Mark range", id="list.mark_range", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class RowsNeeded(FromWidget):
        """Rows that are, or are about to be, on screen and are missing or out of date."""

        keys: tuple[int, ...]

    @dataclass(eq=False, repr=False)
    class Highlighted(FromWidget):
        """The cursor came to another key; None when the list has become empty."""

        key: int | None

    @dataclass(eq=False, repr=False)
    class Chosen(FromWidget):
        """A row was opened, with `enter` or a double click."""

        key: int

    @dataclass(eq=False, repr=False)
    class MarksChanged(FromWidget):
        """Other rows are marked now."""

        keys: frozenset[int]

    @dataclass(eq=False, repr=False)
    class HeaderPressed(FromWidget):
        """The header was clicked, at cell `x` of a header `width` cells wide."""

        x: int
        width: int

    def __init__(
        self,
        render_row: RenderRow[Row],
        *,
        header: Callable[[int], Content] | None = None,
        empty: Content | None = None,
        id: str | None = None,  # noqa: A002 - the framework's own name
    ) -> None:
        super().__init__(id=id)
        self._render_row = render_row
        self._header = header
        self.head_lines = 0 if header is None else 1
        self._says = empty or Content("")
        self._state = ListState()
        self._rows: HeldRows[Row] = HeldRows()
        self._asking = False
        self._version = 0

    def set_keys(self, keys: Sequence[int]) -> None:
        """Show these rows in this order; the cursor stays on its key, or else on its place."""
        state, top = self._state, self.scroll_offset.y
        if state.known and state.keys == list(keys):
            return
        was = state.cursor_key
        # What is looked at stays: the cursor, or the first line when the cursor is out of sight.
        seen = top <= state.cursor < top + self.lines_shown
        still = was if seen else state.key_at(top)
        line = (state.cursor if seen else top) - top
        state.set_keys(keys)
        self.empty = self._says
        self._rows.keep(state.keys)
        self.resize_lines(self.line_width)
        place = None if still is None else state.place(still)
        if place is not None and self.is_mounted:
            self.go_to_line(place - line)
        elif seen:
            self.reveal(state.cursor)
        self.refresh()
        self._ask_soon()
        if state.cursor_key != was:
            self.post_message(self.Highlighted(self, state.cursor_key))

    def supply(self, rows: Mapping[int, Row]) -> None:
        """Hand in rows by key. Only lines whose row differs are drawn again."""
        for key in self._rows.supply(rows):
            if (place := self._state.place(key)) is not None:
                self._refresh_place(place)

    def expire(self, keys: Iterable[int] | None = None) -> None:
        """Ask for rows again (None: for all), showing what is there until they come."""
        self._rows.expire(keys)
        self._ask_soon()

    def redraw(self) -> None:
        """Draw everything again, after something else that `render_row` looks at has changed."""
        self._version += 1
        self.refresh()

    def tick(self) -> None:
        """Draw those visible lines again that look different by now (clocks, countdowns)."""
        before, self._version = self._version, self._version + 1
        top = self.scroll_offset.y
        for place in range(top, min(len(self._state), top + self.lines_shown)):
            style = self._row_style(place)
            kept = self.kept_lines.get(self._drawn_key(place, style, before))
            if kept is not None and same(kept.content, self._content(place)):
                self.kept_lines[self._drawn_key(place, style, self._version)] = kept
            else:
                self._refresh_place(place)

    def set_empty(self, empty: Content) -> None:
        """What to say when there are no rows."""
        self._says = empty
        if self._state.known:
            self.empty = empty
        self.refresh()

    def move_to(self, key: int) -> bool:
        """Put the cursor on `key` and show it; False when the list does not hold it."""
        place = self._state.place(key)
        if place is not None:
            self._move(place)
        return place is not None

    def set_marks(self, keys: Iterable[int]) -> None:
        """Mark these and nothing else."""
        before, self._state.marks = self._state.marks, frozenset(keys)
        self._marked(before)

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys in order."""
        return tuple(self._state.keys)

    @property
    def cursor_key(self) -> int | None:
        """The key under the cursor, None in an empty list."""
        return self._state.cursor_key

    @property
    def state(self) -> ListState:
        """Keys, cursor and marks, to be read only."""
        return self._state

    @property
    def subject(self) -> tuple[int, ...]:
        """What a verb acts on: the marked rows, or else the one under the cursor."""
        return self._state.subject

    def action_move(self, lines: int) -> None:
        """Move the cursor by `lines`."""
        self._move(self._state.cursor + lines)

    def action_page(self, pages: int) -> None:
        """Move the cursor by `pages` screens."""
        self._move(self._state.cursor + pages * max(1, self.lines_shown - 1))

    def action_edge(self, end: int) -> None:
        """Go to the first row (-1) or to the last (1)."""
        self._move(0 if end < 0 else len(self._state) - 1)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if (key := self.cursor_key) is not None:
            self.post_message(self.Chosen(self, key))

    def action_mark(self) -> None:
        """Mark or unmark the row under the cursor and go on to the next."""
        before = self._state.marks
        self._state.toggle_mark()
        self._marked(before)
        self._move(self._state.cursor + 1)

    def action_mark_range(self) -> None:
        """Mark every row from the last one marked to the cursor."""
        before = self._state.marks
        self._state.mark_range()
        self._marked(before)

    def pressed(self, offset: Offset, number: int | None, clicks: int) -> None:
        """The cursor goes to the row that is pressed; a double click opens it."""
        if self._header is not None and offset.y == 0:
            self.post_message(self.HeaderPressed(self, offset.x, self.line_width))
        elif number is not None:
            self._move(number)
            if clicks == 2:
                self.action_choose()

    @property
    def line_count(self) -> int:
        """How many rows there are."""
        return len(self._state)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if self._header is None or y:
            return super().render_line(y)
        style = self.get_visual_style("line-list--header")
        return strip_of(self._header(self.line_width), style, self.size.width)

    def draw_line(self, number: int, width: int) -> Strip:
        """A row."""
        row, style = self._rows.get(self._state.keys[number]), self._row_style(number)
        key = self._drawn_key(number, style, self._version)
        return self.keep_line(number, width, key, row, style, lambda: self._content(number))

    def line_text(self, number: int) -> str:
        """A row as it is copied."""
        return self._content(number).plain

    @on(events.Mount)
    @on(events.Resize)
    def _sized(self) -> None:
        self.resize_lines(self.line_width)
        self.reveal(self._state.cursor)
        self._ask_soon()

    def _watch_scroll_y(self) -> None:
        self._ask_soon()

    def _move(self, place: int) -> None:
        before = self._state.cursor
        if self._state.move(place):
            self._refresh_place(before)
            self._refresh_place(self._state.cursor)
            self.post_message(self.Highlighted(self, self.cursor_key))
        self.reveal(self._state.cursor)

    def _refresh_place(self, place: int) -> None:
        self.refresh_line(place + self.head_lines)

    def _marked(self, before: frozenset[int]) -> None:
        changed = before ^ self._state.marks
        if len(changed) > self.lines_shown:
            self.refresh()
        else:
            for key in changed:
                if (place := self._state.place(key)) is not None:
                    self._refresh_place(place)
        if changed:
            self.post_message(self.MarksChanged(self, self._state.marks))

    def _ask_soon(self) -> None:
        if not self._asking and self.is_mounted:
            self._asking = True
            # Not after the next paint: the rows are read while it is under way.
            self.call_next(self._ask)

    def _ask(self) -> None:
        self._asking = False
        top, shown = self.scroll_offset.y, self.lines_shown
        near = self._state.keys[max(0, top - shown) : top + 2 * shown]
        if missing := self._rows.ask(near):
            self.post_message(self.RowsNeeded(self, missing))

    def _content(self, place: int) -> Content:
        key, selected, marked = self._standing(place)
        return self._render_row(self._rows.get(key), self.line_width, selected, marked)

    def _drawn_key(self, place: int, style: Style, version: int) -> tuple[object, ...]:
        return *self._standing(place), self.size.width, style, version

    def _row_style(self, place: int) -> Style:
        _key, selected, marked = self._standing(place)
        names = ["line-list--marked"] * marked + ["line-list--cursor"] * selected
        return self.get_visual_style(*names)

    def _standing(self, place: int) -> tuple[int, bool, bool]:
        key = self._state.keys[place]
        return key, place == self._state.cursor, key in self._state.marks
