"""Forms: fields declared as data, what is missing in a sentence, and one answer made of all."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from omnitui.console import text
from omnitui.console.dialogs.base import Answer, ConsequencesView, Dialog, Keys
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.errors import Refusal

Values = dict[str, Any]
"""What is in the fields, by key: text, of a number a whole one or None."""
Consider = Callable[[Values], Awaitable[Consequences | Refusal]]


class Form(Dialog[Answer]):
    """Answers with `into`: `dict`, a struct that the values are converted to, or a function.

    Labels stand over the fields, or `beside` them in as many cells. `known` and `consider` say what
    it would do: what is known to begin with, and how it is looked up anew when one of `turns` has
    changed. Enter on a line and `^s` accept; while something is wrong, nothing is answered.
    """

    BINDINGS = [Binding("enter", "accept", "Do it", show=False)]

    turns: Sequence[str] = ()

    def __init__(
        self,
        title: str,
        about: str,
        glyphs: Glyphs,
        typed: dict[str, str] | None = None,
        *,
        fields: Sequence[Field] = (),
        into: Callable[..., Answer] | None = None,
        keys: Keys = (),
        width: int = 0,
        wrong: str = "",
        beside: int = 0,
        spaced: bool = False,
        known: Consequences | None = None,
        consider: Consider | None = None,
        turns: Sequence[str] = (),
    ) -> None:
        super().__init__(title, about, glyphs, typed, keys=keys, width=width, wrong=wrong)
        self.declared = list(fields)
        self._make = into
        self._label_cells = beside
        self._spaced = spaced
        self._known = known
        self._consider = consider
        self.turns = turns or self.turns

    def fields(self) -> ComposeResult:
        """The fields with their labels, and what it would do."""
        for number, field in enumerate(self.declared):
            editor = field.editor(self.typed.get(field.key, field.value), self._glyphs)
            editor.add_class("field")
            label = PlainStatic(text.inline(field.label), classes="label")
            if self._label_cells and not field.over:
                label.styles.width = self._label_cells
                yield Horizontal(label, editor, classes="pair")
            else:
                if self._spaced and number:
                    yield PlainStatic("")
                yield label
                yield editor
                if self._label_cells:
                    editor.styles.margin = (0, 0, 1, 0)
            yield from self.below(field.key)
        if self._known is not None or self._consider is not None:
            yield ConsequencesView(self._glyphs, self._known)

    def below(self, key: str) -> ComposeResult:
        """What stands below a field."""
        yield from ()

    def values(self) -> Values:
        """What is in the fields."""
        found: Values = {field.key: self.value(field.key) for field in self.declared}
        for field in self.declared:
            typed = found[field.key]
            if field.kind is FieldKind.NUMBER and (not typed or typed.isdecimal()):
                found[field.key] = int(typed) if typed else None
        return found

    def problem(self, values: Values) -> str:
        """What is to be put right first, empty for nothing."""
        for field in self.declared:
            value = values[field.key]
            if field.needed and not value:
                return field.needed
            if field.kind is FieldKind.NUMBER and isinstance(value, str):
                return f"{field.label}: give a whole number."
        if any(view.why_not for view in self.query(ConsequencesView)):
            return "This cannot be done now: the line above says why."
        return ""

    def answer(self, values: Values) -> Answer:
        """What the values are answered as."""
        make: Any = self._make
        assert make is not None, "a form says what it answers with"
        if isinstance(make, type) and issubclass(make, msgspec.Struct):
            return cast(Answer, msgspec.convert(values, make))
        return cast(Answer, make(**values))

    def accept(self, values: Values) -> None:
        """Answer with these values, unless something is wrong with them."""
        wrong = self.problem(values)
        if wrong:
            self.wrong(wrong)
        else:
            self.dismiss(self.answer(values))

    def action_accept(self) -> None:
        """Answer with what is in the fields."""
        self.accept(self.values())

    def begin(self) -> None:
        """Look up what it would do, where that hangs on what was typed before."""
        super().begin()
        if self._consider is not None and any(self.typed.get(key) for key in self.turns):
            self.look_again()

    def changed(self, key: str) -> None:
        """Look up anew what it would do."""
        if key in self.turns:
            self.look_again()

    def look_again(self) -> None:
        """Look up what it would do with what is in the fields now."""
        consider = self._consider
        if consider is not None:
            self.query_one(ConsequencesView).ask(lambda: consider(self.values()))
