"""What is wrong with a macro is named with its place; what is right is let be."""

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from omnitui.model.ids import MacroId
from omnitui.model.macro import ConsoleStep, Macro, MacroPrompt, MacroStep, PromptKind
from omnitui.rules.macro_checks import MOST_PROMPTS, MOST_STEPS, Shape, Shapes, problems


def _gives(path: Sequence[str]) -> str:
    return "" if not path or path[0] in ("id", "number") else f"it has no field {path[0]}"


def _wrong(name: str, value: Any) -> str:
    return "it cannot be that" if value == "tusk" else ""


SHAPES = {
    "case.create": Shape({"customer": False, "title": True, "kind": False}, _wrong, _gives),
    "undo.last": Shape({}, _wrong, _gives),
    "macro.run": Shape({"macro": True}, _wrong, _gives),
}
COMMANDS = Shapes(SHAPES.get, lambda: SHAPES)
MADE = MacroStep("made", "case.create", given={"title": "{answer.title}"})
RIGHT = Macro(MacroId(1), "own", "Own", "", (MacroPrompt("title", "Title"),), (MADE,))


def wrong(macro: Macro) -> list[tuple[str, str]]:
    return [*problems(macro, COMMANDS)]


def steps(*more: MacroStep) -> Macro:
    return replace(RIGHT, steps=(MADE, *more))


def asked(**more: Any) -> Macro:
    return replace(RIGHT, prompts=(MacroPrompt(**{"key": "title", "label": "Title", **more}),))


def then(**given: Any) -> Macro:
    return steps(MacroStep(command="case.create", given={"title": "x", **given}))


def in_console(console: str, **given: Any) -> Macro:
    return steps(MacroStep(console=console, given=given))


@pytest.mark.parametrize(
    "macro",
    [
        RIGHT,
        then(customer="{customer.id}"),
        then(customer="{1.id}"),
        then(customer="{made.number}", kind="{context.anything}"),
        then(title="{{literal}} {agent.name}"),
        asked(default="{customer.name} {context.town}"),
        steps(MacroStep(command="case.create", given={"title": "x"}, when="{case.id}")),
        in_console("open_tab", tab="case", record="{made.id}"),
        in_console("insert_text", text="Hi {customer.first_name}"),
        in_console("search_knowledge", phrase="router"),
        asked(kind=PromptKind.CHOICE, values=("a", "b"), default="a"),
    ],
)
def test_what_is_right_is_let_be(macro: Macro) -> None:
    assert wrong(macro) == []


TOO_MANY = tuple(MacroPrompt(f"p{n}", "P") for n in range(MOST_PROMPTS + 1))
USES_ALL = MADE.given | {f"x{n}": f"{{answer.p{n}}}" for n in range(MOST_PROMPTS + 1)}


