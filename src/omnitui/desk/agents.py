"""Agents: names, skills, capacity and presence."""

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
    """Change an agent's name and capacity (units); the login cannot change.

    New capacity gets work at once; with less capacity, active work stays. Old messages keep the old
    name.
    """
    row: dict[str, Any] = {}
    if name is not None:
        row["name"] = name_of(name, "agent.name", "An agent")
    if capacity is not None:
        _check_capacity(capacity)
        row["capacity"] = capacity
    if not row:
        raise Refused("agent.nothing", "Nothing to change.", "Give name or capacity.")
    call.store.update("agents", agent, row)
    call.journal("agent.updated", agent=agent, fields=sorted(row))
    load.refresh(call, agent)
    assign.fill(call, agent)
    return _get(call, agent)


def _check_capacity(capacity: int) -> None:
    if capacity < 0:
        raise Refused(
            "agent.capacity",
            f"A capacity of {capacity} units is below 0.",
            "Give 0 or more; 100 is the normal capacity.",
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
    """The name of a skill; existing names are always accepted."""
    name = clean_line(given)
    there = {one.casefold(): place for place, one in enumerate(triage.skills(call.store), 1)}
    if level == 0 or name.casefold() in there:
        return name
    return own_name(call, "skill", "a skill", given, there)


@query("agent.get")
def get(call: Call, agent: AgentId | None = None) -> Agent:
    """One agent; yourself by default."""
    return _get(call, call.agent if agent is None else agent)


@query("agent.list")
def list_(call: Call, retired: bool = False) -> list[Agent]:
    """All agents by login; with `retired` the retired ones instead."""
    return those(call, "agent", agents.every(call.store), gone=retired)


@command("agent.set_skill", Permission.ADMINISTER)
def set_skill(call: Call, agent: AgentId, skill: Name, level: int) -> Agent:
    """Give an agent a skill at a level from 1 to 10; 0 removes it."""
    _set_skill(call, agent, skill, level)
    call.journal("agent.skill_set", agent=agent, skill=skill, level=level)
    assign.fill(call, agent)
    return _get(call, agent)


@command("agent.set_calls_first", Permission.ADMINISTER)
def set_calls_first(call: Call, agent: AgentId, first: bool) -> Agent:
    """Set whether an agent takes calls first.

    They get other work only when nobody else fits, and are the first to be kept free for calls.
    """
    agents.set_calls_first(call.store, agent, first)
    call.journal("agent.calls_first_set", agent=agent, first=first)
    assign.everybody(call)
    return _get(call, agent)


@command("agent.set_presence")
def set_presence(call: Call, presence: Presence, agent: AgentId | None = None) -> Agent:
    """Choose a presence. Do not disturb, Away and Offline stay until you change them.

    Offers that this presence does not allow are withdrawn at once. Available and Busy stay until
    you next take or close something, and follow your load from then on. Only supervisors can set
    the presence of another agent.
    """
    whose = call.agent if agent is None else agent
    if whose != call.agent_or_none and not call.actor.may(Permission.SUPERVISE):
        raise Refused(
            "permission.denied", "Only a supervisor can set the presence of another agent."
        )
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
    """Make an agent present again: their presence follows their load, and they get waiting work."""
    load.set_presence(call, agent, Presence.AVAILABLE, "No work", by_hand=False)
    load.refresh(call, agent.id)
    assign.fill(call, agent.id)
    return _get(call, agent.id)


def _presence(agent: Agent) -> list[Any]:
    return [agent.presence, agent.presence_by_hand, agent.presence_reason]


def _chosen(presence: str, by_hand: bool, _reason: str) -> str:
    """Whether a presence stays until it is changed, instead of following the load."""
    return presence if by_hand and presence not in (Presence.AVAILABLE, Presence.BUSY) else ""


def _present_otherwise(call: Call, deed: Mapping[str, Any]) -> str:
    agent = _get(call, deed["agent"])
    same = _chosen(*_presence(agent)) == _chosen(*deed["after"])
    return "" if same else f"{agent.name} is {agent.presence.label} now"


def _present_as_before(call: Call, deed: Mapping[str, Any]) -> None:
    presence, by_hand, reason = deed["before"]
    agent = _get(call, deed["agent"])
    leaving.go(call, agent, Presence(presence), reason, by_hand=by_hand)
    load.refresh(call, agent.id)
    assign.fill(call, agent.id)


undo.deeds("agent.presence", _present_otherwise, _present_as_before)
