"""The second key of a `g` command: a line at the bottom that says where `g` can go."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen

from omnitui.console.commands import ALL
from omnitui.console.main.keys import key_label
from omnitui.console.widgets.plain import PlainStatic


class GoTo(ModalScreen[str | None]):
    """Answers with the id of the command whose second key was pressed, None for any other key."""

    CSS = """
    GoTo {
        align: left bottom;
        background: $surface-1 0%;
        & > #goto { height: 1; background: $surface-3; color: $text-plain; padding: 0 1; }
    }
    """

    def compose(self) -> ComposeResult:
        """The line."""
        parts: list[str | tuple[str, str]] = [("g  ", "bold $primary")]
        for command in ALL:
            if command.key.startswith("g ") and not command.key[2:].isdecimal():
                parts += [
                    (key_label(command.key[2:]), "bold $primary"),
                    (f" {command.label}   ", "$text-plain"),
                ]
        parts += [("1-9", "bold $primary"), (" session", "$text-plain")]
        yield PlainStatic(Content.assemble(*parts), id="goto")

    def on_key(self, event: events.Key) -> None:
        """Any key answers."""
        event.stop()
        event.prevent_default()
        for command in ALL:
            if command.key.startswith("g ") and event.key == command.key[2:]:
                self.dismiss(command.id)
                return
        self.dismiss(None)
