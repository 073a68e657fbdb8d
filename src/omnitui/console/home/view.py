"""Home: four lists of conversations, and a preview that says why one is not with anyone.

The list holds keys and asks for the rows that become visible, so that ten thousand scroll like ten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.home import Preview, empty_list, preview_lines
from omnitui.console.present.rows import HomeRow, home_header, home_row, home_row_of
from omnitui.console.present.session import pane_tabs
from omnitui.console.session.bar import Bar
from omnitui.console.session.link import Link
from omnitui.console.widgets.line_list import LineList
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.conversation import Conversation

STREAMS = ("mine", "open", "closed", "all")
LABELS = {"mine": "My work", "open": "Open", "closed": "Closed today", "all": "All"}


class HomeView(Widget):
    """See the module. `me` is the agent who looks."""

    DEFAULT_CSS = """
    HomeView {
        layout: vertical;
        background: $surface-1;

        & > #home-streams { background: $surface-1; margin: 0 0 1 0; }
        & > #home-preview {
            height: 9;
            background: $surface-2;
            color: $text-plain;
            padding: 1 2;
        }
        &.-short > #home-preview { height: 6; padding: 0 2; }
        &.-no-preview > #home-preview { display: none; }
    }
    """

    @dataclass
    class Chosen(FromWidget):
        """A conversation is to be opened."""

        key: int

    def __init__(
        self,
        link: Link,
        me: int,
        glyphs: Glyphs,
        tz: tzinfo,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._link = link
        self._me = me
        self._glyphs = glyphs
        self._tz = tz
        self._rows: dict[int, Conversation] = {}
        self._counts: Mapping[str, int] = {}
        self._unread: Mapping[int, int] = {}
        self.stream = "mine"

    def compose(self) -> ComposeResult:
        """The lists' names, the list, the preview."""
        yield Bar(id="home-streams")
        yield LineList(
            self._draw,
            header=lambda width: home_header(width, self._glyphs),
            empty=empty_list(self.stream),
            id="home-list",
        )
        yield PlainStatic("", id="home-preview")

    @property
    def list(self) -> LineList[HomeRow]:
        """The list."""
        return self.query_one("#home-list", LineList)

    @property
    def selected(self) -> int | None:
        """The key under the cursor."""
        return self.list.cursor_key if self.is_mounted else None

    def _draw(self, row: HomeRow | None, width: int, selected: bool, marked: bool) -> Content:
        return home_row(
            row, width, self._glyphs, now=self._link.now(), selected=selected, marked=marked
        )

    def since(self) -> int:
        """When today began where the agent is (epoch ms)."""
        today = datetime.fromtimestamp(self._link.now() / 1_000, self._tz).date()
        return int(datetime.combine(today, time(), self._tz).timestamp() * 1_000)

    async def load(self) -> None:
        """Read the keys of the shown list again; what is on screen stays where it is."""
        keys = await self._link.call("home.stream", stream=self.stream, since=self.since())
        self.list.set_empty(empty_list(self.stream))
        self.list.set_keys(keys)
        self._show_preview()

    async def show_stream(self, stream: str) -> None:
        """Show another list."""
        self.stream = stream
        await self.load()
        self._show_streams()
        self.list.focus()

    async def step_stream(self, step: int) -> None:
        """Show the list after (or, with -1, before) this one."""
        await self.show_stream(STREAMS[(STREAMS.index(self.stream) + step) % len(STREAMS)])

    def toggle_preview(self) -> None:
        """Fold the preview away or bring it back."""
        self.toggle_class("-no-preview")

    def show_counts(self, counts: Mapping[str, int], unread: Mapping[int, int]) -> None:
        """Take how much each list holds, and what is unread in which session."""
        self._counts, self._unread = counts, unread
        self._show_streams()

    def _show_streams(self) -> None:
        tabs = [(name, LABELS[name], self._counts.get(name, 0)) for name in STREAMS]
        self.query_one("#home-streams", Bar).show(
            lambda width: pane_tabs(tabs, self.stream, width, self._glyphs)
        )

    async def changed(self, keys: Sequence[int]) -> None:
        """These conversations have changed: read the list again, and their rows when they show."""
        for key in keys:
            self._rows.pop(key, None)
        self.list.expire(keys)
        await self.load()

    def tick(self) -> None:
        """The time has moved: repaint what shows it."""
        self.list.tick()
        self._show_preview()

    def on_resize(self) -> None:
        """A short screen has a short preview."""
        self.set_class(self.size.height < 24, "-short")
        self._show_preview()

    @on(LineList.RowsNeeded)
    def _rows_needed(self, event: LineList.RowsNeeded) -> None:
        event.stop()
        self._read_rows(event.keys)

    @work(group="home-rows")
    async def _read_rows(self, keys: tuple[int, ...]) -> None:
        found: list[Conversation] = await self._link.call("home.rows", keys=list(keys))
        self._rows |= {row.id: row for row in found}
        self.list.supply({row.id: self._row(row) for row in found})
        self._show_preview()

    def _row(self, item: Conversation) -> HomeRow:
        return home_row_of(
            item,
            self._link.channels.get(item.channel),
            self._glyphs,
            unread=self._unread.get(item.id, 0),
            needs_you=item.agent_id == self._me and item.waiting_since is not None,
            me=self._me,
        )

    @on(LineList.Highlighted)
    def _highlighted(self, event: LineList.Highlighted) -> None:
        event.stop()
        self._show_preview()

    @on(LineList.Chosen)
    def _opened(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(self, event.key))

    @on(Bar.Pressed, "#home-streams")
    async def _stream_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        await self.show_stream(event.key)

    def _show_preview(self) -> None:
        preview = self.query_one("#home-preview", PlainStatic)
        key = self.list.cursor_key
        item = None if key is None else self._rows.get(key)
        width = max(20, preview.size.width - 4)
        if item is None:
            preview.update(Content(""))
            return
        shown = Preview(item, self._link.channels.get(item.channel), self._me)
        lines = preview_lines(shown, width, self._glyphs, now=self._link.now(), tz=self._tz)
        preview.update(Content("\n").join(lines))
