"""Blocks of lines under one another: sections, results, an article. Some can be chosen.

The owner hands in a function that lays the blocks out at a width. However they change, the cursor
stays on its block and what is on the first line of the screen stays there. It is for hundreds of
lines, not for thousands; those have `LineList` and `Transcript`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from msgspec import Struct
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.widgets.lines import (
    FromWidget,
    same,
    selected_lines,
    strip_of,
    with_selection,
)


class Block(Struct, frozen=True):
    """Lines that belong together. `instant` blocks act at the first click, others at the second."""

    key: str
    lines: Sequence[Content]
    selectable: bool = False
    instant: bool = False


class Keyed(Protocol):
    """What a block can stand for: a record with a key."""

    @property
    def id(self) -> int:
        """Its key."""


LayOut = Callable[[int], Sequence[Block]]


class BlockList(ScrollView, can_focus=True, inherit_bindings=False):
    """See the module."""

    DEFAULT_CSS = """
    BlockList {
        height: 1fr;
        background: $surface-2;
        color: $text-plain;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 1;
        scrollbar-gutter: stable;
        scrollbar-background: $surface-2;
        scrollbar-background-hover: $surface-2;
        scrollbar-background-active: $surface-2;

        & > .block-list--cursor { background: $cursor-surface-blurred; }
        &:focus > .block-list--cursor { background: $cursor-surface; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"block-list--cursor"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", id="blocks.down", show=False),
        Binding("up", "move(-1)", "Up", id="blocks.up", show=False),
        Binding("pagedown,space", "page(1)", "Page down", id="blocks.page_down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="blocks.page_up", show=False),
        Binding("home", "edge(-1)", "First", id="blocks.first", show=False),
        Binding("end", "edge(1)", "Last", id="blocks.last", show=False),
        Binding("enter", "choose", "Open", id="blocks.choose", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Highlighted(FromWidget):
        """The cursor came to another block."""

        key: str

    @dataclass(eq=False, repr=False)
    class Chosen(FromWidget):
        """A block was opened, with `enter` or the mouse."""

        key: str

    @dataclass(eq=False, repr=False)
    class ChosenNothing(FromWidget):
        """`enter` was pressed where nothing can be chosen."""

    @dataclass(eq=False, repr=False)
    class EndReached(FromWidget):
        """The last lines are on screen: more may be wanted."""

    def __init__(
        self,
        glyphs: Glyphs = UNICODE,
        build: LayOut | None = None,
        *,
        cursor_always: bool = False,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._glyphs = glyphs
        self._cursor_always = cursor_always
        self._build = build
        self._blocks: list[Block] = []
        self._lines: list[tuple[int, Content]] = []
        self._starts: list[int] = []
        self._cursor = ""

    def show(self, build: LayOut, *, from_top: bool = False) -> None:
        """Lay out with `build` from now on; `from_top` for something new to read."""
        self._build = build
        if from_top:
            self._cursor = ""
        self.lay_out()
        if from_top:
            self.scroll_to(y=0, animate=False, force=True)

    def lay_out(self) -> None:
        """Lay out again and keep still what is on the first line of the screen."""
        width = self.scrollable_content_region.width
        if self._build is None or not width:
            return
        blocks = list(self._build(width))
        lines = [(place, line) for place, block in enumerate(blocks) for line in block.lines]
        if len(lines) == len(self._lines) and all(
            a[0] == b[0] and same(a[1], b[1]) for a, b in zip(lines, self._lines, strict=True)
        ):
            self._blocks = blocks
            self._place_cursor()
            return
        top = self._top()
        self._blocks, self._lines = blocks, lines
        self._starts, reached = [], 0
        for block in blocks:
            self._starts.append(reached)
            reached += len(block.lines)
        self._place_cursor()
        if self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=len(lines) != self.virtual_size.height)
        self.virtual_size = Size(width, len(lines))
        if top is not None and (place := self._place(top[0])) is not None:
            line = self._starts[place] + min(top[1], max(0, len(blocks[place].lines) - 1))
            self.scroll_to(y=min(line, self.max_scroll_y), animate=False, force=True)
        self.refresh()

    def _place_cursor(self) -> None:
        if self._place(self._cursor) is None:
            self._cursor = next((block.key for block in self._blocks if block.selectable), "")

    @property
    def cursor_key(self) -> str:
        """The block under the cursor, empty for none."""
        return self._cursor

    @property
    def block_keys(self) -> list[str]:
        """The keys of all blocks in order."""
        return [block.key for block in self._blocks]

    @property
    def text(self) -> str:
        """Everything it shows, a line each."""
        return "\n".join(line.plain.rstrip() for _place, line in self._lines)

    def move_to(self, key: str) -> None:
        """Put the cursor on a block and show it."""
        if not self._blocks:
            # Hidden since it is there: it is laid out when it is shown, with the cursor here.
            self._cursor = key
        place = self._place(key)
        if place is not None and self._blocks[place].selectable:
            self._set_cursor(key)
            self._reveal(place)

    def show_line(self, key: str, number: int) -> None:
        """Bring a line of a block on screen, a third from the top, unless it is there."""
        place = self._place(key)
        line = -1 if place is None else self._starts[place] + number
        if line >= 0 and not self.scroll_offset.y <= line < self.scroll_offset.y + self.size.height:
            aim = max(0, min(line - self.size.height // 3, self.max_scroll_y))
            self.scroll_to(y=aim, animate=False, force=True)

    def action_move(self, step: int) -> None:
        """Move the cursor to the next block that can be chosen, or scroll when none can."""
        places = [n for n, block in enumerate(self._blocks) if block.selectable]
        if not places:
            self._scroll_by(step)
            return
        now = self._place(self._cursor)
        at = places.index(now) if now in places else 0
        aim = max(0, min(at + step, len(places) - 1))
        if aim == at:
            self._scroll_by(step)
            self._tell_end()
            return
        self._set_cursor(self._blocks[places[aim]].key)
        self._reveal(places[aim])

    def action_page(self, pages: int) -> None:
        """Scroll by `pages` screens."""
        self._scroll_by(pages * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        """Go to the first block (-1) or to the last (1)."""
        places = [n for n, block in enumerate(self._blocks) if block.selectable]
        if places:
            self._set_cursor(self._blocks[places[0 if end < 0 else -1]].key)
        self.scroll_to(y=0 if end < 0 else self.max_scroll_y, animate=False, force=True)

    def action_choose(self) -> None:
        """Open the block under the cursor."""
        chosen = self.Chosen(self, self._cursor) if self._cursor else self.ChosenNothing(self)
        self.post_message(chosen)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, number = self.size.width, self.scroll_offset.y + y
        if number >= len(self._lines):
            return Strip.blank(width, self.visual_style.rich_style)
        place, content = self._lines[number]
        seen = self._cursor and (self.has_focus or self._cursor_always)
        on_cursor = bool(seen) and self._blocks[place].key == self._cursor
        if on_cursor and content.plain[:1] in (" ", ""):
            content = Content.assemble((self._glyphs.cursor, "$primary"), content[1:])
        style = self.get_visual_style(*["block-list--cursor"] * on_cursor)
        if self.text_selection is not None:
            content = with_selection(content, self, number) or content
        return strip_of(content, style, width).apply_offsets(0, number)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, as it is shown."""
        pieces = (
            self._lines[number][1].plain[start:end].rstrip()
            for number, start, end in selected_lines(selection, len(self._lines), 2_000)
        )
        return "\n".join(pieces), "\n"

    @on(events.Resize)
    def _resized(self) -> None:
        self.lay_out()

    @on(events.Focus)
    @on(events.Blur)
    def _focus_changed(self) -> None:
        self.refresh()

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        number = -1 if offset is None else self.scroll_offset.y + offset.y
        if not 0 <= number < len(self._lines):
            return
        block = self._blocks[self._lines[number][0]]
        if block.selectable:
            again = self._cursor == block.key and event.chain == 2
            self._set_cursor(block.key)
            if block.instant or again:
                self.action_choose()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Tell when the last lines have come on screen."""
        super().watch_scroll_y(old, new)
        if new > old:
            self._tell_end()

    def _tell_end(self) -> None:
        if self._lines and self.scroll_offset.y >= self.max_scroll_y - 1:
            self.post_message(self.EndReached(self))

    def _top(self) -> tuple[str, int] | None:
        number = self.scroll_offset.y
        if not 0 < number < len(self._lines):
            return None
        place = self._lines[number][0]
        return self._blocks[place].key, number - self._starts[place]

    def _place(self, key: str) -> int | None:
        for place, block in enumerate(self._blocks):
            if key and block.key == key:
                return place
        return None

    def _set_cursor(self, key: str) -> None:
        if key != self._cursor:
            self._cursor = key
            self.refresh()
            self.post_message(self.Highlighted(self, key))

    def _scroll_by(self, lines: int) -> None:
        aim = max(0, min(self.scroll_offset.y + lines, self.max_scroll_y))
        self.scroll_to(y=aim, animate=False, force=True)

    def _reveal(self, place: int) -> None:
        start, height = self._starts[place], len(self._blocks[place].lines)
        top, shown = self.scroll_offset.y, max(1, self.size.height)
        if start < top:
            self.scroll_to(y=start, animate=False, force=True)
        elif start + height > top + shown:
            self.scroll_to(y=min(start, start + height - shown), animate=False, force=True)
