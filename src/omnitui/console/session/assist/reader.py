"""The article that is read over the list of a tab. Internal ones are read and never inserted."""

from collections.abc import Callable

from omnitui.console.apps.article import article_tab
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.assist import article_link, article_page, not_for_customers
from omnitui.console.present.records.article import plain_words
from omnitui.console.session.assist.tab import Act, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.model.errors import Refusal
from omnitui.model.knowledge import Article


class Reader:
    """See the module. `changed` is called when there is something else to show of it."""

    acts = (
        Act("i", "insert_text", "Insert its text"),
        Act("plus", "helpful", "It helped"),
        Act("minus", "unhelpful", "It did not help"),
        Act("o", "open_tab", "Open the article as a tab"),
    )

    def __init__(
        self, pane: Holder, state: SessionState, glyphs: Glyphs, changed: Callable[[], None]
    ) -> None:
        self.pane = pane
        self.state = state
        self.glyphs = glyphs
        self.article: Article | None = None
        self._changed = changed

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does."""
        if self.article is not None and self.article.public:
            return [("enter", "link"), ("i", "text"), ("o", "tab"), ("+/-", "helped")]
        return [("o", "tab"), ("+/-", "helped"), ("esc", "back")]

    async def read(self, article: int) -> None:
        """Read an article."""
        self.article = await self.state.link.call("knowledge.get", article=article)

    def blocks(self, width: int) -> list[Block]:
        """The article."""
        if self.article is None:
            return []
        return [Block("page", article_page(self.article, width, self.glyphs))]

    def insert_text(self) -> None:
        """Put the article's text into the composer."""
        self._insert(plain_words)

    def insert_link(self) -> None:
        """Put a link to the article into the composer."""
        self._insert(article_link)

    def _insert(self, said: Callable[[Article], str]) -> None:
        article = self.article
        if article is None:
            return
        if not article.public:
            self.pane.refuse(not_for_customers(article))
        else:
            self.pane.insert(said(article), article=article.id)

    def open_tab(self) -> None:
        """Open the article in a tab."""
        if self.article is not None:
            self.pane.open_record(article_tab(self.article))

    def helpful(self) -> None:
        """Say that the article helped; those that do come first."""
        self._rate(helpful=True)

    def unhelpful(self) -> None:
        """Say that the article did not help."""
        self._rate(helpful=False)

    def _rate(self, *, helpful: bool) -> None:
        if self.article is not None:
            self.pane.soon(self._rated(self.article, helpful), "assist-rate")

    async def _rated(self, article: Article, helpful: bool) -> None:
        rated = await self.state.link.attempt("knowledge.rate", article=article.id, helpful=helpful)
        if isinstance(rated, Refusal):
            self.pane.refuse(rated)
        elif self.article is not None and self.article.id == article.id:
            self.article = rated
            self._changed()
