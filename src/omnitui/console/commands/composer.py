"""What can be done while writing. The composer itself acts on these keys when it has the focus."""

from typing import TYPE_CHECKING

from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.commands.session import view_of
from omnitui.console.session.composer_text import ComposerText
from omnitui.console.session.view import SessionView

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class _Composer(ConsoleCommand):
    where = Where.SESSION
    group = "Composer"

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Needs a session with something to write in."""
        view = view_of(screen)
        if view is None:
            return "No session is open here."
        return cls.why_not(view)

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Why it cannot be done now; None when it can."""
        field = view.conversation.composer.field
        return view.state.why_no_reply() if field.read_only else None

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Do it in the composer of the session on screen."""
        view = view_of(screen)
        if view is not None:
            cls.act(view.conversation.composer.field)

    @classmethod
    def act(cls, field: ComposerText) -> None:
        """Do it."""
        raise NotImplementedError


class Send(_Composer):
    """Send what is written. Enter does it as well where the customer waits; pasting never does."""

    id, key, label = "composer.send", "ctrl+s", "Send"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Needs something written."""
        if not view.conversation.composer.text.strip():
            return "Nothing is written yet."
        return super().why_not(view)

    @classmethod
    def act(cls, field: ComposerText) -> None:
        """Send it."""
        field.action_send()


class NewLine(_Composer):
    """Begin a new line; Alt+Enter does it as well, and Enter on e-mail and the like."""

    id, key, label = "composer.newline", "ctrl+j", "New line"

    @classmethod
    def act(cls, field: ComposerText) -> None:
        """Begin it."""
        field.action_newline()


class SwitchNote(_Composer):
    """Write a note instead of a reply, or the other way round; both drafts are kept."""

    id, key, label = "composer.note", "ctrl+n", "Reply or note"

    @classmethod
    def why_not(cls, view: SessionView) -> str | None:
        """Always possible: a note can be written after the end."""
        return None

    @classmethod
    def act(cls, field: ComposerText) -> None:
        """Switch."""
        field.action_toggle_note()


class Editor(_Composer):
    """Write in $EDITOR; what you save comes back here and is not sent."""

    id, key, label = "composer.editor", "ctrl+e", "Editor"

    @classmethod
    def act(cls, field: ComposerText) -> None:
        """Open it."""
        field.action_editor()


class Undo(_Composer):
    """Undo what was typed; with nothing typed, undo sending the reply that is held."""

    id, key, label = "composer.undo", "ctrl+z", "Undo or unsend"

    @classmethod
    def act(cls, field: ComposerText) -> None:
        """Undo."""
        field.action_take_back()
