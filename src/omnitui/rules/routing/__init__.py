"""Who gets what, and why: ranks agents for one item, or gives out many items at once.

`rank` looks at one item and says a sentence about every agent, `explain` makes one sentence of
that. `assign_all` gives out items in their order, each assignment using up what the next one finds.
All decide alike. Pure: agents and items come in as values, nothing is looked up, the same input
gives the same answer, and the order in which agents and items are listed does not matter.
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
