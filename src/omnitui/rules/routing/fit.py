"""Whether an agent can take an item, and if not, all obstacles."""

from collections.abc import Iterator

from omnitui.model.agent import Presence
from omnitui.rules.routing.need import Need, Seat, in_queue
from omnitui.rules.routing.nouns import Hurdle, Item, Match, Obstacle
from omnitui.rules.routing.order import needed

_STANDS = {Presence.DO_NOT_DISTURB: "on do not disturb"}


def obstacles(item: Item, need: Need, seat: Seat, match: Match) -> tuple[Obstacle, ...]:
    """All obstacles between an agent and an item, weightiest first; empty when there are none."""
    if item.affinity and seat.agent.login == item.last_agent:
        # Units and presence do not count. But nobody takes two calls, or what they have let pass,
        # and room that is kept for somebody stays kept.
        never = (*_live(need, seat), *_kept(item, need, seat), *_asked(item, seat))
        if not never and seat.agent.login not in item.passed:
            return ()
    return tuple(_obstacles(item, need, seat, match))


def _obstacles(item: Item, need: Need, seat: Seat, match: Match) -> Iterator[Obstacle]:
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
    yield from _kept(item, need, seat)
    yield from _asked(item, seat)


def _kept(item: Item, need: Need, seat: Seat) -> Iterator[Obstacle]:
    if seat.kept not in ("", item.id):
        words = "is kept free for a waiting call"
        yield Obstacle(Hurdle.KEPT, seat.kept, words)
    if seat.reserved and not need.whole:
        words = f"is kept free for calls to {seat.reserved}"
        yield Obstacle(Hurdle.RESERVED, seat.reserved, words)


def _asked(item: Item, seat: Seat) -> Iterator[Obstacle]:
    for why in (seat.agent.barred, item.barred.get(seat.agent.login, "")):
        if why:
            yield Obstacle(Hurdle.BARRED, why, why)


def _live(need: Need, seat: Seat) -> Iterator[Obstacle]:
    """The obstacle of live work."""
    if not seat.shuts_out(need):
        return
    if seat.on_call:
        words = "is on a call"
    else:
        words = "has live work, and this needs an agent without other live work"
    yield Obstacle(Hurdle.ALONE, "live", words)


def _no_room(need: Need, seat: Seat) -> Iterator[Obstacle]:
    agent = seat.agent
    if need.counts_units and seat.free < need.cost:
        words = f"has {seat.free} of {agent.capacity} units free, {need.cost} needed"
        yield Obstacle(Hurdle.CAPACITY, "units", words)
    yield from _live(need, seat)
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
            words = f"has used up profile {name}, which blocks other work"
            yield Obstacle(Hurdle.PROFILE, name, words)


def presence_words(presence: Presence) -> str:
    """A presence after `is`."""
    return _STANDS.get(presence, presence.label.lower())
