"""Widgets that draw line by line what may be any number of lines: what they have in common.

A `LineView` scrolls over lines and draws those on screen, each once as long as it looks the same.
Lists, blocks and the transcript are such views, and know what their lines stand for. `Stack` knows
where things of several lines stand under one another.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events, on
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

_COPIED_AT_MOST = 10_000
_STRIPS_KEPT = 1_000


@dataclass(eq=False, repr=False)
class FromWidget(Message):
    """A message that knows which widget it is about, also after it has bubbled."""

    widget: Widget

    @property
    def control(self) -> Widget:
        """The widget it is about, for `@on` with a selector."""
        return self.widget


class Drawn(NamedTuple):
    """A line and what it was drawn from, by identity so that no other thing is taken for it."""

    source: object
    content: Content
    strip: Strip


class Stack:
    """Things under one another: a `place` is a number among them, a `line` one of their lines."""

    def __init__(self) -> None:
        self._starts: list[int] = [0]

    def pile(self, heights: Iterable[int]) -> None:
        """Take how many lines each of them has, from the top."""
        self._starts = [0, *accumulate(heights)]

    @property
    def lines(self) -> int:
        """How many lines all of them take."""
        return self._starts[-1]

    def at(self, line: int) -> tuple[int, int] | None:
        """The place of what covers `line`, and which of its lines that is; None beyond the end."""
        if not 0 <= line < self.lines:
            return None
        place = bisect_right(self._starts, line) - 1
        return place, line - self._starts[place]

    def start(self, place: int) -> int:
        """The first line of what is at `place`; at the end, where the next one would begin."""
        return self._starts[min(place, len(self._starts) - 1)]

    def height(self, place: int) -> int:
        """How many lines there are at `place`."""
        return self._starts[place + 1] - self._starts[place]

    def places(self, first_line: int, count: int) -> Iterator[int]:
        """The places that lines `first_line` and the `count` after it cover."""
        top, bottom = self.at(max(0, first_line)), self.at(min(self.lines, first_line + count) - 1)
        if top is not None and bottom is not None:
            yield from range(top[0], bottom[0] + 1)


def strip_of(content: Content, style: Style, width: int) -> Strip:
    """`content` on `style` as a strip of exactly `width` cells."""
    segments: list[Segment] = content.render_segments(style)
    return Strip(segments, content.cell_length).adjust_cell_length(width, style.rich_style)


def same(first: Content, second: Content) -> bool:
    """Whether two contents look the same."""
    return first.plain == second.plain and list(first.spans) == list(second.spans)


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """See the module. Subclasses give `line_count`, `draw_line` and `line_text`."""

    DEFAULT_CSS = """
    LineView {
        height: 1fr;
        background: $surface-1;
        color: $text-plain;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;

        & > .line-view--empty { color: $text-dim; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-view--empty"}

    head_lines = 0
    """How many lines at the top stay where they are and are none of those that scroll."""

    empty: Content | None = None
    """What is said where there are no lines; None while it is not known whether there are."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.kept_lines: LRUCache[tuple[object, ...], Drawn] = LRUCache(_STRIPS_KEPT)

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw_line(self, number: int, width: int) -> Strip:
        """One of the lines, most of all by `keep_line`."""
        raise NotImplementedError

    def line_text(self, number: int) -> str:
        """A line as it is copied."""
        raise NotImplementedError

    def pressed(self, offset: Offset, number: int | None, clicks: int) -> None:
        """The mouse was pressed at `offset`, on line `number` or where no line is."""

    @property
    def line_width(self) -> int:
        """How many cells a line has, 0 while that is not known."""
        return self.scrollable_content_region.width

    @property
    def lines_shown(self) -> int:
        """How many lines fit on the screen."""
        return max(1, self.size.height - self.head_lines)

    def line_at(self, y: int) -> int | None:
        """The line at `y` on the screen."""
        number = self.scroll_offset.y + y - self.head_lines
        return number if y >= self.head_lines and 0 <= number < self.line_count else None

    def go_to_line(self, number: int) -> None:
        """Let a line be the first on screen, as far as there are lines below it."""
        self.scroll_to(y=max(0, min(number, self.max_scroll_y)), animate=False, force=True)

    def reveal(self, number: int, height: int = 1) -> None:
        """Bring lines on screen, from their start where they do not fit, unless they are there."""
        top, shown = self.scroll_offset.y, self.lines_shown
        if number < top or height >= shown:
            self.go_to_line(number)
        elif number + height > top + shown:
            self.go_to_line(number + height - shown)

    def action_page(self, pages: int) -> None:
        """Scroll by `pages` screens."""
        self.go_to_line(self.scroll_offset.y + pages * max(1, self.size.height - 2))

    def resize_lines(self, width: int) -> None:
        """Take how many lines there are at a width, without laying out the screen where it is idle.

        While its scroll bar stays, a longer content moves nothing but the bar: a whole layout for
        each line that arrives is what made typing slow.
        """
        size = Size(width, self.line_count + self.head_lines)
        before, window = self.virtual_size, self.size.height
        if before.width == size.width and min(before.height, size.height) > window > 0:
            self.set_reactive(Widget.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
            self.refresh()
        else:
            self.virtual_size = size

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, number = self.size.width, self.line_at(y)
        if number is not None:
            return self.draw_line(number, width).apply_offsets(0, number)
        if self.empty is None or self.line_count:
            return Strip.blank(width, self.visual_style.rich_style)
        # Wrapped, indented, a third of the way down.
        lines = self.empty.wrap(max(8, self.line_width - 8))
        room = self.size.height - self.head_lines
        at = y - self.head_lines - max(0, (room - len(lines)) // 3)
        said = Content.assemble("    ", lines[at]) if 0 <= at < len(lines) else Content("")
        return strip_of(said, self.get_visual_style("line-view--empty"), width)

    def keep_line(
        self,
        number: int,
        width: int,
        key: tuple[object, ...],
        source: object,
        style: Style,
        content: Callable[[], Content],
    ) -> Strip:
        """A line, drawn anew when something else (`key`) matters or it stands for another thing."""
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(number)) is not None:
            start, end = span
            chosen = Style.from_styles(self.screen.get_component_styles("screen--selection"))
            shown = content().stylize(chosen, start, None if end == -1 else end)
            return strip_of(shown, style, width)
        kept = self.kept_lines.get(key)
        if kept is None or kept.source is not source:
            shown = content()
            kept = Drawn(source, shown, strip_of(shown, style, width))
            self.kept_lines.discard(key)  # setting a key it holds changes nothing
            self.kept_lines[key] = kept
        return kept.strip

    def selected_lines(self, selection: Selection) -> Iterator[tuple[int, int, int | None]]:
        """The selected lines: number, start, and end (None: its end)."""
        first = 0 if selection.start is None else selection.start.y
        last = self.line_count - 1 if selection.end is None else selection.end.y
        for line in range(
            max(0, first), min(last, self.line_count - 1, first + _COPIED_AT_MOST) + 1
        ):
            if (span := selection.get_span(line)) is not None:
                start, end = span
                yield line, start, None if end == -1 else end

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, as it is shown."""
        lines = self.selected_lines(selection)
        pieces = (self.line_text(number)[start:end].rstrip() for number, start, end in lines)
        return "\n".join(pieces), "\n"

    def notify_style_update(self) -> None:
        """The theme or the style sheet changed: nothing drawn before is good any more."""
        super().notify_style_update()
        self.kept_lines.clear()

    @on(events.Focus)
    @on(events.Blur)
    def _focus_changed(self) -> None:
        self.refresh()

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None:
            self.pressed(offset, self.line_at(offset.y), event.chain)
