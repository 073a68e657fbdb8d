"""Quick replies over the composer: filtered while the agent types, shown filled, never sent."""

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.replies import reply_preview, reply_row
from omnitui.console.session.popup import Popup
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.model.knowledge import QuickReply
from omnitui.rules.slots import Filled

_MOST = 40


class ReplyPicker(Popup[QuickReply]):
    """See the module. Below the list stands what the one under the cursor would say."""

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
            "reply.search", query=query, language=self._language, limit=_MOST
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

    @property
    def _language(self) -> str:
        customer = self._state.customer
        if customer is not None:
            return customer.language
        return str(self._state.conversation.context.get("language", ""))[:5]

    def row(self, one: QuickReply, width: int) -> Content:
        """Key, title and language."""
        return reply_row(one, width, self._glyphs, language=self._language)

    def heading(self, query: str) -> tuple[Content, str, str]:
        """The slash and what is typed after it."""
        start = Content.assemble(
            "  ", ("Quick replies", "bold $text-plain"), (f"  /{query}", "$primary")
        )
        return start, "inserts", "leaves the slash"

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
