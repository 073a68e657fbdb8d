"""Home's list, which reads its rows as they come on screen: ten thousand scroll like ten."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from textual import on
from textual.cache import LRUCache
from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.home import triage
from omnitui.console.present.home.columns import column_at, untold
from omnitui.console.present.home.lists import empty_list
from omnitui.console.present.home.rows import HomeRow, home_header, home_row, home_row_of
from omnitui.console.widgets.line_list import LineList
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import soon
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refusal

_KEPT = 500


class HomeList(LineList[HomeRow]):
    """See the module. `me` is the agent who looks."""

    @dataclass(eq=False, repr=False)
    class RowsRead(FromWidget):
        """Rows have come."""

    @dataclass(eq=False, repr=False)
    class SortWanted(FromWidget):
        """The header of a column was clicked."""

        column: str

    def __init__(self, link: Link, me: Callable[[], int], glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__(self._draw, header=self._head, empty=empty_list("mine"), id="home-list")
        self._link = link
        self._me = me
        self._glyphs = glyphs
        self._items: LRUCache[int, Conversation] = LRUCache(_KEPT)
        self._tz = tz
        self._deadlines = False
        self._told: tuple[str, tuple[str, ...], bool] = ("mine", (), False)
        self._without = untold("mine", (), deadlines=False, closed=False)
        self._sort = ""
        self.unread: Mapping[int, int] = {}

    @property
    def item(self) -> Conversation | None:
        """The conversation under the cursor as far as it has been read."""
        key = self.cursor_key
        return None if key is None else self._items.get(key)

    @property
    def deadlines(self) -> bool:
        """Whether anything is promised, so that there is a column for it."""
        return self._deadlines

    @deadlines.setter
    def deadlines(self, kept: bool) -> None:
        if kept is not self._deadlines:
            self._deadlines = kept
            self._choose_columns()

    def tells(self, stream: str, has: tuple[str, ...], closed: bool) -> None:
        """Have the columns that a list has something to tell in; see `untold`."""
        self._told = (stream, has, closed)
        self._choose_columns()

    def _choose_columns(self) -> None:
        stream, has, closed = self._told
        without = untold(stream, has, deadlines=self._deadlines, closed=closed)
        if without != self._without:
            self._without = without
            self.redraw()

    @property
    def sort(self) -> str:
        """The column it is sorted by, with a minus when it is turned; empty: its own order."""
        return self._sort

    @sort.setter
    def sort(self, sort: str) -> None:
        if sort != self._sort:
            self._sort = sort
            self.redraw()

    def _head(self, width: int) -> Content:
        sort = (self._sort.lstrip("-"), triage.ascends(self._sort)) if self._sort else None
        return home_header(width, self._glyphs, sort=sort, without=self._without)

    def _draw(self, row: HomeRow | None, width: int, selected: bool, marked: bool) -> Content:
        return home_row(
            row,
            width,
            self._glyphs,
            now=self._link.now(),
            selected=selected,
            marked=marked,
            without=self._without,
            tz=self._tz,
        )

    @on(LineList.RowsNeeded)
    def _rows_needed(self, event: LineList.RowsNeeded) -> None:
        event.stop()
        self._read(event.keys)

    @soon("home-rows")
    async def _read(self, keys: tuple[int, ...]) -> None:
        found = await self._link.attempt("home.rows", keys=list(keys))
        if isinstance(found, Refusal):
            self.expire(keys)  # they are asked for again with the next thing that happens
            return
        for item in found:
            self._items.discard(item.id)  # setting a key it holds changes nothing
            self._items[item.id] = item
        self.supply({item.id: self._row(item) for item in found})
        self.post_message(self.RowsRead(self))

    def _row(self, item: Conversation) -> HomeRow:
        return home_row_of(
            item,
            self._link.channels.get(item.channel),
            self._glyphs,
            unread=self.unread.get(item.id, 0),
            needs_you=item.agent_id == self._me() and item.waiting_since is not None,
            me=self._me(),
        )

    @on(LineList.HeaderPressed)
    def _header_pressed(self, event: LineList.HeaderPressed) -> None:
        event.stop()
        column = column_at(event.width, event.x, self._without)
        if column is not None:
            self.post_message(self.SortWanted(self, column.sort))
