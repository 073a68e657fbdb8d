"""The lines around Home's list: its tabs, the filter and what it can become, what is marked."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal

from omnitui.console.glyphs import Glyphs
from omnitui.console.home.filter_line import FilterLine
from omnitui.console.home.rows import HomeList
from omnitui.console.present.home import triage
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.errors import Refusal


class HomeTop(Horizontal):
    """The lists' tabs, and the filter while there is one or it is being typed."""

    DEFAULT_CSS = """
    HomeTop {
        height: 1;
        & #home-streams { width: 1fr; }
        & #home-filter { width: 56; height: 1; display: none; }
        & #home-filter.-used { display: block; }
        & #home-filter-label { width: 8; color: $text-dim; }
        & #home-filter-label.-wrong { color: $danger; }
        &.-slim #home-filter { width: 46; }
    }
    """

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="home-top")
        self._glyphs = glyphs
        self._streams = Bar(id="home-streams")
        self._label = PlainStatic("filter:", id="home-filter-label")
        self._filter = Horizontal(id="home-filter")
        self.line = FilterLine()

    def compose(self) -> ComposeResult:
        """Tabs and filter."""
        yield self._streams
        with self._filter:
            yield self._label
            yield self.line

    def show_tabs(self, tabs: Sequence[triage.ListTab], chosen: str) -> None:
        """Show these tabs."""
        self._streams.show(lambda width: triage.list_tabs(tabs, chosen, width, self._glyphs))

    def begin(self) -> None:
        """Give the keys to the filter."""
        self._filter.add_class("-used")
        self.line.focus()
        self.line.cursor_position = len(self.line.value)

    def settle(self, mistake: Refusal | None) -> None:
        """Show the filter while it is used, and whether it is wrong."""
        used = self.line.has_focus or bool(self.line.value.strip())
        self._filter.set_class(used, "-used")
        self._label.set_class(mistake is not None, "-wrong")


class FilterHint(Bar):
    """Under the filter while it is typed: what the last word can become, or what is wrong."""

    DEFAULT_CSS = """
    FilterHint { display: none; }
    FilterHint.-said { display: block; }
    """

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__(id="home-hint")
        self._glyphs = glyphs

    def tell(self, line: FilterLine, mistake: Refusal | None) -> None:
        """Say it."""
        typing, glyphs = line.has_focus, self._glyphs
        self.set_class(typing or mistake is not None, "-said")
        if mistake is not None:
            said, hint = mistake.message, mistake.hint
            self.show_plain(lambda width: triage.mistake_line(said, hint, width, glyphs))
        elif typing:
            found, begun = line.choices, line.completion is not None
            self.show_plain(lambda width: triage.choice_line(found, begun, width, glyphs))
        self.call_after_refresh(self.update_line)


class StandingLine(Bar):
    """Under the list: what was just done or is marked, the order, the place in the list."""

    DEFAULT_CSS = """
    StandingLine { background: $surface-2; }
    """

    def __init__(self, listed: HomeList, glyphs: Glyphs) -> None:
        super().__init__(id="home-standing")
        self._list = listed
        self._glyphs = glyphs
        self._said, self._warned = "", False
        self.count = 0
        """How many there are in the list, of which it may hold the first."""
        self._marks: frozenset[int] = frozenset()

    def say(self, sentence: str, *, warned: bool = False) -> None:
        """Say what was just done; it stays until other rows are marked or something else is."""
        self._said, self._warned, self._marks = sentence, warned, self._list.state.marks
        self.tell()

    def unsay(self, sentence: str, fact: str) -> None:
        """A sentence is not so any more: only `fact` is left of it."""
        if self._said == sentence:
            self._said = fact
            self.tell()

    def tell(self) -> None:
        """Draw it as things stand."""
        sort, listed = self._list.sort, self._list.state
        standing = triage.Standing(
            place=listed.cursor + 1,
            count=max(len(listed), self.count) if len(listed) else 0,
            marked=len(listed.marks),
            marked_elsewhere=listed.marked_elsewhere,
            sort=sort,
            said=self._said if self._marks == listed.marks else "",
            warned=self._warned,
        )
        self.show_plain(lambda width: triage.standing_line(standing, width, self._glyphs))
