"""Who sits at the console, and what a store that knows nobody yet asks first."""

import re

from msgspec import Struct

from omnitui.desk.desk import Desk
from omnitui.letters import folded
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.model.agent import Agent
from omnitui.model.errors import Fault


class SignedIn(Struct, frozen=True):
    """The agent as a caller, and their login."""

    actor: Actor
    login: str


def sign_in(desk: Desk, login: str | None) -> SignedIn | None:
    """Sign an agent in: the one named, or the only one there is. None on a store without agents.

    An agent who was offline or had missed an offer is available again; chosen presences stay, also
    over a console that was lost.
    """
    agents: list[Agent] = desk.call("agent.list", SYSTEM)
    if not agents:
        return None
    found = agents[0] if login is None and len(agents) == 1 else None
    found = found or next((agent for agent in agents if agent.login == login), None)
    if found is None:
        known = ", ".join(agent.login for agent in agents[:12])
        what = "Give your login" if login is None else f"There is no agent {login}. Give your login"
        raise Fault(f"{what} with --agent LOGIN; there are {known}.")
    actor = Actor(ActorKind.AGENT, found.id, found.name)
    desk.call("console.enter", actor)
    return SignedIn(actor, found.login)


def create_agent(desk: Desk, name: str) -> str:
    """Make the first agent of a store, a member of all its queues; returns the login."""
    login = login_for(name)
    desk.call("agent.create", ADMINISTRATOR, login=login, name=name)
    for queue in desk.call("queue.list", ADMINISTRATOR):
        desk.call("queue.add_member", ADMINISTRATOR, queue=queue["id"], agent=login)
    return login


def login_for(name: str) -> str:
    """A login for a name: its first word in plain letters."""
    plain = folded(name)
    letters = re.sub(r"[^a-z0-9]", "", plain.split()[0] if plain.split() else "")
    return letters if letters and not letters.isdecimal() else "agent"
