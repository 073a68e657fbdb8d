"""One line that draws itself from a function of its width, parts of which can be clicked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from omnitui.console.present.frame.footer import Span
from omnitui.console.toolkit import outdate
from omnitui.console.widgets.lines import FromWidget, same

Build = Callable[[int], tuple[Content, Sequence[Span]]]
"""Draws the line at a width, and says where on it each thing to click stands."""


class Bar(Widget):
    """A line; a click on one of its parts posts `Pressed`. It never takes focus."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $surface-1; color: $text-plain; }
    """

    @dataclass(eq=False, repr=False)
    class Pressed(FromWidget):
        """A part was clicked, named as it was given."""

        key: str

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._build: Build | None = None
        self._shown: Content | None = None

    def show(self, build: Build) -> None:
        """Draw with `build` from now on."""
        self._build = build
        self.update_line()

    def show_plain(self, build: Callable[[int], Content]) -> None:
        """Draw with `build`, which has nothing to click."""
        self.show(lambda width: (build(width), ()))

    def update_line(self) -> None:
        """Draw again if the line looks different by now."""
        if self._build is None:
            return
        if not self.size.width:
            # Out of sight: what it showed last must not be what is seen first when it comes back.
            outdate(self)
            return
        line, _spans = self._build(self.size.width)
        if self._shown is None or not same(self._shown, line):
            self._shown = line
            self.refresh()

    def render(self) -> Content:
        """The line."""
        if self._build is None:
            return Content("")
        self._shown, _spans = self._build(self.size.width)
        return self._shown

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if self._build is None or offset is None:
            return
        for start, end, key in self._build(self.size.width)[1]:
            if start <= offset.x < end:
                event.stop()
                self.post_message(self.Pressed(self, key))
