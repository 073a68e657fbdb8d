"""The quick replies: found by key, title, tag or words, filled, and put into the composer."""

from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.assist import nothing_listed, reply_item
from omnitui.console.session.assist.tab import AssistTab, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.model.knowledge import QuickReply


class RepliesTab(AssistTab):
    """See the module."""

    key = "replies"
    label = "Replies"
    search = "Key, title, #tag or words"

    def __init__(self, pane: Holder, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(pane, state, glyphs)
        self._found: list[QuickReply] = []

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does."""
        return [("enter", "inserts"), ("esc", "back")]

    @property
    def _language(self) -> str:
        customer = self.state.customer
        return "" if customer is None else customer.language

    async def look(self) -> None:
        """Search; the customer's language comes first."""
        self._found = await self.state.link.call(
            "reply.search", query=self.query, language=self._language, limit=50
        )
        self.pane.list_again(self, from_top=True)

    def blocks(self, width: int) -> list[Block]:
        """Replies with how each begins."""
        blocks = []
        for reply in self._found:
            lines = reply_item(reply, width, self.glyphs, language=self._language)
            blocks += [Block(str(reply.id), lines, True), Block(f"gap:{reply.id}", [Content("")])]
        return blocks or [Block("", nothing_listed(self.key, width))]

    def choose(self, key: str) -> None:
        """Put a reply into the composer."""
        reply = next((reply for reply in self._found if str(reply.id) == key), None)
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
