"""How many examples a property is tried with: all of them, or a share of them in everyday runs."""

from hypothesis import settings

ALL = 100
"""What a property without a number of its own gets in a thorough run: `make thorough`, and CI."""

EVERYDAY = 40
"""What it gets otherwise: examples are drawn anew each time, so that many runs try them all."""

_LEAST = 5


def share(examples: int) -> int:
    """How many of the examples of a thorough run are tried in this one."""
    return max(min(examples, _LEAST), examples * settings().max_examples // ALL)
