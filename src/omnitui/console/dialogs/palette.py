"""The palette: every command by its name, with its key; what cannot be done now says why not."""

from collections.abc import Callable, Mapping, Sequence

from textual.content import Content
from textual.fuzzy import Matcher

from omnitui.console import text
from omnitui.console.command import Command
from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.pick import Pick
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import Block

_LABEL, _KEY = 19, 9
_HELP_WORTH = 0.7


class PaletteDialog(Pick[Command]):
    """Answers with the command that was chosen. `why_not` says why one cannot run now."""

    find_hint = "Search commands"
    width, height = 100, 24
    at_top = True
    keys = (("enter", "run"), ("up/down", "choose"), ("esc", "cancel"))

    def __init__(
        self,
        commands: Sequence[Command],
        label: Callable[[Command], str],
        why_not: Mapping[str, str],
        glyphs: Glyphs,
    ) -> None:
        super().__init__("Commands", "", glyphs)
        self._label = label
        self._why_not = why_not
        # Sorting keeps the order of those that are alike: what can run now comes first.
        self._commands = sorted(commands, key=lambda command: bool(why_not[command.id]))
        self._fitting = self._commands

    def narrow(self) -> None:
        """Find the commands that are like what is typed, the likest first."""
        self._fitting = self._like(self.wanted)
        super().narrow()

    def _like(self, wanted: str) -> list[Command]:
        if not wanted:
            return self._commands
        matcher = Matcher(wanted)
        scores = {
            command: max(matcher.match(command.label), _HELP_WORTH * matcher.match(command.help))
            for command in self._commands
        }
        return sorted((c for c in self._commands if scores[c] > 0), key=lambda c: -scores[c])

    def blocks(self, width: int) -> Sequence[Block]:
        """A line for each command."""
        if not self._fitting:
            none = Content.assemble(("  No command found.", "$text-dim"))
            return [Block("none", [none])]
        return [Block(command.id, [self._line(command, width)], True) for command in self._fitting]

    def _line(self, command: Command, width: int) -> Content:
        why = self._why_not[command.id]
        label = text.left(command.label, _LABEL, self._glyphs)
        key = text.left(self._label(command), _KEY, self._glyphs)
        said = Content.assemble((why or command.help, "$text-dim"))
        line = Content.assemble(
            "  ",
            (label, "$text-dim" if why else "$text-plain"),
            (f"{key}  ", "$text-dim" if why else "bold $primary"),
            said,
        )
        return text.cut(line, width - 1, self._glyphs)

    def answer(self, values: Values) -> Command:
        """The one under the cursor."""
        return next(c for c in self._fitting if c.id == values["chosen"])
