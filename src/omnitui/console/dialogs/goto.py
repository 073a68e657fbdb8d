"""The second key of a `g` command: a line at the bottom that says where `g` can go."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen

from omnitui.console.command import Command
from omnitui.console.keymap import PREFIX, Keymap, key_label
from omnitui.console.widgets.plain import PlainStatic


class GoTo(ModalScreen[Command | None]):
    """Answers with the command whose second key was pressed, None for any other key."""

    DEFAULT_CSS = """
    GoTo {
        align: left bottom;
        background: $surface-1 0%;
        & > #goto { height: 1; background: $surface-3; color: $text-plain; padding: 0 1; }
    }
    """

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """The line."""
        parts: list[str | tuple[str, str]] = [(f"{PREFIX}  ", "bold $primary")]
        for command in self._keymap.prefixed():
            key = key_label(self._keymap.key(command).partition(" ")[2])
            if not key.isdecimal():
                parts += [(key, "bold $primary"), (f" {command.label}   ", "$text-plain")]
        parts += [("1-9", "bold $primary"), (" session", "$text-plain")]
        yield PlainStatic(Content.assemble(*parts), id="goto")

    def on_key(self, event: events.Key) -> None:
        """Any key answers."""
        event.stop()
        event.prevent_default()
        found = self._keymap.second(event.key)
        if found is None and event.key != "escape":
            key = key_label(event.key)
            self.app.notify(f"{PREFIX} {key} is not a command.", severity="warning", markup=False)
        self.dismiss(found)

    def on_click(self) -> None:
        """A click changes its mind."""
        self.dismiss(None)
