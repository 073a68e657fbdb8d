"""What the case commands share. Not commands."""

from omnitui.desk.call import Call
from omnitui.model.case import Case
from omnitui.rules.cases import Closing
from omnitui.store import cases

MOST_MINUTES = 10 * 366 * 24 * 60
"""The longest billable time of a case (minutes)."""


def found(call: Call, case: int) -> Case:
    """The case of that key."""
    one = cases.get(call.store, case)
    assert one is not None
    return one


def closing(call: Call) -> Closing:
    """How cases with children end here."""
    return Closing(call.settings.case_closing)