@pytest.mark.parametrize(
    ("macro", "where", "what"),
    [
        (replace(RIGHT, key="Own Key"), "key", "'Own Key' is not a key"),
        (replace(RIGHT, title=" "), "title", "the title is empty"),
        (replace(RIGHT, steps=(), prompts=()), "step", "a macro needs a step"),
        (steps(*(MADE,) * MOST_STEPS), "step", f"has {MOST_STEPS} steps at most"),
        (
            replace(RIGHT, prompts=TOO_MANY, steps=(replace(MADE, given=USES_ALL),)),
            "prompt",
            f"has {MOST_PROMPTS} prompts at most",
        ),
        (asked(key="tilte"), "prompt[0].key", "no step uses {answer.tilte}"),
        (asked(key="Title"), "prompt[0].key", "is not a key"),
        (
            replace(RIGHT, prompts=RIGHT.prompts * 2),
            "prompt[1].key",
            "there is a prompt title already",
        ),
        (asked(label=""), "prompt[0].label", "the label is empty"),
        (asked(kind=PromptKind.CHOICE, values=("a",)), "prompt[0].values", "two values or more"),
        (asked(values=("a", "b")), "prompt[0].values", "only a choice has values"),
        (asked(default="{answer.title}"), "prompt[0].default", "there is no such slot"),
        (asked(default="{made.id}"), "prompt[0].default", "there is no such slot"),
        (asked(default="a } b"), "prompt[0].default", "a brace without a partner"),
        (
            asked(kind=PromptKind.CHOICE, values=("a", "b"), default="c"),
            "prompt[0].default",
            "it cannot be 'c': choose one of: a, b",
        ),
        (asked(kind=PromptKind.NUMBER, default="many"), "prompt[0].default", "give a number"),
        (asked(kind=PromptKind.YES_NO, default="so"), "prompt[0].default", "answer yes or no"),
        (asked(label="x" * 201), "prompt[0].label", "more than 200 characters"),
        (replace(RIGHT, title="x" * 201), "title", "more than 200 characters"),
        (replace(RIGHT, description="x" * 2_001), "description", "more than 2,000 characters"),
        (steps(MacroStep()), "step[1].command", "either a command or something in the console"),
        (
            steps(MacroStep(command="case.create", console="insert_text")),
            "step[1].command",
            "either a command",
        ),
        (steps(MacroStep(command="case.creat")), "step[1].command", "did you mean case.create?"),
        (steps(MacroStep(command="what.ever")), "step[1].command", "`omnitui commands` lists them"),
        (
            steps(MacroStep(command="macro.run", given={"macro": "own"})),
            "step[1].command",
            "a macro does not run another one",
        ),
        (steps(MacroStep(command="undo.last")), "step[1].command", "a macro does not undo"),
        (then(titel="x"), "step[1].with.titel", "it takes: customer, title, kind"),
        (then(kind="tusk"), "step[1].with.kind", "it cannot be that"),
        (steps(MacroStep(command="case.create")), "step[1].with", "case.create needs title"),
        (then(customer="{customer.idd}"), "step[1].with.customer", "did you mean {customer.id}?"),
        (then(customer="{context.}"), "step[1].with.customer", "there is no such slot"),
        (then(title="{answer.titel}"), "step[1].with.title", "did you mean {answer.title}?"),
        (then(title="{?town}"), "step[1].with.title", "a brace without a partner"),
        (then(title=["a {"]), "step[1].with.title", "a brace without a partner"),
        (then(customer="{2.id}"), "step[1].with.customer", "this step itself"),
        (then(customer="{9.id}"), "step[1].with.customer", "there is no step 9"),
        (then(customer="{0.id}"), "step[1].with.customer", "there is no step 0"),
        (then(customer="{1.nubmer}"), "step[1].with.customer", "it has no field nubmer"),
        (then(customer={"deep": ["{made.x}"]}), "step[1].with.customer", "it has no field x"),
        (
            replace(RIGHT, steps=(replace(MADE, given={"title": "{answer.title} {2.id}"}), MADE)),
            "step[0].with.title",
            "of step 2, which comes later",
        ),
        (
            steps(
                MacroStep(console="search_knowledge", given={"phrase": "x"}),
                MacroStep(command="case.create", given={"title": "{2.id}"}),
            ),
            "step[2].with.title",
            "step 2 is done in the console and has no result",
        ),
        (steps(MADE), "step[1].key", "there is a step made already"),
        (steps(replace(MADE, key="case")), "step[1].key", "case begins slots of the conversation"),
        (steps(replace(MADE, key="7")), "step[1].key", "is not a key"),
        (
            steps(MacroStep(command="case.create", given={"title": "x"}, when="yes")),
            "step[1].when",
            "it needs one slot",
        ),
        (
            steps(MacroStep(command="case.create", given={"title": "x"}, when="{3.id}")),
            "step[1].when",
            "there is no step 3",
        ),
        (in_console("open_door"), "step[1].console", "is none of open_tab, insert_text"),
        (in_console("open_tab", tab="case"), "step[1].with", "open_tab needs record"),
        (
            in_console("open_tab", tab="attic", record=1),
            "step[1].with.tab",
            "use one of article, case, customer, entitlement",
        ),
        (in_console("insert_text", text=5), "step[1].with.text", "it needs text"),
        (
            in_console("insert_text", text="x", words="y"),
            "step[1].with.words",
            "has no parameter words",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(macro: Macro, where: str, what: str) -> None:
    found = [(key, problem) for key, problem in wrong(macro) if key == where and what in problem]
    assert len(found) == 1, wrong(macro)


def test_every_step_of_the_console_is_known() -> None:
    from omnitui.rules.macro_checks import CONSOLE

    assert {*CONSOLE} == {*ConsoleStep}
