"""What can be done on Home."""

from typing import TYPE_CHECKING, ClassVar

from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.views import delete_view_dialog, save_view_dialog, sort_dialog
from omnitui.console.home.lists import LABELS
from omnitui.console.keys import key_for
from omnitui.console.main.opening import open_conversation
from omnitui.console.present.home.triage import order_words
from omnitui.model.actor import Permission

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class _Home(ConsoleCommand):
    where = Where.HOME
    group = "Home"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a row under the cursor."""
        return None if screen.home.selected else "There is nothing in this list."


class _List(ConsoleCommand):
    where = Where.HOME
    group = "Home"


class Open(_Home):
    """Open the conversation under the cursor; one that nobody has becomes yours."""

    id, key, label, footer = "home.open", "o", "Open", 10

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Open or pick it."""
        chosen = screen.home.selected
        assert chosen is not None
        await open_conversation(screen, chosen)


class NextStream(_List):
    """Show the next list: My work, Open, Closed today, All, and the saved views."""

    id, key, label = "home.next_stream", "tab", "Next list"
    footer: ClassVar[int | None] = 20

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


class Preview(_List):
    """Show or hide the preview."""

    id, key, label, footer = "home.preview", "v", "Preview", 30

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Fold it away or bring it back."""
        screen.home.toggle_preview()


class FilterList(_List):
    """Narrow the list: words, is:open channel:email sla:<10m queue:billing waiting:>5m."""

    id, key, label = "home.filter", "f", "Filter"
    footer: ClassVar[int | None] = 12

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Go to the line."""
        screen.home.begin_filter()


class FilterSlash(FilterList):
    """Narrow the list."""

    id, key, footer, twin = "home.filter_slash", "slash", None, True


class Sort(_List):
    """Sort the list by a column, or by its own order again."""

    id, key, label = "home.sort", "s", "Sort"
    footer: ClassVar[int | None] = 13

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask by which; the same one again turns it round."""
        home = screen.home
        column = await ask(screen.app, sort_dialog(home.asked.sort, screen.glyphs))
        if column is not None:
            await home.show(home.asked.by(column))


class SortTurned(_List):
    """Sort the other way round."""

    id, key, label = "home.sort_turned", "S", "Turn the order"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a sorted column."""
        own = f"The list is in its own order; {key_for('home.sort')} sorts it."
        return None if screen.home.asked.sort else own

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Turn it."""
        await screen.home.show(screen.home.asked.turned())


class WithClosed(_List):
    """Show closed conversations too, in All and in views of it; again: no longer."""

    id, key, label = "home.with_closed", "C", "Closed too"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Put `is:any` into the filter, or take it out."""
        await screen.home.toggle_closed()


class SaveView(_List):
    """Save the list with its filter and order under a name, as a tab of its own."""

    id, key, label = "home.save_view", "V", "Save view"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask for the name."""
        home, asked = screen.home, screen.home.asked
        parts = [LABELS[asked.stream], asked.filter, order_words(asked.sort, screen.glyphs)]
        typed = screen.typed.into("view")
        shares = screen.link.actor.may(Permission.SUPERVISE)
        dialog = save_view_dialog(
            ", ".join(filter(None, parts)), home.lists.view, shares, screen.glyphs, typed
        )
        named = await ask(screen.app, dialog)
        if named is None:
            return
        view = await screen.link.call(
            "view.save",
            name=named.name,
            stream=asked.stream,
            filter=asked.filter,
            sort=asked.sort,
            shared=named.shared,
        )
        screen.typed.forget("view")
        await home.show_saved(view)
        home.say(f"Saved as {view.name}.")


class DeleteView(_List):
    """Forget the saved view that is shown; the conversations in it stay as they are."""

    id, key, label = "home.delete_view", "D", "Forget view"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a saved view, and a shared one needs a supervisor."""
        view = screen.home.lists.view
        if view is None:
            return f"Only a saved view can be forgotten; {key_for('home.save_view')} saves one."
        if view.shared and not screen.link.actor.may(Permission.SUPERVISE):
            return "Views that everybody sees are a supervisor's."
        return None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Ask, and forget it."""
        view = screen.home.lists.view
        assert view is not None
        if await ask(screen.app, delete_view_dialog(view, screen.glyphs)):
            await screen.link.call("view.delete", name=view.name, shared=view.shared)
            await screen.home.read_views()
            screen.home.say(f"Forgot the view {view.name}.")


class MarkAll(_Home):
    """Mark everything in the list as it is shown."""

    id, key, label = "home.mark_all", "asterisk", "Mark all"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Mark it, beside what is marked already."""
        listed = screen.home.list
        listed.set_marks(listed.state.marks.union(listed.state.keys))


class MarkOthers(_Home):
    """Unmark what is marked, and mark the rest of the list."""

    id, key, label = "home.mark_others", "i", "Turn marks"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Turn the mark of each row round; what is out of sight stays as it is."""
        listed = screen.home.list
        listed.set_marks(listed.state.marks.symmetric_difference(listed.state.keys))


class Clear(_List):
    """Unmark everything; when nothing is marked, let go of the filter."""

    id, key, label = "home.clear", "escape", "Unmark"

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """One after the other."""
        await screen.home.clear()
