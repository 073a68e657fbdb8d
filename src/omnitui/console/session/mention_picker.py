"""Colleagues over the composer while a note mentions one: filtered as the agent types."""

from dataclasses import dataclass

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.console.session.popup import Popup
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.lines import FromWidget
from omnitui.model.agent import Agent

_MOST = 30


def fitting(agents: list[Agent], query: str, me: int) -> list[Agent]:
    """Those whose login or a word of whose name begins with what is typed; never oneself."""
    wanted = query.casefold()
    return [
        one
        for one in agents
        if one.id != me
        and any(
            word.startswith(wanted)
            for word in (
                one.login.casefold(),
                one.name.casefold(),
                *one.name.casefold().split(),
            )
        )
    ][:_MOST]


class MentionPicker(Popup[Agent]):
    """See the module."""

    DEFAULT_CSS = "MentionPicker > BlockList { max-height: 6; }"

    group = "mentions"

    @dataclass(eq=False, repr=False)
    class Shown(FromWidget):
        """Whether there is anybody to choose from now."""

        anybody: bool

    @dataclass(eq=False, repr=False)
    class Picked(FromWidget):
        """A colleague was picked."""

        agent: Agent

    def __init__(self, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(state, glyphs, "mentions")
        self._agents: list[Agent] | None = None

    def emptied(self) -> None:
        """Say that nobody can be chosen now."""
        self._agents = None
        self.post_message(self.Shown(self, False))

    def choose(self) -> None:
        """Pick the one under the cursor."""
        agent = self.current
        if agent is not None:
            self.look(None)
            self.post_message(self.Picked(self, agent))

    async def search(self, query: str) -> list[Agent]:
        """The colleagues who fit; they are read once each time the list opens."""
        agents = self._agents
        if agents is None:
            agents = await self._state.link.call("agent.list")
            if self.looking:
                self._agents = agents
        return fitting(agents, query, self._state.me)

    async def came(self) -> None:
        """Show them, while there are any."""
        self.post_message(self.Shown(self, bool(self._found)))
        if self._found:
            self.show()
        else:
            self.remove_class("-open")

    def row(self, one: Agent, width: int) -> Content:
        """Login, name and presence."""
        start = Content.assemble(
            "  ",
            (f"@{text.fit(text.inline(one.login), 16, self._glyphs)}", "bold $note"),
            "  ",
            (text.inline(one.name), "$text-plain"),
        )
        end = Content.assemble(badges.presence(one.presence, self._glyphs), " ")
        return text.between(start, end, width, self._glyphs)

    def heading(self, query: str) -> tuple[Content, str, str]:
        """The at sign and what is typed after it."""
        start = Content.assemble("  ", ("Mention", "bold $text-plain"), (f"  @{query}", "$note"))
        return start, "tells them", "leaves the text"
