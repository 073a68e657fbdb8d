"""What lies under Home's cursor: who, what was said last, and why it is with whom it is."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import tzinfo

from msgspec.structs import replace
from textual import events, on
from textual.cache import LRUCache
from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.home.lists import preview_lines
from omnitui.console.present.home.said import Preview
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import soon
from omnitui.desk.home import Peek
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refusal

_LINES = 12
_KEPT = 200
_REST_SECONDS = 0.05


class PreviewPane(PlainStatic):
    """Shows the row it is given at once, and the rest when it has been read."""

    DEFAULT_CSS = """
    PreviewPane {
        height: 11;
        background: $surface-2;
        color: $text-plain;
        padding: 0 2 1 2;
    }
    """

    def __init__(self, link: Link, me: Callable[[], int], glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__("", id="home-preview")
        self._link = link
        self._me = me
        self._glyphs = glyphs
        self._tz = tz
        self._item: Conversation | None = None
        self._peeks: LRUCache[int, Peek] = LRUCache(_KEPT)
        self._stale: set[int] = set()
        self._looking: int | None = None

    def show(self, item: Conversation | None) -> None:
        """Show another row, or the same one as it is now; None: it is not there yet."""
        if item is not None:
            self._item = item
            self.draw()

    def forget(self, keys: Iterable[int]) -> None:
        """These have changed: read them again when they are shown."""
        self._stale.update(keys)
        # An agent who comes or goes changes why the others wait.
        self._stale.update(self._peeks.keys())

    @on(events.Resize)
    def draw(self) -> None:
        """Draw what is shown as it looks by now."""
        item = self._item
        width, height = self.content_size
        if item is None or not width or not height:
            return
        peek = self._peeks.get(item.id)
        view = Preview(item, self._link.channels.get(item.channel), self._me())
        if peek is not None:
            view = replace(
                view,
                messages=peek.messages,
                question=peek.question,
                customer=peek.customer,
                told=peek.told.sentence,
            )
        if (peek is None or item.id in self._stale) and self._looking != item.id:
            self._looking = item.id
            self._look_into(item)
        lines = preview_lines(view, width, height, self._glyphs, now=self._link.now(), tz=self._tz)
        self.update(Content("\n").join(lines), layout=False)

    @soon("home-preview", exclusive=True)
    async def _look_into(self, item: Conversation) -> None:
        # Only the row that the cursor comes to rest on is read.
        try:
            await asyncio.sleep(_REST_SECONDS)
            self._stale.discard(item.id)
            peek = await self._link.attempt("home.peek", conversation=item.id, lines=_LINES)
        finally:
            if self._looking == item.id:
                self._looking = None
        if not isinstance(peek, Refusal):
            self._peeks.discard(item.id)  # setting a key it holds changes nothing
            self._peeks[item.id] = peek
            if self._item is not None and self._item.id == item.id:
                self.draw()
