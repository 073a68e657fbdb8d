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
from omnitui.console.apps.reading import Reading, Within
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.command import DoCommand
from omnitui.console.dialogs import knowledge as dialogs
from omnitui.console.dialogs.base import ask
from omnitui.console.present.assist import article_item
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.widgets.search_input import FindLine
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.knowledge import Article
from omnitui.rules.giving import Form, why_not_public
from omnitui.rules.markdown import plain

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
        Binding("f,slash", "find", "Find within it", id="article.find", show=False),
        Binding("n", "go_on(1)", "Next place", id="article.find_next", show=False),
        Binding("N", "go_on(-1)", "Previous place", id="article.find_previous", show=False),
        Binding("t", "outline", "Show its headings", id="article.outline", show=False),
        Binding("l", "turn_language", "Read it in another language", show=False),
        Binding("plus", "rate(True)", "It helped", id="article.helpful", show=False),
        Binding("minus", "rate(False)", "It did not help", id="article.unhelpful", show=False),
        Binding("e", "edit", "Edit it", id="article.edit_it", show=False),
        Binding("x", "retire", "Retire it", id="article.retire_it", show=False),
        Binding("tab", "app.focus_next", "Related", id="article.next", show=False),
    ]

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self.page = Reading(around.glyphs)
        self._related: Sequence[Article] = ()
        self._typed: dict[str, str] = {}

    @property
    def article(self) -> Article | None:
        """What is read."""
        return self.page.article

    async def read(self) -> bool:
        """Read it, what is related to it, and in which languages it is."""
        link = self.around.link
        found = await link.found("knowledge.get", article=self.tab.key)
        if found is None:
            return False
        others = await link.call("knowledge.translations", article=found.id) if found.key else []
        self._related = await link.call("knowledge.related", article=found.id, limit=_RELATED)
        self.page.begin(found, others)
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
        keys = [*gives, ("f", "find"), ("t", "outline"), ("+/-", "helped")]
        keys += [("tab", "related")] if self._related else []
        keys += [("e", "edit"), ("y", "copy"), ("Y", "copy link")]
        parts: list[str | tuple[str, str]] = ["  "]
        for key, does in keys:
            parts += [(key, "$primary"), (f" {does}  ", "$text-dim")]
        line, glyphs = Content.assemble(*parts), self.around.glyphs
        self.query_one("#article-keys", Bar).show_plain(lambda w: text.fill(line, w, glyphs))

    def concerns(self, entry: Entry) -> bool:
        """How it fared, and what it says now."""
        return entry.kind.startswith("knowledge.") and entry.payload.get("article") == self.tab.key

    def blocks(self, width: int) -> list[Block]:
        """The article, with what is looked for in it, or its headings."""
        return self.page.blocks(width)

    def _others(self, width: int) -> list[Block]:
        glyphs = self.around.glyphs
        return [
            Block(str(other.id), article_item(other, width, glyphs)[:1], True)
            for other in self._related
        ]

    def opens(self) -> dict[str, AppTab]:
        """What is related to it."""
        return {str(other.id): article_tab(other) for other in self._related}

    def chosen(self, key: str) -> None:
        """A heading, or an article that is related."""
        if not self.page.jump(key, self.listing):
            super().chosen(key)

    def action_give(self, as_link: bool) -> None:
        """Put the article, or a link to it, into the composer."""
        if self.article is not None:
            do_soon(self, self._give(self.article, Form.LINK if as_link else Form.FIT), "give")

    async def _give(self, article: Article, form: Form) -> None:
        given = {"article": article.id, "conversation": self.around.conversation}
        found = await self.around.link.attempt("knowledge.render", **given, form=form.value)
        if isinstance(found, Refusal):
            self.refuse(found)
        else:
            self.post_message(self.Given(self, found.text, article.id))

    def action_copy(self, as_link: bool) -> None:
        """Copy the article, or a link to it; an internal one has no link."""
        article = self.article
        if article is None:
            return
        refusal = why_not_public(article) if as_link else None
        if refusal is not None:
            self.refuse(refusal)
        elif not as_link:
            self.copy(plain(article.body))
        else:
            do_soon(self, self._copy_link(article), "give")

    async def _copy_link(self, article: Article) -> None:
        given = {"article": article.id, "form": Form.LINK.value}
        self.copy((await self.around.link.call("knowledge.render", **given)).text)

    def action_find(self) -> None:
        """Look for words in it."""
        if self.painted:
            if self.page.outlined:
                self.page.turn(self.listing)
            self.query_one(Within).open()

    def action_go_on(self, step: int) -> None:
        """Go to the next place where the words are that were looked for, or to the one before."""
        if self.painted:
            self._or_refused(self.page.again(step, self.listing, self.query_one(Within)))

    def action_outline(self) -> None:
        """Show the headings, or the text again."""
        if self.painted:
            self._or_refused(self.page.turn(self.listing))

    def action_turn_language(self) -> None:
        """Open it in the next of its languages."""
        if self.page.others:
            self.post_message(self.Wanted(self, tab=article_tab(self.page.others[0])))
        elif self.article is not None:
            said = f"{self.article.title} exists in one language only."
            self.refuse(Refusal("article.one_language", said))

    def action_rate(self, helpful: bool) -> None:
        """Say whether it helped; where it did not, why."""
        if self.article is not None:
            do_soon(self, self._rate(self.article, helpful), "ask")

    async def _rate(self, article: Article, helpful: bool) -> None:
        given: dict[str, object] = {"article": article.id, "helpful": helpful}
        if not helpful:
            dialog = dialogs.comment_dialog(article, self.around.glyphs, self._typed)
            comment = await ask(self.app, dialog)
            if comment is None:
                return
            self._typed.clear()
            given["comment"] = comment
        rated = await self.around.link.attempt("knowledge.rate", **given)
        self._or_refused(rated if isinstance(rated, Refusal) else None)
        await self.read_again()

    def action_edit(self) -> None:
        """Edit it."""
        self.post_message(DoCommand("article.edit"))

    def action_retire(self) -> None:
        """Retire it; asks first."""
        if self.article is not None:
            do_soon(self, self._retire(self.article), "ask")

    async def _retire(self, article: Article) -> None:
        if await ask(self.app, dialogs.retire_article_dialog(article, self.around.glyphs)):
            done = await self.around.link.attempt("knowledge.retire", article=article.id)
            if isinstance(done, Refusal):
                self.refuse(done)
            else:
                self.app.notify(f"{article.title} is retired.", markup=False)

    def _or_refused(self, refusal: Refusal | None) -> None:
        if refusal is not None:
            self.refuse(refusal)

    @on(FindLine.Wanted)
    def _find_wanted(self, event: FindLine.Wanted) -> None:
        event.stop()
        self.page.look(event.text, self.listing, self.query_one(Within))

    @on(FindLine.Step)
    def _find_next(self, event: FindLine.Step) -> None:
        event.stop()
        self.page.step(event.step, self.listing, self.query_one(Within))

    @on(FindLine.Closed)
    def _find_over(self, event: FindLine.Closed) -> None:
        event.stop()
        self.page.over(self.listing)
        self.listing.focus()

    @on(BlockList.ChosenNothing)
    def _enter(self, event: BlockList.ChosenNothing) -> None:
        event.stop()
        self.action_give(True)


def article_tab(article: Article) -> AppTab:
    """The tab of an article."""
    return AppTab(AppKind.ARTICLE, article.id, article.title)
