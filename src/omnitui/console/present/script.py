"""An agent script in the assist pane: its progress, its steps with their marks, the open ones."""

from collections.abc import Collection

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.model.script import Outcome, ScriptChoice, ScriptState, StepKind, StepState

FIELD_STYLE = "bold $warning"
_DOES = {StepKind.TEXT: "", StepKind.MACRO: "macro", StepKind.SCRIPT: "script"}
_WORDS = {Outcome.DONE: "done", Outcome.FAILED: "failed"}


def progress(state: ScriptState) -> str:
    """How far it is: `3 of 7`, and how many steps failed."""
    failed = f", {state.failed} failed" if state.failed else ""
    return f"{state.done} of {len(state.steps)}{failed}"


def script_head(state: ScriptState, width: int, glyphs: Glyphs) -> list[Content]:
    """What stands over the steps: title and progress, what it is for, why it is this one."""
    if state.script is None:
        return []
    plain = text.inline(state.script.title)
    end = Content.assemble((progress(state), "bold $text-plain"), " ")
    places = text.wrap(plain, max(8, width - 3 - end.cell_length))
    lines = [Content.assemble("  ", (plain[start:stop], "bold $primary")) for start, stop in places]
    lines[0] = text.between(lines[0], end, width, glyphs)
    about = text.block(state.script.description)
    return [
        *lines,
        *(_wrapped(about, 2, width, "$text-plain") if about else []),
        *_wrapped(state.why, 2, width, "$text-dim"),
        Content(""),
    ]


def no_script(state: ScriptState | None, width: int) -> list[Content]:
    """What stands there where no script fits, or while it is not known."""
    if state is None:
        return [Content("")]
    switch = key_for("script.switch")
    said = f"No script fits this conversation. {switch} chooses one."
    return _wrapped(said if state.others else "There are no scripts.", 2, width, "$text-dim")


def step_lines(
    step: StepState, number: int, width: int, glyphs: Glyphs, *, following: bool, opened: bool
) -> list[Content]:
    """A step: its mark as a shape and a word, what it does, and its text where it is `opened`.

    `following` is the one that is done next.
    """
    sign, style = _sign(step.outcome, glyphs)
    word = _WORDS.get(step.outcome, "next" if following else "")
    does = _DOES[step.kind]
    end = Content.assemble(
        (f" {does}" if does else "", "$info"),
        (f" {word}" if word else "", style if word != "next" else "bold $primary"),
        " ",
    )
    plain = text.inline(step.title)
    title_style = "bold $text-plain" if following else "$text-plain"
    if step.outcome is Outcome.DONE:
        title_style = "$text-dim"
    lead = f"{number:>2} "
    room = max(8, width - 5 - len(lead) - end.cell_length)
    (first, reached), *rest = text.wrap(plain, room)
    start = Content.assemble(
        "  ", (f"{sign} ", style), (lead, "$text-dim"), (plain[first:reached], title_style)
    )
    indent = 4 + len(lead)
    lines = [text.between(start, end, width, glyphs)]
    if rest:
        more = plain[rest[0][0] :]
        lines += _wrapped(more, indent, width, title_style)
    if opened:
        lines += _opened(step, indent, width)
    return lines


def _opened(step: StepState, indent: int, width: int) -> list[Content]:
    """The text of a step with its prompts brought out, and what it runs."""
    lines: list[Content] = []
    if step.text:
        lines += _wrapped(text.block(step.text), indent, width, "$text-plain", step.labels)
    if step.by:
        lines += _wrapped(f"{_WORDS[step.outcome]} by {step.by}", indent, width, "$text-dim")
    if step.kind is not StepKind.TEXT:
        what = f"runs the macro {step.macro}" if step.macro else f"goes on with {step.script}"
        lines += _wrapped(f"Enter {what}", indent, width, "$info")
    return lines


def others_line(state: ScriptState, width: int, glyphs: Glyphs) -> list[Content]:
    """That there are other scripts, and the key that chooses one."""
    many = len(state.others)
    if not many:
        return []
    said = f"{key_for('script.switch')} chooses another of {many} script{'' if many == 1 else 's'}"
    return [Content(""), text.cut(Content.assemble("  ", (said, "$text-dim")), width, glyphs)]


def choice_row(choice: ScriptChoice, width: int, glyphs: Glyphs) -> list[Content]:
    """A script that can be chosen: its title, its language, how far it is; what it is for."""
    far = f"{choice.done} of {choice.count}" if choice.started else f"{choice.count} steps"
    start = Content.assemble("  ", (text.inline(choice.title), "bold $text-plain"))
    end = Content.assemble(
        (f"{text.inline(choice.language)}  ", "$info"),
        (far, "$text-plain" if choice.started else "$text-dim"),
        " ",
    )
    lines = [text.between(start, end, width, glyphs)]
    if choice.description:
        about = Content.assemble("    ", (text.inline(choice.description), "$text-dim"))
        lines.append(text.cut(about, width - 1, glyphs))
    return lines


def _sign(outcome: Outcome, glyphs: Glyphs) -> tuple[str, str]:
    return {
        Outcome.DONE: (glyphs.step_done, "$positive"),
        Outcome.FAILED: (glyphs.step_failed, "bold $danger"),
        Outcome.OPEN: (glyphs.step_open, "$text-dim"),
    }[outcome]


def _wrapped(
    plain: str, indent: int, width: int, style: str, labels: Collection[str] = ()
) -> list[Content]:
    """Text in lines that begin `indent` cells from the left, `labels` in it brought out."""
    content = Content(plain).stylize(style)
    reached = 0
    for label in labels:
        at = plain.find(label, reached)
        if at >= 0:
            reached = at + len(label)
            content = content.stylize(FIELD_STYLE, at, reached)
    places = text.wrap(plain, max(8, width - indent - 1))
    return [Content.assemble(" " * indent, content[start:stop]) for start, stop in places]
