"""Handing on, putting off, asking somebody in, and undoing what was done."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.closing import undo_before_dialog
from omnitui.console.keys import key_for
from omnitui.console.main.opening import arrive
from omnitui.console.session import escalation, handing
from omnitui.console.session.view import SessionView
from omnitui.desk.undo import Undoable
from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

_UNDER_WAY = (ConversationState.ACTIVE, ConversationState.WAITING)


class _Handing(ConsoleCommand):
    where = Where.SESSION
    group = "Transfer and undo"
    act: ClassVar[Callable[[SessionView], Coroutine[Any, Any, None]]]

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a session with a conversation of yours that is under way."""
        view = screen.session_view
        if view is None or not view.painted:
            return "No session is open here."
        return cls.why_not(view)

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Why it cannot be done in this session now; None when it can."""
        item = view.state.conversation
        if item.state not in _UNDER_WAY:
            stands = "in wrap-up" if item.state is ConversationState.WRAP_UP else item.state.label
            return f"It is {stands}: only what is active or waits can be transferred."
        if not view.state.mine:
            return f"It is with {item.agent_name or 'nobody'}, and not yours to transfer."
        return None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Do it in the session on screen."""
        view = screen.session_view
        if view is not None and view.painted:
            view.start(cls.act(view))


class Transfer(_Handing):
    """Transfer the conversation to another agent or queue, with a word for them."""

    id, key, label, footer = "session.transfer", "t", "Transfer", 18
    act = handing.transfer


class Snooze(_Handing):
    """Snooze the conversation until a time in words: 2h, tomorrow, fri 9am."""

    id, key, label = "session.snooze", "z", "Snooze"
    act = handing.snooze

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Not on a live channel: somebody waits at the other end."""
        why = super().why_not(view)
        channel = view.state.channel
        if why is None and channel is not None and channel.mode is ChannelMode.LIVE:
            moves, ends = key_for("session.transfer"), key_for("session.end")
            return f"A live conversation cannot be snoozed: {moves} transfers it, {ends} ends it."
        return why


class Consult(_Handing):
    """Ask another agent to read along or to answer too; leave when you were asked."""

    id, key, label = "session.consult", "C", "Consult"
    act = handing.consult

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Also for who was asked in."""
        return None if view.state.role is not None else super().why_not(view)


class Escalate(_Handing):
    """Escalate to chat or phone; what the entitlement has left there is shown first."""

    id, key, label = "session.escalate", "E", "Escalate"
    act = escalation.escalate

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Only what you have in hand."""
        item = view.state.conversation
        if item.state is not ConversationState.ACTIVE:
            return f"It is {item.state.label}: only an active one can be escalated."
        return super().why_not(view)


class Undo(ConsoleCommand):
    """Undo the reply that is held, else the last thing you did; says so where it cannot be."""

    id, key, label, footer = "session.take_back", "u", "Undo", 5
    where = Where.ANYWHERE
    group = "Transfer and undo"

    @classmethod
    def pressing(cls, screen: "MainScreen") -> bool:
        """While a reply is held."""
        return _held(screen) is not None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Put the reply back into the composer, or undo, saying what, and go there.

        What cannot be undone is said with the reason. What was done before it is undone only when
        that is asked for then.
        """
        view = _held(screen)
        if view is not None:
            view.conversation.take_back()
            return
        passing: int | None = None
        found: Undoable | None = await screen.link.call("undo.what")
        while found is not None and found.why_not:
            if not found.before:
                screen.say(f"“{found.what}” cannot be undone: {found.why_not}.")
                return
            if not await ask(screen.app, undo_before_dialog(found, screen.glyphs)):
                return
            passing = found.key
            found = await screen.link.call("undo.what", passing=passing)
        if found is not None and found.reply is not None and await _unsend(screen, found):
            return
        done: Undoable = await screen.link.call("undo.last", passing=passing)
        screen.home.say("")
        screen.say(
            " ".join(filter(None, (f"Undone: {done.what}.", done.why_left, done.told))),
            "warning" if done.left or done.told else "information",
        )
        if len(done.conversations) == 1:
            await _go_there(screen, done.conversations[0])


async def _go_there(screen: "MainScreen", conversation: int) -> None:
    """Show the conversation if it is open in a tab."""
    tabs = await screen.link.call("session.list")
    if any(tab.conversation_id == conversation for tab in tabs):
        await arrive(screen, conversation)


async def _unsend(screen: "MainScreen", found: Undoable) -> bool:
    """Go to a reply that is held and put it back into its composer; False if it is not open."""
    await _go_there(screen, found.conversations[0])
    view = _held(screen)
    if view is not None:
        view.conversation.take_back()
    return view is not None


def _held(screen: "MainScreen") -> SessionView | None:
    """The session in front while a reply of yours is held there."""
    view = screen.session_view
    if view is None or not view.painted or view.state.held_reply is None:
        return None
    return view
