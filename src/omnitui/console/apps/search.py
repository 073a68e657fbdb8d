"""A search in a tab: what was found is kept beside the conversation, and can be looked for anew."""

from typing import Any, ClassVar
from zlib import crc32

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.present.records.found import INVITATION, KINDS
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.fields import Choice, Line
from omnitui.console.widgets.found_list import FoundList
from omnitui.console.work import do_soon

_ALL = "all"


class SearchTab(AppBody):
    """See the module. Its tab's words are the kind that is looked for, and what was typed."""

    DEFAULT_CSS = """
    SearchTab {
        overflow-y: hidden;
        padding: 1 0 0 1;
        & > #found-words { margin: 0 1 0 1; }
        & > #found-kind { margin: 1 1; }
        & > BlockList { height: 1fr; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field", show=False),
    ]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._painted = False

    async def load(self) -> None:
        """Look for what is to be found."""
        kind, typed = words_of(self.tab)
        around = self.around
        await self.mount(
            Line(typed, placeholder=INVITATION, id="found-words", max_length=200),
            Choice(KINDS, kind, around.glyphs, id="found-kind"),
            FoundList(around.link, around.glyphs, around.tz),
        )
        self._painted = True
        await self.found.look(typed, kind)
        if self.has_focus:
            self.found.focus()

    @property
    def found(self) -> FoundList:
        """What was found."""
        return self.query_one(FoundList)

    def focus_inside(self) -> None:
        """Take the keys: what was found."""
        (self.found if self._painted else self).focus()

    def on_focus(self) -> None:
        """The keys come to the tab as a whole: they are for what was found."""
        self.focus_inside()

    def look_for(self, words: str) -> None:
        """Look for the same again after something else was."""
        if self._painted:
            kind, typed = _parted(words)
            self.query_one(Line).value = typed
            self.query_one(Choice).set_value(kind)
            do_soon(self, self.found.look(typed, kind), "search", exclusive=True)

    def tick(self) -> None:
        """Bring the times up to date."""
        if self._painted:
            self.found.lay_out()

    @on(Choice.Changed)
    @on(Input.Changed)
    def _other(self, event: Choice.Changed | Input.Changed) -> None:
        event.stop()
        kind, typed = self.query_one(Choice).value, self.query_one(Line).value
        if (kind, typed) == words_of(self.around.tabs.find(self.tab.name) or self.tab):
            return
        anew = search_tab(typed, kind)
        self.around.tabs.narrow(self.tab.name, anew.words)
        self.around.tabs.retitle(self.tab.name, anew.title)
        self.post_message(self.Retitled(self))
        do_soon(self, self.found.look(typed, kind), "search", exclusive=True)

    @on(Input.Submitted)
    def _to_list(self, event: Input.Submitted) -> None:
        event.stop()
        self.found.focus()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        if self.found.hit is not None:
            self.post_message(self.Wanted(self, hit=self.found.hit))


def words_of(tab: AppTab) -> tuple[str, str]:
    """The kind (empty for all) and the words of a search that is kept."""
    return _parted(tab.words)


def _parted(words: str) -> tuple[str, str]:
    kind, _, typed = words.partition(" ")
    return ("" if kind == _ALL else kind), typed


def search_tab(typed: str, kind: str) -> AppTab:
    """The tab of a search."""
    words = f"{kind or _ALL} {typed}"
    return AppTab(AppKind.SEARCH, crc32(words.encode()), f"Search: {typed}", words)
