"""The line of session tabs; see `present.tabs` for how it is laid out."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.frame.tabs import PlacedTab, TabView, tab_line
from omnitui.console.widgets.lines import FromWidget, same


class SessionTabs(Widget):
    """Home and the sessions; a click posts `TabChosen`. It never takes focus."""

    DEFAULT_CSS = """
    SessionTabs {
        height: 1;
        background: $surface-3;
        color: $text-plain;
    }
    """

    @dataclass(eq=False, repr=False)
    class TabChosen(FromWidget):
        """A tab was clicked: 0 is Home, sessions count from 1."""

        index: int

    def __init__(
        self,
        glyphs: Glyphs = UNICODE,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._glyphs = glyphs
        self._tabs: tuple[TabView, ...] = ()
        self._focused = 0
        self._now = 0
        self._line: Content | None = None
        self._placed: tuple[PlacedTab, ...] = ()

    def show(self, tabs: Sequence[TabView], focused: int, now: int) -> None:
        """Show these sessions in order; `focused` is 0 for Home or a session's number."""
        self._tabs, self._focused = tuple(tabs), focused
        self.tick(now)

    def tick(self, now: int) -> None:
        """Take the time; the line is drawn again when it looks different by now."""
        self._now = now
        before = self._line
        if before is None or not same(before, self._lay()):
            self.refresh()

    def render(self) -> Content:
        """The line."""
        if self._line is None or self._line.cell_length != self.size.width:
            return self._lay()
        return self._line

    def _lay(self) -> Content:
        width = self.size.width
        self._line, self._placed = tab_line(
            self._tabs, self._focused, width, self._glyphs, self._now
        )
        return self._line

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        for tab in self._placed:
            if tab.start <= event.x < tab.end:
                self.post_message(self.TabChosen(self, tab.index))
