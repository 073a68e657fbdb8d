"""One item, every agent: who comes first, and a sentence about each."""

from collections.abc import Iterable, Sequence

from omnitui.rules.routing.fit import obstacles
from omnitui.rules.routing.need import Need, Seat, need_of, seats_of
from omnitui.rules.routing.nouns import (
    Assign,
    Candidate,
    Considered,
    Decided,
    Excluded,
    Hurdle,
    Item,
    Match,
    Obstacle,
    Ranking,
)
from omnitui.rules.routing.order import Key, decided_by, group_key, skill_key
from omnitui.rules.routing.words import Clock, Tally, facts, waiting_words


def rank(
    item: Item,
    candidates: Iterable[Candidate],
    match: Match = Match.EXACT,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    now: int = 0,
    clock: Clock | None = None,
) -> Ranking:
    """Every agent's place for `item`, as things stand.

    `clock` says times in the sentences, which tell none without it. Nothing depends on `now`; it
    is there so that whoever ranks and whoever assigns ask alike.
    """
    seats = seats_of(candidates)
    need = need_of(item)
    fitting, passed_over = placed(item, need, seats, match, assign)
    excluded = excluded_of(passed_over)
    decided = decided_by([key for key, _ in fitting[:2]], assign)
    order = tuple(
        _considered(need, seat, match, assign, None if place else decided, clock)
        for place, (_, seat) in enumerate(fitting)
    )
    because = order[0].because if order else waiting_words(need, match, tally_of(excluded))
    return Ranking(order, excluded, because, decided)


def placed(
    item: Item, need: Need, seats: Sequence[Seat], match: Match, assign: Assign
) -> tuple[list[tuple[Key, Seat]], list[tuple[Seat, tuple[Obstacle, ...]]]]:
    """Whom an item fits with their keys, best first; and the others, each with what is against."""
    required = dict(need.skills)
    fitting: list[tuple[Key, Seat]] = []
    excluded = []
    for seat in seats:
        against = obstacles(item, need, seat, match)
        if against:
            excluded.append((seat, against))
            continue
        login = seat.agent.login
        passed = item.passed.get(login, 0)
        before = login == item.last_agent and not passed
        group = group_key(seat.group(need), passed, before=before)
        skilled = skill_key(required, seat.agent.skills, match, assign)
        fitting.append(((group, *skilled, *seat.turn_key(need, assign)), seat))
    fitting.sort(key=lambda pair: pair[0])
    return fitting, excluded


def excluded_of(passed_over: Iterable[tuple[Seat, tuple[Obstacle, ...]]]) -> tuple[Excluded, ...]:
    """Those whom an item does not fit, each with a sentence."""
    return tuple(
        Excluded(seat.agent.login, f"{seat.agent.login} {_told(against)}", against)
        for seat, against in passed_over
    )


def _told(against: Iterable[Obstacle]) -> str:
    return "; ".join(obstacle.words for obstacle in against)


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
    total = members = qualified = present = barred = kept = 0
    for agent in excluded:
        kinds = {obstacle.kind for obstacle in agent.obstacles}
        total += 1
        member = Hurdle.QUEUE not in kinds
        skilled = member and Hurdle.SKILL not in kinds
        members += member
        qualified += skilled
        present += skilled and Hurdle.PRESENCE not in kinds
        barred += kinds <= _OTHERWISE
        kept += kinds <= _MEANT_FOR_OTHERS
    return Tally(total, members, qualified, present, barred, kept)


_MEANT_FOR_OTHERS = {Hurdle.KEPT, Hurdle.RESERVED}
_OTHERWISE = {Hurdle.BARRED, Hurdle.ALONE, *_MEANT_FOR_OTHERS}
