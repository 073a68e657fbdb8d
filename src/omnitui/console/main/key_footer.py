"""The bottom line of the console: the few keys that act now; see `present.footer`."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.frame.footer import ALL_KEYS, Mode, Span, footer_line
from omnitui.console.widgets.lines import FromWidget


class KeyFooter(Widget):
    """One line of keys and what they do; a click posts `KeyChosen`. It never takes focus."""

    DEFAULT_CSS = """
    KeyFooter {
        height: 1;
        background: $surface-2;
        color: $text-dim;
    }
    """

    @dataclass(eq=False, repr=False)
    class KeyChosen(FromWidget):
        """A key was clicked, named as it was given."""

        key: str

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
            self.refresh()

    def _line(self) -> tuple[Content, tuple[Span, ...]]:
        return footer_line(
            self._keys, self.size.width, self._glyphs, self._last, self._mode, back=self._back
        )

    def render(self) -> Content:
        """The line."""
        return self._line()[0]

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        for start, end, key in self._line()[1]:
            if start <= event.x < end:
                self.post_message(self.KeyChosen(self, key))
