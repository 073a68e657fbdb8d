"""The assist pane: what may help now, the knowledge to search and read, the quick replies.

Whatever is inserted goes into the composer at the cursor and is never sent by itself. Internal
articles can be read and not inserted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.apps.article import article_tab
from omnitui.console.apps.case import case_tab
from omnitui.console.apps.tabs import AppTab
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.assist import (
    article_item,
    article_link,
    article_page,
    assist_keys,
    not_for_customers,
    nothing_listed,
    reply_item,
    similar_rows,
)
from omnitui.console.present.records.article import plain_words
from omnitui.console.present.session import pane_tabs
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.lines import FromWidget
from omnitui.console.widgets.search_input import SearchInput
from omnitui.console.work import do_soon
from omnitui.desk.knowledge import Found, Suggested
from omnitui.desk.sessions import Help
from omnitui.model.case import Case
from omnitui.model.errors import Refusal
from omnitui.model.knowledge import Article, QuickReply
from omnitui.rules.suggesting import telling_words

TABS = (("suggested", "Suggested"), ("knowledge", "Knowledge"), ("replies", "Replies"))


class AssistPane(Vertical):
    """See the module. One tab is shown at a time; an article being read covers its list."""

    DEFAULT_CSS = """
    AssistPane {
        background: $surface-2;

        & > Bar { background: $surface-2; }
        & > #assist-keys { background: $surface-2; }
        & > SearchInput { padding: 0 2; }
        & > #assist-list { margin: 1 0 0 0; }
        & > #assist-reader { display: none; margin: 1 0 0 0; }
        &.-reading > #assist-reader { display: block; }
        &.-reading > #assist-list { display: none; }
        &.-reading > SearchInput { display: none; }
        &.-suggested > SearchInput { display: none; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="assist.back", show=False),
        Binding("i", "insert_text", "Insert its text", id="assist.insert_text", show=False),
        Binding("plus", "rate(True)", "It helped", id="assist.helpful", show=False),
        Binding("minus", "rate(False)", "It did not help", id="assist.unhelpful", show=False),
        Binding("o", "open_tab", "Open the article as a tab", id="assist.open_tab", show=False),
        Binding("left", "turn(-1)", "Previous tab", id="assist.previous", show=False),
        Binding("right", "turn(1)", "Next tab", id="assist.next", show=False),
    ]

    @dataclass(eq=False, repr=False)
    class Insert(FromWidget):
        """This goes into the composer; `labels` are fields in it that are still to be filled.

        `article` is the key of the article that it is from, if it is from one.
        """

        text: str
        labels: tuple[str, ...] = ()
        article: int | None = None

    @dataclass(eq=False, repr=False)
    class Opened(FromWidget):
        """An article or a case is to be opened in a tab."""

        tab: AppTab

    @dataclass(eq=False, repr=False)
    class Left(FromWidget):
        """The agent goes back to the conversation."""

    @dataclass(eq=False, repr=False)
    class Refused(FromWidget):
        """It cannot be done, and why."""

        refusal: Refusal

    def __init__(self, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(id="assist", classes="-suggested")
        self._state = state
        self._glyphs = glyphs
        self._tab = "suggested"
        self._queries = {"knowledge": "", "replies": ""}
        self._suggested: Sequence[Suggested] | None = None
        self._similar: Sequence[Case] = ()
        self._found: list[Found] = []
        self._replies: list[QuickReply] = []
        self._reading: Article | None = None
        self._words: list[str] | None = None

    def compose(self) -> ComposeResult:
        """Tabs, what is looked for, the list or the article, and what keys do."""
        yield Bar(id="assist-tabs")
        yield SearchInput(self._glyphs, id="assist-search")
        yield BlockList(self._glyphs, id="assist-list")
        yield BlockList(self._glyphs, id="assist-reader")
        yield Bar(id="assist-keys")

    def on_mount(self) -> None:
        """Begin with what may help now."""
        self._show_tab()

    @property
    def rows(self) -> BlockList:
        """The list of the tab."""
        return self.query_one("#assist-list", BlockList)

    @property
    def reader(self) -> BlockList:
        """The article."""
        return self.query_one("#assist-reader", BlockList)

    @property
    def search(self) -> SearchInput:
        """What is looked for."""
        return self.query_one(SearchInput)

    @property
    def tab(self) -> str:
        """The tab that is shown."""
        return self._tab

    @property
    def reading(self) -> Article | None:
        """The article that is read."""
        return self._reading

    def focus_inside(self) -> None:
        """Take the keys, where they were last."""
        if self._reading is not None:
            self.reader.focus()
        else:
            (self.rows if self._tab == "suggested" else self.search).focus()

    def open(self, tab: str, query: str | None = None) -> None:
        """Show a tab and give it the keys."""
        self.close_article()
        if tab != self._tab:
            self._tab = tab
            self._show_tab()
        if query is not None and tab in self._queries:
            self.search.value = query
        self.focus_inside()

    async def suggest(self) -> None:
        """Look again for what may help, if the customer has said something else by now."""
        item = self._state.conversation
        words = telling_words(self._state.messages, f"{item.name} {item.agent_name}")
        if words == self._words:
            return
        self._words = words
        linked = None if self._state.case is None else self._state.case.id
        found: Help = await self._state.link.call("session.help", words=words, but=linked)
        self._suggested, self._similar = found.articles, found.cases
        self._show_tabs()
        if self._tab == "suggested":
            self.rows.show(self._blocks)

    async def read(self, article: int) -> None:
        """Open an article."""
        self._reading = await self._state.link.call("knowledge.get", article=article)
        self.add_class("-reading")
        self.reader.show(self._page, from_top=True)
        self.reader.focus()
        self._show_keys()

    def close_article(self) -> None:
        """Go back to the list."""
        if self._reading is not None:
            self._reading = None
            self.remove_class("-reading")
            self._show_keys()
            self.rows.focus()

    def action_back(self) -> None:
        """From an article to its list, from the list to the conversation."""
        if self._reading is not None:
            self.close_article()
        else:
            self.post_message(self.Left(self))

    def action_turn(self, step: int) -> None:
        """Go to another tab."""
        if self._reading is None:
            names = [key for key, _label in TABS]
            self.open(names[(names.index(self._tab) + step) % len(names)])

    def action_insert_text(self) -> None:
        """Put the article's text into the composer."""
        self._insert(as_link=False)

    def action_open_tab(self) -> None:
        """Open the article that is read, or under the cursor, in a tab."""
        key = self.rows.cursor_key
        known = [*(s.article for s in self._suggested or ()), *(f.article for f in self._found)]
        found = self._reading or next((a for a in known if str(a.id) == key), None)
        if found is not None and self._tab != "replies":
            self.post_message(self.Opened(self, article_tab(found)))
        elif not key.isdigit():
            self._choose(key)

    def action_rate(self, helpful: bool) -> None:
        """Say whether the article helped; those that do come first."""
        if self._reading is not None:
            do_soon(self, self._rate(self._reading, helpful), "assist-rate")

    async def _rate(self, article: Article, helpful: bool) -> None:
        rated = await self._state.link.attempt(
            "knowledge.rate", article=article.id, helpful=helpful
        )
        if isinstance(rated, Refusal):
            self.post_message(self.Refused(self, rated))
        elif self._reading is not None and self._reading.id == article.id:
            self._reading = rated
            self.reader.lay_out()

    def _insert(self, *, as_link: bool) -> None:
        article = self._reading
        if article is None:
            return
        if not article.public:
            self.post_message(self.Refused(self, not_for_customers(article)))
            return
        said = article_link(article) if as_link else plain_words(article)
        self.post_message(self.Insert(self, said, article=article.id))

    def _show_tab(self) -> None:
        for key, _label in TABS:
            self.set_class(key == self._tab, f"-{key}")
        self._show_tabs()
        self._show_keys()
        self.rows.show(self._blocks, from_top=True)
        if self._tab in self._queries:
            self.search.placeholder = (
                "Search the knowledge" if self._tab == "knowledge" else "Key, title, #tag or words"
            )
            with self.prevent(Input.Changed):
                self.search.value = self._queries[self._tab]
            self._look()

    def _show_tabs(self) -> None:
        count = len(self._suggested or ())
        tabs = [(key, label, count if key == "suggested" else 0) for key, label in TABS]
        self.query_one("#assist-tabs", Bar).show(
            lambda width: pane_tabs(
                tabs, self._tab, width, self._glyphs, active=self.has_focus_within
            )
        )

    def _show_keys(self) -> None:
        keys = self.query_one("#assist-keys", Bar)
        pairs = assist_keys(self._tab, self._reading)
        parts: list[str | tuple[str, str]] = [" "]
        for key, does in pairs:
            parts += [(key, "$primary"), (f" {does}  ", "$text-dim")]
        line = Content.assemble(*parts)
        keys.show_plain(lambda width: text.fill(line, width, self._glyphs))

    def _look(self) -> None:
        do_soon(self, self._search(), "assist-search", exclusive=True)

    async def _search(self) -> None:
        tab = self._tab
        query = self._queries[tab]
        if tab == "knowledge":
            self._found = await self._state.link.call("knowledge.search", query=query, limit=20)
        else:
            self._replies = await self._state.link.call(
                "reply.search", query=query, language=self._language, limit=50
            )
        if tab == self._tab:
            self.rows.show(self._blocks, from_top=True)

    @property
    def _language(self) -> str:
        customer = self._state.customer
        return "" if customer is None else customer.language

    def _blocks(self, width: int) -> list[Block]:
        glyphs = self._glyphs
        items: list[tuple[int, list[Content]]]
        if self._tab == "suggested":
            items = [
                (s.article.id, article_item(s.article, width, glyphs, because=s.because))
                for s in self._suggested or ()
            ]
        elif self._tab == "knowledge":
            items = [
                (f.article.id, article_item(f.article, width, glyphs, passage=f.snippet))
                for f in self._found
            ]
        else:
            items = [
                (r.id, reply_item(r, width, glyphs, language=self._language)) for r in self._replies
            ]
        asked = self._tab != "suggested" or self._suggested is not None
        blocks = [] if items else [Block("", nothing_listed(self._tab if asked else "", width))]
        for key, lines in items:
            blocks += [Block(str(key), lines, True), Block(f"gap:{key}", [Content("")])]
        if self._tab == "suggested":
            rows = similar_rows(self._similar, width, self._glyphs)
            blocks += [Block(key, lines, key != "similar") for key, lines in rows]
        return blocks

    def _page(self, width: int) -> list[Block]:
        if self._reading is None:
            return []
        return [Block("page", article_page(self._reading, width, self._glyphs))]

    @on(Bar.Pressed, "#assist-tabs")
    def _tab_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        self.open(event.key)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._queries.get(self._tab, event.value) != event.value:
            self._queries[self._tab] = event.value
            self._look()

    @on(SearchInput.Moved)
    def _move(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.rows.focus()
        if event.step > 1:
            self.rows.action_page(1)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose(self.rows.cursor_key)

    @on(BlockList.Chosen, "#assist-list")
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self._choose(event.key)

    @on(BlockList.ChosenNothing, "#assist-reader")
    def _enter_in_article(self, event: BlockList.ChosenNothing) -> None:
        event.stop()
        self._insert(as_link=True)

    def _choose(self, key: str) -> None:
        case = next((case for case in self._similar if f"case:{case.id}" == key), None)
        if case is not None:
            self.post_message(self.Opened(self, case_tab(case)))
        if not key.isdigit():
            return
        if self._tab == "replies":
            reply = next((r for r in self._replies if r.id == int(key)), None)
            if reply is not None:
                do_soon(self, self._use(reply), "assist-use")
        else:
            do_soon(self, self.read(int(key)), "assist-read", exclusive=True)

    async def _use(self, reply: QuickReply) -> None:
        conversation = self._state.conversation_id
        filled = await self._state.link.call(
            "reply.render", reply=reply.id, conversation=conversation
        )
        labels = tuple(filled.text[p.start : p.end] for p in filled.prompts)
        self.post_message(self.Insert(self, filled.text, labels))
        await self._state.link.attempt("reply.use", reply=reply.id, conversation=conversation)
