"""Undoing what was done to conversations: what is in the way, and making them what they were."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from omnitui.desk import thread
from omnitui.desk.call import Call
from omnitui.desk.kinds import KINDS
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import requests, room
from omnitui.desk.transfers.hands import withdraw
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.journal import Entry
from omnitui.rules.arriving import same_thread
from omnitui.rules.conflicts import matters, sentence
from omnitui.store import (
    address_rows,
    cases,
    conversations,
    customers,
    escalations,
    merges,
    timers,
)
from omnitui.store import undo as kept
from omnitui.store.routing import sla_targets

LIFE = frozenset(
    "state agent_id queue_id snoozed_until ended_at closed_at transfer_count accepted_at"
    " channel".split()
)
"""Columns that say where a conversation is in its life: undone only while nothing followed."""

_UndoneSince = Callable[[], Sequence[kept.Undone]]

_THREAD = (
    ConversationState.BOT,
    ConversationState.OPEN,
    ConversationState.ACTIVE,
    ConversationState.WAITING,
)


def in_the_way(call: Call, entry: kept.Undo, whole: Sequence[kept.Undone] = ()) -> dict[int, str]:
    """Why conversations of an entry cannot be made what they were, a reason for each of those.

    What happened as parts of the same `whole`, which is undone with it, is in nobody's way.
    """
    undone = cache(lambda: [*kept.undone(call.store, entry.seq), *whole])
    found: dict[int, str] = {}
    for step in entry.steps:
        conversation = thread.get(call, step.conversation)
        why = (
            _followed(call, entry, step, conversation, undone)
            or _begun_anew(call, step, conversation)
            or _second_call(call, step, conversation)
            or _addresses_changed(call, step)
            or _case_of_another(call, step)
        )
        if why:
            found[conversation.id] = why
    # One address is not put back for some of the conversations from there alone.
    moved = [pair for step in entry.steps if step.conversation in found for pair in step.addresses]
    for step in entry.steps:
        if any(pair in moved for pair in step.addresses):
            found.setdefault(step.conversation, next(iter(found.values())))
    return found


def _followed(
    call: Call,
    entry: kept.Undo,
    step: kept.Step,
    conversation: Conversation,
    undone: _UndoneSince,
) -> str:
    """What has happened to a conversation that undoing would overrule; empty when nothing has."""
    now = kept.columns(call.store, step.conversation)
    same = all(now[name] == value for name, value in step.after.items())
    if same and not LIFE & step.after.keys():
        return ""
    since = kept.happened_since(call.store, step.conversation, entry.seq, undone)
    matter = (found for found in since if matters(found.kind))
    if "channel" in step.before:
        matter = (found for found in matter if not _on_another(found))
    first = next(matter, None)
    if first is not None:
        return _said(first, conversation)
    return "" if same else f"the conversation with {conversation.name} has changed since"


def _on_another(entry: Entry) -> bool:
    """Whether a customer wrote on a channel that the conversation had been escalated from."""
    return entry.kind == "message.received" and "channel" in entry.payload


def _said(entry: Entry, conversation: Conversation) -> str:
    known = KINDS.get(entry.kind, "Something happened.")
    return sentence(entry.kind, entry.actor_name, conversation.name, known)


def _begun_anew(call: Call, step: kept.Step, conversation: Conversation) -> str:
    """Whether the customer has begun another conversation instead of one that would come back."""
    if step.before.get("state") not in _THREAD:
        return ""
    key = conversations.address_key(call.store, conversation.id)
    other = conversations.thread(call.store, key, conversation.channel)
    if other is None or other == conversation.id:
        return ""
    threading = call.place(conversation.channel).threading
    if not same_thread(threading, thread.get(call, other), conversation):
        return ""
    return f"{conversation.name} has started another conversation since"


def _addresses_changed(call: Call, step: kept.Step) -> str:
    """Whether an address that was given or moved is not as it became, or is not free to go back."""
    if not step.since and "customer_id" in step.after:
        return "it was done before this store was upgraded"
    for before, after in step.addresses:
        found = address_changed(call, before, after)
        if found:
            return found
    owner = step.before.get("customer_id")
    return "" if owner is None else merged_since(call, owner)


def _case_of_another(call: Call, step: kept.Step) -> str:
    """Whether its case and its customer would be no longer one's own, as a clause."""
    back = {**kept.columns(call.store, step.conversation), **step.before}
    if back["case_id"] is None or not {"customer_id", "case_id"} & step.before.keys():
        return ""
    case = cases.get(call.store, back["case_id"])
    if case is None or case.customer_id == back["customer_id"]:
        return ""
    return f"{case.number} of {_name(call, case.customer_id)} was linked to it since"


