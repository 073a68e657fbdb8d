"""Open a conversation as a session and go there: an offer, one that nobody has, one to read."""

from typing import TYPE_CHECKING

from omnitui.console.keys import key_for
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refusal, Refused, refuse

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


async def accept(screen: "MainScreen", key: int) -> None:
    """Take an offer; its session opens and is focused. What goes beyond the capacity is asked.

    Where another console of the agent was quicker, it is theirs all the same.
    """
    try:
        if not await _take(screen, "conversation.accept", key):
            return
    except Refused:
        item = await screen.link.call("conversation.get", conversation=key)
        if item.agent_id != screen.link.actor.id or item.offered_to is not None:
            raise
    await arrive(screen, key)


async def _take(screen: "MainScreen", name: str, key: int) -> bool:
    """Make it the agent's own; False when they were asked and left it."""
    from omnitui.console.session import anyway

    done = await anyway.attempt(screen.app, screen.link, screen.glyphs, name, conversation=key)
    refuse(done if isinstance(done, Refusal) else None)
    return done is not None


async def open_conversation(screen: "MainScreen", key: int, message: int | None = None) -> None:
    """Open a conversation as a session, one that nobody has becomes yours; at a message."""
    if key in screen.order:
        await screen.navigation.to(key)
    else:
        await _open(screen, await screen.link.call("conversation.get", conversation=key))
    if message is not None:
        _show_message(screen, key, message)


async def read_conversation(screen: "MainScreen", key: int, message: int) -> None:
    """Open a conversation at a message to read it; it stays with whoever has it, or with nobody."""
    if key in screen.order:
        await screen.navigation.to(key)
    else:
        await screen.link.call("session.open", conversation=key)
        await arrive(screen, key)
    _show_message(screen, key, message)


def _show_message(screen: "MainScreen", key: int, message: int) -> None:
    view = screen.session_view
    if view is not None and view.conversation_id == key:
        screen.call_after_refresh(view.show_message, message)


async def open_found(screen: "MainScreen", key: int, message: int | None = None) -> None:
    """Open a conversation that was found; that it becomes yours, where nobody had it, is said."""
    item = await screen.link.call("conversation.get", conversation=key)
    await open_conversation(screen, key, message)
    if item.state is ConversationState.OPEN and key in screen.order:
        fact = f"{item.name} was with nobody and is yours now."

        async def goes_back() -> bool:
            view = screen.session_view
            if view is None or view.conversation_id != key or not view.painted:
                return False
            now = view.state.conversation.state
            return now is ConversationState.ACTIVE and view.state.mine

        said = f"{fact} {key_for('session.release')} gives it back."
        screen.passing.say(said, fact=fact, holds=goes_back)


async def _open(screen: "MainScreen", item: Conversation) -> None:
    me, key = screen.link.actor.id, int(item.id)
    state = item.state
    if item.offered_to == me:
        await accept(screen, key)
        return
    if state is ConversationState.OPEN or (
        state is ConversationState.WAITING and item.agent_id == me
    ):
        if not await _take(screen, "conversation.pick", key):
            return
    else:
        await screen.link.call("session.open", conversation=key)
    await arrive(screen, key)


async def arrive(screen: "MainScreen", key: int) -> None:
    """Go to a session that has just been opened."""
    await screen.read_board()
    await screen.navigation.to(key)
