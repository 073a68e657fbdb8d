"""A search in a tab: what was found is kept beside the conversation, and can be looked for anew."""

from collections.abc import Iterable
from typing import ClassVar
from zlib import crc32

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from omnitui.console.apps.body import ListBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.dialogs.found_list import FoundList
from omnitui.console.present.records.found import INVITATION, KINDS
from omnitui.console.widgets.fields import Choice, Line
from omnitui.console.work import do_soon
from omnitui.model.journal import Entry

_ALL = "all"


class SearchTab(ListBody):
    """See the module. Its tab's words are the kind that is looked for, and what was typed."""

    DEFAULT_CSS = """
    SearchTab {
        & > #found-words { margin: 0 1 0 1; }
        & > #found-kind { margin: 1 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field", show=False),
    ]

    async def read(self) -> bool:
        """There is nothing to read before what to look for is there."""
        return True

    def fresh_parts(self) -> Iterable[Widget]:
        """What is looked for, of which kind, and what was found."""
        kind, typed = words_of(self.tab)
        around = self.around
        yield Line(typed, placeholder=INVITATION, id="found-words", max_length=200)
        yield Choice(KINDS, kind, around.glyphs, id="found-kind")
        yield FoundList(around.link, around.glyphs, around.tz)

    async def begin(self) -> None:
        """Look for what is to be found."""
        kind, typed = words_of(self.tab)
        await self.found.look(typed, kind)

    def concerns(self, entry: Entry) -> bool:
        """What was found stays as it is."""
        return False

    @property
    def found(self) -> FoundList:
        """What was found."""
        return self.query_one(FoundList)

    def look_for(self, words: str) -> None:
        """Look for the same again after something else was."""
        if self.painted:
            kind, typed = _parted(words)
            self.query_one(Line).value = typed
            self.query_one(Choice).set_value(kind)
            do_soon(self, self.found.look(typed, kind), "search", exclusive=True)

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

    def chosen(self, key: str) -> None:
        """Open what was found."""
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
