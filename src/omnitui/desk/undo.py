"""Taking back: what a command did to conversations, undone in one go, unless something followed.

A command that can be taken back calls `remember` before it changes anything; the desk seals the
entry when the command is done. Commands within a command belong to its entry.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.handing.hands import withdraw
from omnitui.desk.kinds import KINDS
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign, load
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refusal, Refused
from omnitui.model.ids import AgentId, ConversationId
from omnitui.model.journal import Entry
from omnitui.rules.meanwhile import matters, sentence, told
from omnitui.store import conversations, escalations, journal, timers
from omnitui.store import undo as kept

LIFE = frozenset(
    "state agent_id queue_id snoozed_until ended_at closed_at transfer_count accepted_at"
    " channel".split()
)
"""Columns that say where a conversation is in its life: taken back only while nothing followed."""


@dataclass(frozen=True, slots=True)
class _Deeds:
    """How deeds of a kind are taken back: what is in the way as a clause, and the taking back."""

    in_the_way: Callable[[Call, Mapping[str, Any]], str]
    take_back: Callable[[Call, Mapping[str, Any]], None]


_DEEDS: dict[str, _Deeds] = {}

_UndoneSince = Callable[[], Sequence[kept.Undone]]

_THREAD = (ConversationState.OPEN, ConversationState.ACTIVE, ConversationState.WAITING)


@dataclass(frozen=True, slots=True)
class Undoable:
    """What would be taken back: in words, when it was done (epoch ms), and what is in the way.

    `why_not` is empty while any of it can be taken back. Of several conversations, those are `left`
    as they are that something has followed from, and `why_left` is a sentence that names them.
    """

    what: str
    at: int
    conversations: tuple[ConversationId, ...]
    why_not: str = ""
    left: tuple[ConversationId, ...] = ()
    why_left: str = ""


def remember(call: Call, what: str, conversations: Sequence[int]) -> None:
    """Keep how conversations are, before the calling agent changes them.

    `what` goes on from "Taken back: ". Within a command that has remembered something, only
    conversations that are new to it are added. Callers who are not agents have nothing to undo.
    """
    agent = call.agent_or_none
    if agent is None:
        return
    if call.remembered.issuperset(conversations):
        return
    entry = kept.unsealed(call.store, agent)
    known = {step.conversation for step in entry.steps} if entry else set()
    steps = [kept.step(call.store, key) for key in dict.fromkeys(conversations) if key not in known]
    if entry is None:
        kept.add(call.store, agent, call.now, what, steps)
    elif steps:
        kept.write(call.store, entry, [*entry.steps, *steps], 0)
    call.remembered.update(conversations)


def deeds(
    kind: str,
    in_the_way: Callable[[Call, Mapping[str, Any]], str],
    take_back: Callable[[Call, Mapping[str, Any]], None],
) -> None:
    """Say how deeds of a kind, done to cases or customers, are taken back by what was kept."""
    _DEEDS[kind] = _Deeds(in_the_way, take_back)


def remember_deed(call: Call, what: str, kind: str, keep: dict[str, Any]) -> None:
    """Keep what the calling agent has done to a case or customer; `what` follows "Taken back: "."""
    agent = call.agent_or_none
    if agent is not None:
        kept.add_deed(call.store, agent, call.now, what, kept.Deed(kind, keep))


def forget_deed(call: Call, kind: str, name: str, value: int) -> None:
    """What was done has been taken back in another way; `name` and `value` are what was kept."""
    kept.mark_deeds(call.store, kind, name, value, call.now)


def reword(call: Call, what: str) -> None:
    """Say in other words what the command that is under way does, now that it is known."""
    agent = call.agent_or_none
    entry = None if agent is None else kept.unsealed(call.store, agent)
    if entry is not None:
        kept.reword(call.store, entry.id, what)


def seal(call: Call) -> None:
    """A command is done: keep of what it remembered only what it has changed."""
    agent = call.agent_or_none
    entry = None if agent is None else kept.unsealed(call.store, agent)
    if entry is None:
        return
    steps = []
    for step in entry.steps:
        now = kept.columns(call.store, step.conversation)
        changed = [name for name in kept.COLUMNS if step.before[name] != now[name]]
        if changed:
            before = {name: step.before[name] for name in changed}
            after = {name: now[name] for name in changed}
            steps.append(
                kept.Step(
                    step.conversation,
                    before,
                    step.tabs,
                    step.timers,
                    step.beside,
                    step.owner,
                    step.linked_at,
                    after,
                )
            )
    if steps:
        kept.write(call.store, entry, steps, journal.last(call.store))
    else:
        kept.drop(call.store, entry.id)


@query("undo.what")
def what(call: Call) -> Undoable | None:
    """What `undo.last` would take back now, None when there is nothing."""
    entry = kept.newest(call.store, _whose(call))
    if entry is None:
        return None
    if entry.deed is not None:
        return Undoable(
            entry.what, entry.at, (), _DEEDS[entry.deed.kind].in_the_way(call, entry.deed.kept)
        )
    ways = _in_the_way(call, entry)
    refusal = _refusal(entry, ways)
    return _told(entry, ways) if refusal is None else _told(entry, {}, str(refusal))


def _whose(call: Call) -> AgentId:
    """Whose last deed is meant; refuses callers whose deeds are not kept."""
    agent = call.agent_or_none
    if agent is None:
        raise Refused(
            "actor.not_an_agent",
            "Only what agents do is kept to be taken back.",
            "Say who you are with --as LOGIN; `case.unmerge` and `customer.unmerge` part what was"
            " merged, whoever did it.",
        )
    return agent


def _told(entry: kept.Undo, ways: Mapping[int, str], why_not: str = "") -> Undoable:
    keys = [ConversationId(step.conversation) for step in entry.steps]
    stay = "stays as it is" if len(ways) == 1 else "stay as they are"
    return Undoable(
        entry.what,
        entry.at,
        tuple(key for key in keys if key not in ways),
        why_not,
        tuple(key for key in keys if key in ways),
        f"{len(ways)} of {len(keys)} {stay}: {told([*ways.values()])}." if ways else "",
    )


@command("undo.last")
def last(call: Call) -> Undoable:
    """Take back the last thing you did that can be, unless something has followed from it.

    Of what was done to many conversations, those that something has followed from stay as they are;
    `left` and `why_left` say which and why.
    """
    entry = kept.newest(call.store, _whose(call))
    if entry is None:
        raise Refused(
            "undo.nothing",
            "There is nothing to take back.",
            "What you change, close, hand on, put off, link, mark or merge can be.",
        )
    if entry.deed is not None:
        return _take_back(call, entry, entry.deed)
    ways = _in_the_way(call, entry)
    refusal = _refusal(entry, ways)
    if refusal is not None:
        raise Refused(refusal.code, refusal.message, refusal.hint)
    concerned: set[int] = set()
    steps = [step for step in entry.steps if step.conversation not in ways]
    for step in steps:
        concerned |= _put_back(call, step, entry)
    kept.mark(call.store, entry, call.now, [*ways])
    for agent in sorted(concerned):
        load.refresh(call, agent)
    for step in steps:
        assign.route(call, thread.get(call, step.conversation))
    for agent in sorted(concerned):
        assign.fill(call, agent)
    return _told(entry, ways)


def _take_back(call: Call, entry: kept.Undo, deed: kept.Deed) -> Undoable:
    """Undo what was done to cases or customers."""
    how = _DEEDS[deed.kind]
    why_not = how.in_the_way(call, deed.kept)
    if why_not:
        raise _changed(entry, why_not)
    how.take_back(call, deed.kept)
    kept.mark(call.store, entry, call.now)
    return Undoable(entry.what, entry.at, ())


def _in_the_way(call: Call, entry: kept.Undo) -> dict[int, str]:
    """Why conversations of an entry cannot be made what they were, a reason for each of those."""
    undone = cache(lambda: kept.undone(call.store, entry.seq))
    found: dict[int, str] = {}
    for step in entry.steps:
        item = thread.get(call, step.conversation)
        why = _followed(call, entry, step, item, undone) or _begun_anew(call, step, item)
        if why:
            found[item.id] = why
    return found


def _refusal(entry: kept.Undo, ways: Mapping[int, str]) -> Refusal | None:
    """Why nothing of an entry can be taken back, None when any of it can."""
    if len(ways) < len(entry.steps):
        return None
    return _changed(entry, told([*ways.values()])).refusal


def _changed(entry: kept.Undo, why: str) -> Refused:
    said = f"“{entry.what}” cannot be taken back: {why}."
    return Refused("undo.changed", said, "Nothing was changed.")


def _followed(
    call: Call, entry: kept.Undo, step: kept.Step, item: Conversation, undone: _UndoneSince
) -> str:
    """What has happened to a conversation that undoing would overrule; empty when nothing has."""
    now = kept.columns(call.store, step.conversation)
    same = all(now[name] == value for name, value in step.after.items())
    if same and not LIFE & step.after.keys():
        return ""
    since = kept.meanwhile(call.store, step.conversation, entry.seq, undone)
    matter = (found for found in since if matters(found.kind))
    if "channel" in step.before:
        matter = (found for found in matter if not _on_another(found))
    first = next(matter, None)
    if first is not None:
        return _said(first, item)
    return "" if same else f"the conversation with {item.name} has changed since"


def _on_another(entry: Entry) -> bool:
    """Whether a customer wrote on a channel that the conversation had been escalated from."""
    return entry.kind == "message.received" and "channel" in entry.payload


def _said(entry: Entry, item: Conversation) -> str:
    known = KINDS.get(entry.kind, "Something happened.")
    return sentence(entry.kind, entry.actor_name, item.name, known)


def _begun_anew(call: Call, step: kept.Step, item: Conversation) -> str:
    """Whether the customer has begun another conversation instead of one that would come back."""
    if step.before.get("state") not in _THREAD:
        return ""
    key = conversations.address_key(call.store, item.id)
    other = conversations.thread(call.store, key, item.channel)
    if other in (None, item.id):
        return ""
    return f"{item.name} has begun another conversation since"


def _put_back(call: Call, step: kept.Step, entry: kept.Undo) -> set[int]:
    """Make one conversation what it was; returns the agents whose load that may change."""
    item = thread.get(call, step.conversation)
    holders = set(kept.tab_holders(call.store, item.id))
    values = dict(step.before)
    if LIFE & step.before.keys():
        values |= withdraw(call, item)
        # An offer that rings writes its own state; without it the state is as it was.
        values.setdefault("state", kept.columns(call.store, item.id)["state"])
        kept.stop_timers(call.store, item.id)
        for kind, due in step.timers.items():
            at = due if kind == "snooze" else due + call.now - entry.at
            timers.start(call.store, kind, item.id, at)
        kept.put_tabs_back(call.store, step)
        kept.put_beside_back(call.store, step)
    call.store.update("conversations", item.id, values)
    if "escalation_count" in values:
        escalations.forget_after(call.store, item.id, values["escalation_count"])
    linked = step.after.get("customer_id")
    if linked is not None and step.owner is None:
        kept.forget_address(call.store, item.id, linked)
    kept.give_address_back(call.store, step)
    thread.event(call, thread.get(call, item.id), f"{call.actor.name} took back: {entry.what}")
    call.journal(
        "conversation.undone",
        conversation=item.id,
        customer=item.customer_id,
        what=entry.what,
        columns=sorted(step.before),
    )
    now = thread.get(call, item.id)
    tabs = holders | {tab["agent_id"] for tab in step.tabs}
    held = {item.agent_id, item.offered_to, now.agent_id} - {None}
    return tabs | {int(agent) for agent in held if agent is not None}
