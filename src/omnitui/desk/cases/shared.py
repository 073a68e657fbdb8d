"""What all that is done with cases shares. Not commands."""

from omnitui.desk.call import Call
from omnitui.model.case import Case
from omnitui.rules.cases import Closing
from omnitui.store import cases

MOST_MINUTES = 10 * 366 * 24 * 60
"""The longest billable time of one case."""


def found(call: Call, case: int) -> Case:
    """A case that is there."""
    one = cases.get(call.store, case)
    assert one is not None
    return one


def closing(call: Call) -> Closing:
    """How parents and children come to their end here."""
    return Closing(call.settings.case_closing)
