"""Forms: fields declared as data, what is missing in a sentence, and one answer made of all."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, cast

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from omnitui.console import text
from omnitui.console.dialogs.base import Answer, ConsequencesView, Dialog
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.errors import Refusal

Values = dict[str, Any]
"""What is in the fields, by key: text, of a number a whole one or None."""
Consider = Callable[[Values], Awaitable[Consequences | Refusal]]


class Form(Dialog[Answer]):
    """Asks for fields. Enter on a line and `^s` accept, unless something is wrong.

    It answers with `into`: a struct that the values are converted to, or a function of them.
    """

    BINDINGS = [Binding("enter", "accept", "OK", show=False)]

    asks: Sequence[Field] = ()
    into: Callable[..., Any] | None = None
    check: Callable[[Values], str] | None = None
    """What is wrong with the values beside fields that are needed; empty for nothing."""
    beside: int = 0
    """How many cells labels have beside their fields; 0 puts them over these."""
    spaced: bool = False
    """Whether there is an empty line between fields."""
    known: Consequences | None = None
    """What it would do, as far as that is known to begin with."""
    consider: Consider | None = None
    """How that is looked up anew, when one of `turns` has changed."""
    turns: Sequence[str] = ()

    def fields(self) -> ComposeResult:
        """The fields with their labels, and what it would do."""
        for number, field in enumerate(self.asks):
            editor = field.editor(self.typed.get(field.key, field.value), self._glyphs)
            editor.add_class("field")
            label = PlainStatic(text.inline(field.label), classes="label")
            if self.beside and not field.over:
                label.styles.width = self.beside
                yield Horizontal(label, editor, classes="pair")
            else:
                if self.spaced and number:
                    yield PlainStatic("")
                editor.set_class(bool(self.beside), "-over")
                yield from (label, editor)
            yield from self.below(field.key)
        if self.known is not None or self.consider is not None:
            yield ConsequencesView(self._glyphs, self.known)

    def below(self, key: str) -> ComposeResult:
        """What stands below a field."""
        yield from ()

    def values(self) -> Values:
        """What is in the fields."""
        found: Values = {field.key: self.value(field.key) for field in self.asks}
        for field in self.asks:
            typed = found[field.key]
            if field.kind is FieldKind.NUMBER and (not typed or typed.isdecimal()):
                found[field.key] = int(typed) if typed else None
        return found

    def problem(self, values: Values) -> str:
        """What is to be put right first, empty for nothing."""
        for field in self.asks:
            value = values[field.key]
            if field.needed and not value:
                return field.needed
            if field.kind is FieldKind.NUMBER and isinstance(value, str):
                return f"{field.label}: give a whole number."
        if any(view.why_not for view in self.query(ConsequencesView)):
            return "Not possible: see the line above."
        return self.check(values) if self.check is not None else ""

    def answer(self, values: Values) -> Answer:
        """What the values are answered as."""
        make = self.into
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
        if any(self.typed.get(key) for key in self.turns):
            self.look_again()

    def changed(self, key: str) -> None:
        """Look up anew what it would do."""
        if key in self.turns:
            self.look_again()

    def look_again(self) -> None:
        """Look up what it would do with what is in the fields now."""
        consider = self.consider
        if consider is not None:
            self.query_one(ConsequencesView).ask(lambda: consider(self.values()))
