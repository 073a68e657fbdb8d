"""What all dialogs share: one look, keys at the bottom, Esc that loses nothing.

A dialog is a titled surface over the dimmed screen. It decides nothing itself: it hands back what
was asked for, or None. What was typed into it is kept in `typed`, which the caller passes in again.
"""

from asyncio import Future, get_running_loop
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.type_ahead import CURRENT
from omnitui.console.widgets.fields import Choice
from omnitui.console.widgets.plain import PlainStatic

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """See the module. Subclasses give `title`, `keys`, `fields()` and answer with `dismiss`."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $surface-1 70%;

        & > #dialog {
            width: 64;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface-3;
            padding: 1 2;

            & > #dialog-title { height: auto; text-style: bold; color: $primary; margin: 0 0 1 0; }
            & > #dialog-about { height: auto; color: $text-plain; margin: 0 0 1 0; }
            & > #dialog-wrong { height: auto; color: $danger; display: none; }
            & > #dialog-wrong.-said { display: block; }
            & > #dialog-keys { height: 1; margin: 1 0 0 0; }
            & .label { height: 1; color: $text-dim; }
            & Input {
                height: 1;
                border: none;
                padding: 0 1;
                background: $surface-1;
                color: $text-plain;
                &:focus { border: none; background: $cursor-surface; }
                & > .input--cursor { background: $primary; color: $on-accent; text-style: none; }
                & > .input--placeholder { color: $text-dim; }
            }
            & TextArea {
                height: 4;
                border: none;
                padding: 0 1;
                scrollbar-size-vertical: 1;
                background: $surface-1;
                color: $text-plain;
                &:focus { border: none; background: $cursor-surface; }
                & .text-area--cursor { background: $primary; color: $on-accent; }
                & .text-area--placeholder { color: $text-dim; }
            }
            & BlockList {
                height: auto;
                max-height: 12;
                margin: 1 0 0 0;
                background: $surface-3;
                scrollbar-background: $surface-3;
                & > .block-list--cursor { background: $cursor-surface; }
            }
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", id="dialog.leave", show=False),
        Binding("ctrl+s", "accept", "Do it", id="dialog.accept", show=False, priority=True),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    keys: Sequence[tuple[str, str]] = (("^s", "do it"), ("esc", "cancel"))
    stops: str = "*"
    """What tab comes to, as a selector. A list that is moved in from its line is no stop."""

    def __init__(
        self, title: str, about: str, glyphs: Glyphs, typed: dict[str, str] | None = None
    ) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._glyphs = glyphs
        self.typed = {} if typed is None else typed
        self._idle = False

    def compose(self) -> ComposeResult:
        """Title, what it is about, the fields, what is wrong, the keys."""
        with Vertical(id="dialog"):
            yield PlainStatic(text.inline(self._title), id="dialog-title")
            if self._about:
                yield PlainStatic(text.block(self._about), id="dialog-about")
            yield from self.fields()
            yield PlainStatic("", id="dialog-wrong")
            yield PlainStatic(self.key_line(), id="dialog-keys")

    def fields(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def focus_next(self, selector: Any = "*") -> Widget | None:
        """Give the keys to the next stop."""
        return super().focus_next(self.stops if selector == "*" else selector)

    def focus_previous(self, selector: Any = "*") -> Widget | None:
        """Give the keys to the stop before."""
        return super().focus_previous(self.stops if selector == "*" else selector)

    def on_mount(self) -> None:
        """Give the keys to the first field."""
        for widget in self.query("#dialog *"):
            if widget.focusable:
                widget.focus()
                break

    def key_line(self) -> Content:
        """What the keys do, as a line."""
        parts: list[str | tuple[str, str]] = []
        for key, does in self.keys:
            parts += [(key, "bold $primary"), (f" {does}", "$text-dim"), "   "]
        return Content.assemble(*parts)

    def wrong(self, sentence: str) -> None:
        """Say what has to be put right first."""
        self._idle = False
        said = self.query_one("#dialog-wrong", PlainStatic)
        said.update(text.block(sentence))
        said.set_class(bool(sentence), "-said")

    def idle(self, key: str) -> None:
        """A key that does something elsewhere was struck: say that it does nothing here."""
        said = self.query_one("#dialog-wrong", PlainStatic)
        if not said.has_class("-said") or self._idle:
            does = ", ".join(f"{one} {does}" for one, does in self.keys)
            Dialog.wrong(self, f"{key} does nothing in this dialog: {does}.")
            self._idle = True

    def value(self, key: str) -> str:
        """What is in a field by now."""
        widget = self.query_one(f"#{key}")
        if isinstance(widget, TextArea):
            return widget.text.strip()
        return widget.value.strip() if isinstance(widget, Input | Choice) else ""

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    def action_accept(self) -> None:
        """Answer with what is in the fields."""

    @on(Input.Changed)
    def _input_changed(self, event: Input.Changed) -> None:
        if event.input.id:
            self.typed[event.input.id] = event.value

    @on(TextArea.Changed)
    def _area_changed(self, event: TextArea.Changed) -> None:
        if event.text_area.id:
            self.typed[event.text_area.id] = event.text_area.text

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_accept()


def heading(label: str) -> Content:
    """The line over a group."""
    return Content.assemble(" ", (label, "bold $primary"))


async def ask(app: App[Any], dialog: Dialog[Answer]) -> Answer | None:
    """Show a dialog and wait for its answer. Not to be awaited in a message handler: a worker.

    Where something is asked already, this is not asked on top of it, as if it had been left: the
    key for it was struck before the first dialog could come.
    """
    if isinstance(app.screen, ModalScreen):
        return None
    answer: Future[Answer | None] = get_running_loop().create_future()

    work = CURRENT.get()

    def done(value: Answer | None) -> None:
        if work is not None:
            work.goes_on()
        if not answer.done():
            answer.set_result(value)

    await app.push_screen(dialog, done)
    if work is not None:
        work.rests()
    return await answer
