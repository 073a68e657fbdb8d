"""Quick replies over the composer: filtered while the agent types, shown filled, never sent."""

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text
from omnitui.console.present.replies import reply_preview, reply_row
from omnitui.console.session.bar import Bar
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.model.knowledge import QuickReply
from omnitui.rules.slots import Filled

_MOST = 40


class ReplyPicker(Container):
    """The popup. It never has the focus: the composer hands it the keys that are for it."""

    DEFAULT_CSS = """
    ReplyPicker {
        layer: popup;
        dock: bottom;
        height: auto;
        background: $surface-3;
        display: none;

        &.-open { display: block; }
        & > Bar { background: $surface-3; }
        & > BlockList {
            height: auto;
            max-height: 7;
            background: $surface-3;
            & > .block-list--cursor { background: $cursor-surface; }
        }
        & > PlainStatic { height: auto; max-height: 5; margin: 1 0 0 0; background: $surface-2; }
        &.-low > BlockList { max-height: 4; }
        &.-low > PlainStatic { max-height: 3; margin: 0; }
    }
    """

    @dataclass
    class Emptied(FromWidget):
        """Nothing fits what is typed: the slash is a slash."""

    @dataclass
    class Picked(FromWidget):
        """A reply was picked, filled as it goes into the composer."""

        reply: QuickReply
        filled: Filled

    def __init__(self, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(id="picker")
        self._state = state
        self._glyphs = glyphs
        self._query: str | None = None
        self._found: dict[str, QuickReply] = {}
        self._previewed = 0
        self._filled: dict[int, Filled] = {}
        self._choose_when_ready = False

    def compose(self) -> ComposeResult:
        """What is looked for, what was found, and what the one under the cursor would say."""
        yield Bar(id="picker-title")
        yield BlockList(self._glyphs, cursor_always=True, id="picker-list")
        yield PlainStatic(id="picker-preview")

    @property
    def looking(self) -> bool:
        """Whether a reply is being looked for, even if nothing is shown yet."""
        return self._query is not None

    @property
    def rows(self) -> BlockList:
        """What was found."""
        return self.query_one("#picker-list", BlockList)

    def look(self, query: str | None) -> None:
        """Look for something else; None to be done."""
        if query == self._query:
            return
        self._query = query
        self._choose_when_ready = False
        if query is None:
            self.remove_class("-open")
            self._found = {}
            return
        do_soon(self, self._search(query), "search", exclusive=True)

    def move(self, step: int) -> None:
        """Go to another one."""
        self.rows.action_move(step)

    def choose(self) -> None:
        """Pick the one under the cursor; while it is still being looked for, as soon as it is."""
        if not self._found:
            self._choose_when_ready = True
            return
        reply = self._current
        if reply is not None:
            do_soon(self, self._pick(reply), "pick", exclusive=True)

    @property
    def _current(self) -> QuickReply | None:
        """The one under the cursor; the first before there is one."""
        return self._found.get(self.rows.cursor_key) or next(iter(self._found.values()), None)

    async def _search(self, query: str) -> None:
        found: list[QuickReply] = await self._state.link.call(
            "reply.search", query=query, language=self._language, limit=_MOST
        )
        if query != self._query:
            return
        self._found = {str(reply.id): reply for reply in found}
        if not found:
            self.look(None)
            self.post_message(self.Emptied(self))
            return
        self.rows.show(self._blocks, from_top=True)
        self.query_one(Bar).show_plain(self._title)
        self.add_class("-open")
        self.call_after_refresh(self.rows.lay_out)
        await self._preview()
        if self._choose_when_ready:
            self.choose()

    @property
    def _language(self) -> str:
        customer = self._state.customer
        if customer is not None:
            return customer.language
        return str(self._state.conversation.context.get("language", ""))[:5]

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(key, [reply_row(reply, width, self._glyphs, language=self._language)], True)
            for key, reply in self._found.items()
        ]

    def _title(self, width: int) -> Content:
        start = Content.assemble(
            "  ", ("Quick replies", "bold $text-plain"), (f"  /{self._query or ''}", "$primary")
        )
        end = Content.assemble(
            ("enter", "$primary"),
            (" inserts  ", "$text-dim"),
            ("esc", "$primary"),
            (" leaves the slash ", "$text-dim"),
        )
        return text.between(start, end, width, self._glyphs)

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
        reply = self._current
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

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.choose()
