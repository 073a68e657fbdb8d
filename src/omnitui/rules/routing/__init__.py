"""Who gets what, and why: ranks agents for one item, or gives out many items at once.

`rank` looks at one item and says a sentence about every agent. `assign_all` gives out items in
their order, each assignment using up what the next one finds. Both decide alike. Pure: agents and
items come in as values, nothing is looked up, the same input gives the same answer, and the order
in which agents are listed does not matter.
"""

from omnitui.rules.routing.nouns import (
    Assign,
    Candidate,
    Considered,
    Excluded,
    Item,
    Match,
    ProfileRoom,
    Ranking,
)
from omnitui.rules.routing.outcome import Assigned, Left, Outcome, assign_all
from omnitui.rules.routing.rank import rank

__all__ = [
    "Assign",
    "Assigned",
    "Candidate",
    "Considered",
    "Excluded",
    "Item",
    "Left",
    "Match",
    "Outcome",
    "ProfileRoom",
    "Ranking",
    "assign_all",
    "rank",
]
