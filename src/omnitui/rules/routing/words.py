"""Routing in sentences: what counted for an agent, and why an item waits."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from omnitui.model.agent import Presence
from omnitui.rules.routing.fit import presence_words
from omnitui.rules.routing.need import Need, Seat
from omnitui.rules.routing.nouns import Assign, Decided, Match
from omnitui.rules.routing.order import EXACTLY, OVER, at_level, closeness, needed, proficiency

Clock = Callable[[int], str]
"""Formats a time, e.g. `10:30`."""

_FIRST = {
    Decided.ALONE: "the only one who fits",
    Decided.BEFORE: "was the customer's last agent",
    Decided.PASSED: "declined or missed it less often",
}
_LOGIN = "all else equal, first by name"
_NOTHING = {"last finished": "nothing finished yet", "last assigned": "nothing assigned yet"}


def facts(
    need: Need,
    seat: Seat,
    match: Match,
    assign: Assign,
    decided: Decided | None = None,
    clock: Clock | None = None,
) -> str:
    """What counts for an agent who fits, e.g. `75 units free, the most; last assigned 10:30`.

    `decided` is what put them first, None for all the others. Times are given only with a `clock`.
    """
    first = _FIRST.get(decided) if decided is not None else None
    parts = [] if first is None else [first]
    if decided is Decided.CALLS:
        parts.append("takes calls first" if need.whole else "others take calls first")
    if need.skills:
        parts += _skills(need, seat, match, assign, decided)
    if assign is Assign.LEAST_ACTIVE:
        parts += _time("last finished", seat.released, decided is Decided.RELEASED, clock)
    most = ", the most" if decided is Decided.CAPACITY else ""
    if need.counts_units:
        parts.append(f"{seat.free} units free{most}")
    else:
        parts += [f"{seat.left.get(name, 0)} of {name} left" for name in sorted(need.profiles)]
        parts[-1] += most
    parts += _time("last assigned", seat.last, decided is Decided.ASSIGNED, clock)
    if decided is Decided.LOGIN:
        parts.append(_LOGIN)
    return "; ".join(parts)


def _skills(
    need: Need, seat: Seat, match: Match, assign: Assign, decided: Decided | None
) -> Iterator[str]:
    required, skills = dict(need.skills), seat.agent.skills
    first = decided is Decided.SKILLS
    if assign is Assign.MOST_PROFICIENT:
        yield f"{proficiency(required, skills)} levels of skill{', the most' if first else ''}"
    elif assign is Assign.SKILL_COUNT:
        count = at_level(required, skills)
        yield f"{count} of {len(required)} skills at level{', the most' if first else ''}"
    elif assign is Assign.NEAREST or match is Match.CLOSEST:
        grade = closeness(required, skills)[0]
        how = "exactly" if grade == EXACTLY else "over-" if grade == OVER else "under-"
        how = f"{how} qualified" if grade == EXACTLY else f"{how}qualified"
        levels = ", ".join(
            f"{skill} {max(skills.get(skill, 0), 0)} of {needed(asked)}"
            for skill, asked in need.skills
        )
        yield f"{how} ({levels}){', the closest' if first else ''}"


def _time(what: str, at: int | None, first: bool, clock: Clock | None) -> Iterator[str]:
    if at is None:
        yield _NOTHING[what]
    elif clock is not None:
        yield f"{what} {clock(at)}{', the longest ago' if first else ''}"
    elif first:
        yield f"{what} the longest ago"


def skill_words(skills: Iterable[tuple[str, int]], word: str = "and") -> str:
    """Required skills, e.g. `router 2 and wifi 3 or better`."""
    return f"{listed([f'{skill} {needed(level)}' for skill, level in skills], word)} or better"


def allowed_words(allowed: frozenset[Presence]) -> str:
    """The presences that get work, e.g. `available or busy`."""
    names = [presence_words(presence) for presence in Presence if presence in allowed]
    return listed(names, "or") if names else "in any presence that allows offers"


def listed(parts: list[str], word: str = "and") -> str:
    """Phrases joined as in a sentence."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


class Tally(NamedTuple):
    """How many agents there are, of those in the queue, of those qualified, of those present.

    `barred` is how many of the present have room, and something else in the way; of `kept` ones
    that alone that they are kept free for others.
    """

    total: int
    members: int
    qualified: int
    present: int
    barred: int = 0
    kept: int = 0


def waiting_words(need: Need, match: Match, tally: Tally) -> str:
    """Why nobody gets an item, e.g. `all 3 agents with router 2 or better are at capacity`."""
    if not tally.total:
        return "there are no agents"
    if not tally.members:
        return f"{_none_of(tally.total)} is in {need.queue}"
    where = f" in {need.queue}" if need.queue else ""
    exact = need.skills if match is Match.EXACT else ()
    if not tally.qualified:
        return f"{_none_of(tally.members)}{where} has {skill_words(exact)}"
    who = where + (f" with {skill_words(exact)}" if exact else "")
    full, away = tally.present, tally.qualified - tally.present
    there = allowed_words(need.allowed)
    if not full:
        return f"{_none_of(away)}{who} is {there}"
    busy = "unable to take it now" if tally.barred else "at capacity"
    if tally.kept == full:
        busy = "kept free for calls"
    elif tally.kept and tally.kept == tally.barred:
        rest = full - tally.kept
        parts = [f"{rest} {_are(rest)} at capacity"]
        parts += [f"{away} {_are(away)} not {there}"] if away else []
        parts.append(f"{tally.kept} {_are(tally.kept)} kept free for calls")
        return f"of {full + away} agents{who}, {listed(parts)}"
    if not away:
        few = {1: "the only agent", 2: "both agents"}
        return f"{few.get(full, f'all {full} agents')}{who} {_are(full)} {busy}"
    return f"of {full + away} agents{who}, {full} {_are(full)} {busy} and {away} not {there}"


def _none_of(count: int) -> str:
    return "no agent" if count == 1 else f"none of {count} agents"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
