"""Many items at once: each is given out in its turn, and uses up what the next one finds."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct, field

from omnitui.rules.routing.board import Board, Floor, Order
from omnitui.rules.routing.need import Need, need_of, seats_of
from omnitui.rules.routing.nouns import Assign, Candidate, Item, Match, QueueRules
from omnitui.rules.routing.order import decided_by
from omnitui.rules.routing.rank import excluded_of, placed, tally_of
from omnitui.rules.routing.reserve import keeper
from omnitui.rules.routing.words import Clock, facts, waiting_words


class Assignment(Struct, frozen=True):
    """An item, the login it goes to, and what counted for them."""

    item: str
    agent: str
    because: str


class Waiting(Struct, frozen=True):
    """An item that waits, and why; `kept` is the login of whose room is kept for it, or empty."""

    item: str
    because: str
    kept: str = ""


class Outcome(Struct, frozen=True):
    """What became of every item, in the order in which they had their turn.

    `ranking` has the logins whom an item fitted when it was its turn, best first. Without
    explanations it is empty, and so is every `because`.
    """

    assignments: tuple[Assignment, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    ranking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def agents(self) -> dict[str, str]:
        """Item to login, of those that were assigned."""
        return {assignment.item: assignment.agent for assignment in self.assignments}


def in_turn(
    items: Iterable[Item], queues: Iterable[QueueRules] = (), now: int | None = None
) -> list[Item]:
    """Items in the order in which they are given out.

    That is by their queue's priority, their own, whether they keep room by `now`, their waiting
    time and id. Ids that are numbers come in the order of numbers. Raises ValueError when two are
    the same.
    """
    first = {queue.name: queue.priority for queue in queues}
    ordered = sorted(items, key=lambda item: (first.get(item.queue, 0), *_turn(item, now)))
    seen: set[str] = set()
    for item in ordered:
        if item.id in seen:
            raise ValueError(f"two items have the id {item.id}")
        seen.add(item.id)
    return ordered


def holds_room(item: Item, now: int | None) -> bool:
    """Whether an item keeps the room that an agent frees until it fits."""
    at = item.holds_room_at
    return item.whole and at is not None and now is not None and now >= at


def _turn(item: Item, now: int | None) -> tuple[int, bool, int, int, int, str]:
    number = item.id.isascii() and item.id.isdigit()
    return (
        item.priority,
        not holds_room(item, now),
        item.waiting_since,
        not number,
        len(item.id) * number,
        item.id,
    )


def assign_all(
    items: Iterable[Item],
    candidates: Iterable[Candidate],
    match: Match = Match.EXACT,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    now: int = 0,
    *,
    queues: Collection[QueueRules] = (),
    explain: bool = True,
    ranked: int | None = None,
    clock: Clock | None = None,
) -> Outcome:
    """Give out every item that somebody fits, each to whom `rank` puts first at that moment.

    Items come in the order of `in_turn`. What is assigned takes units and profiles, and counts as
    work given at the item's `at`, or `now`. A queue that is not among `queues` goes by `match` and
    `assign`. What needs a whole agent and may keep room by `now` keeps that of whoever is free the
    soonest. Without `explain` nothing is ranked or said beyond who gets what, which is several
    times faster. `ranked` is how many logins of each ranking are told, None for all of them.
    `clock` says times in the sentences. Raises ValueError for a login or an id given twice.
    """
    floor = Floor(seats_of(candidates), queues)
    logins = [seat.agent.login for seat in floor.seats]
    assignments, waiting, ranking = [], [], {}
    ways = {queue.name: (queue.match, queue.assign) for queue in queues}
    boards: dict[tuple[Match, Assign], Board] = {}
    keeping = {seat.kept for seat in floor.seats}
    for item in in_turn(items, queues, now):
        need, way = need_of(item), ways.get(item.queue, (match, assign))
        board = boards.get(way) or boards.setdefault(way, Board(floor, *way))
        alone = item.personal or item.id in keeping
        if explain or alone:
            order, because = _order(item, need, board, alone=alone, clock=clock, explain=explain)
            if explain:
                ranking[item.id] = tuple(map(logins.__getitem__, order.places[:ranked]))
            best = order.best[0] if order.best else None
        else:
            best, because = board.best(need), ""
        if best is None:
            kept = _keep(item, need, board, floor, now, already=item.id in keeping)
            waiting.append(Waiting(item.id, because, kept))
            continue
        if item.id in keeping:
            floor.let_go(item.id)
        assignments.append(Assignment(item.id, logins[best[-1]], because))
        floor.give(need, best[-1], now if item.at is None else item.at)
    return Outcome(tuple(assignments), tuple(waiting), ranking)


def _keep(item: Item, need: Need, board: Board, floor: Floor, now: int, *, already: bool) -> str:
    """Keep room for what nobody has room for now; returns whose, empty for nobody's."""
    if already:
        return next(seat.agent.login for seat in floor.seats if seat.kept == item.id)
    found = (
        keeper(item, need, floor.seats, board.match, board.assign)
        if holds_room(item, now)
        else None
    )
    if found is None:
        return ""
    floor.keep(found.place, item.id)
    return found.agent.login


def _order(
    item: Item, need: Need, board: Board, *, alone: bool, clock: Clock | None, explain: bool
) -> tuple[Order, str]:
    """The agents whom an item fits, and why the first one, or nobody.

    With `alone` agents are checked one by one, because it needs something different of each.
    """
    if alone:
        fitting, against = placed(item, need, board.seats, board.match, board.assign)
        order = Order([seat.place for _, seat in fitting], [key for key, _ in fitting[:2]])
        tally = None if order.places or not explain else tally_of(excluded_of(against))
    else:
        order, tally = board.order(need), None
    if not explain:
        return order, ""
    if not order.places:
        return order, waiting_words(need, board.match, tally or board.tally(need))
    decided = decided_by(order.best, board.assign)
    first = board.seats[order.places[0]]
    return order, facts(need, first, board.match, board.assign, decided, clock)
