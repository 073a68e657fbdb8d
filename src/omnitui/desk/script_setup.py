"""Setting up agent scripts: their steps, and the rules that choose the default one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from omnitui.desk import retired
from omnitui.desk.call import Call
from omnitui.desk.convert import Exact, Name
from omnitui.desk.named import name_of, own_name
from omnitui.desk.registry import command, query
from omnitui.desk.routing import rule_parts
from omnitui.desk.scripts import found
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import ScriptId
from omnitui.model.script import Script, ScriptRule, Step
from omnitui.rules import scripts as rules
from omnitui.rules.classify import in_words
from omnitui.rules.keys import Use
from omnitui.safetext import clean, clean_line
from omnitui.store import macros, scripts

_STEP = ("key", "title", "text", "macro", "script", "kind")


@command("script.create", Permission.ADMINISTER)
def create(
    call: Call,
    key: Exact,
    title: str,
    steps: list[dict[str, Any]],
    language: str = "en",
    description: str = "",
) -> Script:
    """Add an agent script; one of the same key in another language is its translation.

    Each step is `{"title": "Say hello", "text": "Hello {customer.first_name}"}`, with `macro` if it
    runs a macro and `script` if it jumps to another script; its own `key` is made of its title.
    Titles and texts may have the slots of quick replies.
    """
    spelt = _own_key(call, key)
    tongue = _language(language)
    there = next((o for o in scripts.of_key(call.store, spelt) if o.language == tongue), None)
    if there is not None:
        said = f"A script {spelt} exists already in {tongue}."
        raise retired.taken(call, "script", there.id, said, "Change it with script.update.")
    made = put(call, spelt, title, tongue, description, written(steps))
    call.journal("script.created", script=made, key=spelt, name=title)
    return found(call, made)


@command("script.update", Permission.ADMINISTER)
def update(
    call: Call,
    script: ScriptId,
    title: str | None = None,
    description: str | None = None,
    steps: list[dict[str, Any]] | None = None,
) -> Script:
    """Change an agent script. Sessions keep the marks of steps whose keys are there still."""
    before = found(call, script)
    if title is None and description is None and steps is None:
        raise Refused("script.nothing", "Nothing to change.", "Give title, description or steps.")
    put(
        call,
        before.key,
        before.title if title is None else title,
        before.language,
        before.description if description is None else description,
        before.steps if steps is None else written(steps),
    )
    call.journal("script.updated", script=script, key=before.key, name=before.title)
    return found(call, script)


@command("script.retire", Permission.ADMINISTER)
def retire(call: Call, script: ScriptId) -> Script:
    """Retire an agent script that no rule chooses and no other script jumps to.

    Sessions that have started it keep it.
    """
    one = found(call, script)
    used = retired.those(call, "script", scripts.every(call.store))
    if not any(other.key == one.key and other.id != one.id for other in used):
        _check_not_needed(call, one, used)
    retired.retire(call, "script", script, f"The script {one.title}")
    call.journal("script.retired", script=script, name=one.title)
    return one


def check_not_run(call: Call, macro: str) -> None:
    """Refuse to retire a macro that a script in use runs."""
    used = retired.those(call, "script", scripts.every(call.store))
    users = [one.title for one in used if any(step.macro == macro for step in one.steps)]
    if users:
        more = f" and {len(users) - 3} more" if len(users) > 3 else ""
        raise Refused(
            "macro.needed",
            f"The macro {macro} is run by the script {', '.join(users[:3])}{more}.",
            "Change that first, with script.update.",
        )


def _check_not_needed(call: Call, one: Script, used: Sequence[Script]) -> None:
    """Refuse to retire the last version of a script that something leads to."""
    users = [f"the rule {r.name}" for r in scripts.rules(call.store) if r.script == one.key]
    users += [
        f"the script {other.title}"
        for other in used
        if other.key != one.key and any(step.script == one.key for step in other.steps)
    ]
    if users:
        raise Refused(
            "script.needed",
            f"The script {one.title} is used by {', '.join(users[:3])}"
            + (f" and {len(users) - 3} more." if len(users) > 3 else "."),
            "Change them first, with script.set_rule, script.delete_rule or script.update.",
        )


@command("script.restore", Permission.ADMINISTER)
def restore(call: Call, script: ScriptId) -> Script:
    """Restore a retired agent script."""
    one = found(call, script)
    retired.restore(call, "script", script, f"The script {one.title}")
    call.journal("script.restored", script=script, name=one.title)
    return one


class ShownRule(Struct, frozen=True):
    """A rule as people read it; `when` is its conditions in words."""

    name: str
    position: int
    script: str
    when: str
    conditions: tuple[dict[str, Any], ...]


@query("script.rules")
def list_rules(call: Call) -> list[ShownRule]:
    """The rules that choose the default script, in the order in which they are tried."""
    return [_shown(rule) for rule in scripts.rules(call.store)]


@command("script.set_rule", Permission.ADMINISTER)
def set_rule(
    call: Call,
    name: Name,
    script: Exact,
    conditions: list[dict[str, Any]] | None = None,
    position: int | None = None,
) -> ShownRule:
    """Add a rule that chooses the default script, or change the one of that name.

    `script` is the key of the script. `conditions` are those of classification, with the fields
    `workstream` and `labels` besides; `words` and `text` are what the customer has said in the
    conversation until now. The first rule whose conditions are all met counts.
    """
    if position is not None and position < 1:
        raise Refused(
            "script.position", f"{position} is not a position.", "The first position is 1."
        )
    saved = put_rule(call, name, script, conditions or [], position)
    call.journal("script.rule_set", name=saved.name, script=saved.script)
    return _shown(saved)


@command("script.delete_rule", Permission.ADMINISTER)
def delete_rule(call: Call, name: Name) -> ShownRule:
    """Delete a rule that chooses the default script."""
    gone = scripts.rule_by_name(call.store, clean_line(name).strip())
    if gone is None:
        raise Refused(
            "script.rule", f"There is no rule {name[:60]!r}.", "`script.rules` shows them."
        )
    scripts.remove_rule(call.store, gone.id)
    call.journal("script.rule_deleted", name=gone.name)
    return _shown(gone)


def put_rule(
    call: Call,
    name: str,
    script: str,
    conditions: Iterable[Mapping[str, Any]],
    position: int | None = None,
) -> ScriptRule:
    """Save a rule; refused if its script is not in use or its conditions are not valid."""
    there = scripts.rule_by_name(call.store, clean_line(name).strip())
    others = {one.name: int(one.id) for one in scripts.rules(call.store)}
    but = None if there is None else int(there.id)
    title = own_name(call, "script_rule", "a rule", name, others, but=but)
    wanted = script.strip().casefold()
    used = retired.those(call, "script", scripts.every(call.store))
    if wanted not in {one.key for one in used}:
        raise Refused(
            "script.unknown", f"There is no script {wanted[:60]!r}.", "`script.list` shows them."
        )
    parts = rule_parts.conditions(call, conditions, "script", rules.FIELDS)
    values = {"name": title, "script": wanted, "conditions": scripts.conditions_text(parts)}
    scripts.put_rule(call.store, values, position)
    saved = scripts.rule_by_name(call.store, title)
    assert saved is not None
    return saved


def _shown(rule: ScriptRule) -> ShownRule:
    return ShownRule(
        rule.name,
        rule.position,
        rule.script,
        " and ".join(in_words(one) for one in rule.conditions) or "always",
        tuple(
            {"field": one.field, "operator": one.operator.value, "value": one.value}
            for one in rule.conditions
        ),
    )


def put(
    call: Call,
    key: str,
    title: str,
    language: str,
    description: str,
    steps: Sequence[Step],
    coming: Iterable[str] = (),
) -> ScriptId:
    """Save a script, in the place of one of the same key and language.

    Refused where something is not valid. `coming` are keys of scripts that are saved after it.
    """
    said = name_of(title, "script.title", "A script", longest=rules.LONGEST_TITLE)
    if not steps:
        raise Refused("script.empty", f"The script {said} has no steps.", "Give one or more.")
    if len(steps) > rules.MOST_STEPS:
        raise Refused(
            "script.steps",
            f"The script {said} has {len(steps)} steps.",
            f"Give {rules.MOST_STEPS} at most; a step can jump to another script.",
        )
    known = {key, *coming, *scripts.keys(call.store)}
    runs = {one.key for one in retired.those(call, "macro", macros.every(call.store))}
    for number, name, clause in rules.problems(steps, known, runs):
        raise Refused(
            "script.step",
            f"Step {number + 1} of the script {said}: {clause}.",
            f"Change its {name}.",
        )
    values = {
        "key": key,
        "language": language,
        "title": said,
        "description": clean(description).strip(),
        "steps": scripts.steps_text(rules.keyed(steps)),
    }
    return scripts.put(call.store, values)


def written(given: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Steps as callers give them; refused where one is not valid in itself."""
    steps = []
    for number, one in enumerate(given, 1):
        strange = [str(name) for name in one if name not in _STEP]
        if strange:
            raise Refused(
                "script.step",
                f"Step {number} has an unknown key {strange[0][:60]!r}.",
                f"Use {', '.join(_STEP)}.",
            )
        for name, value in one.items():
            if not isinstance(value, str | None):
                raise Refused(
                    "script.step", f"Step {number} needs text as {name}.", "Give it in quotes."
                )
        step = Step(
            clean_line(one.get("key") or "").strip(),
            clean_line(one.get("title") or "").strip(),
            clean(one.get("text") or "").strip(),
            clean_line(one.get("macro") or "").strip(),
            clean_line(one.get("script") or "").strip(),
        )
        kind = (one.get("kind") or step.kind).strip()
        if kind != step.kind:
            raise Refused(
                "script.step",
                f"Step {number} is of kind {step.kind}, not {kind[:20]!r}.",
                "A macro step has `macro`, a jump has `script`, a text step has neither.",
            )
        steps.append(step)
    return tuple(steps)


def _own_key(call: Call, given: str) -> str:
    """The key of a new script; an existing one is kept, with its languages."""
    key = clean_line(given).strip()
    there = dict.fromkeys(scripts.keys(call.store), 0)
    if key in there:
        return key
    spelt = own_name(call, "script", "a script", key, there, use=Use.KEY)
    if not rules.is_key(spelt):
        raise Refused(
            "script.key",
            f"{spelt[:60]!r} is not a valid key for a script.",
            "Use small letters, digits and single dashes, such as closing-2.",
        )
    return spelt


def _language(given: str) -> str:
    code = clean_line(given).strip()
    if not code or len(code) > 20 or " " in code:
        raise Refused(
            "script.language", f"{code[:20]!r} is not a language.", "Give a code such as en or nb."
        )
    return code
