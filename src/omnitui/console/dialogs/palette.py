"""The palette: every command by its name, with its key; what cannot be done now says why not."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input

from omnitui.console.commands.base import ConsoleCommand
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.search_input import SearchInput

_LABEL, _KEY = 17, 9
_HELP_WORTH = 0.7


class PaletteDialog(Dialog[type[ConsoleCommand]]):
    """Answers with the command that was chosen. `why_not` says why one cannot run now."""

    DEFAULT_CSS = """
    PaletteDialog {
        align: center top;
        & > #dialog { width: 100; height: 24; max-height: 92%; margin: 2 0 0 0; }
        & #dialog > SearchInput { background: $surface-1; }
        & #dialog > #commands { height: 1fr; max-height: 100%; }
    }
    """

    keys = (("enter", "do it"), ("up/down", "choose"), ("esc", "leave"))

    def __init__(
        self,
        commands: Sequence[type[ConsoleCommand]],
        label: Callable[[type[ConsoleCommand]], str],
        why_not: Callable[[type[ConsoleCommand]], str | None],
        glyphs: Glyphs,
    ) -> None:
        super().__init__("Commands", "", glyphs)
        self._label = label
        self._why_not = {command.id: why_not(command) for command in commands}
        ready = [command for command in commands if self._why_not[command.id] is None]
        self._commands = [*ready, *(c for c in commands if self._why_not[c.id] is not None)]
        self._found = self._commands

    def fields(self) -> ComposeResult:
        """What to do, in a few letters, and the commands that are like it."""
        yield SearchInput(self._glyphs, placeholder="What do you want to do?", id="wanted")
        yield BlockList(self._glyphs, cursor_always=True, id="commands")

    def on_mount(self) -> None:
        """Show all of them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    @on(Input.Changed, "#wanted")
    def _typed(self, event: Input.Changed) -> None:
        self._found = self._like(event.value.strip())
        self.query_one(BlockList).show(self._blocks, from_top=True)

    def _like(self, wanted: str) -> list[type[ConsoleCommand]]:
        if not wanted:
            return self._commands
        matcher = Matcher(wanted)
        scores = {
            command: max(matcher.match(command.label), _HELP_WORTH * matcher.match(command.help()))
            for command in self._commands
        }
        return sorted((c for c in self._commands if scores[c] > 0), key=lambda c: -scores[c])

    def _blocks(self, width: int) -> Sequence[Block]:
        if not self._found:
            none = Content.assemble(("  No command is called that.", "$text-dim"))
            return [Block("none", [none])]
        return [Block(command.id, [self._line(command, width)], True) for command in self._found]

    def _line(self, command: type[ConsoleCommand], width: int) -> Content:
        why = self._why_not[command.id]
        label = text.left(command.label, _LABEL, self._glyphs)
        key = text.left(self._label(command), _KEY, self._glyphs)
        said = Content.assemble((why or command.help(), "$text-dim"))
        line = Content.assemble(
            "  ",
            (label, "$text-dim" if why else "$text-plain"),
            (f"{key}  ", "$text-dim" if why else "bold $primary"),
            said,
        )
        return text.cut(line, width - 1, self._glyphs)

    @on(SearchInput.Moved)
    def _move(self, event: SearchInput.Moved) -> None:
        event.stop()
        found = self.query_one(BlockList)
        found.focus()
        found.action_move(1)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with the one under the cursor."""
        key = self.query_one(BlockList).cursor_key
        self.dismiss(next((c for c in self._found if c.id == key), None))
