"""Routing: many items to a thousand agents with fifty skills."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.table import Row
from omnitui.rules.routing import Candidate, Item, assign_all

_AGENTS = 1_000
_SKILLS = [f"skill {n}" for n in range(50)]
_QUEUES = [f"queue {n}" for n in range(10)]
_MOST_MS = 1.0
_MOST_GROWTH = 2.0
"""How much longer one assignment may take among ten times as many."""


def routing(folder: Path, count: int) -> Row:
    """The time of one assignment of `count` items and of a tenth, against sorting for each item."""
    few, many = max(count // 10, 1), count
    fewer = _per_item(lambda items, agents: len(_ours(items, agents)), few)
    ours = _per_item(lambda items, agents: len(_ours(items, agents)), many)
    small = max(count // 50, 1)
    plain = _per_item(lambda items, agents: len(sorted_for_each(items, agents)), small)
    told = _per_item(lambda items, agents: len(assign_all(items, agents).assignments), few)
    items, agents = _work(small), _people(small)
    if _ours(items, agents) != sorted_for_each(items, agents):
        raise AssertionError("the yardstick decides differently")
    return Row(
        f"routing, {_AGENTS:,} agents, {len(_SKILLS)} skills",
        f"{ours:.3f} ms each of {many:,} ({fewer:.3f} of {few:,}; {told:.3f} with every ranking)",
        f"{plain:.2f} ms (a sort for each of {small:,})",
        f"1/{plain / ours:.0f}",
        f"< {_MOST_MS:g} ms, growth < {_MOST_GROWTH:g}x",
        ours < _MOST_MS and ours < fewer * _MOST_GROWTH,
    )


def _ours(items: list[Item], agents: list[Candidate]) -> dict[str, str]:
    return assign_all(items, agents, explain=False).agents


def _per_item(give_out: Callable[[list[Item], list[Candidate]], int], count: int) -> float:
    """The ms of processor time for each item that is given out, the better of two runs."""
    items, agents = _work(count), _people(count)
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        given = give_out(items, agents)
        best = min(best, time.process_time() - start)
    return best / max(given, 1) * 1e3


def _people(items: int) -> list[Candidate]:
    """Agents with room for all the items, who know four to eight skills and two queues each."""
    chance = Random(1)
    room = 100 + 3 * 25 * items // _AGENTS
    return [
        Candidate(
            f"agent{n:04}",
            capacity=room,
            skills={s: chance.randint(1, 5) for s in chance.sample(_SKILLS, chance.randint(4, 8))},
            queues=frozenset(chance.sample(_QUEUES, 2)),
            last_assigned=chance.randint(0, 1_000_000),
        )
        for n in range(_AGENTS)
    ]


def _work(count: int) -> list[Item]:
    chance = Random(2)
    return [
        Item(
            str(n),
            queue=chance.choice(_QUEUES),
            cost=chance.choice((10, 15, 25)),
            priority=chance.randint(0, 3),
            waiting_since=chance.randint(0, 1_000_000),
            skills={s: chance.randint(1, 3) for s in chance.sample(_SKILLS, chance.randint(0, 2))},
            at=1_000_000 + n,
        )
        for n in range(count)
    ]


def sorted_for_each(items: list[Item], agents: list[Candidate]) -> dict[str, str]:
    """The plain way: for each item keep whoever fits, sort them, and take the first.

    Highest capacity under exact match only, which is what is measured.
    """
    free = {agent.login: agent.free for agent in agents}
    last = {agent.login: agent.last_assigned or -1 for agent in agents}
    given = {}
    for item in sorted(items, key=lambda i: (i.priority, i.waiting_since, int(i.id))):
        fits = [agent.login for agent in agents if _fits(agent, item, free[agent.login])]
        fits.sort(key=lambda login: (-free[login], last[login], login))
        if fits:
            given[item.id] = fits[0]
            free[fits[0]] -= item.cost
            last[fits[0]] = max(last[fits[0]], item.at or 0)
    return given


def _fits(agent: Candidate, item: Item, free: int) -> bool:
    return (
        agent.presence in item.allowed_presence
        and agent.queues is not None
        and item.queue in agent.queues
        and free >= item.cost
        and all(agent.skills.get(skill, 0) >= level for skill, level in item.skills.items())
    )
