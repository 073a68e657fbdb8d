"""Customers and cases: opened in tabs, created, and moved through their life."""

from typing import TYPE_CHECKING

from omnitui.console.apps.case import CaseTab
from omnitui.console.apps.customer import CustomerTab
from omnitui.console.apps.holder import TabHolder
from omnitui.console.apps.record import RecordBody
from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.commands.session import SessionCommand
from omnitui.console.keys import key_for, no_case, nobody_linked
from omnitui.console.session import cases, customer_merge, editing
from omnitui.console.session.view import SessionView
from omnitui.model.case import CaseStatus

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class _Records(SessionCommand):
    group = "Customer and case"


class _Beside(ConsoleCommand):
    """What is done with the records that stand beside a conversation or Home's lists."""

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """What it needs is said by `why_not`."""
        return cls.why_not(screen.tab_holder)

    @classmethod
    def why_not(cls, view: TabHolder) -> str | None:
        """Why it cannot be done there now; None when it can."""
        return None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Do it there."""
        cls.act(screen.tab_holder)

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Do it."""
        raise NotImplementedError


class OpenCase(_Records):
    """Open the linked case in a tab: every field, what was promised, what happened."""

    id, key, label = "case.open", "c", "Case"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs a case."""
        return None if view.state.case else no_case()

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open it."""
        cases.open_case(view)


class OpenCustomer(_Records):
    """Open the customer in a tab: who they are, how to reach them, what they are owed."""

    id, key, label = "customer.open", "i", "Customer"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs a customer."""
        return None if view.state.customer else nobody_linked()

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open them."""
        cases.open_customer(view)


class _Edit(_Beside):
    where = Where.ANYWHERE
    group = "Customer and case"
    what = "case"
    body: type[RecordBody] = CaseTab

    @classmethod
    def why_not(cls, view: TabHolder) -> str | None:
        """Needs one that can be edited: in front in a tab, or linked to the session."""
        if isinstance(view.apps.body, cls.body):
            return None
        if isinstance(view, SessionView):
            return editing.why_not(view.state, cls.what)
        return f"No {cls.what} is in front: open one in a tab, or go to a session."

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Bring up the fields."""
        body = view.apps.body
        if isinstance(body, cls.body):
            body.edit()
        elif isinstance(view, SessionView):
            view.edit(cls.what)


class EditCase(_Edit):
    """Edit the case in front, or the linked one where it stands in the summary."""

    id, key, label = "case.edit", "f2", "Edit the case"


class EditCustomer(_Edit):
    """Edit the customer in front, or the linked one where they stand, addresses too."""

    id, key, label = "customer.edit", "shift+f2", "Edit the customer"
    what, body = "customer", CustomerTab


class OpenTimeline(_Records):
    """Open the customer's timeline in a tab: by kind, by words, with what you missed."""

    id, key, label = "timeline.open", "T", "Timeline"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs a customer."""
        return None if view.state.customer else nobody_linked()

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open it."""
        cases.open_timeline(view)


class OpenWeb(_Beside):
    """Open other systems in a tab: their addresses filled for who and what is in front."""

    id, key, label = "web.open", "b", "Other systems"
    where = Where.RECORDS
    group = "Customer and case"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Open it."""
        cases.open_web(view)


class _OfTabs(_Beside):
    where = Where.ANYWHERE
    group = "Tabs"
    by = 0

    @classmethod
    def why_not(cls, view: TabHolder) -> str | None:
        """Needs a tab."""
        return None if view.tabs.open else "No record is open in a tab: search finds one."

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Turn."""
        view.start(view.apps.step(cls.by))


class NextTab(_OfTabs):
    """Go to the next record that stands beside the conversation, or beside the lists."""

    id, key, label, footer, by = "tab.next", "full_stop", "Next tab", 7, 1


class TabBefore(_OfTabs):
    """Go to the record before, or to the conversation or the lists."""

    id, key, label, by = "tab.before", "comma", "Tab before", -1


class NextTabNow(_OfTabs):
    """Go to the next record, from inside a field too."""

    id, key, label, priority, twin, by = "tab.next_now", "ctrl+pagedown", "Next tab", True, True, 1


class TabBeforeNow(_OfTabs):
    """Go to the record before, from inside a field too."""

    id, key, label, by = "tab.before_now", "ctrl+pageup", "Tab before", -1
    priority, twin = True, True


class CloseTab(_OfTabs):
    """Close the record in front. What is not saved in it is asked about first."""

    id, key, label, footer = "tab.close", "q", "Close tab", 6

    @classmethod
    def why_not(cls, view: TabHolder) -> str | None:
        """Needs a record in front."""
        return None if view.tabs.front else "No record is in front."

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Close it."""
        view.start(cases.close_tab(view))


class CreateCase(_Records):
    """Create a case from what the customer has said, and link it."""

    id, key, label, footer = "case.create", "m", "New case", 31

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs a customer."""
        link = key_for("session.link")
        return None if view.state.customer else f"A case needs a customer: {link} links them first."

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the form."""
        view.start(cases.create(view))


class OfCase(_Beside):
    """What is done with the active case in front, or the linked one."""

    where = Where.RECORDS
    group = "Customer and case"

    @classmethod
    def why_not(cls, view: TabHolder) -> str | None:
        """Needs an active case."""
        case = view.case_in_front
        if case is None:
            return no_case()
        if case.merged_into is not None:
            return f"{case.number} was merged into {case.merged_number}."
        if case.status is not CaseStatus.ACTIVE:
            return f"{case.number} is {case.status.value}: {key_for('case.reopen')} reopens it."
        return None


class MergeCustomers(_Beside):
    """Merge the customer in front, or the linked one, with another record of the same person."""

    id, key, label = "customer.merge", "J", "Merge customers"
    where = Where.RECORDS
    group = "Customer and case"

    @classmethod
    def why_not(cls, view: TabHolder) -> str | None:
        """Needs a customer."""
        return None if view.customer_in_front else nobody_linked()

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Ask with whom, and say what that does."""
        view.start(customer_merge.merge(view))


class ResolveCase(OfCase):
    """Resolve the case in front, or the linked one."""

    id, key, label = "case.resolve", "R", "Resolve case"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Ask how."""
        view.start(cases.resolve(view))


class CasePriority(OfCase):
    """Give the case in front, or the linked one, the next priority: low, normal, high."""

    id, key, label = "case.priority", "P", "Case priority"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Turn it."""
        view.start(cases.turn_priority(view))


class CancelCase(OfCase):
    """Cancel the case in front, or the linked one: it was none, or is no longer needed."""

    id, key, label = "case.cancel", "X", "Cancel case"

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Ask why."""
        view.start(cases.cancel(view))


class ReopenCase(_Beside):
    """Reopen the case in front, or the linked one, that is resolved or cancelled."""

    id, key, label = "case.reopen", "O", "Reopen case"
    where = Where.RECORDS
    group = "Customer and case"

    @classmethod
    def why_not(cls, view: TabHolder) -> str | None:
        """Needs a case that is over."""
        case = view.case_in_front
        if case is None:
            return no_case()
        if case.merged_into is not None:
            return f"{case.number} was merged into {case.merged_number}."
        return f"{case.number} is active." if case.status is CaseStatus.ACTIVE else None

    @classmethod
    def act(cls, view: TabHolder) -> None:
        """Do it."""
        view.start(cases.reopen(view))
