"""What makes one agent come before another, as keys that sort, and the words for what decided.

A key is what skills make of an agent (see `skill_key`), then what changes as work is given out (see
`turn_key`); its last value is the agent's place by login, so that no two keys are equal.
"""

from collections.abc import Mapping

from omnitui.rules.routing.nouns import Assign, Match

Key = tuple[int, ...]

NEVER = -(2**63)
"""Stands for a time that has not been: before every other."""

# The digits of a closeness, so that adding up skills adds up each digit by itself.
_EXCESS, _MISSING, _OVER, _EXACT, _UNDER = 1, 1 << 16, 1 << 32, 1 << 44, 1 << 60


def needed(level: int) -> int:
    """The level that a requirement asks for; asking for a skill asks for some of it."""
    return max(level, 1)


def skill_part(asked: int, level: int, match: Match, assign: Assign) -> int:
    """What one required skill adds to an agent's standing; `level` 0 is not having it."""
    asked, level = needed(asked), max(level, 0)
    if assign is Assign.MOST_PROFICIENT:
        return -level
    if assign is Assign.SKILL_COUNT:
        return -(level > 0)
    if assign is not Assign.NEAREST and match is not Match.CLOSEST:
        return 0
    if level < asked:
        return _UNDER + (asked - level) * _MISSING
    return (level - asked) * _EXCESS - (_OVER if level > asked else _EXACT)


def standing(total: int) -> int:
    """The sum of an agent's skill parts as it is compared; the smallest is best.

    Of closeness that means: who lacks nothing before who lacks something, then more skills at the
    very level asked for, then more above it, then less that is missing, then less that is too much.
    So exactly qualified agents come before over-qualified ones, those before under-qualified ones.
    Source: the reference product's closest match.
    """
    lacking = (total + _UNDER // 2) // _UNDER
    return total - (lacking - 1) * _UNDER if lacking > 1 else total


def skill_key(
    required: Mapping[str, int], skills: Mapping[str, int], match: Match, assign: Assign
) -> int:
    """What an agent's skills make of their place; it does not change as work is given out."""
    return standing(
        sum(
            skill_part(asked, skills.get(skill, 0), match, assign)
            for skill, asked in required.items()
        )
    )


def meets(required: Mapping[str, int], skills: Mapping[str, int]) -> bool:
    """Whether every required skill is there at its level or above."""
    return all(skills.get(skill, 0) >= needed(level) for skill, level in required.items())


def turn_key(assign: Assign, spare: int, released: int, last: int, place: int) -> Key:
    """The part of an agent's key that changes as work is given out.

    `spare` is free room, `released` and `last` are when capacity last came free and when work was
    last given, `place` the agent's place by login. It only ever grows as work is given out.
    """
    if assign is Assign.HIGHEST_CAPACITY:
        return (-spare, last, place)
    if assign is Assign.LEAST_ACTIVE:
        return (released, last, place)
    return (last, place)


_BY_SKILL = {
    Assign.MOST_PROFICIENT: "is the most proficient",
    Assign.SKILL_COUNT: "has the most of the skills",
}
_BY_TURN = {
    Assign.HIGHEST_CAPACITY: "has the most room",
    Assign.LEAST_ACTIVE: "has been idle the longest",
}


def why(first: str, second: str, keys: tuple[Key, Key], assign: Assign) -> str:
    """What put `first` before `second`: the first value in which their two keys differ."""
    best, following = keys
    from_end = len(best) - next(
        n for n, (one, other) in enumerate(zip(best, following, strict=True)) if one != other
    )
    if from_end == 1:
        return f"{first} and {second} are equal in everything; {first} comes first by login."
    if from_end == 2:
        return f"{first} and {second} are equal, and {first} has been without new work longer."
    if from_end == 3 and assign in _BY_TURN:
        return f"{first} {_BY_TURN[assign]}, before {second}."
    decided = _BY_SKILL.get(assign, "has the skills closest to those asked for")
    return f"{first} {decided}, before {second}."
