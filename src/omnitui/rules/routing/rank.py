"""One item, every agent: who comes first, and a sentence about each."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from omnitui.rules.routing.fit import (
    counts_units,
    listed,
    obstacles,
    skill_words,
    spare_room,
)
from omnitui.rules.routing.nouns import (
    Assign,
    Candidate,
    Considered,
    Excluded,
    Item,
    Match,
    Ranking,
)
from omnitui.rules.routing.order import NEVER, Key, skill_key, turn_key, why


def by_login(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The agents by login; raises ValueError when two have the same one."""
    ordered = sorted(candidates, key=lambda agent: agent.login)
    for one, other in pairwise(ordered):
        if one.login == other.login:
            raise ValueError(f"two agents are called {one.login}")
    return ordered


def rank(
    item: Item,
    candidates: Iterable[Candidate],
    match: Match = Match.EXACT,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    now: int = 0,
) -> Ranking:
    """Every agent's place for `item`; `now` (epoch ms) is for the words about time only."""
    fitting: list[tuple[Key, Candidate]] = []
    excluded = []
    for place, agent in enumerate(by_login(candidates)):
        against = obstacles(item, agent, match)
        if against:
            excluded.append(Excluded(agent.login, f"{agent.login} {listed(against)}."))
            continue
        turn = turn_key(
            assign,
            spare_room(item, agent),
            NEVER if agent.released is None else agent.released,
            NEVER if agent.last_assigned is None else agent.last_assigned,
            place,
        )
        fitting.append(((skill_key(item.skills, agent.skills, match, assign), *turn), agent))
    fitting.sort()
    return Ranking(
        tuple(Considered(agent.login, _facts(item, agent, now)) for _, agent in fitting),
        tuple(excluded),
        _verdict(fitting, excluded, assign),
    )


def _verdict(
    fitting: Sequence[tuple[Key, Candidate]], excluded: Sequence[Excluded], assign: Assign
) -> str:
    if not fitting:
        return nobody(len(excluded))
    if len(fitting) == 1:
        return f"{fitting[0][1].login} alone fits."
    (best, first), (following, second) = fitting[:2]
    return why(first.login, second.login, (best, following), assign)


def nobody(agents: int) -> str:
    """That none of so many agents fits."""
    if agents < 2:
        return "The one agent there is does not fit." if agents else "There are no agents."
    return f"None of {agents} agents fits."


def _facts(item: Item, agent: Candidate, now: int) -> str:
    facts = [skill_words(item, agent)] if item.skills else []
    if counts_units(item):
        facts.append(f"{agent.free} of {agent.capacity} units free")
    facts += [f"{agent.profiles[name].left} of {name} left" for name in sorted(item.profiles)]
    facts.append(
        "never given work"
        if agent.last_assigned is None
        else f"given work {ago(now - agent.last_assigned)}"
    )
    return ", ".join(facts)


def ago(ms: int) -> str:
    """How long ago, in the largest unit that says something."""
    if ms < 1_000:
        return "just now"
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("min", 60_000)):
        if ms >= size:
            return f"{ms // size} {unit} ago"
    return f"{ms // 1_000} s ago"
