"""Every key, grouped: those of where the agent is come first, and what acts here is marked."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.content import Content

from omnitui.console.commands.base import ConsoleCommand
from omnitui.console.commands.groups import Line, grouped
from omnitui.console.commands.keymap import Keymap
from omnitui.console.dialogs.base import Dialog, heading
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text
from omnitui.console.session.blocks import Block, BlockList

_KEY_CELLS = 14


class HelpDialog(Dialog[None]):
    """The table of keys. `here` says whether a command belongs to where the agent is."""

    DEFAULT_CSS = """
    HelpDialog {
        & > #dialog { width: 100; height: 90%; }
        & #dialog > #help { height: 1fr; max-height: 100%; margin: 0; }
    }
    """

    keys = (("up/down", "scroll"), ("space", "page"), ("esc", "leave"))

    def __init__(
        self, keymap: Keymap, glyphs: Glyphs, here: Callable[[type[ConsoleCommand]], bool]
    ) -> None:
        super().__init__("Keys", "", glyphs)
        self._keymap = keymap
        self._here = here

    def fields(self) -> ComposeResult:
        """The table."""
        yield BlockList(self._glyphs, id="help")

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> Sequence[Block]:
        groups = grouped(self._keymap)
        acting = [name for name, lines in groups.items() if any(map(self._acts, lines))]
        idle = [name for name in groups if name not in acting]
        legend = Content.assemble(
            " ", (self._glyphs.item, "bold $primary"), (" acts where you are", "$text-dim")
        )
        blocks = [Block("legend", [legend, Content("")])]
        for name in (*acting, *idle):
            lines = [heading(name)]
            for line in groups[name]:
                lines += self._line(line, width)
            blocks.append(Block(name, [*lines, Content("")]))
        return blocks

    def _acts(self, line: Line) -> bool:
        return line.command is not None and self._here(line.command)

    def _line(self, line: Line, width: int) -> list[Content]:
        acts = self._acts(line)
        style = "$text-plain" if acts or line.command is None else "$text-dim"
        mark = self._glyphs.item if acts else " "
        keys = text.left(line.keys, _KEY_CELLS, self._glyphs)
        spans = text.wrap(line.help, max(10, width - _KEY_CELLS - 5))
        first, *rest = [line.help[start:end] for start, end in spans]
        indent = " " * (_KEY_CELLS + 3)
        return [
            Content.assemble(
                " ", (mark, "bold $primary"), " ", (keys, f"bold {style}"), (first, style)
            ),
            *(Content.assemble(indent, (more, style)) for more in rest),
        ]
