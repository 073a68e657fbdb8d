"""The line in which Home's list is filtered: it narrows as it is typed, and completes words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from omnitui.console.present.home.triage import ghost
from omnitui.console.widgets.lines import FromWidget
from omnitui.model.triage import Vocabulary
from omnitui.rules.triage import MOST, Choice, choices, completed


class _Ghost(Suggester):
    """Shows behind the cursor what Tab would write."""

    def __init__(self, line: "FilterLine") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._line = line

    async def get_suggestion(self, value: str) -> str | None:
        """The line with what is shown dimly behind it."""
        whole = self._line.completion
        return None if whole is None else value + ghost(value, whole)


class FilterLine(Input):
    """Tab completes, Enter and `down` go to the list with the filter kept, Esc lets go of it.

    `known` is what can be named; it is handed in once it has been read.
    """

    DEFAULT_CSS = """
    FilterLine {
        height: 1;
        width: 1fr;
        border: none;
        padding: 0 1 0 0;
        background: $surface-1;
        color: $text-plain;

        &:focus { border: none; background: $cursor-surface; }
        & > .input--placeholder, & > .input--suggestion { color: $text-dim; }
        & > .input--cursor { background: $primary; color: $on-accent; text-style: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "let_go", "Clear the filter", id="filter.let_go", show=False),
        Binding("enter,down", "keep", "Go to the list", id="filter.keep", show=False),
        Binding("tab", "complete", "Complete", id="filter.complete", show=False),
        Binding("shift+tab", "nothing", show=False),
    ]

    footer_keys: ClassVar[Sequence[tuple[str, str]]] = (
        ("enter", "Keep the filter"),
        ("tab", "Complete"),
        ("escape", "Clear the filter"),
    )
    """What the footer names while it is typed."""

    @dataclass(eq=False, repr=False)
    class Left(FromWidget):
        """The list is wanted again; the filter is kept, or let go of."""

        kept: bool

    def __init__(self) -> None:
        super().__init__(
            placeholder="words, is:open, waiting:>5m",
            suggester=_Ghost(self),
            select_on_focus=False,
            max_length=MOST,
            id="filter",
        )
        self.known = Vocabulary()

    @property
    def completion(self) -> str | None:
        """The line as Tab would make it, None when there is nothing to complete."""
        whole = completed(self.value, self.known)
        return None if whole is None or whole == self.value else whole

    @property
    def begins_field(self) -> bool:
        """Whether the last word may become a field: it is not looked for while it is typed."""
        whole = self.completion
        return whole is not None and whole.endswith(":")

    @property
    def choices(self) -> Sequence[Choice]:
        """What the last word can become."""
        return choices(self.value, self.known)

    def action_complete(self) -> None:
        """Write what is shown dimly, when the cursor is at the end."""
        whole = self.completion
        if whole is not None and self.cursor_at_end:
            self.value = whole
            self.cursor_position = len(whole)

    def action_cursor_right(self, select: bool = False) -> None:
        """Go right; at the end complete."""
        if self.cursor_at_end and not select:
            self.action_complete()
        else:
            super().action_cursor_right(select)

    def action_let_go(self) -> None:
        """No filter any more."""
        self.value = ""
        self.post_message(self.Left(self, False))

    def action_keep(self) -> None:
        """Back to the list."""
        self.post_message(self.Left(self, True))

    def action_nothing(self) -> None:
        """The list before is not a place to go to while a filter is typed."""
