"""The top line of the console; see `present.status` for what it holds."""

from textual.content import Content
from textual.widget import Widget

from omnitui.console.glyphs import UNICODE, Glyphs
from omnitui.console.present.frame.status import StatusView, status_line


class StatusLine(Widget):
    """One line. It shows the last `StatusView` it was given."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        background: $surface-2;
        color: $text-plain;
    }
    """

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
        self._view: StatusView | None = None

    def show(self, view: StatusView) -> None:
        """Show `view`; nothing is drawn when it is what is shown already."""
        if view != self._view:
            self._view = view
            self.tooltip = Content(view.reason) if view.reason else None
            self.refresh()

    def render(self) -> Content:
        """The line."""
        if self._view is None:
            return Content("")
        return status_line(self._view, self.size.width, self._glyphs)
