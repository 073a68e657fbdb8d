"""Text that is shown as it is: the one `Static` to use for anything that came from outside."""

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static


class PlainStatic(Static):
    """A `Static` that never reads markup, whatever it is given."""

    def __init__(
        self,
        content: VisualType = "",
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - the framework's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(_plain(content), markup=False, name=name, id=id, classes=classes)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show `content`; a string is shown character for character."""
        super().update(_plain(content), layout=layout)


def _plain(content: VisualType) -> VisualType:
    return Content(content) if isinstance(content, str) else content
