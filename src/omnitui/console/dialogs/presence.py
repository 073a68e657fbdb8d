"""Choosing a presence: each with what it means for the work that comes."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.model.agent import Agent, Presence

_MEANS = {
    Presence.AVAILABLE: "offers with room, until the next accept or close",
    Presence.BUSY: "offers with room, until the next accept or close",
    Presence.DO_NOT_DISTURB: "no offers until you change it",
    Presence.AWAY: "no offers until you change it",
    Presence.OFFLINE: "no offers until you change it",
}
_LABEL = 18


class PresenceDialog(Dialog[str]):
    """Answers with the key of the presence."""

    DEFAULT_CSS = """
    PresenceDialog {
        & > #dialog { width: 84; }
        & #dialog > #presences { margin: 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(number), f"choose({number})", show=False) for number in range(1, 6)
    ]
    keys = (("enter", "choose"), ("1-5", "choose at once"), ("esc", "cancel"))

    def __init__(self, glyphs: Glyphs, agent: Agent) -> None:
        why = text.inline(agent.presence_reason)
        now = f"{agent.presence.label} now: {why}." if why else f"{agent.presence.label} now."
        super().__init__("Presence", now, glyphs)
        self._agent = agent
        self._choices = [presence for presence in Presence if presence.selectable]

    def fields(self) -> ComposeResult:
        """The presences."""
        yield BlockList(self._glyphs, cursor_always=True, id="presences")

    def on_mount(self) -> None:
        """Show them, the cursor on the one that is."""
        super().on_mount()
        listed = self.query_one(BlockList)
        listed.show(self._blocks)
        self.call_after_refresh(listed.move_to, self._agent.presence.value)

    def _blocks(self, width: int) -> Sequence[Block]:
        return [
            Block(presence.value, [self._line(number, presence, width)], True, instant=True)
            for number, presence in enumerate(self._choices, 1)
        ]

    def _line(self, number: int, presence: Presence, width: int) -> Content:
        shown = text.fill(badges.presence(presence, self._glyphs), _LABEL, self._glyphs)
        line = Content.assemble(
            "  ", (f"{number}  ", "bold $primary"), shown, (_MEANS[presence], "$text-dim")
        )
        return text.cut(line, width - 1, self._glyphs)

    def action_choose(self, number: int) -> None:
        """Take the presence of that number."""
        self.dismiss(self._choices[number - 1].value)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)
