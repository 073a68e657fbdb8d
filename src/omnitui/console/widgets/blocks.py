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
from textual.geometry import Offset
from textual.strip import Strip

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.widgets.lines import FromWidget, LineView, Stack, same


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


class BlockList(LineView, inherit_bindings=False):
    """See the module. `build` lays the blocks out at a width."""

    DEFAULT_CSS = """
    BlockList {
        background: $surface-2;
        scrollbar-size: 0 1;
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
        self._stack = Stack()
        self._cursor = ""

    def show(self, build: LayOut, *, from_top: bool = False) -> None:
        """Lay out with `build` from now on; `from_top` for something new to read."""
        self._build = build
        if from_top:
            self._cursor = ""
        self.lay_out()
        if from_top:
            self.go_to_line(0)

    def lay_out(self) -> None:
        """Lay out again and keep still what is on the first line of the screen."""
        width = self.line_width
        if self._build is None or not width:
            return
        before, self._blocks = self._blocks, list(self._build(width))
        if _look_same(before, self._blocks):
            self._place_cursor()
            return
        top = self._stack.at(self.scroll_offset.y) if self.scroll_offset.y else None
        self._stack.pile(len(block.lines) for block in self._blocks)
        self._place_cursor()
        if self.styles.height is not None and self.styles.height.is_auto:
            self.refresh(layout=self.line_count != self.virtual_size.height)
        self.resize_lines(width)
        if top is not None and (place := self._place(before[top[0]].key)) is not None:
            last = max(0, self._stack.height(place) - 1)
            self.go_to_line(self._stack.start(place) + min(top[1], last))
        self.refresh()

    @property
    def line_count(self) -> int:
        """How many lines the blocks have."""
        return self._stack.lines

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
    def lines(self) -> list[Content]:
        """Everything it shows."""
        return [line for block in self._blocks for line in block.lines]

    @property
    def text(self) -> str:
        """Everything it shows, as text."""
        return "\n".join(line.plain.rstrip() for line in self.lines)

    def move_to(self, key: str) -> None:
        """Put the cursor on a block and show it."""
        if not self._blocks:
            # Hidden since it is there: it is laid out when it is shown, with the cursor here.
            self._cursor = key
        place = self._place(key)
        if place is not None and self._blocks[place].selectable:
            self._go_to(place)

    def show_line(self, key: str, number: int) -> None:
        """Bring a line of a block on screen, a third from the top, unless it is there."""
        place = self._place(key)
        line = -1 if place is None else self._stack.start(place) + number
        if line >= 0 and not self.scroll_offset.y <= line < self.scroll_offset.y + self.size.height:
            self.go_to_line(line - self.size.height // 3)

    def action_move(self, step: int) -> None:
        """Move the cursor to the next block that can be chosen, or scroll when none can."""
        places = [n for n, block in enumerate(self._blocks) if block.selectable]
        now = self._place(self._cursor)
        at = places.index(now) if now in places else 0
        aim = max(0, min(at + step, len(places) - 1))
        if places and aim != at:
            self._go_to(places[aim])
        else:
            self.go_to_line(self.scroll_offset.y + step)

    def action_edge(self, end: int) -> None:
        """Go to the first block (-1) or to the last (1)."""
        places = [n for n, block in enumerate(self._blocks) if block.selectable]
        if places:
            self._set_cursor(self._blocks[places[0 if end < 0 else -1]].key)
        self.go_to_line(0 if end < 0 else self.max_scroll_y)

    def action_choose(self) -> None:
        """Open the block under the cursor."""
        chosen = self.Chosen(self, self._cursor) if self._cursor else self.ChosenNothing(self)
        self.post_message(chosen)

    def draw_line(self, number: int, width: int) -> Strip:
        """A line of a block, with the sign of the cursor where it is on it."""
        block, content = self._line(number)
        seen = self._cursor and (self.has_focus or self._cursor_always)
        on_cursor = bool(seen) and block.key == self._cursor
        style = self.get_visual_style(*["block-list--cursor"] * on_cursor)

        def shown() -> Content:
            if on_cursor and content.plain[:1] in (" ", ""):
                return Content.assemble((self._glyphs.cursor, "$primary"), content[1:])
            return content

        return self.keep_line(
            number, width, (number, on_cursor, style, width), content, style, shown
        )

    def line_text(self, number: int) -> str:
        """A line as it is copied."""
        return self._line(number)[1].plain

    def _line(self, number: int) -> tuple[Block, Content]:
        place, line = self._stack.at(number) or (0, 0)
        return self._blocks[place], self._blocks[place].lines[line]

    def pressed(self, offset: Offset, number: int | None, clicks: int) -> None:
        """The cursor goes to the block that is pressed, which may act at once."""
        block = None if number is None else self._line(number)[0]
        if block is not None and block.selectable:
            again = self._cursor == block.key and clicks == 2
            self._set_cursor(block.key)
            if block.instant or again:
                self.action_choose()

    @on(events.Resize)
    def _resized(self) -> None:
        self.lay_out()

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

    def _go_to(self, place: int) -> None:
        self._set_cursor(self._blocks[place].key)
        self.reveal(self._stack.start(place), self._stack.height(place))


def _look_same(before: Sequence[Block], now: Sequence[Block]) -> bool:
    """Whether blocks have the same lines."""
    return len(before) == len(now) and all(
        len(a.lines) == len(b.lines) and all(map(same, a.lines, b.lines))
        for a, b in zip(before, now, strict=True)
    )
