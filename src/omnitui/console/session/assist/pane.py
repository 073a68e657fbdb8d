"""The assist pane: one tab in front, its list, and the article that is read over it.

Each tab is a module beside this one; a new one is named in `TABS`. Whatever is inserted goes into
the composer at the cursor and is never sent by itself.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.apps.reading import Within
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.session import pane_tabs
from omnitui.console.session.assist.knowledge import KnowledgeTab
from omnitui.console.session.assist.reader import Reader
from omnitui.console.session.assist.replies import RepliesTab
from omnitui.console.session.assist.script import ScriptTab
from omnitui.console.session.assist.suggested import SuggestedTab
from omnitui.console.session.assist.tab import (
    AssistTab,
    Holder,
    Left,
    bindings_of,
)
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.search_input import FindLine, SearchInput
from omnitui.console.work import do_soon
from omnitui.model.knowledge import Article

TABS: tuple[type[AssistTab], ...] = (SuggestedTab, KnowledgeTab, RepliesTab, ScriptTab)


class AssistPane(Holder):
    """See the module."""

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
        &.-unsearched > SearchInput { display: none; }
        layers: base popup;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="assist.back", show=False),
        *bindings_of(Reader.acts, *(tab.acts for tab in TABS)),
        Binding("left", "turn(-1)", "Previous tab", id="assist.previous", show=False),
        Binding("right", "turn(1)", "Next tab", id="assist.next", show=False),
    ]

    def __init__(self, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(id="assist", classes="-unsearched")
        self._glyphs = glyphs
        self.suggested = SuggestedTab(self, state, glyphs)
        self.script = ScriptTab(self, state, glyphs)
        apart = {tab.key: tab for tab in (self.suggested, self.script)}
        self._tabs: dict[str, AssistTab] = {
            tab.key: apart.get(tab.key) or tab(self, state, glyphs) for tab in TABS
        }
        self._front: AssistTab = self.suggested
        self._reader = Reader(
            self,
            state,
            glyphs,
            lambda: self.reader,
            lambda: self.query_one(Within),
            self._show_keys,
        )

    def compose(self) -> ComposeResult:
        """Tabs, what is looked for, the list or the article, and what keys do."""
        yield Bar(id="assist-tabs")
        yield SearchInput(self._glyphs, id="assist-search")
        yield BlockList(self._glyphs, id="assist-list")
        yield BlockList(self._glyphs, id="assist-reader")
        yield Bar(id="assist-keys")
        yield Within(self._glyphs)

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
        return self.query_one("#assist-search", SearchInput)

    @property
    def tab(self) -> str:
        """The tab that is shown."""
        return self._front.key

    @property
    def reading(self) -> Article | None:
        """The article that is read."""
        return self._reader.article

    @property
    def cursor_key(self) -> str:
        """See `Holder`."""
        return self.rows.cursor_key

    def focus_inside(self) -> None:
        """Take the keys, where they were last."""
        if self.reading is not None:
            self.reader.focus()
        else:
            (self.search if self._front.search else self.rows).focus()

    def open(self, tab: str, query: str | None = None, *, focus: bool = True) -> None:
        """Show a tab and give it the keys, unless without `focus`."""
        self.close_article(focus=focus)
        if tab != self.tab:
            self._front = self._tabs[tab]
            self._show_tab()
        if query is not None and self._front.search:
            self.search.value = query
        if focus:
            self.focus_inside()

    async def take_in(self) -> None:
        """Something has happened in the conversation: let each tab look at it."""
        for tab in self._tabs.values():
            await tab.take_in()

    async def read(self, article: int) -> None:
        """Open an article."""
        await self._reader.read(article)
        self.add_class("-reading")
        self.reader.show(self._reader.blocks, from_top=True)
        self.reader.focus()
        self._show_keys()

    def close_article(self, *, focus: bool = True) -> None:
        """Go back to the list, which takes the keys unless without `focus`."""
        if self.reading is not None:
            self.query_one(Within).remove_class("-open")
            self._reader.close()
            self.remove_class("-reading")
            self._show_keys()
            if focus:
                self.rows.focus()

    def list_again(self, tab: AssistTab, *, from_top: bool = False, cursor: str = "") -> None:
        """See `Holder`."""
        self._show_tabs()
        if tab is self._front:
            self.rows.show(tab.blocks, from_top=from_top)
            if cursor:
                self.rows.move_to(cursor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key counts: what the tab in front, or the article that is read, can do."""
        return action != "act" or parameters[0] in [act.name for act in self._acting.acts]

    def action_act(self, name: str) -> None:
        """Do what a key does in the tab in front, or in the article that is read."""
        getattr(self._acting, name)()

    @property
    def _acting(self) -> AssistTab | Reader:
        return self._front if self.reading is None else self._reader

    def action_back(self) -> None:
        """From an article to its list, from the list to the conversation."""
        if self._reader.page.outlined and self.reading is not None:
            self._reader.outline()
        elif self.reading is not None:
            self.close_article()
        else:
            self._front.left()
            self.post_message(Left(self))

    def action_turn(self, step: int) -> None:
        """Go to another tab."""
        if self.reading is None:
            self._front.left()
            names = [*self._tabs]
            self.open(names[(names.index(self.tab) + step) % len(names)])

    def _show_tab(self) -> None:
        front = self._front
        self.set_class(not front.search, "-unsearched")
        self._show_tabs()
        self._show_keys()
        self.rows.show(front.blocks, from_top=True)
        if front.search:
            self.search.placeholder = front.search
            with self.prevent(Input.Changed):
                self.search.value = front.query
        self._look()

    def _show_tabs(self) -> None:
        tabs = [(tab.key, tab.label, tab.count) for tab in self._tabs.values()]
        self.query_one("#assist-tabs", Bar).show(
            lambda width: pane_tabs(
                tabs, self.tab, width, self._glyphs, active=self.has_focus_within
            )
        )

    def _show_keys(self) -> None:
        parts: list[str | tuple[str, str]] = [" "]
        for key, does in self._acting.hints:
            parts += [(key, "$primary"), (f" {does}  ", "$text-dim")]
        line = Content.assemble(*parts)
        self.query_one("#assist-keys", Bar).show_plain(
            lambda width: text.fill(line, width, self._glyphs)
        )

    def _look(self) -> None:
        do_soon(self, self._front.look(), "assist-search", exclusive=True)

    @on(Bar.Pressed, "#assist-tabs")
    def _tab_pressed(self, event: Bar.Pressed) -> None:
        event.stop()
        self.open(event.key)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._front.search and self._front.query != event.value:
            self._front.query = event.value
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
        self._front.choose(self.rows.cursor_key)

    @on(BlockList.Highlighted, "#assist-list")
    def _moved(self, event: BlockList.Highlighted) -> None:
        event.stop()
        self._front.moved(event.key)

    @on(BlockList.Chosen, "#assist-list")
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self._front.choose(event.key)

    @on(BlockList.Chosen, "#assist-reader")
    def _chosen_in_article(self, event: BlockList.Chosen) -> None:
        event.stop()
        self._reader.chosen(event.key)

    @on(FindLine.Wanted)
    def _find_wanted(self, event: FindLine.Wanted) -> None:
        event.stop()
        self._reader.page.look(event.text, self.reader, self.query_one(Within))

    @on(FindLine.Step)
    def _find_step(self, event: FindLine.Step) -> None:
        event.stop()
        self._reader.page.step(event.step, self.reader, self.query_one(Within))

    @on(FindLine.Closed)
    def _find_over(self, event: FindLine.Closed) -> None:
        event.stop()
        self._reader.page.over(self.reader)
        self.reader.focus()

    @on(BlockList.ChosenNothing, "#assist-reader")
    def _enter_in_article(self, event: BlockList.ChosenNothing) -> None:
        event.stop()
        self._reader.insert_link()
