"""Many items at once: each is given out in its turn, and uses up what the next one finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from omnitui.rules.routing.board import Board, Order
from omnitui.rules.routing.need import Need, need_of
from omnitui.rules.routing.nouns import Assign, Candidate, Item, Match
from omnitui.rules.routing.order import decided_by
from omnitui.rules.routing.rank import seats_of
from omnitui.rules.routing.words import Clock, facts, waiting_words


@dataclass(frozen=True, slots=True)
class Assignment:
    """An item, the login it goes to, and what counted for them."""

    item: str
    agent: str
    because: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits, and why."""

    item: str
    because: str


@dataclass(frozen=True, slots=True)
class Outcome:
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


def in_turn(items: Iterable[Item]) -> list[Item]:
    """Items in the order in which they are given out: by priority, waiting time and id.

    Ids that are numbers come in the order of numbers. Raises ValueError when two are the same.
    """
    ordered = sorted(items, key=_turn)
    seen: set[str] = set()
    for item in ordered:
        if item.id in seen:
            raise ValueError(f"two items are called {item.id}")
        seen.add(item.id)
    return ordered


def _turn(item: Item) -> tuple[int, int, int, int, str]:
    number = item.id.isascii() and item.id.isdigit()
    return (item.priority, item.waiting_since, not number, len(item.id) * number, item.id)


def assign_all(
    items: Iterable[Item],
    candidates: Iterable[Candidate],
    match: Match = Match.EXACT,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    now: int = 0,
    *,
    explain: bool = True,
    ranked: int | None = None,
    clock: Clock | None = None,
) -> Outcome:
    """Give out every item that somebody fits, each to whom `rank` puts first at that moment.

    The lowest priority number comes first, then whoever has waited longest, then the first id. What
    is assigned takes units and profiles, and counts as work given at the item's `at`, or `now`.
    Without `explain` nothing is ranked or said beyond who gets what, which is several times faster.
    `ranked` is how many logins of each ranking are told, None for all of them. `clock` says times
    in the sentences. Raises ValueError for a login or an id given twice.
    """
    board = Board(seats_of(candidates), match, assign)
    logins = [seat.agent.login for seat in board.seats]
    assignments, waiting, ranking = [], [], {}
    for item in in_turn(items):
        need = need_of(item)
        if explain:
            order = board.order(need)
            ranking[item.id] = tuple(map(logins.__getitem__, order.places[:ranked]))
            best = order.best[0] if order.best else None
            because = _because(board, need, order, clock)
        else:
            best, because = board.best(need), ""
        if best is None:
            waiting.append(Waiting(item.id, because))
            continue
        assignments.append(Assignment(item.id, logins[best[-1]], because))
        board.give(need, best[-1], now if item.at is None else item.at)
    return Outcome(tuple(assignments), tuple(waiting), ranking)


def _because(board: Board, need: Need, order: Order, clock: Clock | None) -> str:
    if not order.places:
        return waiting_words(need, board.match, board.tally(need))
    decided = decided_by(order.best, board.assign)
    return facts(need, board.seats[order.places[0]], board.match, board.assign, decided, clock)
