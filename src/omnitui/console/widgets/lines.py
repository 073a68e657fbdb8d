"""What widgets that draw line by line have in common."""

from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


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


def strip_of(content: Content, style: Style, width: int) -> Strip:
    """`content` on `style` as a strip of exactly `width` cells."""
    segments: list[Segment] = content.render_segments(style)
    return Strip(segments, content.cell_length).adjust_cell_length(width, style.rich_style)


def resize_inside(view: ScrollView, size: Size) -> None:
    """Say how large the content of `view` is, without laying out the screen where that is idle.

    While its scroll bar stays, a longer content moves nothing but the bar: a whole layout for each
    line that arrives is what made typing slow.
    """
    before, window = view.virtual_size, view.size.height
    if before.width == size.width and min(before.height, size.height) > window > 0:
        view.set_reactive(Widget.virtual_size, size)
        view.vertical_scrollbar.window_virtual_size = size.height
        view.refresh()
    else:
        view.virtual_size = size


def same(first: Content, second: Content) -> bool:
    """Whether two contents look the same."""
    return first.plain == second.plain and list(first.spans) == list(second.spans)


def with_selection(content: Content, widget: Widget, line: int) -> Content | None:
    """`content` with what is selected of `line` drawn so; None when nothing of it is selected."""
    selection = widget.text_selection
    span = None if selection is None else selection.get_span(line)
    if span is None:
        return None
    start, end = span
    chosen = Style.from_styles(widget.screen.get_component_styles("screen--selection"))
    return content.stylize(chosen, start, None if end == -1 else end)


def selected_lines(
    selection: Selection, count: int, most: int
) -> list[tuple[int, int, int | None]]:
    """The selected lines among `count`, `most` at once: number, start, and end (None: its end)."""
    first = 0 if selection.start is None else selection.start.y
    last = count - 1 if selection.end is None else selection.end.y
    lines = []
    for line in range(max(0, first), min(last, count - 1, first + most) + 1):
        if (span := selection.get_span(line)) is not None:
            start, end = span
            lines.append((line, start, None if end == -1 else end))
    return lines


def empty_line(content: Content, y: int, width: int, height: int) -> Content:
    """Line `y` of what an empty widget says: wrapped, indented, a third of the way down."""
    lines = content.wrap(max(8, width - 8))
    number = y - max(0, (height - len(lines)) // 3)
    return Content.assemble("    ", lines[number]) if 0 <= number < len(lines) else Content("")
