"""Macros as administrators write them: listed, created, changed, retired."""

from collections.abc import Mapping
from typing import Any

from omnitui.datafiles.macros import written
from omnitui.desk import retired, script_setup
from omnitui.desk.call import Call
from omnitui.desk.convert import Exact
from omnitui.desk.macros.shapes import shapes
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.letters import has_words
from omnitui.model.actor import Permission
from omnitui.model.errors import DataError, Refused
from omnitui.model.ids import MacroId
from omnitui.model.macro import Macro
from omnitui.rules.keys import Use
from omnitui.rules.macro_checks import problems
from omnitui.store import macros

_MOST_TOLD = 5


@query("macro.list")
def list_(call: Call, query: str = "", retired: bool = False) -> list[Macro]:
    """Macros with all the words of `query` in key, title or description; most used ones first.

    With `retired` only the retired ones.
    """
    return [one for one in _those(call, gone=retired) if _fits(one, query)]


def _those(call: Call, *, gone: bool) -> list[Macro]:
    return retired.those(call, "macro", macros.every(call.store), gone=gone)


def _fits(macro: Macro, query: str) -> bool:
    return has_words(f"{macro.key} {macro.title} {macro.description}", query)


@query("macro.get")
def get(call: Call, macro: MacroId) -> Macro:
    """One macro, with its prompts and steps."""
    return found(call, macro)


@command("macro.create", Permission.ADMINISTER)
def create(
    call: Call,
    key: Exact,
    title: str,
    steps: list[Any],
    prompts: list[Any] | None = None,
    description: str = "",
) -> Macro:
    """Create a macro, which every agent can run.

    `steps` and `prompts` are lists of objects with the keys that they have in `macros.toml`
    (docs/macros.md). Commands, parameters and slots are checked.
    """
    there = {one.key: one.id for one in macros.every(call.store)}
    key = own_name(call, "macro", "a macro", key, there, use=Use.KEY)
    return _put(call, "macro.created", _macro(key, title, description, prompts or [], steps))


@command("macro.update", Permission.ADMINISTER)
def update(
    call: Call,
    macro: MacroId,
    title: str | None = None,
    steps: list[Any] | None = None,
    prompts: list[Any] | None = None,
    description: str | None = None,
) -> Macro:
    """Change a macro; new `steps` and `prompts` replace all that it had."""
    before = as_written(found(call, macro))
    given = {"title": title, "step": steps, "prompt": prompts, "description": description}
    table = before | {name: value for name, value in given.items() if value is not None}
    return _put(call, "macro.updated", _of_table(table))


@command("macro.retire", Permission.ADMINISTER)
def retire(call: Call, macro: MacroId) -> Macro:
    """Retire a macro that no script runs: nobody can run it any more."""
    one = found(call, macro)
    script_setup.check_not_run(call, one.key)
    retired.retire(call, "macro", macro, f"The macro {one.key}")
    call.journal("macro.retired", macro=macro, name=one.key)
    return one


@command("macro.restore", Permission.ADMINISTER)
def restore(call: Call, macro: MacroId) -> Macro:
    """Restore a retired macro."""
    one = found(call, macro)
    retired.restore(call, "macro", macro, f"The macro {one.key}")
    call.journal("macro.restored", macro=macro, name=one.key)
    return one


def found(call: Call, macro: int) -> Macro:
    """The macro of that key, which must exist."""
    one = macros.get(call.store, macro)
    assert one is not None
    return one


def put(call: Call, macro: Macro) -> int:
    """Add a macro that was checked, or bring the one of its key up to date."""
    return macros.put(call.store, macro)


def as_written(macro: Macro) -> dict[str, Any]:
    """A macro as a table of `macros.toml`."""
    prompts = [
        {
            "key": one.key,
            "label": one.label,
            "kind": one.kind.value,
            "values": [*one.values],
            "required": one.required,
            "default": one.default,
        }
        for one in macro.prompts
    ]
    steps = [
        {"key": one.key, "with": one.given, "when": one.when}
        | ({"command": one.command} if one.command else {"console": str(one.console)})
        for one in macro.steps
    ]
    return {
        "key": macro.key,
        "title": macro.title,
        "description": macro.description,
        "prompt": prompts,
        "step": steps,
    }


def _put(call: Call, kind: str, macro: Macro) -> Macro:
    made = put(call, macro)
    call.journal(kind, macro=made, key=macro.key)
    return found(call, made)


def _macro(key: str, title: str, description: str, prompts: list[Any], steps: list[Any]) -> Macro:
    table = {"key": key, "title": title, "description": description}
    return _of_table({**table, "prompt": prompts, "step": steps})


def _of_table(table: Mapping[str, Any]) -> Macro:
    """A macro of a table; refused where something is wrong in it, with the places."""
    try:
        macro = written(table)
    except DataError as error:
        where = f"{_place(error.where)}: " if error.where else ""
        raise _wrong([f"{where}{error.problem}"]) from None
    wrong = [f"{_place(key)}: {problem}" for key, problem in problems(macro, shapes())]
    if wrong:
        raise _wrong(wrong)
    return macro


def _wrong(wrong: list[str]) -> Refused:
    more = f" And {len(wrong) - _MOST_TOLD} more." if len(wrong) > _MOST_TOLD else ""
    told = " ".join(f"{one[0].upper()}{one[1:].rstrip('.?')}." for one in wrong[:_MOST_TOLD])
    return Refused("macro.wrong", f"{told}{more}"[:390], "docs/macros.md says what a macro has.")


def _place(key: str) -> str:
    """`step[1].with.title` as people count: `step 2, title`."""
    first, _, rest = key.partition(".")
    name, bracket, number = first.partition("[")
    if not bracket:
        return key
    rest = rest.removeprefix("with.")
    return f"{name} {int(number.rstrip(']')) + 1}" + (f", {rest}" if rest else "")
