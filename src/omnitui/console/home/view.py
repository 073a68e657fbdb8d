"""Home: four lists of conversations, and a preview that says why one is not with anyone.

The list holds keys and asks for the rows that become visible, so that ten thousand scroll like ten.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, tzinfo

from textual import on, work
from textual.app import ComposeResult
from textual.cache import LRUCache
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
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation, Message
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal

STREAMS = ("mine", "open", "closed", "all")
_PREVIEWED = 12
_KEPT = 500
_REST_SECONDS = 0.05
_SHORT, _TALL = 24, 38
LABELS = {"mine": "My work", "open": "Open", "closed": "Closed today", "all": "All"}


@dataclass(frozen=True, slots=True)
class _Peek:
    """What the preview has read of a conversation."""

    messages: Sequence[Message]
    customer: Customer | None
    agents: Sequence[Agent]


class HomeView(Widget):
    """See the module. `me` is the agent who looks."""

    DEFAULT_CSS = """
    HomeView {
        layout: vertical;
        background: $surface-1;

        & > #home-streams { margin: 0 0 1 0; }
        & > #home-preview {
            height: 12;
            background: $surface-2;
            color: $text-plain;
            padding: 1 2;
        }
        &.-tall > #home-preview { height: 16; }
        &.-short > #home-preview { height: 7; padding: 0 2; }
        &.-short > #home-streams { margin: 0; }
        &.-no-preview > #home-preview, &.-empty > #home-preview { display: none; }
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
        self._rows: LRUCache[int, Conversation] = LRUCache(_KEPT)
        self._peeks: LRUCache[int, _Peek] = LRUCache(_KEPT)
        self._stale = False
        self._counts: Mapping[str, int] = {}
        self._unread: Mapping[int, int] = {}
        self._deadlines = False
        self.stream = "mine"
        self.list: LineList[HomeRow] = LineList(
            self._draw,
            header=lambda width: home_header(width, glyphs, deadlines=self.deadlines),
            empty=empty_list(self.stream),
            id="home-list",
        )
        self._streams = Bar(id="home-streams")
        self._preview = PlainStatic("", id="home-preview")

    def compose(self) -> ComposeResult:
        """The lists' names, the list, the preview."""
        yield self._streams
        yield self.list
        yield self._preview

    @property
    def deadlines(self) -> bool:
        """Whether anything is promised, so that there is a column for it."""
        return self._deadlines

    @deadlines.setter
    def deadlines(self, kept: bool) -> None:
        if kept is not self._deadlines:
            self._deadlines = kept
            self.list.redraw()

    @property
    def selected(self) -> int | None:
        """The key under the cursor."""
        return self.list.cursor_key if self.is_mounted else None

    def _draw(self, row: HomeRow | None, width: int, selected: bool, marked: bool) -> Content:
        return home_row(
            row,
            width,
            self._glyphs,
            now=self._link.now(),
            selected=selected,
            marked=marked,
            deadlines=self.deadlines,
        )

    def since(self) -> int:
        """When today began where the agent is (epoch ms)."""
        today = datetime.fromtimestamp(self._link.now() / 1_000, self._tz).date()
        return int(datetime.combine(today, time(), self._tz).timestamp() * 1_000)

    async def load(self) -> None:
        """Read the keys of the shown list again; what is on screen stays where it is."""
        self._stale = False
        keys = await self._link.call("home.stream", stream=self.stream, since=self.since())
        self.list.set_empty(empty_list(self.stream))
        self.list.set_keys(keys)
        self.set_class(not keys, "-empty")
        self._show_preview()

    async def freshen(self) -> None:
        """Read and draw again what has changed while Home was out of sight."""
        if self._stale:
            await self.load()
        # What is out of sight has no width and draws nothing.
        self.call_after_refresh(self._show_streams)

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
        self._streams.show(lambda width: pane_tabs(tabs, self.stream, width, self._glyphs))

    async def changed(self, keys: Sequence[int]) -> None:
        """These conversations have changed: read the list again, and their rows when they show."""
        for key in keys:
            self._peeks.discard(key)
        self.list.expire(keys)
        if self.display:
            await self.load()
        else:
            self._stale = True

    def tick(self) -> None:
        """The time has moved: repaint what shows it."""
        self.list.tick()
        self._show_preview()

    def on_resize(self) -> None:
        """A short screen has a short preview, a tall one a tall one."""
        self.set_class(self.size.height < _SHORT, "-short")
        self.set_class(self.size.height >= _TALL, "-tall")
        self.call_after_refresh(self._show_preview)

    @on(LineList.RowsNeeded)
    def _rows_needed(self, event: LineList.RowsNeeded) -> None:
        event.stop()
        self._read_rows(event.keys)

    @work(group="home-rows")
    async def _read_rows(self, keys: tuple[int, ...]) -> None:
        found: list[Conversation] = await self._link.call("home.rows", keys=list(keys))
        for row in found:
            self._rows.discard(row.id)  # setting a key it holds changes nothing
            self._rows[row.id] = row
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
        preview = self._preview
        key = self.list.cursor_key
        item = None if key is None else self._rows.get(key)
        width, height = preview.content_size
        if item is None or not width:
            return
        peek = self._peeks.get(item.id)
        if peek is None:
            self._look_into(item)
        channel = self._link.channels.get(item.channel)
        shown = Preview(item, channel, self._me)
        if peek is not None:
            shown = replace(
                shown, messages=peek.messages, customer=peek.customer, agents=peek.agents
            )
        lines = preview_lines(shown, width, height, self._glyphs, now=self._link.now(), tz=self._tz)
        preview.update(Content("\n").join(lines), layout=False)

    @work(group="home-preview", exclusive=True)
    async def _look_into(self, item: Conversation) -> None:
        """Read what the preview tells beyond the row. Only the row the cursor rests on is read."""
        await asyncio.sleep(_REST_SECONDS)
        link = self._link
        messages = await link.attempt(
            "conversation.messages", conversation=item.id, limit=_PREVIEWED
        )
        customer = None
        if item.customer_id is not None:
            customer = await link.attempt("customer.get", customer=item.customer_id)
        agents = await link.attempt("agent.list")
        if isinstance(messages, Refusal) or isinstance(agents, Refusal):
            return
        known = None if isinstance(customer, Refusal) else customer
        self._peeks[item.id] = _Peek(messages, known, agents)
        self._show_preview()
