"""What all dialogs share: one look, keys at the bottom, Esc that loses nothing.

A dialog is a titled surface over the dimmed screen. It decides nothing itself: it answers with
what was asked for, or None. What was typed into it is kept in `typed`, which the caller passes in
again. Most are one of three: `Confirm` (here), `Form` (`form.py`), `Pick` (`pick.py`).
"""

from asyncio import Future, get_running_loop
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events, on
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
from omnitui.console.widgets.fields import Choice, value_of
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.errors import Refusal

Answer = TypeVar("Answer")
Keys = Sequence[tuple[str, str]]
"""Keys and what each does, in the order of the line at the bottom."""


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """See the module. Subclasses give `keys` and `fields()`, and answer with `dismiss`."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $surface-1 70%;
        &.-top { align: center top; }

        & > #dialog {
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
            & .label { height: 1; color: $text-dim; &.lead { margin: 1 0 0 0; } }
            & .-over { margin: 0 0 1 0; }
            & .pair { height: auto; }
            & .pair > .field { width: 1fr; }
            & .says { height: 2; margin: 1 0; color: $text-plain; }
            & .says.-wrong { color: $warning; }
            & .-one-line { height: 1; margin: 0; color: $text-dim; }
            & .-any-lines { height: auto; margin: 1 0 0 0; }
            & #reached { height: auto; }
            & Input, & TextArea {
                background: $surface-1;
                &:focus { background: $cursor-surface; }
            }
            & .text-area--cursor { background: $primary; color: $on-accent; }
            & Choice { background: $surface-3; &:focus { background: $cursor-surface; } }
            & BlockList {
                height: auto;
                max-height: 12;
                margin: 1 0;
                background: $surface-3;
                scrollbar-background: $surface-3;
                & > .block-list--cursor { background: $cursor-surface; }
            }
            & BlockList.-led { margin: 0 0 1 0; }
        }
        &.-tight > #dialog { & > BlockList { margin: 0; } & > .says { height: 1; } }
        &.-top > #dialog { margin: 2 0 0 0; max-height: 92%; }
        &.-filled > #dialog > BlockList { height: 1fr; max-height: 100%; margin: 1 0 0 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", id="dialog.leave", show=False),
        Binding("ctrl+s", "accept", "OK", id="dialog.accept", show=False, priority=True),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Previous field", show=False),
    ]

    keys: Keys = (("^s", "OK"), ("esc", "cancel"))
    stops: str = "*"
    """What tab comes to, as a selector. A list that is moved in from its line is no stop."""
    width: int = 64
    """Cells across, as far as the screen is that wide."""
    height: int | str = "auto"
    """Cells or a share; where one is given, the list fills what is left."""
    tight: bool = False
    """Whether what it says needs every row of a low screen."""
    at_top: bool = False
    """Whether it stays where it is while what is found comes and goes."""

    refused: str = ""
    """Why what was answered before has not been done."""

    def __init__(
        self,
        title: str,
        about: str,
        glyphs: Glyphs,
        typed: dict[str, str] | None = None,
        **look: Any,
    ) -> None:
        """What the class says of itself (`keys`, `width`) may be said of one dialog in `look`."""
        super().__init__()
        for name, value in look.items():
            assert hasattr(type(self), name), f"{type(self).__name__} knows no {name}"
            setattr(self, name, value)
        self._title = title
        self._about = about
        self._glyphs = glyphs
        self.typed = {} if typed is None else typed
        self._idle = False
        self.set_class(self.height != "auto", "-filled")
        self.set_class(self.at_top, "-top")
        self.set_class(self.tight, "-tight")

    def compose(self) -> ComposeResult:
        """Title, what it is about, the fields, what is wrong, the keys."""
        with Vertical(id="dialog") as surface:
            surface.styles.width = self.width
            if self.height != "auto":
                surface.styles.height = self.height
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
        """Give the keys to the first field, and begin."""
        first = (widget for widget in self.query("#dialog *") if widget.focusable)
        self.set_focus(next(first, None))
        self.begin()
        self.wrong(self.refused)

    def begin(self) -> None:
        """Fill what stands there; the first field has the keys already."""

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

    def say(self, key: str, sentence: str | Content, *, wrong: bool = False) -> None:
        """Show a sentence in a line of the dialog's own."""
        line = self.query_one(f"#{key}", PlainStatic)
        line.update(text.block(sentence) if isinstance(sentence, str) else sentence)
        line.set_class(wrong, "-wrong")

    def value(self, key: str) -> str:
        """What is in a field by now."""
        return value_of(self.query_one(f"#{key}")).strip()

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    def action_accept(self) -> None:
        """Answer with what is in the fields."""

    def changed(self, key: str) -> None:
        """Something else is in a field now."""

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _changed(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        event.stop()
        field = event.control
        if field.id:
            self.typed[field.id] = value_of(field)
            self.changed(field.id)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_accept()


class Confirm(Dialog[Answer]):
    """Asks before something is done. Nothing has been done yet.

    `also` is a further key that does it, such as the one that has asked; `others` are keys that
    answer otherwise. `known` says what it would do.
    """

    def __init__(
        self,
        title: str,
        about: str,
        glyphs: Glyphs,
        does: str,
        answer: Answer,
        *,
        also: str = "",
        others: Sequence[tuple[str, str, Answer]] = (),
        leave: str = "cancel",
        known: Consequences | None = None,
    ) -> None:
        super().__init__(title, about, glyphs)
        self.keys = (("enter", does), *(other[:2] for other in others), ("esc", leave))
        self._answers = dict.fromkeys(("enter", *also), answer)
        self._answers |= {key: other for key, _does, other in others}
        self._known = known

    def fields(self) -> ComposeResult:
        """What it would do."""
        if self._known is not None:
            yield ConsequencesView(self._glyphs, self._known)

    def action_accept(self) -> None:
        """Do it."""
        self.dismiss(self._answers["enter"])

    def on_key(self, event: events.Key) -> None:
        """Answer as the key says."""
        sign = event.character if event.character in self._answers else event.key
        if sign in self._answers:
            event.stop()
            self.dismiss(self._answers[sign])


Look = Callable[[], Awaitable[Consequences | Refusal]]


class ConsequencesView(PlainStatic):
    """Sentences, and above them why it would be refused. `ask` looks again."""

    DEFAULT_CSS = """
    ConsequencesView {
        height: auto;
        max-height: 30vh;
        overflow-y: auto;
        color: $text-dim;
        margin: 1 0 0 0;
    }
    """

    def __init__(self, glyphs: Glyphs, known: Consequences | None = None) -> None:
        super().__init__("", id="consequences")
        self._glyphs = glyphs
        self.known = known

    def on_mount(self) -> None:
        """Show what is known already."""
        self._show()

    @property
    def why_not(self) -> str:
        """Why it would be refused, empty if it would not."""
        return "" if self.known is None else self.known.why_not

    def ask(self, look: Look) -> None:
        """Ask again, because something else is wanted now; only the last answer counts."""
        do_soon(self, self._take(look), "consequences", exclusive=True)

    async def _take(self, look: Look) -> None:
        found = await look()
        self.known = Consequences((), str(found)) if isinstance(found, Refusal) else found
        self._show()

    def _show(self) -> None:
        known = self.known
        if known is None:
            return
        lines = [(known.why_not, "$danger", self._glyphs.failed)] if known.why_not else []
        lines += [(said, "$text-plain", self._glyphs.separator) for said in known.says]
        shown = [
            Content.assemble((f"{sign} ", style), (text.inline(said), style))
            for said, style, sign in lines
        ]
        self.update(Content("\n").join(shown))
        self.display = bool(shown)


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
