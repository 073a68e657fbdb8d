"""Home: lists of conversations to triage, and a preview that says why one is not with anyone.

The list holds keys and asks for the rows that become visible, so that ten thousand scroll like ten.
What is typed into the filter, and what changes meanwhile, is read in the desk's own thread: a key
never waits for it.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from omnitui.console.glyphs import Glyphs
from omnitui.console.home.filter_line import FilterLine
from omnitui.console.home.lists import Asked, Lists
from omnitui.console.home.preview import PreviewPane
from omnitui.console.home.reading import Reading, Seldom
from omnitui.console.home.rows import HomeList
from omnitui.console.home.top import FilterHint, HomeTop, StandingLine
from omnitui.console.link import Link
from omnitui.console.present.home.lists import empty_list, nothing_fits
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.line_list import LineList
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import soon
from omnitui.desk.views import CountedView, Found
from omnitui.model.errors import Fault, Refusal, Refused
from omnitui.model.triage import View
from omnitui.rules.triage import toggled_closed

_TYPED_SECONDS = 0.06
_NEAR_END = 200
_SHORT, _TALL, _SLIM = 24, 38, 100


class HomeView(Widget):
    """See the module. `me` says which agent looks, once there is anything to see."""

    DEFAULT_CSS = """
    HomeView {
        layout: vertical;
        layers: base above;
        background: $surface-1;

        & > HomeTop { margin: 0 0 1 0; }
        & > FilterHint { layer: above; dock: top; margin: 1 0 0 0; }
        &.-tall > #home-preview { height: 15; }
        &.-short > #home-preview { height: 6; padding: 0 2; }
        &.-short > HomeTop { margin: 0; }
        &.-no-preview > #home-preview, &.-empty > #home-preview { display: none; }
    }
    """

    @dataclass(eq=False, repr=False)
    class Chosen(FromWidget):
        """A conversation is to be opened."""

        key: int

    def __init__(
        self,
        link: Link,
        me: Callable[[], int],
        glyphs: Glyphs,
        tz: tzinfo,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._link = link
        self._glyphs = glyphs
        self._tz = tz
        self._stale = False
        self._missed: set[int] = set()
        self._counts: Mapping[str, int] = {}
        self._reading = Reading(link, self.since)
        self._timed = self._has_closed = False
        self.counting = Seldom()
        self._mistake: Refusal | None = None
        self.lists = Lists()
        self.list = HomeList(link, me, glyphs, tz)
        self._top = HomeTop(glyphs)
        self._hint = FilterHint(glyphs)
        self._standing = StandingLine(self.list, glyphs)
        self._preview = PreviewPane(link, me, glyphs, tz)

    def compose(self) -> ComposeResult:
        """The lists' names beside the filter, the list, what is marked, the preview."""
        yield self._top
        yield self._hint
        yield self.list
        yield self._standing
        yield self._preview

    @property
    def asked(self) -> Asked:
        """What the list shows."""
        return self._reading.shown

    @property
    def deadlines(self) -> bool:
        """Whether anything is promised, so that there is a column for it."""
        return self.list.deadlines

    @deadlines.setter
    def deadlines(self, kept: bool) -> None:
        self.list.deadlines = kept

    @property
    def selected(self) -> int | None:
        """The key under the cursor."""
        return self.list.cursor_key if self.is_mounted else None

    def since(self) -> int:
        """When today began where the agent is (epoch ms)."""
        today = datetime.fromtimestamp(self._link.now() / 1_000, self._tz).date()
        return int(datetime.combine(today, time(), self._tz).timestamp() * 1_000)

    async def load(self) -> None:
        """Read the keys of the list again; what is on screen stays where it is.

        A filter that is not understood is said in its place, and the list stays as it was.
        """
        self._stale = False
        found = await self._reading.read()
        if isinstance(found, Refusal):
            self._mistaken(found)
        elif found is not None:
            self._show_found(self._reading.shown, found)

    def _show_found(self, wanted: Asked, found: Found) -> None:
        self._timed, self._has_closed = found.timed, found.closed
        self.lists.keep(self.lists.chosen, wanted)
        if wanted.filter.strip():
            hidden = wanted.stream == "all" and not found.closed
            count = self._counts.get(self.lists.asked(wanted.stream).stream, 0)
            nothing = nothing_fits(self.lists.label, count, closed_hidden=hidden)
        else:
            nothing = empty_list(wanted.stream)
        self.list.set_empty(nothing)
        self.list.tells(wanted.stream, found.has, found.closed)
        self.list.set_keys(found.keys)
        self._standing.count, self.list.sort = found.count, wanted.sort
        self.set_class(not found.keys, "-empty")
        self._mistaken(None)
        self._show_preview()
        self._standing.tell()

    def _mistaken(self, mistake: Refusal | None) -> None:
        self._mistake = mistake
        self._show_filter()

    async def show(self, asked: Asked) -> None:
        """Show the list with another filter or order."""
        self._reading.ask(asked)
        await self.load()
        self._show_streams()

    async def freshen(self) -> None:
        """Read and draw again what has changed while Home was out of sight."""
        self._expire()
        if self._stale:
            await self.load()
        # What is out of sight has no width and draws nothing.
        self.call_after_refresh(self._show_streams)
        self.call_after_refresh(self._standing.update_line)

    async def show_stream(self, key: str) -> None:
        """Show another list, a stream or a saved view by its tab's key."""
        self.lists.chosen = key
        self.say("")
        asked = self.lists.asked(key)
        with self.prevent(Input.Changed):
            self._top.line.value = asked.filter
        await self.show(asked)
        self._show_filter()
        self.list.focus()

    async def show_row(self, row: int) -> None:
        """Show a conversation under the cursor, in All, without a filter that hides it."""
        if self.list.move_to(row):
            return
        await self.show_stream("all")
        if not self.list.move_to(row):
            self._top.line.value = ""
            await self.show(replace(self._reading.wanted, filter=""))
            self.list.move_to(row)

    async def step_stream(self, step: int) -> None:
        """Show the list after (or, with -1, before) this one."""
        await self.show_stream(self.lists.beside(step))

    async def show_saved(self, view: View) -> None:
        """Show a view that has just been saved."""
        await self.read_views()
        await self.show_stream(self.lists.key_of(view))

    async def read_views(self) -> None:
        """Read the saved views and how much each holds."""
        await self.take_views(await self._link.call("view.list", since=self.since()))

    async def take_views(self, views: Sequence[CountedView]) -> None:
        """Show the saved views and how much each holds."""
        chosen = self.lists.chosen
        self.lists.take(views)
        self._show_streams()
        if self.lists.chosen != chosen:
            await self.show_stream(self.lists.chosen)

    @soon("home-views")
    async def _count_views(self) -> None:
        """Count again; many views of many conversations are counted seldom."""
        with self.counting.doing(), suppress(Refused, Fault):
            await self.read_views()

    def _count_when_due(self) -> None:
        if self.counting.due:
            self._count_views()

    def begin_filter(self) -> None:
        """Go to the filter, and read what it can name."""
        self._top.begin()
        self._learn_names()

    @soon("home-known", exclusive=True)
    async def _learn_names(self) -> None:
        self._top.line.known = await self._link.call("home.vocabulary")
        self._show_filter()

    async def clear(self) -> None:
        """Unmark everything; when nothing is marked, let go of the filter."""
        self.say("")
        if self.list.state.marks:
            self.list.set_marks(())
        elif self._reading.shown.filter or self._top.line.value:
            self._top.line.value = ""
            await self.show(replace(self._reading.shown, filter=""))

    @on(Input.Changed, "#filter")
    @soon("home-filter", exclusive=True, beside=True)
    async def _filter_typed(self, event: Input.Changed) -> None:
        self._show_filter()
        await asyncio.sleep(_TYPED_SECONDS)
        if not self._top.line.begins_field:
            await self._narrow(event.value)

    @on(FilterLine.Left)
    @soon("home-filter", exclusive=True)
    async def _filter_left(self, event: FilterLine.Left) -> None:
        self.list.focus()
        await self._narrow(self._top.line.value)

    async def _narrow(self, written: str) -> None:
        asked = replace(self._reading.wanted, filter=written)
        # What is wanted may never be shown: leaving the filter stops the reading that typing began.
        if {self._reading.wanted, self._reading.shown} != {asked} or self._mistake is not None:
            with suppress(Fault):
                await self.show(asked)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _focus_moved(self) -> None:
        self._show_filter()

    def _show_filter(self) -> None:
        self._top.settle(self._mistake)
        self._hint.tell(self._top.line, self._mistake)
        self.call_after_refresh(self._show_streams)

    @on(HomeList.SortWanted)
    @soon("home-filter", exclusive=True)
    async def _sort_wanted(self, event: HomeList.SortWanted) -> None:
        with suppress(Fault):
            await self.show(self._reading.shown.by(event.column))

    def toggle_preview(self) -> None:
        """Fold the preview away or bring it back."""
        self.toggle_class("-no-preview")

    def show_counts(self, counts: Mapping[str, int], unread: Mapping[int, int]) -> None:
        """Take how much each list holds, and what is unread in which session."""
        self._counts, self.list.unread = counts, unread
        self._show_streams()

    def _show_streams(self) -> None:
        self._top.show_tabs(self.lists.tabs(self._counts), self.lists.chosen)

    def say(self, sentence: str, *, warned: bool = False) -> None:
        """Say under the list what was just done; it stays until something else is."""
        self._standing.say(sentence, warned=warned)

    def unsay(self, sentence: str, fact: str) -> None:
        """A sentence is not so any more: only `fact` is left of it."""
        self._standing.unsay(sentence, fact)

    @on(LineList.MarksChanged)
    def _marks_changed(self) -> None:
        self._standing.tell()

    async def changed(self, keys: Sequence[int]) -> None:
        """These conversations have changed: read the list again, and their rows when they show."""
        self._preview.forget(keys)
        self._missed.update(keys)
        if self.display:
            self._expire()
            await self.load()
        else:
            self._stale = True

    def _expire(self) -> None:
        """Have the rows read again that have changed, now that they can be seen."""
        self.list.expire(self._missed)
        self._missed.clear()

    def tick(self) -> None:
        """The time has moved: repaint what shows it."""
        self.list.tick()
        self._preview.draw()
        self._count_when_due()
        if self._timed and not self._reading.busy:
            self._load_again()

    @soon("home-timed")
    async def _load_again(self) -> None:
        with suppress(Fault):
            await self.load()

    def on_resize(self) -> None:
        """A short screen has a short preview, a tall one a tall one."""
        self.set_class(self.size.height < _SHORT, "-short")
        self.set_class(self.size.height >= _TALL, "-tall")
        self._top.set_class(self.size.width < _SLIM, "-slim")

    @on(HomeList.RowsRead)
    def _rows_read(self, event: HomeList.RowsRead) -> None:
        event.stop()
        self._show_preview()

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self._standing.tell()
        self._show_preview()
        if self._ends_soon and not self._reading.growing:
            self._reading.growing = True
            self._read_on()

    @property
    def _ends_soon(self) -> bool:
        """Whether the cursor comes to the end of the keys that were read, and there are more."""
        listed = self.list.state
        return listed.cursor > len(listed) - _NEAR_END and self._standing.count > len(listed)

    @soon("home-pages", beside=True)
    async def _read_on(self) -> None:
        """Read a page more; the keys that come meanwhile do not begin it anew."""
        try:
            self._reading.pages += 1
            await self.load()
        except Fault:
            self._reading.pages -= 1
        finally:
            self._reading.growing = False

    async def toggle_closed(self) -> None:
        """List closed conversations beside the rest, in All or a view of it, or no longer."""
        if self._reading.shown.stream != "all":
            await self.show_stream("all")
            if self._has_closed:
                return
        self._top.line.value = toggled_closed(self._reading.shown.filter)
        await self._narrow(self._top.line.value)

    @on(LineList.Chosen)
    def _opened(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(self, event.key))

    @on(Bar.Pressed, "#home-streams")
    @soon("home-filter", exclusive=True)
    async def _stream_pressed(self, event: Bar.Pressed) -> None:
        with suppress(Fault):
            await self.show_stream(event.key)

    def _show_preview(self) -> None:
        self._preview.show(self.list.item)
