"""What is chosen from over the composer: replies after a slash, colleagues after an at sign.

Both are filtered while the agent types. Replies are shown filled and never sent; a note tells the
colleagues it mentions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.console.present.assist import reply_preview, reply_row
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import Block, BlockList, Keyed
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.model.agent import Agent
from omnitui.model.knowledge import QuickReply
from omnitui.rules.slots import Filled

Found = TypeVar("Found", bound=Keyed)

_REPLIES, _COLLEAGUES = 40, 30


class Popup(Container, Generic[Found]):
    """A heading and a list. It never has the focus: the composer hands it the keys for it.

    Subclasses give `group`, `row`, `heading`, `search` and `choose`.
    """

    DEFAULT_CSS = """
    Popup {
        layer: popup;
        dock: bottom;
        height: auto;
        background: $surface-3;
        display: none;

        &.-open { display: block; }
        & > Bar { background: $surface-3; }
        & > BlockList {
            height: auto;
            background: $surface-3;
            & > .block-list--cursor { background: $cursor-surface; }
        }
    }
    """

    group: str
    """The group of the work of looking."""

    def __init__(self, state: SessionState, glyphs: Glyphs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._state = state
        self._glyphs = glyphs
        self._query: str | None = None
        self._found: Mapping[str, Found] = {}

    def compose(self) -> ComposeResult:
        """What is looked for, and what was found."""
        yield Bar(id=f"{self.id}-title")
        yield BlockList(self._glyphs, cursor_always=True, id=f"{self.id}-list")

    @property
    def looking(self) -> bool:
        """Whether something is being looked for, even if nothing is shown yet."""
        return self._query is not None

    @property
    def rows(self) -> BlockList:
        """What was found."""
        return self.query_one(BlockList)

    @property
    def current(self) -> Found | None:
        """The one under the cursor; the first before there is one."""
        return self._found.get(self.rows.cursor_key) or next(iter(self._found.values()), None)

    def look(self, query: str | None) -> None:
        """Look for something else; None to be done."""
        if query == self._query:
            return
        self._query = query
        if query is None:
            self._found = {}
            self.remove_class("-open")
            self.emptied()
        else:
            do_soon(self, self._look(query), self.group, exclusive=True)

    def emptied(self) -> None:
        """There is nothing to choose from any more."""

    def move(self, step: int) -> None:
        """Go to another one."""
        self.rows.action_move(step)

    async def _look(self, query: str) -> None:
        found = await self.search(query)
        if query == self._query:
            self._found = {str(one.id): one for one in found}
            await self.came()

    async def search(self, query: str) -> list[Found]:
        """What fits."""
        raise NotImplementedError

    async def came(self) -> None:
        """What was looked for has come, or nothing has."""
        raise NotImplementedError

    def choose(self) -> None:
        """Pick the one under the cursor."""
        raise NotImplementedError

    def show(self) -> None:
        """Open with what was found."""
        self.rows.show(self._blocks, from_top=True)
        self.query_one(Bar).show_plain(self._title)
        self.add_class("-open")
        self.call_after_refresh(self.rows.lay_out)

    def row(self, one: Found, width: int) -> Content:
        """A line for what was found."""
        raise NotImplementedError

    def heading(self, query: str) -> tuple[Content, str, str]:
        """The heading with what is typed, and what enter and esc do."""
        raise NotImplementedError

    def _blocks(self, width: int) -> list[Block]:
        return [Block(key, [self.row(one, width)], True) for key, one in self._found.items()]

    def _title(self, width: int) -> Content:
        start, enter, esc = self.heading(self._query or "")
        end = Content.assemble(
            ("enter", "$primary"),
            (f" {enter}  ", "$text-dim"),
            ("esc", "$primary"),
            (f" {esc} ", "$text-dim"),
        )
        return text.between(start, end, width, self._glyphs)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.choose()


class ReplyPicker(Popup[QuickReply]):
    """Quick replies. Below the list stands what the one under the cursor would say."""

    DEFAULT_CSS = """
    ReplyPicker {
        & > BlockList { max-height: 7; }
        & > PlainStatic { height: auto; max-height: 5; margin: 1 0 0 0; background: $surface-2; }
        &.-low > BlockList { max-height: 4; }
        &.-low > PlainStatic { max-height: 3; margin: 0; }
    }
    """

    group = "search"

    @dataclass(eq=False, repr=False)
    class Emptied(FromWidget):
        """Nothing fits what is typed: the slash is a slash."""

    @dataclass(eq=False, repr=False)
    class Picked(FromWidget):
        """A reply was picked, filled as it goes into the composer."""

        reply: QuickReply
        filled: Filled

    def __init__(self, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(state, glyphs, "picker")
        self._previewed = 0
        self._filled: dict[int, Filled] = {}
        self._choose_when_ready = False

    def compose(self) -> ComposeResult:
        """The heading, the list, and what the one under the cursor would say."""
        yield from super().compose()
        yield PlainStatic(id="picker-preview")

    def look(self, query: str | None) -> None:
        """Look for something else; None to be done."""
        if query != self._query:
            self._choose_when_ready = False
        super().look(query)

    def choose(self) -> None:
        """Pick the one under the cursor; while it is still being looked for, as soon as it is."""
        reply = self.current
        if reply is None:
            self._choose_when_ready = True
        else:
            do_soon(self, self._pick(reply), "pick", exclusive=True)

    async def search(self, query: str) -> list[QuickReply]:
        """The quick replies that fit."""
        found: list[QuickReply] = await self._state.link.call(
            *("reply.search",),
            query=query,
            language=self._state.language,
            conversation=self._state.conversation_id,
            limit=_REPLIES,
        )
        return found

    async def came(self) -> None:
        """Show them, or leave the slash alone."""
        if not self._found:
            self.look(None)
            self.post_message(self.Emptied(self))
            return
        self.show()
        await self._preview()
        if self._choose_when_ready:
            self.choose()

    def row(self, one: QuickReply, width: int) -> Content:
        """Key, title and language."""
        return reply_row(one, width, self._glyphs, language=self._state.language)

    def heading(self, query: str) -> tuple[Content, str, str]:
        """The slash and what is typed after it."""
        start = Content.assemble(
            "  ", ("Quick replies", "bold $text-plain"), (f"  /{query}", "$primary")
        )
        return start, "inserts", "closes"

    async def _fill(self, reply: QuickReply) -> Filled:
        filled = self._filled.get(reply.id)
        if filled is None:
            filled = await self._state.link.call(
                "reply.render", reply=reply.id, conversation=self._state.conversation_id
            )
            self._filled[reply.id] = filled
        return filled

    def forget(self) -> None:
        """What replies are filled with has changed."""
        self._filled.clear()

    async def _preview(self) -> None:
        reply = self.current
        self._previewed = self.size.width
        if reply is None or not self._previewed:
            return  # when it shows, its resize draws it
        filled = await self._fill(reply)
        spans = [(prompt.start, prompt.end) for prompt in filled.prompts]
        most = 3 if self.has_class("-low") else 5
        lines = reply_preview(filled.text, spans, self._previewed, most, self._glyphs)
        self.query_one("#picker-preview", PlainStatic).update(Content("\n").join(lines))

    async def _pick(self, reply: QuickReply) -> None:
        filled = await self._fill(reply)
        self.look(None)
        self.post_message(self.Picked(self, reply, filled))
        await self._state.link.attempt(
            "reply.use", reply=reply.id, conversation=self._state.conversation_id
        )

    @on(events.Resize)
    def _resized(self) -> None:
        if self.size.width != self._previewed:
            do_soon(self, self._preview(), "preview", exclusive=True)

    @on(BlockList.Highlighted)
    def _highlighted(self, event: BlockList.Highlighted) -> None:
        event.stop()
        do_soon(self, self._preview(), "preview", exclusive=True)


def fitting(agents: list[Agent], query: str, me: int) -> list[Agent]:
    """Those whose login or a word of whose name begins with what is typed; never oneself."""
    wanted = query.casefold()

    def words(one: Agent) -> list[str]:
        return [one.login.casefold(), one.name.casefold(), *one.name.casefold().split()]

    fit = (one for one in agents if any(word.startswith(wanted) for word in words(one)))
    return [one for one in fit if one.id != me][:_COLLEAGUES]


class MentionPicker(Popup[Agent]):
    """Colleagues."""

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
        return start, "mentions them", "closes"
