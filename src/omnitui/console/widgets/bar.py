"""Lines that draw themselves by a function of their width, parts of which can be clicked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from omnitui.console.text import Span
from omnitui.console.toolkit import outdate
from omnitui.console.widgets.lines import FromWidget, same

Laid = tuple[Content, Sequence[Span]]
"""A line, and where on it each thing to click stands."""


class BaseBar(Widget):
    """A bar that draws itself by `lay`. It never takes focus."""

    DEFAULT_CSS = """
    BaseBar { height: 1; background: $surface-1; color: $text-plain; }
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
        self._shown: Content | None = None

    def lay(self, width: int) -> Laid:
        """The line at a width; where there are more lines, what can be clicked is on the first."""
        raise NotImplementedError

    def update_line(self) -> None:
        """Draw again if the line looks different by now."""
        if not self.size.width:
            # Out of sight: what it showed last must not be what is seen first when it comes back.
            outdate(self)
            return
        line, _spans = self.lay(self.size.width)
        if self._shown is None or not same(self._shown, line):
            self._shown = line
            self.refresh()

    def render(self) -> Content:
        """The line as it is now: much may have changed since it was asked to be drawn."""
        self._shown = self.lay(self.size.width)[0]
        return self._shown

    @on(events.Click)
    def _clicked(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y:
            return
        for start, end, key in self.lay(self.size.width)[1]:
            if start <= offset.x < end:
                event.stop()
                self.post_message(self.Pressed(self, key))


class Bar(BaseBar):
    """A bar that whoever owns it says how to draw."""

    _build: Callable[[int], Laid] | None = None

    def show(self, build: Callable[[int], Laid]) -> None:
        """Draw with `build` from now on."""
        self._build = build
        self.update_line()

    def show_plain(self, build: Callable[[int], Content]) -> None:
        """Draw with `build`, which has nothing to click."""
        self.show(lambda width: (build(width), ()))

    def lay(self, width: int) -> Laid:
        """What it was given last; nothing before."""
        return (Content(""), ()) if self._build is None else self._build(width)
