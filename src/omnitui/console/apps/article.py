"""An article in a tab: the whole of it, found within, given to the customer, and what goes with it.

What is given goes into the composer and is never sent by itself. Where no conversation is, it can
be copied.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from omnitui.console import text
from omnitui.console.apps.body import Around, ListBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.present.assist import (
    article_item,
    article_link,
    article_page,
    not_for_customers,
)
from omnitui.console.present.records.article import Spot, lit, plain_words, spots
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.widgets.search_input import FindLine
from omnitui.model.journal import Entry
from omnitui.model.knowledge import Article

_PAGE = "page"
_RELATED = 4


class ArticleTab(ListBody):
    """See the module."""

    DEFAULT_CSS = """
    ArticleTab {
        layers: base popup;
        & > #article-heading { height: 1; margin: 1 0 0 2; color: $primary; text-style: bold; }
        & > #article-related { height: auto; max-height: 8; }
        & > #article-keys { margin: 1 0 0 0; }
    }
    """

    what = "article"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "give(False)", "Insert its text", id="article.text", show=False),
        Binding("y", "copy(False)", "Copy its text", id="article.copy", show=False),
        Binding("Y", "copy(True)", "Copy its link", id="article.copy_link", show=False),
        Binding("f", "find", "Find within it", id="article.find", show=False),
        Binding("tab", "app.focus_next", "Related", id="article.next", show=False),
    ]

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self.article: Article | None = None
        self._related: Sequence[Article] = ()
        self._find = ""
        self._at = 0
        self._spots: list[Spot] = []

    async def read(self) -> bool:
        """Read it, and what is related to it."""
        link = self.around.link
        found = await link.found("knowledge.get", article=self.tab.key)
        if found is None:
            return False
        self._related = await link.call("knowledge.related", article=found.id, limit=_RELATED)
        self.article = found
        return True

    def fresh_parts(self) -> Iterable[Widget]:
        """The article, what is related, the keys, and the line to look for words in it."""
        glyphs = self.around.glyphs
        yield BlockList(glyphs, self.blocks)
        if self._related:
            yield PlainStatic("Related", id="article-heading")
            yield BlockList(glyphs, self._others, id="article-related")
        yield Bar(id="article-keys")
        yield Within(glyphs)

    async def begin(self) -> None:
        """Name the keys."""
        assert self.article is not None
        gives = [("enter", "link"), ("i", "text")] if self.article.public else []
        keys = [*gives, ("y", "copy"), ("Y", "copy link"), ("f", "find")]
        keys += [("tab", "related")] if self._related else []
        parts: list[str | tuple[str, str]] = ["  "]
        for key, does in keys:
            parts += [(key, "$primary"), (f" {does}  ", "$text-dim")]
        line, glyphs = Content.assemble(*parts), self.around.glyphs
        self.query_one("#article-keys", Bar).show_plain(lambda w: text.fill(line, w, glyphs))

    def concerns(self, entry: Entry) -> bool:
        """How it fared, and what it says now."""
        return entry.kind.startswith("knowledge.") and entry.payload.get("article") == self.tab.key

    def blocks(self, width: int) -> list[Block]:
        """The article, with what is looked for in it."""
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

    def opens(self) -> dict[str, AppTab]:
        """What is related to it."""
        return {str(other.id): article_tab(other) for other in self._related}

    def _may_be_given(self) -> Article | None:
        article = self.article
        if article is not None and not article.public:
            self.refuse(not_for_customers(article))
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
            self.copy(article_link(article) if as_link else plain_words(article))

    def action_find(self) -> None:
        """Look for words in it."""
        if self.painted:
            self.query_one(Within).open()

    def _look(self, step: int) -> None:
        self.listing.lay_out()
        if self._spots:
            self._at = (self._at + step) % len(self._spots)
            self.listing.lay_out()
            self.listing.show_line(_PAGE, self._spots[self._at][0])
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
        self.listing.lay_out()
        self.listing.focus()

    @on(BlockList.ChosenNothing)
    def _enter(self, event: BlockList.ChosenNothing) -> None:
        event.stop()
        self.action_give(True)


class Within(FindLine):
    """The line to look for words in the article: enter and down go on, up goes back."""

    enter_step = 1
    found = "{} of {}"
    nothing = "not in this article"


def article_tab(article: Article) -> AppTab:
    """The tab of an article."""
    return AppTab(AppKind.ARTICLE, article.id, article.title)
