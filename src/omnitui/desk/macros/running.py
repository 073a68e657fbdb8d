"""Running a macro: everything is asked first, every step is a call of its caller's.

Steps are done in one transaction, each with the permissions, checks and undo that calling it has. A
refused step ends the macro; what was done before it stays, and one undo takes back the whole.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import moments, undo
from omnitui.desk.call import Call
from omnitui.desk.macros import undoing
from omnitui.desk.macros.steps import RanStep, StepOutcome, context, run_steps
from omnitui.desk.macros.writing import found
from omnitui.desk.registry import command, query
from omnitui.model.errors import Refusal, Refused, refuse
from omnitui.model.ids import ConversationId, MacroId
from omnitui.model.macro import Macro, MacroPrompt
from omnitui.rules import when
from omnitui.rules.macro_words import listed
from omnitui.rules.macros import Known, Said, answered, fill_default
from omnitui.store import conversations
from omnitui.store import macros as kept


class MacroRun(Struct, frozen=True):
    """What a macro did, or in a dry run would do; `said` says it in a sentence.

    `complete` is whether no step was refused. `stays` says what one undo does not take back, empty
    where it takes back all.
    """

    macro: MacroId
    title: str
    conversation: ConversationId
    dry_run: bool
    complete: bool
    steps: tuple[RanStep, ...]
    said: str
    stays: str = ""


class _DryError(Exception):
    """Lets go of what was only tried."""


@query("macro.prompts")
def prompts(call: Call, macro: MacroId, conversation: ConversationId) -> tuple[MacroPrompt, ...]:
    """The prompts of a macro, their defaults filled from the conversation."""
    known = Known(context(call, conversation), {})
    return tuple(
        replace(one, default=fill_default(one.default, known)) for one in found(call, macro).prompts
    )


@command("macro.run")
def run(
    call: Call,
    macro: MacroId,
    conversation: ConversationId,
    answers: dict[str, Any] | None = None,
    dry_run: bool = False,
    zone: str = "",
) -> MacroRun:
    """Run a macro for a conversation, with answers to its prompts.

    `answers` has the prompts' keys; dates are words such as `fri 9am` in the time zone `zone` (such
    as Europe/Oslo; by default the machine's). A missing answer is refused, and nothing is done. A
    refused step stops the macro: what was done before stays, and one undo takes it back. With
    `dry_run` every step is tried and let go again: nothing changes.
    """
    one = found(call, macro)
    known = Known({}, _answers(call, one, conversation, answers or {}, zone))
    if dry_run:
        return _tried(call, one, conversation, known)
    begun = undo.mark(call)
    steps = run_steps(call, one, conversation, known, dry_run=False)
    ran = _told(call, one, conversation, steps, dry_run=False)
    refused = next((step for step in steps if step.outcome is StepOutcome.REFUSED), None)
    done = [step.number for step in steps if step.outcome is StepOutcome.DONE]
    if refused is not None and not done:
        why = refused.refused
        assert why is not None
        said = f"Step {refused.number} of “{one.title}” was refused: {why.message}"
        raise Refused(why.code, said, f"Nothing was done. {why.hint}".strip())
    if begun is not None:
        undoing.join(call, one, conversation, begun)
    kept.count_use(call.store, macro)
    item = conversations.get(call.store, conversation)
    call.journal(
        "macro.ran",
        conversation=conversation,
        customer=None if item is None else item.customer_id,
        macro=macro,
        title=one.title,
        done=done,
        refused=None if refused is None else refused.number,
    )
    return ran


def _answers(
    call: Call, macro: Macro, conversation: int, given: Mapping[str, Any], zone: str
) -> dict[str, Any]:
    where = moments.zone_of(zone, "macro.zone")

    def moment(words: str) -> Said | Refusal:
        try:
            at = moments.moment(call, words, where, "macro.answer")
        except Refused as refused:
            return refused.refusal
        return Said(moments.iso(at), when.said(at, call.now, where))

    defaults = {
        one.key: one.default for one in prompts(call, macro.id, ConversationId(conversation))
    }
    found_ = answered(macro.title, macro.prompts, given, defaults, moment)
    if isinstance(found_, Refusal):
        refuse(found_)
    assert isinstance(found_, dict)
    return found_


def _tried(call: Call, macro: Macro, conversation: int, known: Known) -> MacroRun:
    """What a macro would do, by doing it and letting go of it."""
    chance = call.random.getstate()
    ran: MacroRun | None = None
    try:
        with call.store.transaction():
            steps = run_steps(call, macro, conversation, known, dry_run=True)
            ran = _told(call, macro, conversation, steps, dry_run=True)
            raise _DryError
    except _DryError:
        pass
    finally:
        # What is drawn for a try is drawn again when it is done.
        call.random.setstate(chance)
    assert ran is not None
    return ran


def _told(
    call: Call, macro: Macro, conversation: int, steps: tuple[RanStep, ...], *, dry_run: bool
) -> MacroRun:
    refused = next((step for step in steps if step.outcome is StepOutcome.REFUSED), None)
    stays = [f"Step {step.number} cannot be undone: {step.stays}." for step in steps if step.stays]
    return MacroRun(
        macro.id,
        macro.title,
        ConversationId(conversation),
        dry_run,
        refused is None,
        steps,
        _sentence(macro, steps, refused, dry_run=dry_run),
        " ".join(stays),
    )


def _sentence(
    macro: Macro, steps: tuple[RanStep, ...], refused: RanStep | None, *, dry_run: bool
) -> str:
    doing = sum(step.outcome is StepOutcome.DONE for step in steps)
    many = f"{doing} step{'' if doing == 1 else 's'}"
    if refused is None:
        return f"“{macro.title}” would do {many}." if dry_run else f"Ran “{macro.title}”: {many}."
    assert refused.refused is not None
    verb = "would stop" if dry_run else "stopped"
    said = f"“{macro.title}” {verb} at step {refused.number} of {len(steps)}"
    said += f" ({refused.command or refused.console}): {refused.refused.message}"
    done = [step.number for step in steps if step.outcome is StepOutcome.DONE]
    rest = [step.number for step in steps if step.outcome is StepOutcome.NOT_TRIED]
    if done and not dry_run:
        said += f" {listed(done)} {'is' if len(done) == 1 else 'are'} done."
    if rest:
        said += f" {listed(rest)} {'is' if len(rest) == 1 else 'are'} not tried."
    return said
