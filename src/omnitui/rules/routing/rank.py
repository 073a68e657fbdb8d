"""One item, every agent: who comes first, and a sentence about each."""

from collections.abc import Iterable
from itertools import pairwise

from omnitui.rules.routing.fit import obstacles
from omnitui.rules.routing.need import Need, Seat, need_of
from omnitui.rules.routing.nouns import (
    Assign,
    Candidate,
    Considered,
    Decided,
    Excluded,
    Hurdle,
    Item,
    Match,
    Ranking,
)
from omnitui.rules.routing.order import Key, decided_by, skill_key
from omnitui.rules.routing.words import Clock, Tally, facts, waiting_words


def seats_of(candidates: Iterable[Candidate]) -> list[Seat]:
    """A seat for each agent, by login; raises ValueError when two have the same one."""
    ordered = sorted(candidates, key=lambda agent: agent.login)
    for one, other in pairwise(ordered):
        if one.login == other.login:
            raise ValueError(f"two agents are called {one.login}")
    return [Seat(agent, place) for place, agent in enumerate(ordered)]


def rank(
    item: Item,
    candidates: Iterable[Candidate],
    match: Match = Match.EXACT,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    now: int = 0,
    clock: Clock | None = None,
) -> Ranking:
    """Every agent's place for `item`, as things stand.

    `clock` says times in the sentences, which tell none without it. Nothing depends on `now`; it is
    there so that whoever ranks and whoever assigns ask alike.
    """
    need, required = need_of(item), dict(item.skills)
    fitting: list[tuple[Key, Seat]] = []
    excluded = []
    for seat in seats_of(candidates):
        against = obstacles(need, seat, match)
        if against:
            words = "; ".join(obstacle.words for obstacle in against)
            login = seat.agent.login
            excluded.append(Excluded(login, f"{login} {words}", against))
        else:
            skilled = skill_key(required, seat.agent.skills, match, assign)
            fitting.append(((*skilled, *seat.turn(need, assign)), seat))
    fitting.sort(key=lambda pair: pair[0])
    decided = decided_by([key for key, _ in fitting[:2]], assign)
    order = tuple(
        _considered(need, seat, match, assign, None if place else decided, clock)
        for place, (_, seat) in enumerate(fitting)
    )
    because = order[0].because if order else waiting_words(need, match, tally_of(excluded))
    return Ranking(order, tuple(excluded), because, decided)


def _considered(
    need: Need,
    seat: Seat,
    match: Match,
    assign: Assign,
    decided: Decided | None,
    clock: Clock | None,
) -> Considered:
    told = facts(need, seat, match, assign, decided, clock)
    login = seat.agent.login
    return Considered(login, f"{login}: {told}", seat.spare(need), seat.last, seat.released)


def tally_of(excluded: Iterable[Excluded]) -> Tally:
    """How far how many agents got whom an item does not fit."""
    total = members = qualified = present = barred = 0
    for agent in excluded:
        kinds = {obstacle.kind for obstacle in agent.obstacles}
        total += 1
        member = Hurdle.QUEUE not in kinds
        skilled = member and Hurdle.SKILL not in kinds
        members += member
        qualified += skilled
        present += skilled and Hurdle.PRESENCE not in kinds
        barred += kinds == {Hurdle.BARRED}
    return Tally(total, members, qualified, present, barred)
