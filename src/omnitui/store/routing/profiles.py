"""Capacity profiles in the store, who has them, and how much of each is used.

The use of a daily profile counts only for that day.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from omnitui.model.ids import ProfileId
from omnitui.model.profile import CapacityProfile, Profile, Reset
from omnitui.store.engine import Store
from omnitui.store.reading import each, maker, one

_SELECT = """SELECT p.*,
    (SELECT count(*) FROM agent_profiles a WHERE a.profile_id = p.id) AS agents FROM profiles p"""


_profile = maker(CapacityProfile, reset=Reset, blocking=bool)


def every(store: Store) -> list[CapacityProfile]:
    """All profiles by name."""
    return each(_profile, store.rows(f"{_SELECT} ORDER BY p.name LIMIT 1000"))


def get(store: Store, profile: int) -> CapacityProfile | None:
    """One profile by key."""
    row = store.row(f"{_SELECT} WHERE p.id = ?", (profile,))
    return one(_profile, row)


def by_name(store: Store, name: str) -> ProfileId | None:
    """The key of the profile of that name, upper and lower case alike."""
    key: ProfileId | None = store.value("SELECT id FROM profiles WHERE name = ?", (name,))
    return key


def add(store: Store, name: str, values: Mapping[str, Any]) -> ProfileId:
    """Make a profile of `most`, `reset` and `blocking`."""
    return ProfileId(store.insert("profiles", {"name": name, **values}))


def change(store: Store, profile: int, values: Mapping[str, Any]) -> None:
    """Set some columns of a profile."""
    if values:
        store.update("profiles", profile, values)


def of_agent(store: Store, agent: int, today: str) -> dict[str, Profile]:
    """An agent's room by the profile's name, as it is on the day `today`."""
    return of_agents(store, [agent], today).get(agent, {})


def of_agents(store: Store, agents: Sequence[int], today: str) -> dict[int, dict[str, Profile]]:
    """The room of several agents who have profiles at all, in one query."""
    marks = ",".join("?" * len(agents))
    found: dict[int, dict[str, Profile]] = {}
    for row in store.rows(
        "SELECT a.agent_id, a.used, a.day, p.* FROM agent_profiles a"
        f" JOIN profiles p ON p.id = a.profile_id WHERE a.agent_id IN ({marks}) ORDER BY p.name",
        list(agents),
    ):
        daily = row["reset"] == Reset.END_OF_DAY
        found.setdefault(row["agent_id"], {})[row["name"]] = Profile(
            limit=row["most"],
            used=0 if daily and row["day"] != today else row["used"],
            blocking=bool(row["blocking"]),
            daily=daily,
        )
    return found


def give(store: Store, agent: int, profile: int, used: int, today: str) -> bool:
    """Give a profile to an agent, with `used` of it taken; False if they had it already."""
    return (
        store.execute(
            "INSERT OR IGNORE INTO agent_profiles VALUES (?, ?, ?, ?)",
            (agent, profile, used, today),
        ).rowcount
        > 0
    )


def set_used(store: Store, agent: int, profile: int, used: int, today: str) -> None:
    """Count again what an agent uses of a profile."""
    store.execute(
        "UPDATE agent_profiles SET used = ?, day = ? WHERE agent_id = ? AND profile_id = ?",
        (used, today, agent, profile),
    )


def take_away(store: Store, agent: int, profile: int) -> bool:
    """Let an agent have a profile no longer; False if they did not have it."""
    return (
        store.execute(
            "DELETE FROM agent_profiles WHERE agent_id = ? AND profile_id = ?", (agent, profile)
        ).rowcount
        > 0
    )


def take(store: Store, agent: int, names: Iterable[str], today: str) -> None:
    """An item that needs these profiles went to an agent; those they do not have count nothing."""
    _count(store, agent, names, "CASE WHEN {new_day} THEN 1 ELSE used + 1 END", today)


def recount(store: Store, agent: int, held: Mapping[str, int]) -> None:
    """Bring what comes back at once to what the agent holds: how many items by profile's name."""
    for row in store.rows(
        "SELECT p.id, p.name, a.used FROM agent_profiles a JOIN profiles p ON p.id = a.profile_id"
        " WHERE a.agent_id = ? AND p.reset = 'immediate'",
        (agent,),
    ):
        used = held.get(row["name"], 0)
        if used != row["used"]:
            store.execute(
                "UPDATE agent_profiles SET used = ? WHERE agent_id = ? AND profile_id = ?",
                (used, agent, row["id"]),
            )


def return_unused(store: Store, agent: int, names: Iterable[str], today: str) -> None:
    """An offer came to nothing: nothing of it counts, not even for the day."""
    _count(store, agent, names, "CASE WHEN {new_day} THEN 0 ELSE max(used - 1, 0) END", today)


_DAILY = "(SELECT p.reset FROM profiles p WHERE p.id = agent_profiles.profile_id) = 'end_of_day'"


def _count(store: Store, agent: int, names: Iterable[str], used: str, today: str) -> None:
    used = used.format(new_day=f"({_DAILY} AND day <> :today)")
    for name in names:
        store.execute(
            f"UPDATE agent_profiles SET used = {used}, day = :today"
            " WHERE agent_id = :agent"
            " AND profile_id = (SELECT id FROM profiles WHERE name = :name)",
            {"agent": agent, "name": name, "today": today},
        )


def holders(store: Store, profile: int) -> list[int]:
    """Who has a profile."""
    return [
        row[0]
        for row in store.rows(
            "SELECT agent_id FROM agent_profiles WHERE profile_id = ?"
            " ORDER BY agent_id LIMIT 10000",
            (profile,),
        )
    ]
