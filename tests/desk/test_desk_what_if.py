"""A desk and a question in a file decide alike, whatever the company."""

import json
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import Phase, given, settings

from omnitui.datafiles.routing import read_question
from omnitui.desk.call import Later
from omnitui.desk.routing import assign as assigning
from omnitui.model.actor import SYSTEM
from omnitui.rules.routing import Assign, Match, assign_all
from properties import share

LOGINS = ("ada", "bo", "cai", "dag")
QUEUES = ("Internet", "Billing")
COSTS = {"chat": 25, "email": 15, "phone": 100}
SKILLS = st.dictionaries(st.sampled_from(["router", "Fibre"]), st.integers(1, 3), max_size=2)

QUEUE = st.fixed_dictionaries(
    {
        "priority": st.integers(1, 2),
        "assign": st.sampled_from([*map(str, Assign)]),
        "match": st.sampled_from([*map(str, Match)]),
        "calls_per_hour": st.sampled_from([0, 0, 2, 12]),
    }
)
AGENT = st.fixed_dictionaries(
    {
        "capacity": st.sampled_from([50, 100, 200]),
        "skills": SKILLS,
        "queues": st.sets(st.sampled_from(QUEUES), min_size=1),
        "calls_first": st.booleans(),
        "presence": st.sampled_from(["available", "available", "available", "away"]),
    }
)
ITEM = st.fixed_dictionaries(
    {
        "channel": st.sampled_from([*COSTS]),
        "queue": st.sampled_from(QUEUES),
        "skills": SKILLS,
        "priority": st.integers(0, 1),
        "later": st.integers(0, 2),
    }
)


def opened(floor: Any, queues: list[Any], people: list[Any], hold: int) -> None:
    """A desk where nobody is at work yet."""
    floor.do("settings.set", key="hold_room_after", value=str(hold))
    floor.do("settings.set", key="session_cap", value="500")
    for name, rules in zip(QUEUES, queues, strict=True):
        floor.do("queue.create", name=name, **rules)
    for login, person in zip(LOGINS, people, strict=False):
        floor.do(
            "agent.create", login=login, name=login, capacity=person["capacity"],
            skills=person["skills"],
        )  # fmt: skip
        floor.do("agent.set_calls_first", agent=login, first=person["calls_first"])
        for queue in sorted(person["queues"]):
            floor.do("queue.add_member", queue=queue, agent=login)


def arrived(floor: Any, items: list[Any]) -> list[tuple[int, int]]:
    """Everybody writes while nobody is there: the keys, and since when they wait."""
    came = []
    for number, item in enumerate(items):
        floor.clock.advance(item["later"] * 1_000)
        talk = floor.writes(
            channel=item["channel"],
            address=f"a{number}@example.com" if item["channel"] == "email" else f"+47 9{number}",
            context={"queue": item["queue"]},
        )
        floor.do("conversation.set_skills", conversation=talk, skills=item["skills"])
        floor.do("conversation.set_priority", conversation=talk, priority=item["priority"])
        came.append((talk, floor.clock.now()))
    return came


def by_the_desk(floor: Any, people: list[Any], came: list[tuple[int, int]]) -> dict[str, str]:
    """They come to work all at once, and one run gives out what waits."""
    desk = floor.desk
    with desk.store.transaction():
        for login, person in zip(LOGINS, people, strict=False):
            desk.store.execute(
                "UPDATE agents SET presence = ?, presence_by_hand = 0 WHERE login = ?",
                (person["presence"], login),
            )
        later = Later(routes={key: None for key, _ in came})
        assigning.catch_up(desk.at_work(SYSTEM), later)
    logins = {agent.id: agent.login for agent in floor.do("agent.list")}
    rows = [floor.talk(key) for key, _ in came]
    return {str(row.id): logins[row.offered_to] for row in rows if row.offered_to is not None}


def in_a_file(
    queues: list[Any], people: list[Any], items: list[Any], came: list[tuple[int, int]], hold: int
) -> dict[str, Any]:
    """The same company as a question."""
    return {
        "now": came[-1][1] if came else 0,
        "queues": [{"name": n, **rules} for n, rules in zip(QUEUES, queues, strict=True)],
        "agents": [
            {"login": login, **person, "queues": sorted(person["queues"])}
            for login, person in zip(LOGINS, people, strict=False)
        ],
        "items": [
            {
                "id": key,
                "queue": item["queue"],
                "cost": COSTS[item["channel"]],
                "priority": -item["priority"],
                "waiting_since": since,
                "skills": item["skills"],
                "live": item["channel"] != "email",
                "exclusive": item["channel"] == "phone",
                "hold_room_after": hold,
            }
            for item, (key, since) in zip(items, came, strict=True)
        ],
    }


@settings(max_examples=share(25), phases=(Phase.generate,), deadline=None)
@given(
    queues=st.lists(QUEUE, min_size=2, max_size=2),
    people=st.lists(AGENT, min_size=1, max_size=4),
    items=st.lists(ITEM, max_size=9),
    hold=st.sampled_from([0, 3_600]),
)
def test_a_desk_and_a_file_give_the_same_to_the_same(
    one_floor: Any,
    tmp_path_factory: Any,
    queues: list[Any],
    people: list[Any],
    items: list[Any],
    hold: int,
) -> None:
    store = one_floor.desk.store
    path: Path = tmp_path_factory.getbasetemp() / "question.json"
    with store.transaction():
        opened(one_floor, queues, people, hold)
        came = arrived(one_floor, items)
        decided = by_the_desk(one_floor, people, came)
        path.write_text(json.dumps(in_a_file(queues, people, items, came, hold)), encoding="utf-8")
        asked = read_question(path)
        outcome = assign_all(
            asked.items, asked.agents, asked.match, asked.assign, asked.now, queues=asked.queues
        )
        told = {row["a"]: row["c"] for row in store.rows(
            "SELECT a.login AS a, k.conversation_id AS c FROM kept_rooms k"
            " JOIN conversations t ON t.id = k.conversation_id AND t.state = 'open'"
            " JOIN agents a ON a.id = k.agent_id"
        )}  # fmt: skip
        kept = {left.kept: int(left.item) for left in outcome.waiting if left.kept}
        forget(store)
    one_floor.desk.reread()
    assert outcome.agents == decided
    assert kept == told


def forget(store: Any) -> None:
    """Leave the floor as it was found."""
    for table in (
        "timers declines kept_rooms overflows sessions participants messages undo promises"
        " conversations agent_skills queue_members agents settings"
    ).split():
        store.execute(f"DELETE FROM {table}")
    store.execute("DELETE FROM queues WHERE name <> 'General'")
