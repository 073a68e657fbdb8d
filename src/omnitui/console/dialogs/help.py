"""Every key, grouped: those of where the agent is come first, and what acts here is marked.

What is typed narrows them: a single letter to the key of that name, words to what is done.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.command import Command
from omnitui.console.dialogs.base import Dialog, heading
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.search_input import SearchInput

_KEY_CELLS = 14


class Line(Struct, frozen=True):
    """Keys and what they do. `command` is None for the keys of a single pane."""

    keys: str
    help: str
    command: Command | None = None


def narrowed(groups: Mapping[str, list[Line]], words: Sequence[str]) -> dict[str, list[Line]]:
    """The lines that every word fits, in their groups; all of them without words."""
    found = {
        name: [line for line in lines if all(_fits(word, name, line) for word in words)]
        for name, lines in groups.items()
    }
    return {name: lines for name, lines in found.items() if lines}


def _fits(word: str, group: str, line: Line) -> bool:
    """A single letter is a key, as it is typed; a word is part of what is done, or of a key."""
    if word in line.keys.split():
        return True
    if len(word) == 1:
        return word in line.keys.replace("+", " ").replace("^", "^ ").split()
    label = "" if line.command is None else line.command.label
    said = f"{group} {label} {line.help} {line.keys}".lower()
    return word.lower() in said


class HelpDialog(Dialog[None]):
    """The table of keys. `here` says whether a command belongs to where the agent is."""

    DEFAULT_CSS = """
    HelpDialog {
        & > #dialog { width: 100; height: 90%; }
        & #dialog > SearchInput { background: $surface-1; margin: 0 0 1 0; }
        & #dialog > #help { height: 1fr; max-height: 100%; margin: 0; }
    }
    """

    keys = (("type", "find a key"), ("up/down", "scroll"), ("pgup/pgdn", "page"), ("esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_keys('move', -1)", "Up", show=False, priority=True),
        Binding("down", "scroll_keys('move', 1)", "Down", show=False, priority=True),
        Binding("pageup", "scroll_keys('page', -1)", "Page up", show=False, priority=True),
        Binding("pagedown", "scroll_keys('page', 1)", "Page down", show=False, priority=True),
    ]

    def __init__(
        self,
        groups: Mapping[str, list[Line]],
        glyphs: Glyphs,
        here: Callable[[Command], bool],
    ) -> None:
        super().__init__("Keys", "", glyphs)
        self._groups = groups
        self._here = here

    def fields(self) -> ComposeResult:
        """What is looked for, over the table."""
        yield SearchInput(self._glyphs, placeholder="A key, or what it does", id="wanted")
        yield BlockList(self._glyphs, id="help")

    def on_mount(self) -> None:
        """Show it."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def action_scroll_keys(self, by: str, step: int) -> None:
        """Scroll the table while the cursor stays where words are typed."""
        table = self.query_one(BlockList)
        table.action_move(step) if by == "move" else table.action_page(step)

    @on(Input.Changed)
    def _narrowed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(BlockList).show(self._blocks, from_top=True)

    def _blocks(self, width: int) -> Sequence[Block]:
        words = self.query_one(SearchInput).value.split()
        groups = narrowed(self._groups, words)
        if not groups:
            said = "No key is called or does that. Fewer or other words may find it."
            return [Block("none", [Content.assemble((f" {said}", "$text-dim"))])]
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