def address_changed(
    call: Call, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> str:
    """What keeps an address from being as it was `before`, as a clause; empty if nothing does.

    Both are its row, or None where there was none. Key, owner and written form are all compared.
    """
    if after is not None:
        now = address_rows.at(call.store, after["id"])
        if now is None:
            taken = address_taken(call, after, (after["id"],))
            if taken or before is not None:
                return taken or f"{after['value']} has been removed since"
        elif now["customer_id"] != after["customer_id"]:
            return f"{after['value']} belongs to {_name(call, now['customer_id'])} now"
        elif now != after:
            return f"{after['value']} has been changed to {now['value']} since"
    if before is None:
        return ""
    taken = address_taken(call, before, () if after is None else (after["id"],))
    return taken or merged_since(call, before["customer_id"])


def address_taken(call: Call, address: Mapping[str, Any], besides: Collection[int]) -> str:
    """Whether another row than those `besides` has an address by now, as a clause."""
    other = address_rows.of(call.store, address["key"])
    if other is None or other["id"] in besides:
        return ""
    if other["customer_id"] == address["customer_id"]:
        return f"{address['value']} has been added again since"
    return f"{address['value']} belongs to {_name(call, other['customer_id'])} now"


def merged_since(call: Call, customer: int) -> str:
    """Whether a customer is no longer there as themselves, as a clause; empty if they are."""
    if not call.store.holds("customers", customer):
        return "the customer was deleted"
    into = customers.survivor(call.store, customer)
    if into == customer:
        return ""
    name = merges.columns(call.store, customer)["name"]
    return f"{name} was merged into {_name(call, into)} since"


def _name(call: Call, customer: int) -> str:
    found = customers.get(call.store, customer)
    assert found is not None
    return found.name


def _second_call(call: Call, step: kept.Step, conversation: Conversation) -> str:
    """Whether it would come back to somebody who is on another call by now."""
    back = {**kept.columns(call.store, conversation.id), **step.before}
    active = back["state"] == ConversationState.ACTIVE
    moves = {"state", "agent_id", "channel"} & step.before.keys()
    if not active or not moves or back["agent_id"] is None:
        return ""
    whose = [back["agent_id"], *(one["agent_id"] for one in step.beside if one["role"] == "added")]
    for agent in whose:
        refusal = room.second_call(call, conversation, agent, back["channel"])
        if refusal is not None:
            return refusal.message
    return ""


def put_back(call: Call, entry: kept.Undo, steps: Sequence[kept.Step]) -> None:
    """Make conversations what they were, then look for whoever should have them now."""
    concerned: set[int] = set()
    for step in steps:
        concerned |= _put_back(call, step, entry)
    for agent in sorted(concerned):
        load.refresh(call, agent)
        load.wait_for(call, agent)
    mine = call.agent_or_none
    taken = {step.conversation for step in steps if step.after.get("agent_id", 0) == mine}
    for step in steps:
        # What somebody lets go again is not given back to them at once.
        not_to = mine if step.conversation in taken else None
        assign.route(call, thread.get(call, step.conversation), not_to=not_to)
    for agent in sorted(concerned):
        assign.fill(call, agent)


def _put_back(call: Call, step: kept.Step, entry: kept.Undo) -> set[int]:
    """Make one conversation what it was; returns the agents whose load that may change."""
    conversation = thread.get(call, step.conversation)
    holders = set(kept.tab_holders(call.store, conversation.id))
    values = dict(step.before)
    if values.get("state") == ConversationState.BOT:
        # A virtual agent from whom a person took it stays silent: it goes to its queue.
        values |= {"state": ConversationState.OPEN, "handed_over_at": call.now}
        values.pop("context", None)
    if LIFE & step.before.keys():
        values |= withdraw(call, conversation)
        requests.withdraw(call, conversation)
        # An offer that rings writes its own state; without it the state is as it was.
        values.setdefault("state", kept.columns(call.store, conversation.id)["state"])
        timers.stop_all(call.store, conversation.id)
        for kind, due in step.timers.items():
            at = due if kind == "snooze" else due + call.now - entry.at
            timers.start(call.store, kind, conversation.id, at)
        kept.put_tabs_back(call.store, step)
        kept.put_beside_back(call.store, step)
    call.store.update("conversations", conversation.id, values)
    if "escalation_count" in values:
        escalations.forget_after(call.store, conversation.id, values["escalation_count"])
    address_rows.put_back(call.store, step.addresses)
    _promises_back(call, step)
    thread.event(call, thread.get(call, conversation.id), f"{call.actor.name} undid: {entry.what}")
    call.journal(
        "conversation.undone",
        conversation=conversation.id,
        customer=conversation.customer_id,
        what=entry.what,
        columns=sorted(step.after),
    )
    _told_of_cases(call, step)
    now = thread.get(call, conversation.id)
    tabs = holders | {tab["agent_id"] for tab in step.tabs}
    held = {conversation.agent_id, conversation.offered_to, now.agent_id} - {None}
    return tabs | {int(agent) for agent in held if agent is not None}


def _promises_back(call: Call, step: kept.Step) -> None:
    """Let the targets count that counted before, as if they had never ceased to."""
    for key in kept.put_promises_back(call.store, step):
        given = sla_targets.get(call.store, key)
        if given is not None and given.paused_at is None and given.kept_at is None:
            for kind, at in (("sla_warn", given.warn_at), ("sla_fail", given.fail_at)):
                if at > call.now:
                    timers.start(call.store, kind, key, at)


def _told_of_cases(call: Call, step: kept.Step) -> None:
    """The case that a conversation was parted from is looked at again, too."""
    case = step.after.get("case_id")
    if case is not None:
        call.touched.add(("case", case))
