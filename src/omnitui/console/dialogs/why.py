"""Why a conversation is with whom it is: everybody who was considered, and what counted."""

from textual.app import ComposeResult
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.desk.routing.asking import Explanation, Told

_RULES = {
    "highest_capacity": "most free capacity first",
    "round_robin": "longest without new work first",
    "least_active": "longest since work ended first",
    "most_proficient": "highest levels of skill first",
    "nearest": "nearest skills first",
    "skill_count": "most of the skills first",
}


class WhyDialog(Dialog[None]):
    """Tells; there is nothing to answer."""

    keys = (("up down", "read"), ("esc", "close"))

    def __init__(self, name: str, told: Explanation, glyphs: Glyphs) -> None:
        rule = _RULES.get(told.assign, told.assign)
        skills = "skills as near as can be" if told.match == "closest" else "all skills needed"
        queue = told.queue or "No queue"
        super().__init__(f"Who gets {name}", f"{queue}: {rule}, {skills}.", glyphs)
        self._told = told

    def fields(self) -> ComposeResult:
        """The sentence and the agents."""
        yield BlockList(self._glyphs, id="why")

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        told = self._told
        blocks = [
            Block("sentence", _wrapped(told.sentence, "$text-plain", width)),
            Block("gap", [Content("")]),
        ]
        if told.considered:
            blocks.append(Block("fit", [_head("Can take it, best first")]))
        blocks += [
            Block(f"fits-{number}", self._agent(one, f"{number}", "$positive", width))
            for number, one in enumerate(told.considered, 1)
        ]
        if told.considered and told.excluded:
            blocks.append(Block("gap-2", [Content("")]))
        if told.excluded:
            blocks.append(Block("out", [_head("Cannot")]))
        blocks += [
            Block(f"out-{one.agent}", self._agent(one, self._glyphs.separator, "$text-dim", width))
            for one in told.excluded
        ]
        return blocks

    def _agent(self, one: Told, sign: str, style: str, width: int) -> list[Content]:
        words = one.because.removeprefix(one.agent).lstrip(": ")
        lines = _wrapped(words, "$text-plain", width - 18)
        name = text.fit(text.inline(one.agent), 12, self._glyphs)
        head = Content.assemble("  ", (f"{sign:>2} ", style), (f"{name:12} ", "bold $text-plain"))
        return [
            Content.assemble(head if not number else " " * head.cell_length, line)
            for number, line in enumerate(lines)
        ]


def _head(words: str) -> Content:
    return Content.assemble("  ", (words, "$text-dim"))


def _wrapped(words: str, style: str, width: int) -> list[Content]:
    plain = text.inline(words)
    return [
        Content.assemble("  ", (plain[start:end], style))
        for start, end in text.wrap(plain, max(8, width - 4))
    ]
