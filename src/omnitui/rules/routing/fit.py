"""Whether an agent can take an item at all, and if not, everything that is in the way."""

from collections.abc import Iterator

from omnitui.model.agent import Presence
from omnitui.rules.routing.need import Need, Seat, in_queue
from omnitui.rules.routing.nouns import Hurdle, Match, Obstacle
from omnitui.rules.routing.order import needed

_STANDS = {Presence.DO_NOT_DISTURB: "on do not disturb"}


def obstacles(need: Need, seat: Seat, match: Match) -> tuple[Obstacle, ...]:
    """Everything that keeps an agent from an item, weightiest first; empty when nothing does."""
    return tuple(_obstacles(need, seat, match))


def _obstacles(need: Need, seat: Seat, match: Match) -> Iterator[Obstacle]:
    agent = seat.agent
    if not in_queue(agent, need.queue):
        yield Obstacle(Hurdle.QUEUE, need.queue, f"is not in {need.queue}")
    if match is Match.EXACT:
        for skill, asked in need.skills:
            has, level = max(agent.skills.get(skill, 0), 0), needed(asked)
            if has < level:
                words = f"lacks {skill} (needs {level}, has {has or 'none'})"
                yield Obstacle(Hurdle.SKILL, skill, words, level, has)
    if agent.presence not in need.allowed:
        yield Obstacle(Hurdle.PRESENCE, agent.presence, f"is {presence_words(agent.presence)}")
    yield from _no_room(need, seat)


def _no_room(need: Need, seat: Seat) -> Iterator[Obstacle]:
    agent = seat.agent
    if need.counts_units and seat.free < need.cost:
        words = f"has {seat.free} of {agent.capacity} units free, {need.cost} needed"
        yield Obstacle(Hurdle.CAPACITY, "units", words)
    for name in sorted(need.profiles):
        profile = agent.profiles.get(name)
        if profile is None:
            yield Obstacle(Hurdle.PROFILE, name, f"has no profile {name}")
        elif seat.left[name] <= 0:
            used = profile.limit - seat.left[name]
            today = " today" if profile.daily else ""
            words = f"has used {used} of {profile.limit} of profile {name}{today}"
            yield Obstacle(Hurdle.PROFILE, name, words)
    for name, profile in sorted(agent.profiles.items()):
        if profile.blocking and seat.left[name] <= 0 and name not in need.profiles:
            words = f"takes nothing else with profile {name} used up"
            yield Obstacle(Hurdle.PROFILE, name, words)
    if agent.barred:
        yield Obstacle(Hurdle.BARRED, agent.barred, agent.barred)


def presence_words(presence: Presence) -> str:
    """A presence after `is`."""
    return _STANDS.get(presence, presence.label.lower())
