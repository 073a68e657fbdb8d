"""Whether an agent can take an item at all, and the words for it."""

from collections.abc import Iterable

from omnitui.model.agent import Presence
from omnitui.rules.routing.nouns import Candidate, Item, Match
from omnitui.rules.routing.order import needed

_OR = " or "


def counts_units(item: Item) -> bool:
    """Whether units limit this item; one that only has capacity profiles is free of them."""
    return item.cost > 0 or not item.profiles


def spare_room(item: Item, agent: Candidate) -> int:
    """The room that counts: free units, or items where only capacity profiles limit."""
    if counts_units(item):
        return agent.free
    return min(agent.profiles[name].left for name in item.profiles)


def obstacles(item: Item, agent: Candidate, match: Match) -> list[str]:
    """Everything that keeps an agent from an item; empty when nothing does."""
    found = []
    if item.queue and agent.queues is not None and item.queue not in agent.queues:
        found.append(f"is not in the queue {item.queue}")
    if agent.presence not in item.allowed_presence:
        found.append(f"is {words_of(agent.presence)}, {allowed_words(item.allowed_presence)}")
    if match is Match.EXACT:
        found += missing_skills(item, agent)
    found += _no_room(item, agent)
    return found


def missing_skills(item: Item, agent: Candidate) -> list[str]:
    """What an agent lacks of the required skills, a phrase each."""
    found = []
    for skill, level in item.skills.items():
        held = agent.skills.get(skill, 0)
        if held <= 0:
            found.append(f"lacks {skill}")
        elif held < needed(level):
            found.append(f"has {skill} at {held}, {level} needed")
    return found


def _no_room(item: Item, agent: Candidate) -> list[str]:
    found = []
    if agent.free < item.cost and counts_units(item):
        found.append(f"has {agent.free} of {agent.capacity} units free, {item.cost} needed")
    for name in sorted(item.profiles):
        profile = agent.profiles.get(name)
        if profile is None:
            found.append(f"has no capacity profile {name}")
        elif profile.left <= 0:
            found.append(f"has used {profile.used} of {profile.limit} of {name}")
    for name, profile in sorted(agent.profiles.items()):
        if profile.blocking and profile.left <= 0 and name not in item.profiles:
            found.append(f"takes no other work, {name} being used up")
    return found


def words_of(presence: Presence) -> str:
    """A presence in the middle of a sentence."""
    return presence.label.lower()


def allowed_words(allowed: Iterable[Presence]) -> str:
    """Which presences are given work."""
    names = [words_of(presence) for presence in Presence if presence in allowed]
    return f"{_OR.join(names)} needed" if names else "and nobody is given this"


def skill_words(item: Item, agent: Candidate) -> str:
    """How an agent's skills stand to the required ones, e.g. `norwegian 3 of 2`."""
    return ", ".join(
        f"{skill} {agent.skills.get(skill, 0)} of {needed(level)}"
        for skill, level in item.skills.items()
    )


def listed(parts: list[str]) -> str:
    """Phrases joined as in a sentence."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""
