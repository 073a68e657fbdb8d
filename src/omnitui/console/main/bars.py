"""The bars around the screen's body: how things stand, tabs, what rings, keys.

What they say is in `present.frame`; none of them takes focus, hides anything or moves anything.
"""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.frame.footer import ALL_KEYS, Mode, footer_line
from omnitui.console.present.frame.offers import OfferView, QuietView, offer_rows, quiet_rows
from omnitui.console.present.frame.status import StatusView, status_line
from omnitui.console.present.frame.tabs import TabView, tab_line
from omnitui.console.widgets.bar import BaseBar, Laid


class StatusLine(BaseBar):
    """The top line, of the last `StatusView` it was given."""

    DEFAULT_CSS = "StatusLine { background: $surface-2; }"

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._view: StatusView | None = None

    def show(self, view: StatusView) -> None:
        """Show `view`; nothing is done when it is what is shown already."""
        if view != self._view:
            self._view = view
            self.tooltip = Content(view.reason) if view.reason else None
            self.update_line()

    def lay(self, width: int) -> Laid:
        """The line."""
        view = self._view
        return Content("") if view is None else status_line(view, width, self._glyphs), ()


class SessionTabs(BaseBar):
    """Home and the sessions; what is pressed is named by its number, Home by 0."""

    DEFAULT_CSS = "SessionTabs { background: $surface-3; }"

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._tabs: tuple[TabView, ...] = ()
        self._focused = self._now = 0

    def show(self, tabs: Sequence[TabView], focused: int, now: int) -> None:
        """Show these sessions in order; `focused` is 0 for Home or a session's number."""
        self._tabs, self._focused = tuple(tabs), focused
        self.tick(now)

    def tick(self, now: int) -> None:
        """Take the time (epoch ms)."""
        self._now = now
        self.update_line()

    def lay(self, width: int) -> Laid:
        """The line, and where the tabs are."""
        line, placed = tab_line(self._tabs, self._focused, width, self._glyphs, self._now)
        return line, [(tab.start, tab.end, str(tab.index)) for tab in placed]


class OfferPanel(BaseBar):
    """What rings: one row on low screens, two on others, whether something rings or not.

    What rings first is what the keys act on. They are the screen's: the panel only names them, and
    says which is pressed, `accept` or `decline`.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    OfferPanel { background: $surface-2; }
    OfferPanel.-offering { background: $surface-3; }
    """

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._keys = ("y", "N")
        self._offers: tuple[OfferView, ...] = ()
        self._quiet: QuietView | None = None
        self._now = 0

    @property
    def first(self) -> OfferView | None:
        """The offer that the keys act on, None while there is none."""
        return self._offers[0] if self._offers else None

    def show(self, offers: Sequence[OfferView], now: int) -> None:
        """Show these offers, the first to run out first; without any, the quiet rows."""
        rang, self._offers = self._offers, tuple(offers)
        if rang or offers:
            self.set_class(bool(offers), "-offering")
            self._now = now
            self.update_line()

    def show_quiet(self, view: QuietView) -> None:
        """What the rows tell while nothing rings."""
        if view != self._quiet:
            self._quiet = view
            self.update_line()

    def set_keys(self, keys: tuple[str, str]) -> None:
        """Name other keys: in a text field the plain ones type, so others act."""
        if keys != self._keys:
            self._keys = keys
            self.update_line()

    def tick(self, now: int) -> None:
        """Take the time (epoch ms); the bar of an offer shrinks."""
        self._now = now
        if self._offers:
            self.update_line()

    def lay(self, width: int) -> Laid:
        """The rows, and where the keys are on the first."""
        rows, quiet, glyphs = self.size.height, self._quiet, self._glyphs
        if self._offers and width:
            lines, spans = offer_rows(
                self._offers, width, rows, glyphs, now=self._now, keys=self._keys
            )
            return Content("\n").join(lines), spans
        if quiet is None or not width:
            return Content(""), ()
        return Content("\n").join(quiet_rows(quiet, width, rows, glyphs)), ()


class KeyFooter(BaseBar):
    """The bottom line: the few keys that act now; what is pressed is named as it was given."""

    DEFAULT_CSS = "KeyFooter { background: $surface-2; color: $text-dim; }"

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._keys: tuple[tuple[str, str], ...] = ()
        self._last = ALL_KEYS
        self._mode: Mode | None = None
        self._back = False

    def show(
        self,
        keys: Sequence[tuple[str, str]],
        last: tuple[str, str] = ALL_KEYS,
        mode: Mode | None = None,
        *,
        back: bool = False,
    ) -> None:
        """Show these keys and labels, the most useful first; `last` is always there.

        `mode` is what keys mean now; `back` says that somebody has come back to what they wrote.
        """
        shown = (tuple(keys), last, mode, back)
        if shown != (self._keys, self._last, self._mode, self._back):
            self._keys, self._last, self._mode, self._back = shown
            self.update_line()

    def lay(self, width: int) -> Laid:
        """The line, and where the keys are."""
        keys, glyphs = self._keys, self._glyphs
        return footer_line(keys, width, glyphs, self._last, self._mode, back=self._back)
