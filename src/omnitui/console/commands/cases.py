"""What is done with cases beside beginning and end: how they stand, merges, what they use."""

from omnitui.console.apps.holder import TabHolder
from omnitui.console.commands.records import OfCase
from omnitui.console.session import case_family, entitlement


class CaseReason(OfCase):
    """Say how the case in front, or the linked one, stands: on hold, waiting for details, ..."""

    id, key, label = "case.set_reason", "S", "Case status"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Ask how."""
        view.start(case_family.stand(view))


class MergeCases(OfCase):
    """Merge the case in front, or the linked one, with others of its customer."""

    id, key, label = "case.merge", "M", "Merge cases"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Ask which, and which stays."""
        view.start(case_family.merge(view))


class CaseFamily(OfCase):
    """Create a child of the case, put it under another one, or part what was merged into it."""

    id, key, label = "case.family", "F", "Case family"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Ask what."""
        view.start(case_family.family(view))


class CaseEntitlement(OfCase):
    """Choose what the case in front, or the linked one, uses of what the customer is owed."""

    id, key, label = "case.entitlement", "U", "Case uses"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Ask which; why others cannot be used is told."""
        view.start(entitlement.choose(view))
