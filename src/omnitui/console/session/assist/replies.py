"""The quick replies: found by key, title, tag or words, put into the composer, and written here."""

from textual.content import Content

from omnitui.console.dialogs import knowledge as dialogs
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.assist import nothing_listed, reply_item
from omnitui.console.session import writing
from omnitui.console.session.assist.tab import Act, AssistTab, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.model.errors import Refusal
from omnitui.model.ids import AgentId, ReplyId
from omnitui.model.knowledge import QuickReply
from omnitui.rules.replies import FALLBACK


class RepliesTab(AssistTab):
    """See the module."""

    key = "replies"
    label = "Replies"
    search = "Key, title, #tag or words"
    acts = (
        Act("e", "edit", "Edit it"),
        Act("N", "new", "Write a new one"),
        Act("x", "retire", "Retire the quick reply"),
    )

    def __init__(self, pane: Holder, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(pane, state, glyphs)
        self._found: list[QuickReply] = []
        self._typed: dict[int, dict[str, str]] = {}

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does."""
        return [("enter", "insert"), ("e", "edit"), ("N", "new"), ("x", "retire")]

    async def look(self) -> None:
        """Search, in the order of the list over the composer."""
        self._found = await self.state.link.call(
            *("reply.search",),
            query=self.query,
            language=self.state.language,
            conversation=self.state.conversation_id,
            limit=50,
        )
        self.pane.list_again(self, from_top=True)

    def blocks(self, width: int) -> list[Block]:
        """Replies with how each begins."""
        blocks = []
        for reply in self._found:
            lines = reply_item(reply, width, self.glyphs, language=self.state.language)
            blocks += [Block(str(reply.id), lines, True), Block(f"gap:{reply.id}", [Content("")])]
        return blocks or [Block("", nothing_listed(self.key, width))]

    def _at(self, key: str) -> QuickReply | None:
        return next((reply for reply in self._found if str(reply.id) == key), None)

    def choose(self, key: str) -> None:
        """Put a reply into the composer."""
        reply = self._at(key)
        if reply is not None:
            self.pane.soon(self._use(reply), "assist-use")

    async def _use(self, reply: QuickReply) -> None:
        conversation = self.state.conversation_id
        filled = await self.state.link.call(
            "reply.render", reply=reply.id, conversation=conversation
        )
        labels = tuple(filled.text[p.start : p.end] for p in filled.prompts)
        self.pane.insert(filled.text, labels)
        await self.state.link.attempt("reply.use", reply=reply.id, conversation=conversation)

    def edit(self) -> None:
        """Edit the one under the cursor."""
        reply = self._at(self.pane.cursor_key)
        if reply is not None:
            self.pane.soon(self._write(reply, new=False), "ask")

    def new(self) -> None:
        """Write a new one."""
        language = self.state.language or FALLBACK
        blank = QuickReply(ReplyId(0), "", "", "", language, owner_id=AgentId(self.state.me))
        self.pane.soon(self._write(blank, new=True), "ask")

    async def _write(self, reply: QuickReply, *, new: bool) -> None:
        typed = self._typed.setdefault(reply.id, {})
        link = self.state.link
        if await writing.reply(self.pane.ask, link, self.glyphs, typed, reply, new=new):
            await self.look()

    def retire(self) -> None:
        """Retire the one under the cursor."""
        reply = self._at(self.pane.cursor_key)
        if reply is not None:
            self.pane.soon(self._retire(reply), "ask")

    async def _retire(self, reply: QuickReply) -> None:
        if await self.pane.ask(dialogs.retire_reply_dialog(reply, self.glyphs)):
            done = await self.state.link.attempt("reply.retire", reply=reply.id)
            if isinstance(done, Refusal):
                self.pane.refuse(done)
            await self.look()
