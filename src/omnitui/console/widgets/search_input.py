"""Lines to type what is looked for: over a list of what was found, and within what is read."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic


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
        Binding("down", "to_list(1)", "Go to the list", show=False),
        Binding("pagedown", "to_list(2)", "Go to the list", show=False),
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


class FindLine(Horizontal):
    """A line over the last one of what is searched, within which hits are counted.

    Up goes to the hit before, down to the one after, enter by `enter_step`, Esc is done.
    """

    DEFAULT_CSS = """
    FindLine {
        layer: popup;
        dock: bottom;
        height: 1;
        display: none;
        background: $surface-3;

        &.-open { display: block; }
        & > .find-label { width: 7; color: $primary; }
        & > SearchInput { width: 1fr; }
        & > #find-count { width: 34; color: $text-dim; text-align: right; padding: 0 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Done", show=False),
        Binding("up", "step(-1)", "Older", show=False),
    ]

    enter_step: ClassVar[int] = -1
    found: ClassVar[str] = "{} of {} loaded"
    nothing: ClassVar[str] = "not in the loaded messages"

    @dataclass(eq=False, repr=False)
    class Wanted(FromWidget):
        """Another text is looked for; empty for none."""

        text: str

    @dataclass(eq=False, repr=False)
    class Step(FromWidget):
        """The next hit (1) or the one before (-1) is wanted."""

        step: int

    @dataclass(eq=False, repr=False)
    class Closed(FromWidget):
        """The search is over."""

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="find")
        self._glyphs = glyphs

    def compose(self) -> ComposeResult:
        """The line to type in, and how many there are."""
        yield PlainStatic(" Find", classes="find-label")
        yield SearchInput(self._glyphs, id="find-text")
        yield PlainStatic("", id="find-count")

    def open(self) -> None:
        """Begin to look."""
        self.add_class("-open")
        self.query_one(SearchInput).focus()

    def tell(self, number: int, count: int) -> None:
        """Say where the search stands."""
        said = self.found.format(number, count) if count else self.nothing
        shown = said if self.query_one(SearchInput).value else ""
        self.query_one("#find-count", PlainStatic).update(shown)

    def action_close(self) -> None:
        """Be done with it."""
        self.remove_class("-open")
        self.query_one(SearchInput).value = ""
        self.post_message(self.Closed(self))

    def action_step(self, step: int) -> None:
        """Go to another hit."""
        self.post_message(self.Step(self, step))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Wanted(self, event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Step(self, self.enter_step))

    @on(SearchInput.Moved)
    def _moved(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.post_message(self.Step(self, 1))
