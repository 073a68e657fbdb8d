"""Choosing a presence: each with what it means for the work that comes."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.model.agent import Agent, Presence

_MEANS = {
    Presence.AVAILABLE: "follows your load; you are offered work",
    Presence.BUSY: "follows your load; you are offered work while there is room",
    Presence.DO_NOT_DISTURB: "stays until you change it; nothing is offered",
    Presence.AWAY: "stays until you change it; nothing is offered",
    Presence.OFFLINE: "stays until you change it; nothing is offered",
}


class PresenceDialog(Dialog[str]):
    """Answers with the key of the presence."""

    CSS = """
    PresenceDialog OptionList {
        height: auto;
        border: none;
        padding: 0;
        background: $surface-3;
        &:focus { border: none; }
        & > .option-list--option-highlighted { background: $cursor-surface; color: $text-plain; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(n), f"choose({n})", show=False) for n in range(1, 6)
    ]
    keys = (("enter", "choose"), ("1-5", "choose at once"), ("esc", "leave"))

    def __init__(self, glyphs: Glyphs, agent: Agent) -> None:
        now = f"Now {agent.presence.label}: {agent.presence_reason}."
        super().__init__("Presence", now, glyphs)
        self._agent = agent
        self._choices = [presence for presence in Presence if presence.selectable]

    def fields(self) -> ComposeResult:
        """The presences."""
        options = [
            Option(
                Content.assemble(
                    (f"{number} ", "$text-dim"),
                    badges.presence(presence, self._glyphs),
                    (f"  {_MEANS[presence]}", "$text-dim"),
                ),
                id=presence.value,
            )
            for number, presence in enumerate(self._choices, 1)
        ]
        yield OptionList(*options, id="presences", markup=False)

    def action_choose(self, number: int) -> None:
        """Take the presence of that number."""
        self.dismiss(self._choices[number - 1].value)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_id)
