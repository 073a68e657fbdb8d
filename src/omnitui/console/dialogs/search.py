"""One search over everything, as you type: kinds in groups, Enter opens what it is on."""

from datetime import tzinfo
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.found_list import FoundList
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.records.found import INVITATION, KINDS
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.fields import Choice
from omnitui.console.widgets.search_input import SearchInput
from omnitui.console.work import do_soon
from omnitui.model.search import Hit


class Kept(Struct, frozen=True):
    """What was looked for is to be kept as a tab; `kind` empty for all kinds."""

    typed: str
    kind: str


class SearchDialog(Dialog[Hit | Kept]):
    """Answers with the hit that was chosen, or with a search to be kept.

    `typed` keeps what was looked for.
    """

    DEFAULT_CSS = """
    SearchDialog {
        align: center top;
        & > #dialog { width: 100; height: 26; max-height: 92%; margin: 2 0 0 0; }
        & #dialog > SearchInput { background: $surface-1; }
        & #dialog > #kind { background: $surface-3; margin: 1 0 0 0; }
        & #dialog > #kind:focus { background: $cursor-surface; }
        & #dialog > #hits { height: 1fr; max-height: 100%; }
    }
    """

    keys = (
        ("enter", "open"),
        ("tab, left/right", "one kind"),
        ("^t", "keep as a tab"),
        ("esc", "close"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "keep", "Keep as a tab", id="search.keep", show=False, priority=True),
    ]

    def __init__(
        self, link: Link, glyphs: Glyphs, tz: tzinfo, typed: dict[str, str] | None = None
    ) -> None:
        super().__init__("Search everything", "", glyphs, typed)
        self._link = link
        self._tz = tz
        self._chosen_early = False

    def fields(self) -> ComposeResult:
        """What is looked for, and what was found."""
        field = SearchInput(self._glyphs, placeholder=INVITATION, id="search")
        field.value = self.typed.get("search", "")
        yield field
        yield Choice(KINDS, self.typed.get("kind", ""), self._glyphs, id="kind")
        yield FoundList(self._link, self._glyphs, self._tz)

    def on_mount(self) -> None:
        """Look for what was typed the last time; typing something else replaces it."""
        super().on_mount()
        self.query_one(SearchInput).action_select_all()

    @property
    def found(self) -> FoundList:
        """What was found."""
        return self.query_one(FoundList)

    @on(Input.Changed, "#search")
    def _changed(self) -> None:
        self._look()

    @on(Choice.Changed)
    def _other_kind(self, event: Choice.Changed) -> None:
        event.stop()
        self.typed["kind"] = event.value
        self._look()

    def _look(self) -> None:
        self._chosen_early = False
        do_soon(self, self._look_for(), "search", exclusive=True)

    async def _look_for(self) -> None:
        await self.found.look(self.query_one(SearchInput).value, self.query_one(Choice).value)
        if self._chosen_early:
            self.action_accept()

    @on(SearchInput.Moved)
    def _move(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.found.focus()
        self.found.action_move(1)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with what is under the cursor, once it is what was looked for."""
        self._chosen_early = self.found.looking
        if not self._chosen_early and self.found.hit is not None:
            self.dismiss(self.found.hit)

    def action_keep(self) -> None:
        """Keep what is looked for as a tab."""
        typed = self.value("search")
        if typed:
            self.dismiss(Kept(typed, self.query_one(Choice).value))
        else:
            self.wrong("Say first what is looked for.")
