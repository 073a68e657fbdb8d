"""Home's lists, and beside them, in tabs, the records that were opened with no session in front.

The lists stay as they were while a record is in front. Tabs and unsaved edits are kept in the store
and come back after a restart.
"""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.widget import Widget

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.holder import TabHolder
from omnitui.console.glyphs import Glyphs
from omnitui.console.home.view import HomeView
from omnitui.console.link import Link
from omnitui.console.saving import Unkept, failed, unkept_in
from omnitui.console.widgets.bar import Bar
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry


class HomeFrame(TabHolder):
    """See the module."""

    DEFAULT_CSS = """
    HomeFrame {
        layout: vertical;
        background: $surface-1;
        & > #home-apps { display: none; background: $surface-2; }
        & > #home-apps.-any { display: block; }
        & > HomeView { height: 1fr; }
    }
    """

    def __init__(self, link: Link, home: HomeView, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__(link, glyphs, tz, "Lists", id="home-frame")
        self.home = home
        self._in_sight = True
        self._kept: object = None
        self._last_focus: Widget | None = None

    def compose(self) -> ComposeResult:
        """The line of tabs over the lists and the records."""
        yield Bar(id="home-apps")
        yield self.home
        yield self.apps

    @property
    def painted(self) -> bool:
        """Whether there is something to see."""
        return self.is_mounted

    @property
    def has_record(self) -> bool:
        """Whether a record is in front, not the lists."""
        return self.apps.front is not None

    async def restore(self) -> None:
        """Bring back what was open."""
        kept = await self.link.attempt("home.layout")
        if not isinstance(kept, Refusal) and kept:
            self.typed.restore(kept.get("dialogs"))
            await self.apps.restore(kept.get("apps", {}))
            self._kept = self._layout
        elif not isinstance(kept, Refusal):
            self._kept = self._layout
        self._show()

    async def come(self) -> None:
        """Home is in front: show what it showed last, and give it the keys."""
        self.in_sight(True)
        if not self.has_record:
            await self.home.freshen()
        self.focus_inside()

    def in_sight(self, shown: bool) -> None:
        """Show Home or not. A class would restyle every widget of it."""
        self._in_sight = shown
        if self.display != shown:
            self.display = shown
        self._show()

    def turn_to_lists(self) -> None:
        """Show the lists; the records stay open in their tabs."""
        if self.has_record:
            self.tabs.choose("")
            self._show()
            self.layout_changed()

    def focus_inside(self) -> None:
        """Give the keys to the lists, or to the record in front."""
        body, last = self.apps.body, self._last_focus
        if not self.has_record:
            self.home.list.focus()
        elif body is not None and last is not None and body in last.ancestors_with_self:
            last.focus()
        elif body is not None:
            body.focus_inside()

    async def apply(self, entries: Sequence[Entry]) -> None:
        """Take in what has happened."""
        await self.apps.apply(entries)

    def tick(self) -> None:
        """Bring the times up to date."""
        if self.has_record:
            self.apps.tick()
        else:
            self.home.tick()

    async def flush(self) -> None:
        """Keep tabs and what is typed into them in the store."""
        await self.saver.now()

    async def keep(self) -> Refusal | None:
        """Store them."""
        layout = self._layout
        # What could not be read is not written over.
        if self._kept is None or layout == self._kept:
            return None
        done = await self.link.attempt("session.layout", layout=layout)
        if not isinstance(done, Refusal):
            self._kept = layout
        return failed(done)

    @property
    def _layout(self) -> dict[str, Any]:
        return {"apps": self.apps.kept(), "dialogs": self.typed.kept()}

    @property
    def unkept(self) -> list[Unkept]:
        """What is typed here and the store does not hold."""
        return [] if self._kept == self._layout else unkept_in("Home", self._layout)

    def _show(self) -> None:
        lists = self._in_sight and not self.has_record
        if self.home.display != lists:
            self.home.display = lists
        self.apps.display = self.has_record
        self.show_tabs(self.query_one("#home-apps", Bar))

    def turned(self) -> None:
        """Another tab is in front, or what the tabs say has changed."""
        before = self.home.display
        self._show()
        if not self._in_sight:
            return
        focused = self.app.focused
        inside = focused is not None and self.apps.body in focused.ancestors_with_self
        if self.has_record and not inside:
            self.focus_inside()
        elif not self.has_record and not before:
            self.start(self.come())

    @on(AppBody.Given)
    def _given(self, event: AppBody.Given) -> None:
        event.stop()
        said = "No conversation is open to insert it into."
        self.toast(Refusal("composer.none", said, "y copies it."))

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        if self.has_record:
            self._last_focus = event.widget

    @on(Bar.Pressed, "#home-apps")
    def _tab_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        self.start(self.apps.choose(event.key))
