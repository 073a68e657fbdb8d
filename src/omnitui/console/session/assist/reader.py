"""The article that is read over the list of a tab. Internal ones are read and never inserted."""

from collections.abc import Callable

from omnitui.console.apps.article import article_tab
from omnitui.console.apps.reading import Reading, Within
from omnitui.console.dialogs import knowledge as dialogs
from omnitui.console.glyphs import Glyphs
from omnitui.console.session.assist.tab import Act, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.model.errors import Refusal
from omnitui.model.knowledge import Article
from omnitui.rules.giving import Form, Given, why_not_public


class Reader:
    """See the module. `listing` is what shows it, `line` what is looked for within it; `changed` is
    called when its keys do something else.
    """

    acts = (
        Act("i", "insert_text", "Insert its text, or the short version where that does not fit"),
        Act("plus", "helpful", "It helped"),
        Act("minus", "unhelpful", "It did not help; asks what is missing"),
        Act("t", "outline", "Show its headings"),
        Act("slash", "find", "Find within it"),
        Act("n", "find_next", "Next place"),
        Act("N", "find_previous", "Previous place"),
        Act("l", "turn_language", "Read it in another language"),
        Act("e", "edit", "Edit the article"),
        Act("o", "open_tab", "Open the article as a tab"),
    )

    def __init__(
        self,
        pane: Holder,
        state: SessionState,
        glyphs: Glyphs,
        listing: Callable[[], BlockList],
        line: Callable[[], Within],
        changed: Callable[[], None],
    ) -> None:
        self.pane = pane
        self.state = state
        self.glyphs = glyphs
        self.page = Reading(glyphs)
        self._listing = listing
        self._line = line
        self._changed = changed
        self._fit: Given | None = None
        self._typed: dict[str, str] = {}

    @property
    def article(self) -> Article | None:
        """What is read."""
        return self.page.article

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does; what fits the channel is said beside the key for it."""
        if self.page.outlined:
            return [("enter", "goes there"), ("t", "text"), ("esc", "back")]
        if self.article is None or not self.article.public:
            return [("/", "find"), ("t", "outline"), ("+/-", "helped"), ("o", "tab")]
        fits = self._fit is None or not self._fit.cut
        text = ("i", "text" if fits else "short")
        return [("enter", "link"), text, ("/", "find"), ("?", "all keys")]

    async def read(self, article: int) -> None:
        """Read an article."""
        link = self.state.link
        found: Article = await link.call("knowledge.get", article=article)
        others = []
        if found.key:
            others = await link.call("knowledge.translations", article=article)
        self._fit = await self._given(found, Form.FIT) if found.public else None
        self.page.begin(found, others)

    async def _given(self, article: Article, form: Form) -> Given | None:
        given = {"article": article.id, "conversation": self.state.conversation_id}
        found = await self.state.link.attempt("knowledge.render", **given, form=form.value)
        return None if isinstance(found, Refusal) else found

    def close(self) -> None:
        """Nothing is read any more."""
        self.page.article = None

    def blocks(self, width: int) -> list[Block]:
        """The article, or its headings."""
        return self.page.blocks(width)

    def insert_text(self) -> None:
        """Put the article's text into the composer, as it fits the channel."""
        self._insert(Form.FIT)

    def insert_link(self) -> None:
        """Put a link to the article into the composer."""
        self._insert(Form.LINK)

    def _insert(self, form: Form) -> None:
        article = self.article
        if article is None:
            return
        refusal = why_not_public(article)
        if refusal is not None:
            self.pane.refuse(refusal)
        else:
            self.pane.soon(self._put(article, form), "assist-insert")

    async def _put(self, article: Article, form: Form) -> None:
        given = {"article": article.id, "conversation": self.state.conversation_id}
        found = await self.state.link.attempt("knowledge.render", **given, form=form.value)
        if isinstance(found, Refusal):
            self.pane.refuse(found)
        else:
            self.pane.insert(found.text, article=article.id)

    def outline(self) -> None:
        """Show the headings, or the text again."""
        if self.article is not None:
            self._or_refused(self.page.turn(self._listing()))
            self._changed()

    def chosen(self, key: str) -> None:
        """Go to the heading that was chosen."""
        if self.page.jump(key, self._listing()):
            self._changed()

    def find(self) -> None:
        """Look for words in it."""
        if self.page.outlined:
            self.outline()
        self._line().open()

    def find_next(self) -> None:
        """Go to the next place where the words are that were looked for."""
        self._or_refused(self.page.again(1, self._listing(), self._line()))

    def find_previous(self) -> None:
        """Go to the place before."""
        self._or_refused(self.page.again(-1, self._listing(), self._line()))

    def turn_language(self) -> None:
        """Read it in the next of its languages."""
        if self.page.others:
            self.pane.soon(self.pane.read(self.page.others[0].id), "assist-read", exclusive=True)
        elif self.article is not None:
            said = f"{self.article.title} exists in one language only."
            self.pane.refuse(Refusal("article.one_language", said))

    def edit(self) -> None:
        """Edit the article."""
        self.pane.do("article.edit")

    def open_tab(self) -> None:
        """Open the article in a tab."""
        if self.article is not None:
            self.pane.open_record(article_tab(self.article))

    def helpful(self) -> None:
        """Say that the article helped; those that do come first."""
        if self.article is not None:
            self.pane.soon(self._rate(self.article, helpful=True), "assist-rate")

    def unhelpful(self) -> None:
        """Say that the article did not help, and why."""
        if self.article is not None:
            self.pane.soon(self._comment(self.article), "ask")

    async def _comment(self, article: Article) -> None:
        comment = await self.pane.ask(dialogs.comment_dialog(article, self.glyphs, self._typed))
        if comment is not None:
            self._typed.clear()
            await self._rate(article, helpful=False, comment=comment)

    async def _rate(self, article: Article, **given: object) -> None:
        rated = await self.state.link.attempt("knowledge.rate", article=article.id, **given)
        if isinstance(rated, Refusal):
            self.pane.refuse(rated)
        elif self.article is not None and self.article.id == article.id:
            self.page.begin(rated, self.page.others)
            self._listing().lay_out()

    def _or_refused(self, refusal: Refusal | None) -> None:
        if refusal is not None:
            self.pane.refuse(refusal)
