"""A line to type what is looked for, over the list of what was found."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.lines import FromWidget


class SearchInput(Input):
    """`down` goes to the list below (`Moved`)."""

    DEFAULT_CSS = """
    SearchInput {
        height: 1;
        border: none;
        padding: 0 1;
        background: $surface-3;
        color: $text-plain;

        &:focus { border: none; background: $cursor-surface; }
        & > .input--placeholder { color: $text-dim; }
        & > .input--cursor { background: $primary; color: $on-accent; text-style: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list(1)", "To the list", show=False),
        Binding("pagedown", "to_list(2)", "To the list", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Moved(FromWidget):
        """The list below is wanted; `step` 2 for its next page."""

        step: int

    def __init__(
        self,
        glyphs: Glyphs,
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - the framework's own name
    ) -> None:
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)
        self._glyphs = glyphs

    def action_to_list(self, step: int) -> None:
        """Go down to what was found."""
        self.post_message(self.Moved(self, step))
