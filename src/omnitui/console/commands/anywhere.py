"""What can be done from everywhere."""

from typing import TYPE_CHECKING, ClassVar

from omnitui.console.commands.base import ConsoleCommand, Where

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class _Anywhere(ConsoleCommand):
    where = Where.ANYWHERE
    group = "Anywhere"


class Accept(_Anywhere):
    """Accept the offer at the top right."""

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
        await screen.accept(offer.conversation_id)


class AcceptNow(Accept):
    """Accept the offer, even while you type."""

    id, key, label, footer, priority = "offer.accept_now", "ctrl+y", "Accept", None, True
    grab = False


class Decline(_Anywhere):
    """Decline the offer at the top right."""

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
    """Go to the next session that needs you, the one that has waited longest first."""

    id, key, label, footer = "session.next_needing", "right_square_bracket", "Next needing me", 40
    group = "Going places"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Focus it, or say that nobody waits."""
        await screen.go_to_needing()


class Back(_Anywhere):
    """Go back to where you were before."""

    id, key, label = "session.back", "left_square_bracket", "Back"
    group = "Going places"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Focus the session, or Home, that was focused before this one."""
        await screen.go_back()


class GoHome(_Anywhere):
    """Go to Home."""

    id, key, label = "go.home", "g h", "Home"
    group = "Going places"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show the lists."""
        await screen.focus_session(None)


class GoSearch(_Anywhere):
    """Search articles, customers, cases, conversations and messages."""

    id, key, label = "go.search", "g slash", "Search"
    group = "Going places"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the search."""
        screen.open_search()


class GoMine(_Anywhere):
    """Go to My work."""

    id, key, label = "go.mine", "g m", "My work"
    group = "Going places"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show the list of what is yours."""
        await screen.go_to_stream("mine")


class GoOpen(_Anywhere):
    """Go to the open conversations."""

    id, key, label = "go.open", "g o", "Open"
    group = "Going places"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show the list of what nobody has."""
        await screen.go_to_stream("open")


class SetPresence(_Anywhere):
    """Choose your presence."""

    id, key, label, footer = "agent.presence", "p", "Presence", 60

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the list of presences."""
        screen.open_presence()


class NextTheme(_Anywhere):
    """Change the theme: dark, light, high contrast dark and light."""

    id, key, label, priority = "screen.theme", "f8", "Theme", True

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Go to the next theme and remember it."""
        screen.next_theme()


class Help(_Anywhere):
    """Show every key."""

    id, key, label = "screen.help", "question_mark", "Keys"
    footer: ClassVar[int | None] = 99

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the table of keys."""
        screen.open_help()


class HelpNow(Help):
    """Show every key, even while you type."""

    id, key, label, footer, priority = "screen.help_now", "f1", "Keys", None, True


class Palette(_Anywhere):
    """Find a command by its name."""

    id, key, label, footer, priority = "screen.palette", "ctrl+p", "Commands", 90, True

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open the palette."""
        screen.app.action_command_palette()


class Quit(_Anywhere):
    """Leave. Sessions, drafts and tabs are kept; your presence becomes Offline."""

    id, key, label, priority = "screen.quit", "ctrl+q", "Quit", True
    keeps: ClassVar[str] = "Everything is kept."

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Keep what is typed, go offline, close."""
        await screen.leave()


def _session(number: int) -> type[ConsoleCommand]:
    class GoSession(_Anywhere):
        id = f"go.session_{number}"
        key = f"g {number}"
        label = f"Session {number}"
        group = "Going places"

        @classmethod
        async def run(cls, screen: "MainScreen") -> None:
            """Focus it."""
            await screen.focus_number(number)

    GoSession.__doc__ = f"Go to session {number}."
    GoSession.__name__ = f"GoSession{number}"
    return GoSession


globals().update({f"GoSession{number}": _session(number) for number in range(1, 10)})
