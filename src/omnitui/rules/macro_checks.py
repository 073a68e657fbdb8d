"""What is wrong with a macro as it was written: each problem with the key where it stands.

What commands there are, what they take and what they give comes in as `Shapes`.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from omnitui.model.errors import Refusal
from omnitui.model.macro import ConsoleStep, Macro, MacroPrompt, MacroStep, PromptKind
from omnitui.rules.macros import CONTEXT, ROOTS, only_slot, read, slots_of, stray_braces

MOST_STEPS = 20
MOST_PROMPTS = 12
TABS = ("article", "case", "customer", "entitlement")
"""What `open_tab` opens."""
CONSOLE: Mapping[str, tuple[str, ...]] = {
    ConsoleStep.OPEN_TAB: ("tab", "record"),
    ConsoleStep.INSERT_TEXT: ("text",),
    ConsoleStep.SEARCH_KNOWLEDGE: ("phrase",),
}
"""The parameters of each step in the console, all of them needed."""
NOT_IN_MACROS: Mapping[str, str] = {
    "macro.run": "a macro does not run another one; copy its steps",
    "undo.last": "a macro does not undo; one undo takes back the whole macro",
}
"""Commands that are no step, and why."""

_LONGEST, _LONGEST_NAME = 2_000, 200
_KEY = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")

Problem = tuple[str, str]
"""Where something is wrong (`step[1].with.title`), and what, as a clause."""


class Shape(Struct, frozen=True):
    """One command: its parameters, each with whether it is needed.

    `wrong` says of a parameter and a value without slots why it cannot be, `gives` of a path into
    the result why there is nothing there; both a clause, empty where nothing is known against it.
    """

    takes: Mapping[str, bool]
    wrong: Callable[[str, Any], str]
    gives: Callable[[Sequence[str]], str]


class Shapes(Struct, frozen=True):
    """The commands there are; `of` is None for a name that is none of theirs."""

    of: Callable[[str], Shape | None]
    names: Callable[[], Collection[str]]


def key_problem(key: str) -> str:
    """Why a word is no key, as a clause; empty if it is one."""
    if _KEY.fullmatch(key):
        return ""
    return f"{key!r} is not a key; use small letters, digits and single dashes, a letter first"


def problems(macro: Macro, shapes: Shapes) -> Iterator[Problem]:
    """Everything that is wrong with a macro."""
    if why := key_problem(macro.key):
        yield "key", why
    yield from _named("title", macro.title)
    if len(macro.description) > _LONGEST:
        yield "description", f"it has more than {_LONGEST:,} characters"
    if not macro.steps:
        yield "step", "a macro needs a step"
    if len(macro.steps) > MOST_STEPS:
        yield "step", f"a macro has {MOST_STEPS} steps at most, not {len(macro.steps)}"
    if len(macro.prompts) > MOST_PROMPTS:
        yield "prompt", f"a macro has {MOST_PROMPTS} prompts at most, not {len(macro.prompts)}"
    yield from _prompts(macro)
    for number in range(len(macro.steps)):
        for key, problem in _step(macro, number, shapes):
            yield f"step[{number}].{key}", problem


def _named(key: str, text: str) -> Iterator[Problem]:
    if not text.strip():
        yield key, f"the {key} is empty"
    if len(text) > _LONGEST_NAME:
        yield key, f"it has more than {_LONGEST_NAME} characters"


def _prompts(macro: Macro) -> Iterator[Problem]:
    used = {slot for step in macro.steps for slot in slots_of([step.given, step.when])}
    keys: set[str] = set()
    for number, prompt in enumerate(macro.prompts):
        where = f"prompt[{number}]"
        if why := key_problem(prompt.key):
            yield f"{where}.key", why
        elif prompt.key in keys:
            yield f"{where}.key", f"there is a prompt {prompt.key} already"
        elif f"answer.{prompt.key}" not in used:
            yield f"{where}.key", f"no step uses {{answer.{prompt.key}}}"
        keys.add(prompt.key)
        for key, problem in _prompt(prompt):
            yield f"{where}.{key}", problem


def _prompt(prompt: MacroPrompt) -> Iterator[Problem]:
    yield from _named("label", prompt.label)
    choice = prompt.kind is PromptKind.CHOICE
    if choice and len(set(prompt.values)) < 2:
        yield "values", "a choice needs two values or more"
    if not choice and prompt.values:
        yield "values", f"only a choice has values, and this is {prompt.kind.value}"
    if stray_braces(prompt.default):
        yield "default", "it has a brace without a partner; write {{ or }} for a brace"
    slots = [*slots_of(prompt.default)]
    for slot in slots:
        if not _in_context(slot):
            yield "default", _unknown(slot, CONTEXT)
    if prompt.default and not slots and prompt.kind is not PromptKind.DATE:
        found = read(prompt, prompt.default, _never)
        if isinstance(found, Refusal):
            yield "default", f"it cannot be {prompt.default[:60]!r}: {_clause(found.hint)}"


def _never(_words: str) -> Refusal:
    return Refusal("macro.answer", "It is read when it is asked.")


def _clause(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:].rstrip('.')}"


def _step(macro: Macro, number: int, shapes: Shapes) -> Iterator[Problem]:
    step = macro.steps[number]
    yield from _step_key(macro, number)
    if bool(step.command) == bool(step.console):
        yield "command", "a step has either a command or something in the console"
        return
    if step.command:
        yield from _command(step, shapes)
    else:
        yield from _console(step)
    if step.when and not only_slot(step.when):
        yield "when", "it needs one slot, such as {case.id}"
    given = {f"with.{name}": value for name, value in step.given.items()} | {"when": step.when}
    for name, value in given.items():
        if stray_braces(value):
            yield name, "it has a brace without a partner; write {{ or }} for a brace"
        for slot in slots_of(value):
            if why := _slot(macro, number, slot, shapes):
                yield name, why


def _step_key(macro: Macro, number: int) -> Iterator[Problem]:
    key = macro.steps[number].key
    if not key:
        return
    if why := key_problem(key):
        yield "key", why
    elif key in ROOTS:
        yield "key", f"{key} begins slots of the conversation; choose another key"
    elif key in [step.key for step in macro.steps[:number]]:
        yield "key", f"there is a step {key} already"


def _command(step: MacroStep, shapes: Shapes) -> Iterator[Problem]:
    if step.command in NOT_IN_MACROS:
        yield "command", NOT_IN_MACROS[step.command]
        return
    shape = shapes.of(step.command)
    if shape is None:
        close = difflib.get_close_matches(step.command, shapes.names(), n=1)
        hint = f"; did you mean {close[0]}?" if close else "; `omnitui commands` lists them"
        yield "command", f"there is no command {step.command!r}{hint}"
        return
    for name, value in step.given.items():
        if name not in shape.takes:
            takes = ", ".join(shape.takes) or "nothing"
            yield f"with.{name}", f"{step.command} has no parameter {name}; it takes: {takes}"
        elif not any(slots_of(value)) and (why := shape.wrong(name, value)):
            yield f"with.{name}", why
    for name, needed in shape.takes.items():
        if needed and name not in step.given:
            yield "with", f"{step.command} needs {name}"


def _console(step: MacroStep) -> Iterator[Problem]:
    takes = CONSOLE.get(step.console)
    if takes is None:
        yield "console", f"{step.console!r} is none of {', '.join(CONSOLE)}"
        return
    for name in step.given:
        if name not in takes:
            yield (
                f"with.{name}",
                f"{step.console} has no parameter {name}; it takes: {', '.join(takes)}",
            )
    for name in takes:
        if name not in step.given:
            yield "with", f"{step.console} needs {name}"
        elif name != "record" and not isinstance(step.given[name], str):
            yield f"with.{name}", "it needs text"
    tab = step.given.get("tab")
    if step.console == ConsoleStep.OPEN_TAB and isinstance(tab, str) and tab not in TABS:
        yield "with.tab", f"it cannot be {tab!r}; use one of {', '.join(TABS)}"


def _slot(macro: Macro, number: int, slot: str, shapes: Shapes) -> str:
    """Why a slot of a step stands for nothing, as a clause; empty if it may stand for something."""
    if _in_context(slot):
        return ""
    root, *path = slot.split(".")
    if root == "answer":
        keys = [prompt.key for prompt in macro.prompts]
        if ".".join(path) in keys:
            return ""
        return _unknown(slot, [f"answer.{key}" for key in keys], "there is no prompt for it")
    found = _index(macro, root)
    if found is None:
        known = [*CONTEXT, *(step.key for step in macro.steps[:number] if step.key)]
        if root.isdecimal():
            return f"{{{slot}}}: there is no step {root}"
        return _unknown(slot, known)
    if found >= number:
        what = "this step itself" if found == number else f"step {found + 1}, which comes later"
        return f"{{{slot}}} is of {what}"
    earlier = macro.steps[found]
    if earlier.console:
        return f"{{{slot}}}: step {found + 1} is done in the console and has no result"
    shape = shapes.of(earlier.command)
    why = "" if shape is None else shape.gives(path)
    return f"{{{slot}}}: {why}" if why else ""


def _index(macro: Macro, root: str) -> int | None:
    if root.isdecimal():
        place = int(root) - 1
        return place if 0 <= place < len(macro.steps) else None
    return next((n for n, step in enumerate(macro.steps) if step.key and step.key == root), None)


def _in_context(slot: str) -> bool:
    return slot in CONTEXT or (slot.startswith("context.") and len(slot) > len("context."))


def _unknown(slot: str, known: Sequence[str], why: str = "there is no such slot") -> str:
    close = difflib.get_close_matches(slot, known, n=1)
    hint = f"; did you mean {{{close[0]}}}?" if close else ""
    return f"{{{slot}}}: {why}{hint}"
