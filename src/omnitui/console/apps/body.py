"""What every application tab is to the session it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.containers import VerticalScroll

from omnitui.console.apps.tabs import AppTab, AppTabs
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.widgets.lines import FromWidget
from omnitui.model.case import Case
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.search import Hit

if TYPE_CHECKING:
    from omnitui.console.apps.form import RecordForm


class Around(Struct, frozen=True):
    """What a tab is given: the desk, its session's tabs, how things look and which time it is."""

    link: Link
    tabs: AppTabs
    glyphs: Glyphs
    tz: tzinfo


class AppBody(VerticalScroll, can_focus=True):
    """A tab's content. Subclasses read in `load`, and again in `refresh_from`."""

    DEFAULT_CSS = """
    AppBody {
        background: $surface-1;
        padding: 1 1 0 1;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        scrollbar-background: $surface-1;
        scrollbar-background-hover: $surface-1;
        scrollbar-background-active: $surface-1;
        & > .app-head { height: auto; margin: 0 0 0 2; }
        & BlockList { height: auto; background: $surface-1; }
    }
    """

    case: Case | None = None
    """The case it shows, None where it shows none, or not yet."""

    @dataclass(eq=False, repr=False)
    class Wanted(FromWidget):
        """Something is to be opened: a tab, a conversation as a session, or what was found."""

        tab: AppTab | None = None
        conversation: int | None = None
        hit: Hit | None = None

    @dataclass(eq=False, repr=False)
    class Given(FromWidget):
        """This goes into the composer, if there is one; `article` is what it was taken from."""

        text: str
        article: int

    @dataclass(eq=False, repr=False)
    class Retitled(FromWidget):
        """What the tabs say, or whether something is not saved, has changed."""

    @dataclass(eq=False, repr=False)
    class Read(FromWidget):
        """What it shows has been read: whose it is, is known now."""

    @dataclass(eq=False, repr=False)
    class Refused(FromWidget):
        """The desk said no to something that was done here."""

        refusal: Refusal

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(id=f"app-{tab.name}")
        self.tab = tab
        self.around = around

    @property
    def form(self) -> "RecordForm | None":
        """The fields, None where there are none, or not yet."""
        from omnitui.console.apps.form import RecordForm

        return next(iter(self.query(RecordForm)), None)

    @property
    def customer_id(self) -> int | None:
        """Whose record it is; None where it is nobody's."""
        return None

    @property
    def whose(self) -> str:
        """The name of whose record it is; empty where it is nobody's, or not read yet."""
        return ""

    @property
    def people(self) -> frozenset[int]:
        """The customers whose record it may be taken for."""
        return frozenset(() if self.customer_id is None else (self.customer_id,))

    async def load(self) -> None:
        """Read and show it. A record that is gone is said in its place."""

    def look_for(self, words: str) -> None:
        """Show what holds these words."""

    async def refresh_from(self, entries: Sequence[Entry]) -> None:
        """Read again what the entries may have changed."""

    def tick(self) -> None:
        """Bring the times up to date."""

    def focus_inside(self) -> None:
        """Take the keys."""
        self.focus()
