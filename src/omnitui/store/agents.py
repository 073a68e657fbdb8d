"""Agents and their skills."""

from collections.abc import Sequence

from omnitui.model.agent import Agent, Presence
from omnitui.model.ids import AgentId
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, first, maker

_agent = maker(
    Agent,
    presence=lambda word: first(Presence, [word]) or Presence.OFFLINE,
    presence_by_hand=bool,
    calls_first=bool,
)


def _complete(store: Store, rows: Sequence[Row]) -> list[Agent]:
    """Agents with their skills and queues, in one more query however many they are."""
    ids = [row["id"] for row in rows]
    marks = ",".join("?" * len(ids))
    skills: dict[int, dict[str, int]] = {key: {} for key in ids}
    queues: dict[int, list[str]] = {key: [] for key in ids}
    for agent, queue, _, name, level in store.rows(
        "SELECT agent_id, 0 AS queue, 0 AS place, skill AS name, level FROM agent_skills"
        f" WHERE agent_id IN ({marks}) UNION ALL"
        " SELECT m.agent_id, 1, q.priority, q.name, 0 FROM queue_members m"
        f" JOIN queues q ON q.id = m.queue_id WHERE m.agent_id IN ({marks})"
        " ORDER BY queue, place, name",
        ids * 2,
    ):
        if queue:
            queues[agent].append(name)
        else:
            skills[agent][name] = level
    return each(
        lambda row: _agent(row, skills=skills[row["id"]], queues=tuple(queues[row["id"]])), rows
    )


def get(store: Store, agent: int) -> Agent | None:
    """One agent by key."""
    return next(
        iter(_complete(store, store.rows("SELECT * FROM agents WHERE id = ?", (agent,)))), None
    )


def by_login(store: Store, login: str) -> AgentId | None:
    """The key of the agent with that login, in whatever case where only one has it so."""
    key: AgentId | None = store.value("SELECT id FROM agents WHERE login = ?", (login,))
    if key is None:
        alike = store.rows("SELECT id FROM agents WHERE lower(login) = lower(?) LIMIT 2", (login,))
        key = AgentId(alike[0]["id"]) if len(alike) == 1 else None
    return key


def every_login(store: Store) -> dict[str, int]:
    """The keys of all agents by their logins."""
    return {row["login"]: row["id"] for row in store.rows("SELECT id, login FROM agents")}


def logins(store: Store, agents: Sequence[int]) -> dict[int, str]:
    """The logins of the agents that exist."""
    marks = ",".join("?" * len(agents))
    found = store.rows(f"SELECT id, login FROM agents WHERE id IN ({marks})", list(agents))
    return {row["id"]: row["login"] for row in found}


def every(store: Store) -> list[Agent]:
    """All agents by login."""
    return _complete(store, store.rows("SELECT * FROM agents ORDER BY login LIMIT 2000"))


def of_queue(store: Store, queue: int | None) -> list[Agent]:
    """The members of a queue; all agents where a conversation has no queue."""
    if queue is None:
        return every(store)
    return _complete(
        store,
        store.rows(
            "SELECT a.* FROM agents a JOIN queue_members m ON m.agent_id = a.id"
            " WHERE m.queue_id = ? ORDER BY a.login",
            (queue,),
        ),
    )


def anyone_with_room(store: Store, cost: int, presences: Sequence[str]) -> bool:
    """Whether any agent at all could take `cost` more units; saves asking them one by one."""
    marks = ",".join("?" * len(presences))
    return (
        store.value(
            f"SELECT 1 FROM agents WHERE presence IN ({marks}) AND capacity - used >= ? LIMIT 1",
            (*presences, cost),
        )
        is not None
    )


def add(store: Store, login: str, name: str, capacity: int, at: int) -> AgentId:
    """Add an agent, offline."""
    return AgentId(
        store.insert(
            "agents",
            {
                "login": login,
                "name": name,
                "capacity": capacity,
                "presence": Presence.OFFLINE,
                "presence_reason": "Not signed in yet",
                "presence_since": at,
            },
        )
    )


def let_choice_go(store: Store, agent: int) -> None:
    """End the choice of Available and Busy by hand; other presences stay chosen."""
    store.execute(
        "UPDATE agents SET presence_by_hand = 0 WHERE id = ? AND presence IN ('available', 'busy')",
        (agent,),
    )


def given_work(store: Store, agent: int, at: int) -> None:
    """Record that an agent got work: all others come first next time."""
    store.execute(
        "UPDATE agents SET last_assigned_at = ?, turn = (SELECT max(turn) + 1 FROM agents)"
        " WHERE id = ?",
        (at, agent),
    )


def set_calls_first(store: Store, agent: int, first: bool) -> None:
    """Set whether an agent takes calls first."""
    store.update("agents", agent, {"calls_first": int(first)})


def set_skill(store: Store, agent: int, skill: str, level: int) -> None:
    """Give an agent a skill at a level; level 0 removes it."""
    if level == 0:
        store.execute("DELETE FROM agent_skills WHERE agent_id = ? AND skill = ?", (agent, skill))
        return
    store.execute(
        "INSERT INTO agent_skills VALUES (?, ?, ?)"
        " ON CONFLICT (agent_id, skill) DO UPDATE SET level = excluded.level",
        (agent, skill, level),
    )
