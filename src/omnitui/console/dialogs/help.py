"""Every key, grouped: those of where the agent is come first, and what acts here is marked.

What is typed narrows them: a single letter to the key of that name, words to what is done.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.command import Command
from omnitui.console.dialogs.pick import Pick
from omnitui.console.glyphs import Glyphs
from omnitui.console.keymap import Line
from omnitui.console.widgets.blocks import Block

_KEY_CELLS = 14


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


class HelpDialog(Pick[None]):
    """The table of keys. `here` says whether a command belongs to where the agent is."""

    keys = (("type", "find a key"), ("up/down", "scroll"), ("pgup/pgdn", "page"), ("esc", "close"))
    find_hint = "A key, or what it does"
    find_id = "wanted"
    width, height = 100, "90%"
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

    def action_scroll_keys(self, by: str, step: int) -> None:
        """Scroll the table while the cursor stays where words are typed."""
        self.found.action_move(step) if by == "move" else self.found.action_page(step)

    def blocks(self, width: int) -> Sequence[Block]:
        """The groups, those that act here first."""
        groups = narrowed(self._groups, self.wanted.split())
        if not groups:
            said = "No key found. Try fewer or other words."
            return [Block("none", [Content.assemble((f" {said}", "$text-dim"))])]
        acting = [name for name, lines in groups.items() if any(map(self._acts, lines))]
        idle = [name for name in groups if name not in acting]
        legend = Content.assemble(
            " ", (self._glyphs.item, "bold $primary"), (" acts where you are", "$text-dim")
        )
        blocks = [Block("legend", [legend, Content("")])]
        for name in (*acting, *idle):
            lines = [Content.assemble(" ", (name, "bold $primary"))]
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
