"""What can be done in a session."""

from typing import TYPE_CHECKING

from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.present.profile import SECTIONS, TITLES
from omnitui.console.session import SessionView, actions
from omnitui.model.case import CaseStatus
from omnitui.model.conversation import ConversationState
from omnitui.model.session import DraftKind

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

_ENDED = (ConversationState.WRAP_UP, ConversationState.CLOSED)


def view_of(screen: "MainScreen") -> SessionView | None:
    """The session that is on screen, None on Home."""
    view = screen.session_view
    return view if view is not None and view.painted else None


class _Session(ConsoleCommand):
    where = Where.SESSION
    group = "Session"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a session."""
        view = view_of(screen)
        return "No session is open here." if view is None else cls.why_not(view)

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Why it cannot be done in this session now; None when it can."""
        return None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Do it in the session on screen."""
        view = view_of(screen)
        if view is not None:
            cls.act(view)

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Do it."""
        raise NotImplementedError


class Reply(_Session):
    """Write to the customer."""

    id, key, label, footer = "session.reply", "r", "Reply", 10

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Not when it has ended or is with somebody else."""
        return view.state.why_no_reply() or None

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Go to the reply."""
        view.write(DraftKind.REPLY)


class Note(_Session):
    """Write a note that only agents read."""

    id, key, label, footer = "session.note", "n", "Note", 11

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Go to the note."""
        view.write(DraftKind.NOTE)


class QuickReply(_Session):
    """Look for a quick reply; in the composer, type a slash at the start of a word."""

    id, key, label, footer = "session.quick_reply", "slash", "Quick reply", 12

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Not when a reply cannot be written."""
        return view.state.why_no_reply() or None

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the popup over the composer."""
        view.open_replies()


class Knowledge(_Session):
    """Search the knowledge and read it beside the conversation."""

    id, key, label, footer = "session.knowledge", "k", "Knowledge", 13

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Go to the search."""
        view.open_assist("knowledge")


class Suggested(_Session):
    """Show the articles that fit what the customer says."""

    id, key, label = "session.suggested", "s", "Suggested"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Go to them."""
        view.open_assist("suggested")


class Find(_Session):
    """Search within the conversation."""

    id, key, label = "session.find", "f", "Find"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the line to type in."""
        view.find()


class Links(_Session):
    """Show the links of the conversation and open one."""

    id, key, label = "session.links", "o", "Links"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """List them."""
        view.start(actions.open_links(view))


class NextPane(_Session):
    """Go to the next pane: conversation, summary, assist."""

    id, key, label, priority = "session.next_pane", "f6", "Next pane", True

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Show it and give it the keys."""
        view.next_pane()


class PreviousPane(_Session):
    """Go to the pane before."""

    id, key, label, priority = "session.previous_pane", "shift+f6", "Pane before", True

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Show it and give it the keys."""
        view.next_pane(-1)


class Link(_Session):
    """Say who is writing; once that is known, link one of their cases."""

    id, key, label, footer = "session.link", "l", "Link", 30
    group = "Customer and case"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the picker."""
        view.start(actions.link(view))


class LinkCustomer(_Session):
    """Link another customer, or add one."""

    id, key, label = "session.link_customer", "L", "Link customer"
    group = "Customer and case"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the picker."""
        view.start(actions.link_customer(view))


class CreateCase(_Session):
    """Create a case from what the customer has said, and link it."""

    id, key, label, footer = "case.create", "m", "New case", 31
    group = "Customer and case"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs a customer."""
        return None if view.state.customer else "A case needs a customer: link them first (l)."

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the form."""
        view.start(actions.create_case(view))


class _OfCase(_Session):
    group = "Customer and case"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs an active case."""
        case = view.state.case
        if case is None:
            return "No case is linked: m creates one, l links one."
        if case.status is not CaseStatus.ACTIVE:
            return f"{case.number} is {case.status.value}."
        return None


class ResolveCase(_OfCase):
    """Resolve the linked case."""

    id, key, label = "case.resolve", "R", "Resolve case"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Ask how."""
        view.start(actions.resolve_case(view))


class CasePriority(_OfCase):
    """Give the linked case the next priority: low, normal, high."""

    id, key, label = "case.priority", "P", "Case priority"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Turn it."""
        view.start(actions.turn_priority(view))


class End(_Session):
    """End the conversation for the customer too; wrap-up follows."""

    id, key, label, footer = "session.end", "e", "End", 20
    group = "Finishing"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Only an active one of yours."""
        item = view.state.conversation
        if item.state in _ENDED:
            return f"It has ended already: it is {item.state.label}. w closes it."
        if item.state is not ConversationState.ACTIVE or not view.state.mine:
            return f"It is {item.state.label} and not with you; only an active one can be ended."
        return None

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Say what it does, then do it."""
        view.start(actions.end(view))


class Close(_Session):
    """Close the session; what becomes of the conversation is said first."""

    id, key, label, footer = "session.close", "w", "Close", 21
    group = "Finishing"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Say what it does, then do it."""
        view.start(actions.close(view))


class Release(_Session):
    """Give the conversation back to its queue, for another agent."""

    id, key, label = "session.release", "x", "Give back"
    group = "Finishing"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Only an active one of yours."""
        active = view.state.conversation.state is ConversationState.ACTIVE
        return None if active and view.state.mine else "Only an active one of yours can go back."

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Ask for a word for the next agent."""
        view.start(actions.release(view))


def _section(number: int, section: str) -> type[ConsoleCommand]:
    class Toggle(_Session):
        id = f"summary.{section}"
        key = str(number)
        label = TITLES[section]
        group = "Summary"

        @classmethod
        def act(cls, view: SessionView) -> None:
            """Fold or unfold it."""
            view.toggle_section(section)

    Toggle.__doc__ = f"Fold or unfold {TITLES[section]} in the summary."
    Toggle.__name__ = f"Toggle{section.capitalize()}"
    return Toggle


globals().update(
    {
        f"Toggle{section.capitalize()}": _section(number, section)
        for number, section in enumerate(SECTIONS, 1)
    }
)
