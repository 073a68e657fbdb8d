"""Agent scripts in a session: which is the default, switching, ticks and crosses, progress."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from omnitui.desk import replies, retired, thread, undo_rows
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.routing import classification
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, ScriptId
from omnitui.model.script import (
    Outcome,
    Script,
    ScriptChoice,
    ScriptRule,
    ScriptRun,
    ScriptState,
    Step,
    StepState,
)
from omnitui.rules import scripts as rules
from omnitui.rules.slots import fill
from omnitui.store import scripts
from omnitui.store.images import Watched

_VERBS = {Outcome.DONE: "ticked", Outcome.FAILED: "crossed", Outcome.OPEN: "reopened"}


@query("script.list")
def list_(call: Call, language: str = "") -> list[Script]:
    """The scripts in use, by title; those in `language` only, if it is given."""
    known = retired.those(call, "script", scripts.every(call.store))
    wanted = language.strip().casefold()
    return [one for one in known if not wanted or one.language.casefold() == wanted]


@query("script.get")
def get(call: Call, script: ScriptId) -> Script:
    """A script with its steps, their slots as they are written."""
    return found(call, script)


@query("script.state")
def state(call: Call, conversation: ConversationId) -> ScriptState:
    """How far a conversation is: its script with slots filled, marks, next step, other scripts.

    Until a script is started it is the default one, which the first rule that fits chooses.
    """
    item = thread.get(call, conversation)
    where = _Where.of(call, item)
    script, run = where.script, where.run
    choices = tuple(_choice(one, where.runs) for one in where.known if one != script)
    if script is None:
        return ScriptState(conversation, None, False, where.why, others=choices)
    known = replies.values(call, conversation)
    marks = {} if run is None else run.marks
    keys = [one.key for one in script.steps]
    done, failed = rules.tally(keys, marks)
    return ScriptState(
        conversation,
        script,
        run is not None,
        where.why,
        tuple(_step_state(one, known, run) for one in script.steps),
        rules.next_step(keys, marks),
        done,
        failed,
        choices,
    )


@command("script.start")
def start(call: Call, conversation: ConversationId, script: ScriptId) -> ScriptState:
    """Start a script in a conversation, or switch to it; a script keeps its marks when it is left.

    The key of a script means the one in the customer's language.
    """
    item = _open(call, conversation)
    wanted = found(call, script)
    current = next(iter(scripts.runs(call.store, conversation)), None)
    if current is None or current.script_id != script:
        what = f"started the script {wanted.title}"
        with undo_rows.rows(
            call,
            "script",
            what,
            f"the script {wanted.title}",
            *_watched(item),
            conversation=item.id,
        ):
            _begin(call, item, wanted)
    return state(call, conversation)


@command("script.step")
def step(
    call: Call,
    conversation: ConversationId,
    step: str,
    outcome: Outcome = Outcome.DONE,
    script: ScriptId | None = None,
) -> ScriptState:
    """Mark a step of a script: a tick (`done`), a cross (`failed`), or neither (`open`).

    `step` is its key or its number, from 1. A step can be marked again: the last mark counts.
    Without `script` it is a step of the current one; the default one is started by it. A step that
    jumps to a script starts that when it is done.
    """
    item = _open(call, conversation)
    runs = scripts.runs(call.store, item.id)
    whole = _meant(call, item, runs, script)
    one = _find(whole, step)
    target = _target(call, item, one) if outcome is Outcome.DONE and one.script else None
    what = f"{_VERBS[outcome]} “{one.title}”"
    with undo_rows.rows(
        call, "script", what, f"the step “{one.title}”", *_watched(item), conversation=item.id
    ):
        if all(run.script_id != whole.id for run in runs):
            _begin(call, item, whole)
        scripts.mark(call.store, item.id, whole.id, one.key, outcome, call.now, call.actor.name)
        call.journal(
            "script.stepped",
            conversation=item.id,
            script=whole.id,
            step=one.key,
            title=one.title,
            outcome=outcome.value,
        )
        if target is not None:
            _begin(call, item, target)
    return state(call, conversation)


undo_rows.declare("script")


def _meant(
    call: Call, item: Conversation, runs: Sequence[ScriptRun], script: ScriptId | None
) -> Script:
    """The script whose step is meant: the given one, else the current one, else the default."""
    if script is None and runs:
        script = runs[0].script_id
    if script is not None:
        return found(call, script)
    where = _Where.of(call, item)
    if where.script is None:
        raise Refused("script.none", where.why, "`script.start` starts one.")
    return where.script


class _Where(Struct, frozen=True):
    """The scripts that a conversation can have, and the current or default one with the reason."""

    known: tuple[Script, ...]
    runs: tuple[ScriptRun, ...]
    script: Script | None
    run: ScriptRun | None
    why: str

    @classmethod
    def of(cls, call: Call, item: Conversation) -> "_Where":
        every = scripts.every(call.store)
        known = retired.those(call, "script", every)
        runs = tuple(scripts.runs(call.store, item.id))
        language = thread.language(call, item)
        rule = _default(call, item, known)
        default = _version(known, rule.script, language) if rule is not None else None
        run = next(iter(runs), None)
        began = {one.script_id for one in runs}
        # What was started stays in sight, also when it has been retired since.
        chosen = _in_order([one for one in every if one in known or one.id in began], language)
        if run is None:
            return cls(chosen, runs, default, None, rules.reason(rule))
        script = next((one for one in every if one.id == run.script_id), None)
        why = rules.reason(rule)
        if script is not None and (default is None or script.key != default.key):
            other = f"; the default is {default.title}." if default is not None else "."
            why = f"Started by {run.started_by}{other}"
        return cls(chosen, runs, script, run, why)


def _in_order(known: Sequence[Script], language: str) -> tuple[Script, ...]:
    """Of each script the version for the customer first; then those in other languages."""
    versions: dict[str, list[Script]] = defaultdict(list)
    for one in known:
        versions[one.key].append(one)
    best = {rules.spoken(group, language) for group in versions.values()}
    return tuple(sorted(known, key=lambda one: (one not in best, one.title.casefold())))


def _version(known: Sequence[Script], key: str, language: str) -> Script | None:
    return rules.spoken([one for one in known if one.key == key], language)


def _default(call: Call, item: Conversation, known: Sequence[Script]) -> ScriptRule | None:
    """The rule that chooses the default of a conversation; None if no rule fits."""
    written = scripts.rules(call.store)
    if not written:
        return None
    asked = {one.field for rule in written for one in rule.conditions}
    facts = classification.facts_of(call, item, scripts.heard(call.store, item.id), asked)
    facts |= {
        "queue": item.queue,
        "workstream": call.stream(item.channel).name,
        "labels": list(item.labels),
    }
    return rules.fits(written, facts, {one.key for one in known})


def _step_state(one: Step, known: Mapping[str, str | None], run: ScriptRun | None) -> StepState:
    text = fill(one.text, known)
    mark = None if run is None else run.marks.get(one.key)
    return StepState(
        one.key,
        one.kind,
        fill(one.title, known).text,
        text.text,
        tuple(text.text[prompt.start : prompt.end] for prompt in text.prompts),
        one.macro,
        one.script,
        Outcome.OPEN if mark is None else mark.outcome,
        0 if mark is None else mark.at,
        "" if mark is None else mark.by,
    )


def _choice(script: Script, runs: Sequence[ScriptRun]) -> ScriptChoice:
    run = next((one for one in runs if one.script_id == script.id), None)
    done, _ = rules.tally([one.key for one in script.steps], {} if run is None else run.marks)
    return ScriptChoice(
        script.id,
        script.key,
        script.title,
        script.language,
        script.description,
        run is not None,
        done,
        len(script.steps),
    )


def found(call: Call, script: int) -> Script:
    """The script of that number, which must exist."""
    there = scripts.get(call.store, script)
    assert there is not None
    return there


def _open(call: Call, conversation: int) -> Conversation:
    item = thread.get(call, conversation)
    if item.state is ConversationState.CLOSED:
        raise Refused(
            "script.closed",
            f"The conversation with {item.name} is closed.",
            "Its scripts can be read; marks no longer change.",
        )
    return item


def _find(script: Script, step: str) -> Step:
    """The step of that key or number; refused if there is none."""
    text = step.strip()
    one = next((one for one in script.steps if one.key == text.casefold()), None)
    if one is None and text.isdecimal() and 1 <= int(text) <= len(script.steps):
        one = script.steps[int(text) - 1]
    if one is None:
        raise Refused(
            "script.step",
            f"The script {script.title} has no step {text[:60]!r}.",
            f"Give a number from 1 to {len(script.steps)}, or a step's key.",
        )
    return one


def _target(call: Call, item: Conversation, one: Step) -> Script:
    """The script that a step jumps to, in the customer's language; refused if it is not in use."""
    there = retired.those(call, "script", scripts.of_key(call.store, one.script))
    target = rules.spoken(there, thread.language(call, item))
    if target is None:
        raise Refused(
            "script.unknown",
            f"The step “{one.title}” jumps to the script {one.script}, which is not in use.",
            "Mark it as failed; an administrator changes it with script.update.",
        )
    return target


def _begin(call: Call, item: Conversation, script: Script) -> None:
    scripts.start(call.store, item.id, script.id, call.now, call.actor.name)
    call.journal("script.started", conversation=item.id, script=script.id, name=script.title)


def _watched(item: Conversation) -> tuple[Watched, ...]:
    return (
        Watched("script_marks", "conversation_id", item.id),
        Watched("script_runs", "conversation_id", item.id),
    )
