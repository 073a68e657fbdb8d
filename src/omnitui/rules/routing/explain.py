"""A ranking in one sentence: who gets the item, why, and why not the others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from omnitui.rules.routing.nouns import Excluded, Hurdle, Item, Obstacle, Ranking
from omnitui.rules.routing.words import listed, skill_words

_MOST_SKILLS_NAMED = 3


def explain(item: Item, ranking: Ranking) -> str:
    """Why an item goes to an agent, or waits.

    Each of the others is listed once, with the weightiest obstacle. For example: Goes to ada: 75
    units free, the most; bo is away; 3 others lack router 2 or better.
    """
    if not ranking.order:
        return f"Waits: {ranking.because}."
    others = len(ranking.order) - 1
    parts = [ranking.because]
    if others:
        names = ranking.order[1].login if others == 1 else f"{others} others"
        parts.append(f"{names} {'fits' if others == 1 else 'fit'} as well")
    parts += _passed_over(item, ranking.excluded)
    return f"Goes to {'; '.join(parts)}."


def _passed_over(item: Item, excluded: Iterable[Excluded]) -> Iterator[str]:
    alike: defaultdict[Hurdle, list[Excluded]] = defaultdict(list)
    for agent in excluded:
        alike[agent.obstacles[0].kind].append(agent)
    for kind in reversed(Hurdle):
        agents = alike[kind]
        if len(agents) == 1:
            yield f"{agents[0].login} {agents[0].obstacles[0].words}"
        elif agents:
            first = [agent.obstacles[0] for agent in agents]
            yield f"{len(agents)} others {_together(item, kind, first)}"


def _together(item: Item, kind: Hurdle, obstacles: list[Obstacle]) -> str:
    what = sorted({obstacle.what for obstacle in obstacles})
    if kind is Hurdle.QUEUE:
        return f"are not in {item.queue}"
    if kind is Hurdle.PRESENCE:
        words = sorted({obstacle.words.removeprefix("is ") for obstacle in obstacles})
        return f"are {listed(words, 'or')}"
    if kind is Hurdle.CAPACITY:
        return "are at capacity"
    if kind is Hurdle.BARRED:
        return "cannot be offered it now"
    if kind is Hurdle.ALONE:
        return "have other live work"
    if kind in (Hurdle.KEPT, Hurdle.RESERVED):
        return "are kept free for calls"
    if kind is Hurdle.PROFILE:
        return f"have reached the limit of profile {listed(what, 'or')}"
    if len(what) > _MOST_SKILLS_NAMED:
        return f"lack one of {len(item.skills)} skills"
    return f"lack {skill_words(((skill, item.skills[skill]) for skill in what), 'or')}"
