"""An article in a tab: the whole of it, found within, given to the customer, and what goes with it.

What is given goes into the composer and is never sent by itself. Where no conversation is, it can
be copied.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.apps.body import AppBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.keys import key_for
from omnitui.console.present.assist import (
    article_item,
    article_link,
    article_page,
    not_for_customers,
)
from omnitui.console.present.records.article import Spot, lit, plain_words, spots
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.find_line import FindLine
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.knowledge import Article

_PAGE = "page"
_RELATED = 4


class ArticleTab(AppBody):
    """See the module."""

    DEFAULT_CSS = """
    ArticleTab {
        overflow-y: hidden;
        padding: 1 0 0 1;
        layers: base popup;
        & > #article-page { height: 1fr; }
        & > #article-heading { height: 1; margin: 1 0 0 2; color: $primary; text-style: bold; }
        & > #article-related { height: auto; max-height: 8; }
        & > #article-keys { margin: 1 0 0 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "give(False)", "Insert its text", id="article.text", show=False),
        Binding("y", "copy(False)", "Copy its text", id="article.copy", show=False),
        Binding("Y", "copy(True)", "Copy its link", id="article.copy_link", show=False),
        Binding("f", "find", "Find within it", id="article.find", show=False),
        Binding("tab", "app.focus_next", "What goes with it", id="article.next", show=False),
    ]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.article: Article | None = None
        self._related: Sequence[Article] = ()
        self._find = ""
        self._at = 0
        self._spots: list[Spot] = []

    async def load(self) -> None:
        """Read and show it."""
        link = self.around.link
        found = await link.found("knowledge.get", article=self.tab.key)
        if found is None:
            gone = f"This article is no longer there. {key_for('tab.close')} closes the tab."
            await self.mount(PlainStatic(gone, classes="app-head"))
            return
        self.article = found
        self._related = await link.call("knowledge.related", article=found.id, limit=_RELATED)
        glyphs = self.around.glyphs
        await self.mount(BlockList(glyphs, id="article-page"))
        if self._related:
            await self.mount(
                PlainStatic("Goes with it", id="article-heading"),
                BlockList(glyphs, id="article-related"),
            )
            self.query_one("#article-related", BlockList).show(self._others)
        await self.mount(Bar(id="article-keys"), Within(glyphs))
        self.page.show(self._page)
        self._show_keys()
        if self.has_focus:
            self.page.focus()

    @property
    def page(self) -> BlockList:
        """The article's lines."""
        return self.query_one("#article-page", BlockList)

    @property
    def painted(self) -> bool:
        """Whether there is something to see."""
        return self.article is not None and bool(self.query("#article-page"))

    def focus_inside(self) -> None:
        """Take the keys: the article's lines."""
        (self.page if self.painted else self).focus()

    def on_focus(self) -> None:
        """The keys come to the tab as a whole: they are for its lines."""
        if self.painted:
            self.page.focus()

    async def refresh_from(self, entries: Sequence[Entry]) -> None:
        """Read again how it fared."""
        named = {e.payload.get("article") for e in entries if e.kind.startswith("knowledge.")}
        if self.painted and self.tab.key in named:
            found = await self.around.link.attempt("knowledge.get", article=self.tab.key)
            if not isinstance(found, Refusal):
                self.article = found
                self.page.lay_out()

    def _page(self, width: int) -> list[Block]:
        if self.article is None:
            return []
        lines = article_page(self.article, width, self.around.glyphs)
        self._spots = spots(lines, self._find) if self._find else []
        return [Block(_PAGE, lit(lines, self._spots, self._at))]

    def _others(self, width: int) -> list[Block]:
        glyphs = self.around.glyphs
        return [
            Block(str(other.id), article_item(other, width, glyphs)[:1], True)
            for other in self._related
        ]

    def _show_keys(self) -> None:
        assert self.article is not None
        gives = [("enter", "link"), ("i", "text")] if self.article.public else []
        keys = [*gives, ("y", "copy"), ("Y", "copy link"), ("f", "find")]
        keys += [("tab", "what goes with it")] if self._related else []
        parts: list[str | tuple[str, str]] = ["  "]
        for key, does in keys:
            parts += [(key, "$primary"), (f" {does}  ", "$text-dim")]
        line = Content.assemble(*parts)
        glyphs = self.around.glyphs
        self.query_one("#article-keys", Bar).show_plain(lambda w: text.fill(line, w, glyphs))

    def _may_be_given(self) -> Article | None:
        article = self.article
        if article is not None and not article.public:
            self.post_message(self.Refused(self, not_for_customers(article)))
            return None
        return article

    def action_give(self, as_link: bool) -> None:
        """Put the article, or a link to it, into the composer."""
        article = self._may_be_given()
        if article is not None:
            said = article_link(article) if as_link else plain_words(article)
            self.post_message(self.Given(self, said, article.id))

    def action_copy(self, as_link: bool) -> None:
        """Copy the article, or a link to it; an internal one has no link."""
        article = self._may_be_given() if as_link else self.article
        if article is not None:
            self.app.copy_to_clipboard(article_link(article) if as_link else plain_words(article))
            self.app.notify("Copied.", timeout=2, markup=False)

    def action_find(self) -> None:
        """Look for words in it."""
        if self.painted:
            self.query_one(Within).open()

    def _look(self, step: int) -> None:
        self.page.lay_out()
        if self._spots:
            self._at = (self._at + step) % len(self._spots)
            self.page.lay_out()
            self.page.show_line(_PAGE, self._spots[self._at][0])
        self.query_one(Within).tell(self._at + 1, len(self._spots))

    @on(FindLine.Wanted)
    def _find_wanted(self, event: FindLine.Wanted) -> None:
        event.stop()
        self._find, self._at = event.text, 0
        self._look(0)

    @on(FindLine.Step)
    def _find_next(self, event: FindLine.Step) -> None:
        event.stop()
        self._look(event.step)

    @on(FindLine.Closed)
    def _find_over(self, event: FindLine.Closed) -> None:
        event.stop()
        self._find = ""
        self.page.lay_out()
        self.page.focus()

    @on(BlockList.ChosenNothing, "#article-page")
    def _enter(self, event: BlockList.ChosenNothing) -> None:
        event.stop()
        self.action_give(True)

    @on(BlockList.Chosen, "#article-related")
    def _other(self, event: BlockList.Chosen) -> None:
        event.stop()
        chosen = next((one for one in self._related if str(one.id) == event.key), None)
        if chosen is not None:
            self.post_message(self.Wanted(self, tab=article_tab(chosen)))


class Within(FindLine):
    """The line to look for words in the article: enter and down go on, up goes back."""

    enter_step = 1

    def standing(self, number: int, count: int) -> str:
        """Where the search stands, in words."""
        return f"{number} of {count}" if count else "not in this article"


def article_tab(article: Article) -> AppTab:
    """The tab of an article."""
    return AppTab(AppKind.ARTICLE, article.id, article.title)
