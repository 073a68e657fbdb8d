"""Every key, grouped, with those that act where you are in front."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from omnitui.console.commands import ALL
from omnitui.console.commands.base import ConsoleCommand
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.main.keys import key_label
from omnitui.console.widgets.plain import PlainStatic

_KEY_CELLS = 12
_ORDER = ("Session", "Writing", "Composer", "Home", "Offers", "Going places", "Anywhere")


class HelpDialog(Dialog[None]):
    """The table of keys. `here` says whether a command belongs to where the agent is."""

    CSS = """
    HelpDialog > #dialog { width: 92; }
    HelpDialog #help-keys { height: auto; max-height: 26; scrollbar-size-vertical: 1; }
    HelpDialog #help-table { height: auto; }
    """

    keys = (("esc", "leave"), ("up/down", "scroll"))

    def __init__(self, glyphs: Glyphs, here: Callable[[type[ConsoleCommand]], bool]) -> None:
        super().__init__("Keys", "", glyphs)
        self._here = here

    def fields(self) -> ComposeResult:
        """The table."""
        with VerticalScroll(id="help-keys"):
            yield PlainStatic(self._table(), id="help-table")

    def _table(self) -> Content:
        groups: dict[str, list[type[ConsoleCommand]]] = {}
        for command in ALL:
            if not command.id.startswith("go.session_"):
                groups.setdefault(command.group, []).append(command)
        names = sorted(groups, key=lambda g: (_ORDER.index(g) if g in _ORDER else 99, g))
        lines: list[Content] = []
        for name in names:
            if lines:
                lines.append(Content(""))
            lines.append(Content.assemble((name, "bold $primary")))
            lines += [self._line(command) for command in groups[name]]
        sessions = "Go to a session by its number; Alt+1..9 does the same."
        lines.append(
            Content.assemble(
                (f"{'g 1..9':<{_KEY_CELLS}}", "bold $text-plain"), (sessions, "$text-plain")
            )
        )
        return Content("\n").join(lines)

    def _line(self, command: type[ConsoleCommand]) -> Content:
        style = "$text-plain" if self._here(command) else "$text-dim"
        return Content.assemble(
            (f"{key_label(command.key):<{_KEY_CELLS}}", f"bold {style}"), (command.help(), style)
        )
