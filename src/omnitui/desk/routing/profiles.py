"""Capacity profiles: capacity counted in items of a kind."""

from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.desk.retired import those
from omnitui.desk.routing import assign
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ProfileId
from omnitui.model.profile import CapacityProfile, Profile, Reset
from omnitui.safetext import clean_line
from omnitui.store import conversations
from omnitui.store.routing import profiles

MOST = 10_000


@command("profile.create", Permission.ADMINISTER)
def create(
    call: Call,
    name: Name,
    most: int,
    reset: Reset = Reset.IMMEDIATE,
    blocking: bool = False,
) -> CapacityProfile:
    """Add a capacity profile: an agent who has it takes at most `most` items that need it.

    `reset` says when capacity is free again: immediate, when work on an item ends, or end_of_day.
    One that is `blocking` blocks all other work when it is used up.
    """
    there = {one.name: one.id for one in profiles.every(call.store)}
    title = own_name(call, "profile", "a capacity profile", name, there)
    row = {"most": _most(most), "reset": reset, "blocking": int(blocking)}
    key = profiles.add(call.store, title, row)
    call.journal("profile.created", profile=key, name=title)
    return _get(call, key)


@command("profile.update", Permission.ADMINISTER)
def update(
    call: Call,
    profile: ProfileId,
    most: int | None = None,
    reset: Reset | None = None,
    blocking: bool | None = None,
) -> CapacityProfile:
    """Change a capacity profile.

    With another `reset`, active work counts from now on.
    """
    row: dict[str, Any] = {}
    if most is not None:
        row["most"] = _most(most)
    if reset is not None:
        row["reset"] = reset
    if blocking is not None:
        row["blocking"] = int(blocking)
    if not row:
        raise Refused("profile.nothing", "Nothing to change.", "Give most, reset or blocking.")
    before = _get(call, profile)
    profiles.change(call.store, profile, row)
    call.journal("profile.updated", profile=profile, fields=sorted(row))
    for agent in profiles.holders(call.store, profile):
        if reset not in (None, before.reset):
            # What the one way of counting left behind means nothing to the other.
            held = _held(call, agent, before.name)
            profiles.set_used(call.store, agent, profile, held, call.today)
        assign.fill(call, agent)
    return _get(call, profile)


def _held(call: Call, agent: int, name: str) -> int:
    """The number of an agent's active and offered items that need a profile."""
    return sum(name in item.profiles for item in conversations.held_by(call.store, agent))


@query("profile.list")
def list_(call: Call, retired: bool = False) -> list[CapacityProfile]:
    """All capacity profiles by name, with how many agents have each; with `retired` the others."""
    return those(call, "profile", profiles.every(call.store), gone=retired)


@query("profile.of_agent")
def of_agent(call: Call, agent: AgentId | None = None) -> dict[str, Profile]:
    """An agent's free capacity by the profile's name; your own by default."""
    whose = call.agent if agent is None else agent
    return profiles.of_agent(call.store, whose, call.today)


@command("profile.give", Permission.ADMINISTER)
def give(call: Call, agent: AgentId, profile: ProfileId) -> dict[str, Profile]:
    """Give a capacity profile to an agent; active work that needs it counts at once."""
    name = _get(call, profile).name
    if not profiles.give(call.store, agent, profile, _held(call, agent, name), call.today):
        raise Refused("profile.given", f"They have the capacity profile {name} already.")
    call.journal("profile.given", agent=agent, profile=profile, name=name)
    assign.fill(call, agent)
    return profiles.of_agent(call.store, agent, call.today)


@command("profile.take_away", Permission.ADMINISTER)
def take_away(call: Call, agent: AgentId, profile: ProfileId) -> dict[str, Profile]:
    """Remove a capacity profile from an agent; active work stays."""
    name = _get(call, profile).name
    if not profiles.take_away(call.store, agent, profile):
        raise Refused("profile.not_given", f"They do not have the capacity profile {name}.")
    call.journal("profile.taken_away", agent=agent, profile=profile, name=name)
    assign.fill(call, agent)
    return profiles.of_agent(call.store, agent, call.today)


def put(call: Call, name: str, most: int, reset: Reset, blocking: bool) -> ProfileId:
    """Add a profile from a data file."""
    row = {"most": _most(most), "reset": reset, "blocking": int(blocking)}
    return profiles.add(call.store, clean_line(name).strip(), row)


def _most(most: int) -> int:
    if not 1 <= most <= MOST:
        raise Refused(
            "profile.most", f"{most} is not a valid number of items.", f"Give 1 to {MOST}."
        )
    return most


def _get(call: Call, key: int) -> CapacityProfile:
    found = profiles.get(call.store, key)
    assert found is not None
    return found
