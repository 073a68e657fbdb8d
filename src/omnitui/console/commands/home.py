"""What can be done on Home."""

from typing import TYPE_CHECKING, ClassVar

from omnitui.console.commands.base import ConsoleCommand, Where

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class _Home(ConsoleCommand):
    where = Where.HOME
    group = "Home"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a row under the cursor."""
        return None if screen.home.selected else "There is nothing in this list."


class Open(_Home):
    """Open the conversation under the cursor; one that nobody has becomes yours."""

    id, key, label, footer = "home.open", "o", "Open", 10

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open or pick it."""
        chosen = screen.home.selected
        assert chosen is not None
        await screen.open_conversation(chosen)


class NextStream(_Home):
    """Show the next list: My work, Open, Closed today, All."""

    id, key, label = "home.next_stream", "tab", "Next list"
    footer: ClassVar[int | None] = 20

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Always."""
        return None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show it."""
        await screen.home.step_stream(1)


class PreviousStream(NextStream):
    """Show the list before."""

    id, key, label, footer = "home.previous_stream", "shift+tab", "List before", None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Show it."""
        await screen.home.step_stream(-1)


class Preview(_Home):
    """Show or hide the preview."""

    id, key, label, footer = "home.preview", "v", "Preview", 30

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Always."""
        return None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Fold it away or bring it back."""
        screen.home.toggle_preview()
