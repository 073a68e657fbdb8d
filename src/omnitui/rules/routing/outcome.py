"""Many items at once: each is given out in its turn, and uses up what the next one finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from omnitui.rules.routing.board import Board
from omnitui.rules.routing.fit import allowed_words, listed
from omnitui.rules.routing.nouns import Assign, Candidate, Item, Match
from omnitui.rules.routing.order import needed, why
from omnitui.rules.routing.rank import by_login, nobody


@dataclass(frozen=True, slots=True)
class Assigned:
    """An item, the login it goes to, and what decided."""

    item: str
    agent: str
    because: str


@dataclass(frozen=True, slots=True)
class Left:
    """An item that waits, and why."""

    item: str
    because: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every item, in the order in which they had their turn.

    `ranking` has the logins whom an item fitted when it was its turn, best first.
    """

    assignments: tuple[Assigned, ...] = ()
    waiting: tuple[Left, ...] = ()
    ranking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def agents(self) -> dict[str, str]:
        """Item to login, of those that were assigned."""
        return {assigned.item: assigned.agent for assigned in self.assignments}


def in_turn(items: Iterable[Item]) -> list[Item]:
    """Items in the order in which they are given out; equals stay as they came.

    Raises ValueError when two have the same id.
    """
    ordered = sorted(items, key=lambda item: (item.priority, item.waiting_since))
    seen: set[str] = set()
    for item in ordered:
        if item.id in seen:
            raise ValueError(f"two items are called {item.id}")
        seen.add(item.id)
    return ordered


def assign_all(
    items: Iterable[Item],
    candidates: Iterable[Candidate],
    match: Match = Match.EXACT,
    assign: Assign = Assign.HIGHEST_CAPACITY,
    now: int = 0,
    ranked: int | None = None,
) -> Outcome:
    """Give out every item that somebody fits.

    The lowest priority number comes first, then whoever has waited longest. What is assigned takes
    units and profiles, and counts as work given at the item's `at`, or `now` (epoch ms).
    `ranked` is how many logins of each ranking are told, None for all of them.
    """
    agents = by_login(candidates)
    board = Board(agents, match, assign)
    assignments, waiting, ranking = [], [], {}
    for item in in_turn(items):
        order = board.order(item)
        ranking[item.id] = tuple([agents[place].login for place in order.places[:ranked]])
        if not order.places:
            waiting.append(Left(item.id, _why_it_waits(board, item)))
            continue
        first, *second = (agents[key[-1]].login for key in order.best)
        because = f"{first} alone fits."
        if second:
            because = why(first, second[0], (order.best[0], order.best[1]), assign)
        assignments.append(Assigned(item.id, first, because))
        board.give(item, order.places[0], now if item.at is None else item.at)
    return Outcome(tuple(assignments), tuple(waiting), ranking)


def _why_it_waits(board: Board, item: Item) -> str:
    """What kept how many agents away, each counted once, by the first thing in their way."""
    total = len(board.agents)
    if not total:
        return nobody(0)
    members = board.members(item)
    present = board.present(item)
    skilled = len(present)
    if item.skills and board.match is Match.EXACT:
        skilled = len(present & board.skilled(item).keys())
    counts = [
        (total - members, f"not in the queue {item.queue}"),
        (members - len(present), f"not there ({allowed_words(item.allowed_presence)})"),
        (len(present) - skilled, f"without {_skills(item)}"),
        (skilled, f"without room for {_room(item)}"),
    ]
    parts = [
        f"{number} {'is' if number == 1 else 'are'} {what}" for number, what in counts if number
    ]
    return f"Of {total} {'agent' if total == 1 else 'agents'}, {listed(parts)}."


def _skills(item: Item) -> str:
    return listed([f"{skill} {needed(level)}" for skill, level in item.skills.items()])


def _room(item: Item) -> str:
    parts = [f"{item.cost} units"] if item.cost or not item.profiles else []
    return listed([*parts, *(f"one more of {name}" for name in sorted(item.profiles))])
