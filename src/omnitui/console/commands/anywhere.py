"""What can be done from everywhere."""

from typing import TYPE_CHECKING, ClassVar

from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.routing import why_dialog
from omnitui.console.keys import key_for
from omnitui.console.main.opening import accept, open_conversation, read_conversation

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class _Anywhere(ConsoleCommand):
    where = Where.ANYWHERE
    group = "Anywhere"


class Accept(_Anywhere):
    """Accept the offer under the tabs."""

    id, key, label = "offer.accept", "y", "Accept"
    footer: ClassVar[int | None] = 1
    group, grab = "Offers", True

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs an offer."""
        return None if screen.offers.first else "Nothing is ringing."

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Take it; its session opens."""
        offer = screen.offers.first
        assert offer is not None
        await accept(screen, offer.conversation_id)


class AcceptNow(Accept):
    """Accept the offer, even while you type."""

    id, key, label, footer, priority = "offer.accept_now", "ctrl+y", "Accept", None, True
    grab, twin = False, True


class Decline(_Anywhere):
    """Decline the offer under the tabs."""

    id, key, label, footer = "offer.decline", "N", "Decline", 2
    group, grab = "Offers", True

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs an offer."""
        return None if screen.offers.first else "Nothing is ringing."

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Let it pass to somebody else."""
        offer = screen.offers.first
        assert offer is not None
        await screen.link.call("conversation.decline", conversation=offer.conversation_id)


class NextNeedingMe(_Anywhere):
    """Go to what needs you next: what rings first, then who has waited longest."""

    id, key, label, footer = "session.next_needing", "right_square_bracket", "Next needing me", 40
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Go to the session, or to the row on Home that rings; or say that nobody waits."""
        board = screen.board
        at = screen.navigation.here
        if at is None and board is not None and screen.home.selected in board.ringing:
            at = screen.home.selected
        key = None if board is None else screen.navigation.next_of(board.needs_me, at)
        if board is None or key is None:
            screen.say("Nobody else is waiting for you.")
        elif key in board.ringing:
            await screen.navigation.to(None)
            await screen.home.show_row(key)
        else:
            await screen.navigation.to(key)


class Why(_Anywhere):
    """Say who gets the conversation and why, or why it waits, and what is with everybody else."""

    id, key, label = "routing.why", "W", "Why this agent"
    group = "Offers"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a conversation: what rings, the session in front, or the row under the cursor."""
        return None if cls._meant(screen) is not None else "There is no conversation here."

    @staticmethod
    def _meant(screen: "MainScreen") -> int | None:
        if screen.offers.first is not None:
            return screen.offers.first.conversation_id
        return screen.home.selected if screen.navigation.here is None else screen.navigation.here

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show it."""
        key = cls._meant(screen)
        assert key is not None
        told = await screen.link.call("routing.explain", conversation=key)
        item = await screen.link.call("conversation.get", conversation=key)
        screen.app.push_screen(why_dialog(item.name, told, screen.glyphs))


class Back(_Anywhere):
    """Go back to where you were before."""

    id, key, label = "session.back", "left_square_bracket", "Back"
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Focus the session, or Home, that was focused before this one."""
        await screen.navigation.back()


class GoHome(_Anywhere):
    """Go to Home."""

    id, key, label = "go.home", "g h", "Home"
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show the lists."""
        await screen.navigation.to(None)


class GoSearch(_Anywhere):
    """Search everything: customers, conversations, cases, messages, articles, activities."""

    id, key, label = "go.search", "g slash", "Search"
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the search, and then what was found."""
        from omnitui.console.apps.search import search_tab
        from omnitui.console.dialogs.search import Kept, SearchDialog
        from omnitui.console.main import search

        typed = screen.typed.into("search")
        found = await ask(screen.app, SearchDialog(screen.link, screen.glyphs, screen.tz, typed))
        if isinstance(found, Kept):
            screen.open_record(search_tab(found.typed, found.kind))
        elif found is not None:
            await search.open_hit(screen, found)


class Create(_Anywhere):
    """Create a case, a customer, a task or a note; what is in front fills it in."""

    id, key, label = "create.any", "plus", "Create"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask what."""
        from omnitui.console.main import creating

        await creating.create(screen)


class GoCreated(_Anywhere):
    """Open what you created last in a tab."""

    id, key, label = "go.created", "g n", "What is new"
    group = "Navigation"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs something that was created."""
        nothing = f"You have created nothing yet: {key_for('create.any')} does."
        return None if screen.made else nothing

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open it beside the session in front, else beside Home's lists."""
        if screen.made is not None:
            screen.open_record(screen.made)


