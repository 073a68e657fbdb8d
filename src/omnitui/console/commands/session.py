"""What can be done in a session."""

from typing import TYPE_CHECKING

from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.keys import key_for, nobody_linked
from omnitui.console.present.records.profile import SECTIONS, TITLES
from omnitui.console.session import actions, delivering, linking
from omnitui.console.session.view import SessionView
from omnitui.model.conversation import ConversationState
from omnitui.model.session import DraftKind

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

_ENDED = (ConversationState.WRAP_UP, ConversationState.CLOSED)


def view_of(screen: "MainScreen") -> SessionView | None:
    """The session that is on screen, None on Home."""
    view = screen.session_view
    return view if view is not None and view.painted else None


class SessionCommand(ConsoleCommand):
    """What is done in the session on screen."""

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


class Reply(SessionCommand):
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


class Note(SessionCommand):
    """Write a note that only agents read."""

    id, key, label, footer = "session.note", "n", "Note", 11

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Go to the note."""
        view.write(DraftKind.NOTE)


class QuickReply(SessionCommand):
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


class Knowledge(SessionCommand):
    """Search the knowledge and read it beside the conversation."""

    id, key, label, footer = "session.knowledge", "k", "Knowledge", 13

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Go to the search."""
        view.open_assist("knowledge")


class Suggested(SessionCommand):
    """Show the articles that fit what the customer says."""

    id, key, label = "session.suggested", "s", "Suggested"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Go to them."""
        view.open_assist("suggested")


class Find(SessionCommand):
    """Search within the conversation."""

    id, key, label = "session.find", "f", "Find"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the line to type in."""
        view.find()


class Links(SessionCommand):
    """Show the links of the conversation and open one."""

    id, key, label = "session.links", "o", "Links"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """List them."""
        view.start(actions.open_links(view))


class Delivery(SessionCommand):
    """Show what has not arrived: send it again, undo sending, or say whether it did."""

    id, key, label = "session.delivery", "D", "Not delivered"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """List it."""
        view.start(delivering.deliver(view))


class Label(SessionCommand):
    """Put labels on the conversation, or take some off."""

    id, key, label = "session.label", "B", "Label"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Ask which."""
        view.start(actions.label(view))


class NextPane(SessionCommand):
    """Go to the next pane: conversation, summary, assist."""

    id, key, label, priority = "session.next_pane", "f6", "Next pane", True

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Show it and give it the keys."""
        view.next_pane()


class PreviousPane(SessionCommand):
    """Go to the pane before."""

    id, key, label, priority = "session.previous_pane", "shift+f6", "Pane before", True

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Show it and give it the keys."""
        view.next_pane(-1)


class Link(SessionCommand):
    """Say who is writing; once that is known, link one of their cases."""

    id, key, label, footer = "session.link", "l", "Link", 30
    group = "Customer and case"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the picker."""
        view.start(linking.link(view))


class LinkCustomer(SessionCommand):
    """Link another customer, or add one."""

    id, key, label = "session.link_customer", "L", "Link customer"
    group = "Customer and case"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Open the picker."""
        view.start(linking.link_customer(view))


class UnlinkCustomer(SessionCommand):
    """Say that it is not this customer who is writing."""

    id, key, label = "session.unlink_customer", "I", "Unlink customer"
    group = "Customer and case"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs a customer."""
        return None if view.state.customer else nobody_linked()

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Unlink them."""
        view.start(linking.unlink_customer(view))


class End(SessionCommand):
    """End the conversation for the customer too; wrap-up follows."""

    id, key, label, footer = "session.end", "e", "End", 20
    group = "Finishing"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Only an active one of yours."""
        item = view.state.conversation
        if item.state in _ENDED:
            closes = key_for("session.close")
            return f"It has ended already: it is {item.state.label}. {closes} closes it."
        if item.state is not ConversationState.ACTIVE or not view.state.mine:
            return f"It is {item.state.label} and not with you; only an active one can be ended."
        return None

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Say what it does, then do it."""
        view.start(actions.end(view))


class Close(SessionCommand):
    """Close the session; what becomes of the conversation is said first."""

    id, key, label, footer = "session.close", "w", "Close", 21
    group = "Finishing"

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Say what it does, then do it."""
        view.start(actions.close(view))


class Finish(SessionCommand):
    """End the conversation and close it in one step; what that does is said first."""

    id, key, label = "session.finish", "Q", "End and close"
    group = "Finishing"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Only one of yours that is active or has just ended."""
        if view.state.conversation.state is ConversationState.WRAP_UP and view.state.mine:
            return None
        return End.why_not(view)

    @classmethod
    def act(cls, view: SessionView) -> None:
        """Say what it does, ask how it ended, then do it."""
        view.start(actions.finish(view))


class Release(SessionCommand):
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
    class Toggle(SessionCommand):
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
