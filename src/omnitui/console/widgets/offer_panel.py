"""The card of an offer, over the top right of the screen. It never takes focus, moves nothing.

Compose it as the last child of a screen. It is there while there are offers and shows the first;
keys are the screen's, the panel only names them (a click on one says so).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.frame.offers import OfferView, offer_choice_at, offer_lines
from omnitui.console.widgets.lines import FromWidget

_WIDTH, _HEIGHT, _TOP = 48, 11, 3
_BRIEF_HEIGHT, _BRIEF_BELOW = 7, 30
"""On screens that are lower than this the card is brief: it would hide half of them."""


class OfferPanel(Widget):
    """See the module. `keys` are the names of the keys that accept and decline."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    OfferPanel {
        display: none;
        layer: offers;
        overlay: screen;
        dock: right;
        width: 48;
        max-width: 100%;
        height: auto;
        margin: 3 2 0 0;
        background: $surface-3;
        color: $text-plain;

        &.-offering { display: block; }
    }
    """

    @dataclass
    class Accepted(FromWidget):
        """The accept key was clicked."""

        conversation_id: int

    @dataclass
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
        self._now = 0

    @property
    def first(self) -> OfferView | None:
        """The offer that the keys act on, None while there is none."""
        return self._offers[0] if self._offers else None

    def show(self, offers: Sequence[OfferView], now: int) -> None:
        """Show the first of these offers and how many stand behind it; none hides the panel."""
        rang, self._offers, self._now = self._offers, tuple(offers), now
        if rang or offers:
            self.set_class(bool(offers), "-offering")
            self.refresh(layout=self._offers != rang)

    def set_keys(self, keys: tuple[str, str]) -> None:
        """Name other keys: in a text field the plain ones type, so others act."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def keep_off(self, field: Region | None) -> None:
        """Stand clear of a field that is typed into: left of it, or at the bottom where it is wide.

        None is for no such field: the card stands at the top right.
        """
        width, height = self.app.size
        tall = _BRIEF_HEIGHT if self._brief else _HEIGHT
        card = Region(width - _WIDTH - 2, _TOP, _WIDTH, tall)
        right, top = 2, _TOP
        if field is not None and field.overlaps(card):
            if field.x >= _WIDTH + 2:
                right = width - field.x + 2
            else:
                top = max(field.bottom + 1, height - tall - 5)
        self.styles.margin = (top, right, 0, 0)

    def tick(self, now: int) -> None:
        """Take the time; the bar shrinks."""
        self._now = now
        if self._offers:
            self.refresh()

    def render(self) -> Content:
        """The card."""
        return Content("\n").join(self._lines())

    def _lines(self) -> list[Content]:
        if not self._offers:
            return []
        first, *others = self._offers
        width = self.size.width or _WIDTH
        return offer_lines(
            first,
            len(others),
            width,
            self._glyphs,
            now=self._now,
            keys=self._keys,
            brief=self._brief,
        )

    @property
    def _brief(self) -> bool:
        return self.app.size.height < _BRIEF_BELOW

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        keys_at = len(self._lines()) - (1 if self._brief else 2)
        if offset is None or self.first is None or offset.y != keys_at:
            return
        choice = offer_choice_at(offset.x, self._keys)
        if choice == "accept":
            self.post_message(self.Accepted(self, self.first.conversation_id))
        elif choice == "decline":
            self.post_message(self.Declined(self, self.first.conversation_id))
