"""What makes one agent come before another, as keys that sort.

A key begins with the group an agent belongs to (see `group_key`), then has a skill part (see
`skill_key`), then a part that changes as work is given out (see `turn_key`); its last value is the
agent's place by login, so that no two keys are equal.
"""

from collections.abc import Mapping

from omnitui.rules.routing.nouns import Assign, Decided, Match

Key = tuple[int, ...]

NEVER = -(2**63)
"""Stands for "never": before every other time."""

EXACTLY, OVER, UNDER = 0, 1, 2

_BY_TURN = {Assign.HIGHEST_CAPACITY: Decided.CAPACITY, Assign.LEAST_ACTIVE: Decided.RELEASED}


def needed(level: int) -> int:
    """The level that a requirement asks for; asking for a skill asks for some of it."""
    return max(level, 1)


def closeness(required: Mapping[str, int], skills: Mapping[str, int]) -> Key:
    """How close an agent's skills are to those required; the smallest is closest.

    Exactly qualified agents come before over-qualified ones, those before under-qualified ones;
    within each, more skills at the very level, then more above it, then less that is missing, then
    less that is too much. Source: the reference product's closest match.
    """
    exact = over = missing = excess = 0
    for skill, asked in required.items():
        level = skills.get(skill, 0)
        # As `needed` has it, and nobody has less than nothing; written out, being called so often.
        if asked < 1:
            asked = 1
        if level == asked:
            exact += 1
        elif level > asked:
            over += 1
            excess += level - asked
        else:
            missing += asked - level if level > 0 else asked
    grade = UNDER if missing else OVER if over else EXACTLY
    return (grade, -exact, -over, missing, excess)


def at_level(required: Mapping[str, int], skills: Mapping[str, int]) -> int:
    """How many of the required skills are there at their level or above."""
    return sum(skills.get(skill, 0) >= needed(level) for skill, level in required.items())


def proficiency(required: Mapping[str, int], skills: Mapping[str, int]) -> int:
    """The sum of an agent's levels in the required skills."""
    return sum(max(0, skills.get(skill, 0)) for skill in required)


def group_key(group: int, passed: int, *, before: bool) -> int:
    """What comes before skills, smallest first.

    That is who had the customer `before`, then who has let the item pass least often, then whose
    first work it is (`group` 0) before whose it is not (1).
    """
    return -1 if before else 2 * passed + group


def skill_key(
    required: Mapping[str, int], skills: Mapping[str, int], match: Match, assign: Assign
) -> Key:
    """The part of an agent's key that skills make; it does not change as work is given out.

    Closeness comes first under `Match.CLOSEST`, unless skills are what is asked to be ordered by.
    """
    if not required:
        return ()
    if assign is Assign.MOST_PROFICIENT:
        return (-proficiency(required, skills),)
    if assign is Assign.SKILL_COUNT:
        return (-at_level(required, skills),)
    if assign is Assign.NEAREST or match is Match.CLOSEST:
        return closeness(required, skills)
    return ()


def turn_key(assign: Assign, spare: int, released: int, turn: int, place: int) -> Key:
    """The part of an agent's key that changes as work is given out.

    `spare` is free room, `released` when capacity last came free, `turn` the agent's place in the
    order in which work was given, `place` their place by login. It only ever grows as work is
    given out.
    """
    if assign is Assign.HIGHEST_CAPACITY:
        return (-spare, turn, place)
    if assign is Assign.LEAST_ACTIVE:
        return (released, turn, place)
    return (turn, place)


def decided_by(keys: list[Key], assign: Assign) -> Decided | None:
    """What put the first of some sorted keys before the second; None where there is no first."""
    if len(keys) < 2:
        return Decided.ALONE if keys else None
    best, following = keys[:2]
    differ = next(
        n for n, (one, other) in enumerate(zip(best, following, strict=True)) if one != other
    )
    if differ == 0:
        return _by_group(best[0], following[0])
    from_end = len(best) - differ
    if from_end == 1:
        return Decided.LOGIN
    if from_end == 2:
        return Decided.ASSIGNED
    return _BY_TURN.get(assign, Decided.SKILLS) if from_end == 3 else Decided.SKILLS


def _by_group(best: int, following: int) -> Decided:
    if best < 0:
        return Decided.BEFORE
    return Decided.PASSED if best // 2 < following // 2 else Decided.CALLS