class GoFollowUps(_Anywhere):
    """Show what you said you would come back to, overdue first."""

    id, key, label = "go.follow_ups", "g f", "Follow-ups"
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """List them, and open what one is about."""
        from omnitui.console.apps.timeline import timeline_tab
        from omnitui.console.dialogs.listing import FollowUps

        opened = await ask(screen.app, FollowUps(screen.link, screen.glyphs, screen.tz))
        if opened is None:
            return
        there = opened.conversation is not None and screen.navigation.here == opened.conversation
        if opened.conversation is not None and not there:
            await open_conversation(screen, opened.conversation)
        else:
            customer = await screen.link.call("customer.get", customer=opened.customer)
            screen.open_record(timeline_tab(customer, opened.title))


class GoMentions(_Anywhere):
    """Show the notes in which colleagues mention you, those you have not seen first."""

    id, key, label = "go.mentions", "g at", "Mentions"
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """List them; opening one counts as having seen it."""
        from omnitui.console.dialogs.listing import Mentions

        found = await ask(screen.app, Mentions(screen.link, screen.glyphs, screen.tz))
        if found is not None:
            await read_conversation(screen, found.conversation_id, found.message_id)
            await screen.link.call("mention.seen", mention=found.id)


class GoMine(_Anywhere):
    """Go to My work."""

    id, key, label = "go.mine", "g m", "My work"
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show the list of what is yours."""
        await screen.navigation.to(None)
        await screen.home.show_stream("mine")


class GoOpen(_Anywhere):
    """Go to the open conversations."""

    id, key, label = "go.open", "g o", "Open"
    group = "Navigation"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show the list of what nobody has."""
        await screen.navigation.to(None)
        await screen.home.show_stream("open")


class SetPresence(_Anywhere):
    """Choose your presence."""

    id, key, label, footer = "agent.presence", "p", "Presence", 60

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the list of presences."""
        from omnitui.console.dialogs.routing import presence_dialog

        if screen.board is not None:
            dialog = presence_dialog(screen.glyphs, screen.board.agent)
            chosen = await ask(screen.app, dialog)
            if chosen is not None:
                await screen.link.call("agent.set_presence", presence=chosen)


class NextTheme(_Anywhere):
    """Change the theme: dark, light, high contrast dark and light."""

    id, key, label, priority = "screen.theme", "f8", "Theme", True

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Go to the next theme and remember it."""
        from omnitui.console.app import OmniApp

        if isinstance(screen.app, OmniApp):
            screen.app.next_theme()


class Help(_Anywhere):
    """Show every key."""

    id, key, label = "screen.help", "question_mark", "Keys"
    footer: ClassVar[int | None] = 99

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the table of keys."""
        from omnitui.console.dialogs.help import HelpDialog

        await ask(screen.app, HelpDialog(screen.keymap, screen.glyphs, screen.works_here))


class HelpNow(Help):
    """Show every key, even while you type."""

    id, key, label, footer, priority = "screen.help_now", "f1", "Keys", None, True
    twin = True


class Palette(_Anywhere):
    """Find a command by its name."""

    id, key, label, footer, priority = "screen.palette", "ctrl+p", "Commands", 90, True

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the palette, and do what was chosen."""
        from omnitui.console.commands import ALL
        from omnitui.console.dialogs.palette import PaletteDialog

        offered = [c for c in ALL if c is not cls and not c.twin and screen.works_here(c)]
        why_not = {command.id: command.available(screen) for command in offered}
        dialog = PaletteDialog(
            offered, screen.keymap.label, lambda command: why_not[command.id], screen.glyphs
        )
        chosen = await ask(screen.app, dialog)
        if chosen is not None:
            screen.run_command(chosen)


class Quit(_Anywhere):
    """Leave. Sessions, drafts and tabs are kept; with your last console you are Offline."""

    id, key, label, priority = "screen.quit", "ctrl+q", "Quit", True

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Keep what is typed, and close."""
        await screen.leave()


def _session(number: int) -> type[ConsoleCommand]:
    class GoSession(_Anywhere):
        id = f"go.session_{number}"
        key = f"g {number}"
        label = f"Session {number}"
        group = "Navigation"

        @classmethod
        async def run(cls, screen: "MainScreen") -> None:
            """Focus it."""
            await screen.focus_number(number)

    GoSession.__doc__ = f"Go to session {number}."
    GoSession.twin = number > 1
    GoSession.__name__ = f"GoSession{number}"
    return GoSession


globals().update({f"GoSession{number}": _session(number) for number in range(1, 10)})
