"""The steps of a macro, one after the other: filled, checked, done; each result for the next."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from omnitui.desk import carrying, naming, outgoing, replies, thread
from omnitui.desk.call import Call, Lasting
from omnitui.desk.call import Known as Cache
from omnitui.desk.convert import convert
from omnitui.desk.macros import undoing, words
from omnitui.desk.registry import COMMANDS, Command
from omnitui.desk.settings import load as load_settings
from omnitui.model import ids
from omnitui.model.actor import Permission
from omnitui.model.errors import Refusal, Refused
from omnitui.model.macro import ConsoleStep, Macro, MacroStep
from omnitui.rules.macros import Known, Said, UnfilledError, fill, insert, only_slot, withheld
from omnitui.store import cases, channels, customers, entitlements, knowledge, sessions
from omnitui.store import undo as kept
from omnitui.store.routing import workstreams


class StepOutcome(StrEnum):
    """What became of a step; one that is done in the console is handed to it.

    It is left out where its `when` has no value, and not tried after one that was refused.
    """

    DONE = "done"
    LEFT_OUT = "left_out"
    REFUSED = "refused"
    NOT_TRIED = "not_tried"


class RanStep(Struct, frozen=True):
    """One step as it was done, or would be.

    `says` are sentences about it, `given` its parameters with their slots filled, `result` what its
    command gave. `unknown` says what cannot be foreseen, `stays` why undo does not take it back (a
    clause); both may be empty.
    """

    number: int
    key: str
    command: str
    console: str
    outcome: StepOutcome
    says: tuple[str, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)
    result: Any = None
    refused: Refusal | None = None
    unknown: str = ""
    stays: str = ""


def context(call: Call, conversation: int) -> dict[str, Any]:
    """What slots stand for in a conversation right now."""
    item = thread.get(call, conversation)
    return {
        **replies.values(call, item.id),
        "conversation.id": item.id,
        "customer.id": item.customer_id,
        "case.id": item.case_id,
        "agent.id": call.agent_or_none,
    }


def run_steps(
    call: Call, macro: Macro, conversation: int, known: Known, *, dry_run: bool
) -> tuple[RanStep, ...]:
    """Do the steps up to the first that is refused; the others are not tried."""
    ran: list[RanStep] = []
    for number, step in enumerate(macro.steps, 1):
        plain = RanStep(number, step.key, step.command, str(step.console), StepOutcome.NOT_TRIED)
        if ran and ran[-1].outcome in (StepOutcome.REFUSED, StepOutcome.NOT_TRIED):
            ran.append(plain)
            continue
        known.values = context(call, conversation)
        if step.when and not fill(step.when, known):
            said = (
                f"Left out ({step.command or step.console}): {_why_left_out(macro, step, known)}."
            )
            ran.append(replace(plain, outcome=StepOutcome.LEFT_OUT, says=(said,)))
            continue
        try:
            with call.store.transaction():
                done = _step(call, step, plain, conversation, known, dry_run=dry_run)
        except Refused as refused:
            done = replace(plain, outcome=StepOutcome.REFUSED, refused=refused.refusal)
        else:
            known.result(number, step.key, done.result)
            call = _afterwards(call, step)
        ran.append(done)
    return tuple(ran)


def _step(
    call: Call,
    step: MacroStep,
    plain: RanStep,
    conversation: int,
    known: Known,
    *,
    dry_run: bool,
) -> RanStep:
    plain = replace(plain, outcome=StepOutcome.DONE)
    if step.command in _TELLS or step.console == ConsoleStep.INSERT_TEXT:
        _check_leaves(step, known)
    if step.console:
        given = _console(call, step, conversation, known)
        said = words.in_console(step.console, given)
        return replace(plain, given=given, says=(said,))
    command = carrying.command_for(call.actor, step.command)
    given = _filled(call, command, step, conversation, known)
    call = _own(call)
    arguments = convert(call, command, dict(given))
    says = [words.sentence(call, command, arguments, conversation, _spoken(step, known))]
    if dry_run:
        says += words.follows(call, command, arguments)
    first = call.store.next_key("undo")
    with _drafts_kept(call, conversation):
        result = carrying.carry_out(call, command, given)
    agent = call.agent_or_none
    entries = [] if agent is None else kept.from_on(call.store, agent, first)
    if entries and not dry_run:
        says = [f"{entry.what[0].upper()}{entry.what[1:]}." for entry in reversed(entries)]
    stays = next(filter(None, (undoing.final(entry) for entry in entries)), "")
    return replace(
        plain,
        given=given,
        says=tuple(filter(None, says)),
        result=msgspec.to_builtins(result, str_keys=True, enc_hook=str),
        unknown=words.not_known(command) if dry_run else "",
        stays=stays,
    )


_TELLS = ("bulk.reply", "conversation.reply", "scheduled.create", "scheduled.update")
"""Commands whose words customers read."""


def _check_leaves(step: MacroStep, known: Known) -> None:
    """Refuse words of internal articles in what customers read."""
    if slot := withheld(step.given, known):
        raise Refused(
            "article.internal",
            f"{{{slot}}} is of an internal article, which customers do not read.",
            "Choose a public article.",
        )


def _own(call: Call) -> Call:
    """The context of one step, as the desk gives it to each call."""
    return replace(
        call,
        touched=set(),
        remembered=set(),
        stirred=set(),
        eased=set(),
        known=Cache(),
        lasting=Lasting(),
    )


def _afterwards(call: Call, step: MacroStep) -> Call:
    """The context for what comes after a step: with what it has set up."""
    if not step.command or COMMANDS[step.command].permission is not Permission.ADMINISTER:
        return call
    streams = workstreams.every(call.store)
    return replace(
        call,
        settings=load_settings(call.store),
        channels={channel.key: channel for channel in channels.every(call.store)},
        streams={key: stream for stream in streams for key in stream.channels},
    )


@contextmanager
def _drafts_kept(call: Call, conversation: int) -> Iterator[None]:
    """Keep what the agent is writing: a macro sends its own words, and not these."""
    agent = call.agent_or_none
    before = None if agent is None else sessions.typed(call.store, agent, conversation)
    yield
    after = None if agent is None else sessions.typed(call.store, agent, conversation)
    if agent is None or before is None or after is None:
        return
    gone = [name for name in ("draft_reply", "draft_note") if before[name] and not after[name]]
    if gone:
        back = {name: before[name] for name in (*gone, "draft_at")}
        sessions.put_typed_back(call.store, agent, conversation, back)


def _filled(
    call: Call, command: Command, step: MacroStep, conversation: int, known: Known
) -> dict[str, Any]:
    """The parameters of a command; refused where one has a slot without a value that it needs."""
    given: dict[str, Any] = {}
    needed = {one.name for one in command.parameters if one.required}
    for name, value in step.given.items():
        try:
            given[name] = fill(value, known)
        except UnfilledError as error:
            raise _nothing(call, conversation, name, error.slots) from None
        slot = only_slot(value)
        if given[name] is None and slot and name in needed:
            raise _nothing(call, conversation, name, (slot,))
    return {name: value for name, value in given.items() if value is not None}


_MISSING = {
    "case": ("no case is linked", "Link a case first."),
    "customer": ("it is not known of the customer", "Link the customer, or fill in their record."),
    "context": ("the channel did not say it", "Run another macro, or do it by hand."),
    "conversation": ("the conversation has none", ""),
    "agent": ("no agent runs it", "Give your login with --as LOGIN."),
    "answer": ("it was not answered", "Answer it."),
}


def _spoken(step: MacroStep, known: Known) -> dict[str, str]:
    """The parameters that people say otherwise than commands take them: moments."""
    values = {name: known[only_slot(value)] for name, value in step.given.items()}
    return {name: value.words for name, value in values.items() if isinstance(value, Said)}


def _why_left_out(macro: Macro, step: MacroStep, known: Known) -> str:
    slot = only_slot(step.when)
    root, _, key = slot.partition(".")
    if root == "answer":
        label = next((one.label for one in macro.prompts if one.key == key), key)
        return f"“{label}” is {'not answered' if known[slot] is None else 'no'}"
    return _MISSING.get(root, ("an earlier step gave none", ""))[0]


def _nothing(call: Call, conversation: int, name: str, slots: tuple[str, ...]) -> Refused:
    slot = slots[0]
    why, hint = _MISSING.get(slot.partition(".")[0], ("an earlier step gave none", ""))
    whom = thread.get(call, conversation).name
    return Refused(
        "macro.unfilled", f"{{{slot}}} has no value for {name} with {whom}: {why}.", hint
    )


_TABS: Mapping[str, tuple[Any, Callable[[Any, int], Any], str]] = {
    "article": (ids.ArticleId, knowledge.article, "title"),
    "case": (ids.CaseId, cases.get, "number"),
    "customer": (ids.CustomerId, customers.get, "name"),
    "entitlement": (ids.EntitlementId, entitlements.get, "name"),
}


def _console(call: Call, step: MacroStep, conversation: int, known: Known) -> dict[str, Any]:
    """The parameters of a step in the console, with the record's key and title for a tab."""
    if step.console == ConsoleStep.INSERT_TEXT:
        # What cannot be sent is not begun.
        outgoing.check_may_reply(call, thread.get(call, conversation))
        text = insert(str(step.given["text"]), known)
        return {"text": text, "labels": replies.prompts_in(call, text)}
    given: dict[str, Any] = {}
    for name, value in step.given.items():
        try:
            given[name] = fill(value, known)
        except UnfilledError as error:
            raise _nothing(call, conversation, name, error.slots) from None
        if given[name] is None:
            raise _nothing(call, conversation, name, (only_slot(value),))
    if step.console == ConsoleStep.SEARCH_KNOWLEDGE:
        return {"phrase": " ".join(str(given["phrase"]).split())}
    kind = _TABS.get(str(given["tab"]))
    if kind is None:
        raise Refused(
            "macro.tab", f"There is no tab {given['tab']}.", f"Use one of {', '.join(_TABS)}."
        )
    wanted, find, title = kind
    key = naming.record(call, wanted, given["record"], {})
    return {"tab": given["tab"], "record": key, "title": getattr(find(call.store, key), title)}
