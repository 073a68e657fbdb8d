"""Agents: who they are, what they can, whether they are there."""

from collections.abc import Mapping
from typing import Any

from omnitui.desk import undo
from omnitui.desk.call import Call
from omnitui.desk.convert import Exact, Name
from omnitui.desk.named import name_of, own_name
from omnitui.desk.registry import command, query
from omnitui.desk.retired import those
from omnitui.desk.routing import assign, load
from omnitui.desk.transfers import leaving
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.agent import Agent, Presence
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId
from omnitui.rules.keys import Use
from omnitui.safetext import clean_line
from omnitui.store import agents, triage
from omnitui.store.routing import declines

LEVELS = range(11)


@command("agent.create", Permission.ADMINISTER)
def create(
    call: Call,
    login: Exact,
    name: str,
    capacity: int = 100,
    skills: dict[Name, int] | None = None,
) -> Agent:
    """Add an agent. `capacity` is in units; a chat costs 25, a phone call 100."""
    name = name_of(name, "agent.name", "An agent")
    there = agents.every_login(call.store)
    login = own_name(call, "agent", "an agent", login, there, use=Use.LOGIN)
    _check_capacity(capacity)
    key = agents.add(call.store, login, name, capacity, call.now)
    for skill, level in (skills or {}).items():
        _set_skill(call, key, skill, level)
    call.journal("agent.created", agent=key, login=login)
    return _get(call, key)


@command("agent.update", Permission.ADMINISTER)
def update(
    call: Call, agent: AgentId, name: str | None = None, capacity: int | None = None
) -> Agent:
    """Change an agent's name and capacity (units); what is not named stays, and so does the login.

    More room is filled at once; with less, what they have in hand stays with them. What they have
    said keeps the name that they had then.
    """
    row: dict[str, Any] = {}
    if name is not None:
        row["name"] = name_of(name, "agent.name", "An agent")
    if capacity is not None:
        _check_capacity(capacity)
        row["capacity"] = capacity
    if not row:
        raise Refused("agent.nothing", "Nothing to change was named.", "Give name or capacity.")
    call.store.update("agents", agent, row)
    call.journal("agent.updated", agent=agent, fields=sorted(row))
    load.refresh(call, agent)
    assign.fill(call, agent)
    return _get(call, agent)


def _check_capacity(capacity: int) -> None:
    if capacity < 0:
        raise Refused(
            "agent.capacity",
            f"A capacity of {capacity} units is below nothing.",
            "Give 0 or more; 100 is usual.",
        )


def _get(call: Call, agent: AgentId) -> Agent:
    found = agents.get(call.store, agent)
    assert found is not None
    return found


def _set_skill(call: Call, agent: AgentId, skill: str, level: int) -> None:
    if level not in LEVELS:
        raise Refused("skill.range", f"{level} is not a level of {skill}.", "Give 0 to 10.")
    agents.set_skill(call.store, agent, _skill(call, skill, level), level)


def _skill(call: Call, given: str, level: int) -> str:
    """The name of a skill; what there is already can be given and taken, whatever it is called."""
    name = clean_line(given)
    there = {one.casefold(): place for place, one in enumerate(triage.skills(call.store), 1)}
    if level == 0 or name.casefold() in there:
        return name
    return own_name(call, "skill", "a skill", given, there)


@query("agent.get")
def get(call: Call, agent: AgentId | None = None) -> Agent:
    """One agent; yourself if none is named."""
    return _get(call, call.agent if agent is None else agent)


@query("agent.list")
def list_(call: Call, retired: bool = False) -> list[Agent]:
    """All agents by login; with `retired` those who are retired instead."""
    return those(call, "agent", agents.every(call.store), gone=retired)


@command("agent.set_skill", Permission.ADMINISTER)
def set_skill(call: Call, agent: AgentId, skill: Name, level: int) -> Agent:
    """Give an agent a skill at a level from 1 to 10; 0 takes it away."""
    _set_skill(call, agent, skill, level)
    call.journal("agent.skill_set", agent=agent, skill=skill, level=level)
    assign.fill(call, agent)
    return _get(call, agent)


@command("agent.set_calls_first", Permission.ADMINISTER)
def set_calls_first(call: Call, agent: AgentId, first: bool) -> Agent:
    """Say whether an agent takes calls first: other work rings there only when nobody else fits.

    Of those who stay free for expected calls they are the first.
    """
    agents.set_calls_first(call.store, agent, first)
    call.journal("agent.calls_first_set", agent=agent, first=first)
    assign.everybody(call)
    return _get(call, agent)


@command("agent.set_presence")
def set_presence(call: Call, presence: Presence, agent: AgentId | None = None) -> Agent:
    """Choose a presence. Do not disturb, Away and Offline stay until you change them.

    They take back at once what rings and may not any more. Available and Busy hold until you next
    take or close something, and follow your load from then on. Naming another agent needs a
    supervisor.
    """
    whose = call.agent if agent is None else agent
    if whose != call.agent_or_none and not call.actor.may(Permission.SUPERVISE):
        raise Refused("permission.denied", "Only a supervisor may set somebody else's presence.")
    if not presence.selectable:
        raise Refused(
            "presence.system",
            "Inactive is set by the system when an offer is missed.",
            "Choose away or offline.",
        )
    own = call.actor.kind is ActorKind.AGENT and whose == call.actor.id
    reason = "You chose it" if own else f"Set by {call.actor.name}"
    before = _get(call, whose)
    leaving.go(call, before, presence, reason, by_hand=True)
    load.refresh(call, whose)
    after = _get(call, whose)
    if (before.presence, before.presence_by_hand) != (after.presence, after.presence_by_hand):
        undo.remember_deed(
            call,
            f"set {'yourself' if own else after.name} to {after.presence.label}",
            "agent.presence",
            {"agent": whose, "before": _presence(before), "after": _presence(after)},
        )
    if presence in (Presence.AVAILABLE, Presence.BUSY):
        declines.lift(call.store, whose)
    assign.fill(call, whose)
    return _get(call, whose)


def sit_down(call: Call, agent: Agent) -> Agent:
    """An agent is there again: their presence follows their load, and they are given what waits."""
    load.set_presence(call, agent, Presence.AVAILABLE, "Nothing in hand", by_hand=False)
    load.refresh(call, agent.id)
    assign.fill(call, agent.id)
    return _get(call, agent.id)


def _presence(agent: Agent) -> list[Any]:
    return [agent.presence, agent.presence_by_hand, agent.presence_reason]


def _chosen(presence: str, by_hand: bool, _reason: str) -> str:
    """What stays until somebody chooses otherwise; what follows the load comes and goes."""
    return presence if by_hand and presence not in (Presence.AVAILABLE, Presence.BUSY) else ""


def _present_otherwise(call: Call, deed: Mapping[str, Any]) -> str:
    agent = _get(call, deed["agent"])
    same = _chosen(*_presence(agent)) == _chosen(*deed["after"])
    return "" if same else f"{agent.name} is {agent.presence.label} by now"


def _present_as_before(call: Call, deed: Mapping[str, Any]) -> None:
    presence, by_hand, reason = deed["before"]
    agent = _get(call, deed["agent"])
    leaving.go(call, agent, Presence(presence), reason, by_hand=by_hand)
    load.refresh(call, agent.id)
    assign.fill(call, agent.id)


undo.deeds("agent.presence", _present_otherwise, _present_as_before)
