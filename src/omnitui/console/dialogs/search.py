"""One search over everything, as you type: kinds in groups, Enter opens what it is on."""

from datetime import tzinfo
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.found_list import FoundList
from omnitui.console.dialogs.pick import Pick
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.records.found import INVITATION, KINDS
from omnitui.console.widgets.fields import Choice
from omnitui.console.work import do_soon
from omnitui.model.search import Hit


class Kept(Struct, frozen=True):
    """What was looked for is to be kept as a tab; `kind` empty for all kinds."""

    typed: str
    kind: str


class SearchDialog(Pick[Hit | Kept]):
    """Answers with the hit that was chosen, or with a search to be kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "keep", "Keep as a tab", id="search.keep", show=False, priority=True)
    ]
    keys = (
        ("enter", "open"),
        ("tab, left/right", "one kind"),
        ("^t", "keep as a tab"),
        ("esc", "close"),
    )
    find_hint = INVITATION
    find_id = "search"
    width, height = 100, 26
    at_top = True

    def __init__(
        self, link: Link, glyphs: Glyphs, tz: tzinfo, typed: dict[str, str] | None = None
    ) -> None:
        super().__init__("Search everything", "", glyphs, typed)
        self._link = link
        self._tz = tz
        self._chosen_early = False

    def fields(self) -> ComposeResult:
        line, listed = super().fields()
        kinds = Choice(KINDS, self.typed.get("kind", ""), self._glyphs, id="kind")
        kinds.styles.margin = (1, 0, 0, 0)
        yield from (line, kinds, listed)

    def make_list(self) -> FoundList:
        return FoundList(self._link, self._glyphs, self._tz)

    @property
    def hits(self) -> FoundList:
        """What was found."""
        return self.query_one(FoundList)

    def begin(self) -> None:
        line = self.query_one("#search", Input)
        line.value = self.typed.get("search", "")
        line.action_select_all()

    def changed(self, key: str) -> None:
        if key in ("search", "kind"):
            self._chosen_early = False
            do_soon(self, self._look_for(), "search", exclusive=True)

    async def _look_for(self) -> None:
        await self.hits.look(self.query_one("#search", Input).value, self.value("kind"))
        if self._chosen_early:
            self.action_accept()

    def accept(self, values: Values) -> None:
        self._chosen_early = self.hits.looking
        if not self._chosen_early and self.hits.hit is not None:
            self.dismiss(self.hits.hit)

    def action_keep(self) -> None:
        """Keep what is looked for as a tab."""
        typed = self.value("search")
        if typed:
            self.dismiss(Kept(typed, self.value("kind")))
        else:
            self.wrong("Type a search first.")
