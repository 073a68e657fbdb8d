"""Colleagues over the composer while a note mentions one: filtered as the agent types."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges, text
from omnitui.console.session.bar import Bar
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.work import do_soon
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


class MentionPicker(Container):
    """The popup. It never has the focus: the composer hands it the keys that are for it."""

    DEFAULT_CSS = """
    MentionPicker {
        layer: popup;
        dock: bottom;
        height: auto;
        background: $surface-3;
        display: none;

        &.-open { display: block; }
        & > Bar { background: $surface-3; }
        & > BlockList {
            height: auto;
            max-height: 6;
            background: $surface-3;
            & > .block-list--cursor { background: $cursor-surface; }
        }
    }
    """

    @dataclass
    class Shown(FromWidget):
        """Whether there is anybody to choose from now."""

        anybody: bool

    @dataclass
    class Picked(FromWidget):
        """A colleague was picked."""

        agent: Agent

    def __init__(self, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(id="mentions")
        self._state = state
        self._glyphs = glyphs
        self._query: str | None = None
        self._found: dict[str, Agent] = {}

    def compose(self) -> ComposeResult:
        """What is typed, and who fits."""
        yield Bar(id="mentions-title")
        yield BlockList(self._glyphs, cursor_always=True, id="mentions-list")

    @property
    def looking(self) -> bool:
        """Whether a colleague is being looked for."""
        return self._query is not None

    @property
    def rows(self) -> BlockList:
        """Who was found."""
        return self.query_one("#mentions-list", BlockList)

    def look(self, query: str | None) -> None:
        """Look for somebody else; None to be done."""
        if query == self._query:
            return
        self._query = query
        if query is None:
            self._found = {}
            self.remove_class("-open")
            self.post_message(self.Shown(self, False))
        else:
            do_soon(self, self._search(query), "mentions", exclusive=True)

    def move(self, step: int) -> None:
        """Go to another one."""
        self.rows.action_move(step)

    def choose(self) -> None:
        """Pick the one under the cursor."""
        first = next(iter(self._found.values()), None)
        agent = self._found.get(self.rows.cursor_key) or first
        if agent is not None:
            self.look(None)
            self.post_message(self.Picked(self, agent))

    async def _search(self, query: str) -> None:
        every: list[Agent] = await self._state.link.call("agent.list")
        if query != self._query:
            return
        found = fitting(every, query, self._state.me)
        self._found = {str(one.id): one for one in found}
        self.set_class(bool(found), "-open")
        self.post_message(self.Shown(self, bool(found)))
        if found:
            self.rows.show(self._blocks, from_top=True)
            self.query_one(Bar).show_plain(self._title)
            self.call_after_refresh(self.rows.lay_out)

    def _blocks(self, width: int) -> list[Block]:
        return [Block(key, [self._row(one, width)], True) for key, one in self._found.items()]

    def _row(self, one: Agent, width: int) -> Content:
        start = Content.assemble(
            "  ",
            (f"@{text.fit(text.inline(one.login), 16, self._glyphs)}", "bold $note"),
            "  ",
            (text.inline(one.name), "$text-plain"),
        )
        end = Content.assemble(badges.presence(one.presence, self._glyphs), " ")
        return text.between(start, end, width, self._glyphs)

    def _title(self, width: int) -> Content:
        start = Content.assemble(
            "  ", ("Mention", "bold $text-plain"), (f"  @{self._query or ''}", "$note")
        )
        end = Content.assemble(
            ("enter", "$primary"),
            (" tells them  ", "$text-dim"),
            ("esc", "$primary"),
            (" leaves the text ", "$text-dim"),
        )
        return text.between(start, end, width, self._glyphs)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.choose()
