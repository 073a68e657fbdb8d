"""The rows of offers, under the tabs. They never take focus, hide nothing and move nothing.

The rows are there whether something rings or not: one on low screens, two on others. What rings
first is what the keys act on; keys are the screen's, the panel only names them (a click on one
says so).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.frame.footer import Span
from omnitui.console.present.frame.offers import OfferView, QuietView, offer_rows, quiet_rows
from omnitui.console.widgets.lines import FromWidget


class OfferPanel(Widget):
    """See the module. `keys` are the names of the keys that accept and decline."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    OfferPanel {
        height: 1;
        background: $surface-2;
        color: $text-plain;

        &.-offering { background: $surface-3; }
    }
    """

    @dataclass(eq=False, repr=False)
    class Accepted(FromWidget):
        """The accept key was clicked."""

        conversation_id: int

    @dataclass(eq=False, repr=False)
    class Declined(FromWidget):
        """The decline key was clicked."""

        conversation_id: int

    def __init__(
        self,
        glyphs: Glyphs = UNICODE,
        *,
        keys: tuple[str, str] = ("y", "N"),
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._glyphs = glyphs
        self._keys = keys
        self._offers: tuple[OfferView, ...] = ()
        self._quiet: QuietView | None = None
        self._now = 0

    @property
    def first(self) -> OfferView | None:
        """The offer that the keys act on, None while there is none."""
        return self._offers[0] if self._offers else None

    def show(self, offers: Sequence[OfferView], now: int) -> None:
        """Show these offers, the first to run out first; without any, the quiet rows."""
        rang, self._offers, self._now = self._offers, tuple(offers), now
        if rang or offers:
            self.set_class(bool(offers), "-offering")
            self.refresh()

    def show_quiet(self, view: QuietView) -> None:
        """What the rows tell while nothing rings."""
        if view != self._quiet:
            self._quiet = view
            if not self._offers:
                self.refresh()

    def set_keys(self, keys: tuple[str, str]) -> None:
        """Name other keys: in a text field the plain ones type, so others act."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def tick(self, now: int) -> None:
        """Take the time; the bar shrinks."""
        self._now = now
        if self._offers:
            self.refresh()

    def render(self) -> Content:
        """The rows."""
        return Content("\n").join(self._rows()[0])

    def _rows(self) -> tuple[list[Content], tuple[Span, ...]]:
        width, rows = self.size.width, self.size.height
        if not width:
            return [], ()
        if self._offers:
            return offer_rows(
                self._offers, width, rows, self._glyphs, now=self._now, keys=self._keys
            )
        if self._quiet is None:
            return [], ()
        return quiet_rows(self._quiet, width, rows, self._glyphs), ()

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or self.first is None or offset.y != 0:
            return
        for start, end, key in self._rows()[1]:
            if start <= offset.x < end:
                chosen = self.Accepted if key == "accept" else self.Declined
                self.post_message(chosen(self, self.first.conversation_id))
