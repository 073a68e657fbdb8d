"""What the knowledge lacks, in a tab: searches that found nothing, articles that did not help."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from omnitui.console import text
from omnitui.console.apps.body import Around, ListBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.command import DoCommand
from omnitui.console.dialogs import knowledge as dialogs
from omnitui.console.dialogs.base import ask
from omnitui.console.present.records.beside import paragraph
from omnitui.console.present.records.gap import gap_rows, gaps_head
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.knowledge import Gap

_KEYS = (("enter", "article"), ("a", "write one"), ("x", "close"), ("c", "closed ones"))
_NOTHING = "Nothing is missing: no search without a find, no article that did not help."
_NONE_CLOSED = "No gap has been closed yet."


class GapsTab(ListBody):
    """See the module."""

    DEFAULT_CSS = "GapsTab > #gaps-keys { margin: 1 0 0 0; }"

    what = "list of gaps"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "write", "Write an article for it", id="gaps.write", show=False),
        Binding("x", "close_gap", "Close the gap", id="gaps.close", show=False),
        Binding("c", "turn", "Show closed gaps, or open ones", id="gaps.closed", show=False),
    ]

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self._gaps: Sequence[Gap] = ()
        self._closed = False
        self._typed: dict[str, str] = {}

    @property
    def gap(self) -> Gap | None:
        """The gap under the cursor."""
        key = self.listing.cursor_key if self.painted else ""
        return next((gap for gap in self._gaps if str(gap.id) == key), None)

    async def read(self) -> bool:
        """Read them."""
        self._gaps = await self.around.link.call("knowledge.gaps", closed=self._closed)
        return True

    def head(self) -> Content:
        """How many there are."""
        return gaps_head(len(self._gaps), closed=self._closed)

    def fresh_parts(self) -> Iterable[Widget]:
        """How many there are, each of them, and the keys."""
        self._head = self.head()
        yield PlainStatic(self._head, classes="app-head")
        yield BlockList(self.around.glyphs, self.blocks)
        yield Bar(id="gaps-keys")

    async def begin(self) -> None:
        """Name the keys."""
        parts: list[str | tuple[str, str]] = ["  "]
        for key, does in _KEYS:
            parts += [(key, "$primary"), (f" {does}  ", "$text-dim")]
        line, glyphs = Content.assemble(*parts), self.around.glyphs
        self.query_one("#gaps-keys", Bar).show_plain(lambda w: text.fill(line, w, glyphs))

    def concerns(self, entry: Entry) -> bool:
        """What was looked for, rated, written or closed."""
        return entry.kind.startswith("knowledge.")

    def blocks(self, width: int) -> list[Block]:
        """Each gap with how often and when it was met, and what was said."""
        now, tz, glyphs = self.around.look
        blocks: list[Block] = []
        for gap in self._gaps:
            lines = gap_rows(gap, now, tz, width, glyphs)
            blocks += [Block(str(gap.id), lines, True), Block(f"after:{gap.id}", [Content("")])]
        nothing = _NONE_CLOSED if self._closed else _NOTHING
        return blocks or [Block("none", paragraph(nothing, width))]

    def opens(self) -> dict[str, AppTab]:
        """The articles that did not help."""
        return {
            str(gap.id): AppTab(AppKind.ARTICLE, gap.article, gap.about)
            for gap in self._gaps
            if gap.article is not None
        }

    def chosen(self, key: str) -> None:
        """Open the article; for a search that found nothing, write one."""
        if key in self.opens():
            super().chosen(key)
        elif self.gap is not None:
            self.action_write()

    def action_write(self) -> None:
        """Write an article, called as what was looked for; open the one that did not help."""
        if self.painted and self.listing.cursor_key in self.opens():
            super().chosen(self.listing.cursor_key)
        elif self.painted:
            self.post_message(DoCommand("article.create"))

    def action_turn(self) -> None:
        """Show closed gaps, or open ones again."""
        if self.painted:
            self._closed = not self._closed
            do_soon(self, self.read_again(), "gaps")

    def action_close_gap(self) -> None:
        """Close the gap under the cursor; asks why."""
        if self.gap is not None:
            do_soon(self, self._close(self.gap), "ask")

    async def _close(self, gap: Gap) -> None:
        reason = await ask(self.app, dialogs.close_gap_dialog(gap, self.around.glyphs, self._typed))
        if reason is None:
            return
        done = await self.around.link.attempt("knowledge.gap_close", gap=gap.id, reason=reason)
        if isinstance(done, Refusal):
            self.refuse(done)
        else:
            self._typed.clear()
            await self.read_again()


def gaps_tab() -> AppTab:
    """The tab of the gaps."""
    return AppTab(AppKind.GAPS, 1, "Knowledge gaps")
