"""Routing: ranks agents for one item, or assigns many items at once, with explanations.

`rank` takes one item and returns a sentence about every agent; `explain` makes one sentence of
that. `assign_all` assigns items in their order, each assignment using capacity. All decide alike.
Pure: the same input gives the same answer, and the order of agents and items does not matter.
"""

from omnitui.model.profile import Profile
from omnitui.rules.routing.explain import explain
from omnitui.rules.routing.nouns import (
    USUALLY_ALLOWED,
    Assign,
    Candidate,
    Considered,
    Decided,
    Excluded,
    Hurdle,
    Item,
    Match,
    Obstacle,
    QueueRules,
    Ranking,
)
from omnitui.rules.routing.outcome import Assignment, Outcome, Waiting, assign_all
from omnitui.rules.routing.rank import rank
from omnitui.rules.routing.reserve import agents_for_calls, keeper_of, kept_for_calls

__all__ = [
    "USUALLY_ALLOWED",
    "Assign",
    "Assignment",
    "Candidate",
    "Considered",
    "Decided",
    "Excluded",
    "Hurdle",
    "Item",
    "Match",
    "Obstacle",
    "Outcome",
    "Profile",
    "QueueRules",
    "Ranking",
    "Waiting",
    "agents_for_calls",
    "assign_all",
    "explain",
    "keeper_of",
    "kept_for_calls",
    "rank",
]
