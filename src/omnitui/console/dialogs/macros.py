"""Running a macro: choosing it, answering its prompts, seeing what it would do."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.macros.running import MacroRun
from omnitui.desk.macros.steps import RanStep, StepOutcome
from omnitui.desk.moments import iso
from omnitui.model.errors import Refusal
from omnitui.model.macro import Macro, MacroPrompt, PromptKind
from omnitui.rules import when
from omnitui.rules.macros import Said, read

_OWN = "answer-"
"""What the ids of a prompt's fields begin with, so that none is one of the dialog's."""
_WIDTH = 84
_KINDS = {
    PromptKind.TEXT: FieldKind.LINE,
    PromptKind.LINES: FieldKind.TEXT,
    PromptKind.CHOICE: FieldKind.CHOICE,
    PromptKind.NUMBER: FieldKind.LINE,
    PromptKind.DATE: FieldKind.LINE,
    PromptKind.YES_NO: FieldKind.CHOICE,
}
_HINTS = {
    PromptKind.DATE: "fri 9am, 2h, tomorrow 14:30",
    PromptKind.NUMBER: "a number",
}


def pick_dialog(macros: Sequence[Macro], name: str, glyphs: Glyphs) -> Pick[Macro]:
    """Answers with a macro; what is typed narrows the list."""

    def row(macro: Macro) -> Row:
        def draw(width: int) -> list[Content]:
            title = Content.assemble("  ", (text.inline(macro.title), "$text-plain"))
            end = Content.assemble((text.inline(macro.key), "$text-dim"), " ")
            about = Content.assemble("  ", (text.inline(macro.description), "$text-dim"))
            lines = [text.between(title, end, width, glyphs)]
            return [*lines, text.cut(about, width, glyphs)] if macro.description else lines

        words = f"{macro.key} {macro.title}"
        return Row(str(macro.id), draw, macro, words)

    return Pick(
        "Run a macro",
        f"For the conversation with {name}.",
        glyphs,
        rows=[row(macro) for macro in macros],
        find_hint="Words of its title",
        nothing="No macro has these words.",
        keys=(("enter", "choose"), ("esc", "cancel")),
        width=_WIDTH,
        at_top=True,
    )


class AnswersForm(Form[dict[str, Any]]):
    """Asks a macro's prompts, all of them before anything runs; answers by their keys."""

    DEFAULT_CSS = """
    AnswersForm > #dialog > #answers {
        height: auto;
        max-height: 60vh;
        background: $surface-3;
        scrollbar-size-vertical: 1;
    }
    """

    keys = (("^s", "what it would do"), ("tab", "next"), ("esc", "cancel"))
    width = _WIDTH
    stops = "Input, TextArea, Choice"

    def __init__(
        self,
        macro: Macro,
        prompts: Sequence[MacroPrompt],
        name: str,
        link: Link,
        tz: tzinfo,
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        super().__init__(
            f"{macro.title}: {name}",
            macro.description,
            glyphs,
            typed,
            asks=[_field(prompt) for prompt in prompts],
        )
        self._prompts = prompts
        self._link = link
        self._tz = tz

    def fields(self) -> ComposeResult:
        """The prompts, which scroll where there are many."""
        with VerticalScroll(id="answers", can_focus=False):
            yield from super().fields()

    def problem(self, values: Values) -> str:
        """What is missing or cannot be read, of the first prompt with something wrong."""
        found = super().problem(values)
        wrong = (self._wrong(prompt, values[_OWN + prompt.key]) for prompt in self._prompts)
        return found or next(filter(None, wrong), "")

    def answer(self, values: Values) -> dict[str, Any]:
        """The answers by the prompts' keys; moments as they were read here."""
        given = {prompt.key: values[_OWN + prompt.key] for prompt in self._prompts}
        for prompt in self._prompts:
            if prompt.kind is PromptKind.DATE and given[prompt.key]:
                meant = self._moment(given[prompt.key])
                given[prompt.key] = meant.value if isinstance(meant, Said) else given[prompt.key]
        return given

    def _wrong(self, prompt: MacroPrompt, value: str) -> str:
        found = read(prompt, value, self._moment) if value.strip() else None
        return str(found) if isinstance(found, Refusal) else ""

    def _moment(self, words: str) -> Said | Refusal:
        try:
            at = when.parse(words, self._link.now(), self._tz)
        except when.WhenError as error:
            return Refusal("macro.answer", error.sentence, error.hint)
        return Said(iso(at), when.said(at, self._link.now(), self._tz))


def _field(prompt: MacroPrompt) -> Field:
    options = [(value, value) for value in prompt.values]
    if prompt.kind is PromptKind.YES_NO:
        options = [("yes", "yes"), ("no", "no")]
    known = prompt.default in [key for key, _label in options]
    if options and not (known and prompt.required):
        options.insert(0, ("", "-"))
    return Field(
        _OWN + prompt.key,
        prompt.label if prompt.required else f"{prompt.label} (optional)",
        prompt.default,
        _KINDS[prompt.kind],
        options,
        hint=_HINTS.get(prompt.kind, ""),
        rows=3,
        needed=f"Answer “{prompt.label}” first." if prompt.required else "",
    )


class TriedDialog(Confirm[bool]):
    """What a macro would do, step by step; enter does it."""

    DEFAULT_CSS = """
    TriedDialog > #dialog > #tried {
        height: auto;
        max-height: 60vh;
        background: $surface-3;
        scrollbar-size-vertical: 1;
        & .step { height: auto; }
        & .number { width: 4; height: auto; }
        & .said { width: 1fr; height: auto; }
    }
    """

    width = _WIDTH

    def __init__(self, tried: MacroRun, name: str, glyphs: Glyphs) -> None:
        self._tried = tried
        super().__init__(f"{tried.title}: {name}", _about(tried), glyphs, _does(tried), True)
        if not any(step.outcome is StepOutcome.DONE for step in tried.steps):
            self.keys = (("esc", "back"),)
            self._answers = {}

    def fields(self) -> ComposeResult:
        """The steps, which scroll where there are many."""
        with VerticalScroll(id="tried"):
            for number, said in step_lines(self._tried, self._glyphs):
                yield Horizontal(
                    PlainStatic(number, classes="number"),
                    PlainStatic(said, classes="said"),
                    classes="step",
                )

    def action_accept(self) -> None:
        """Run it, as far as anything of it can be done."""
        if self._answers:
            super().action_accept()


def _about(tried: MacroRun) -> str:
    return "Nothing has been done yet." if tried.complete else tried.said


def _does(tried: MacroRun) -> str:
    return "run" if tried.complete else "run what comes before"


Lines = Iterator[tuple[Content, Content]]


def step_lines(tried: MacroRun, glyphs: Glyphs) -> Lines:
    """A macro's steps as lines, each a number or sign and a sentence.

    What each does, what follows, what is not known yet, why it is refused or cannot be undone.
    """
    for step in tried.steps:
        yield from _step_lines(step, glyphs)


def _step_lines(step: RanStep, glyphs: Glyphs) -> Lines:
    number = Content.styled(f"{step.number:>2}", "bold $primary")
    name = step.command or step.console
    if step.outcome is StepOutcome.REFUSED and step.refused is not None:
        yield number, Content.styled(f"{name}: would be refused.", "$text-plain")
        yield _sign(glyphs.failed, "$danger"), _said(str(step.refused), "$danger")
        return
    if step.outcome is StepOutcome.NOT_TRIED:
        yield number, _said(f"{name}: not tried.", "$text-dim")
        return
    plain = "$text-dim" if step.outcome is StepOutcome.LEFT_OUT else "$text-plain"
    first, *others = step.says or (name,)
    yield number, _said(first, plain)
    for said in others:
        yield _sign(glyphs.separator, "$text-dim"), _said(said, "$text-plain")
    if step.unknown:
        yield _sign(glyphs.separator, "$text-dim"), _said(step.unknown, "$text-dim")
    if step.stays:
        said = f"It cannot be undone: {step.stays}."
        yield _sign(glyphs.separator, "$warning"), _said(said, "$warning")


def _sign(sign: str, style: str) -> Content:
    return Content.styled(f"  {sign}", style)


def _said(words: str, style: str) -> Content:
    return Content.styled(text.inline(words), style)
