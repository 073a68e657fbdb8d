"""What every application tab has in common: it reads, draws a line about itself and a list.

A kind of tab says how it is read, what its blocks are, what they open and which entries of the
journal concern it. Those with fields stand on `record.RecordBody`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from omnitui.console.apps import form as forms
from omnitui.console.apps.tabs import AppTab, AppTabs
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.link import Link
from omnitui.console.present.records.beside import heading, paragraph
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.lines import FromWidget, same
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.case import Case
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.search import Hit


class Around(Struct, frozen=True):
    """What a tab is given: the desk, its session's tabs, how things look and which time it is."""

    link: Link
    tabs: AppTabs
    glyphs: Glyphs
    tz: tzinfo
    conversation: int | None = None
    """The conversation that it stands beside."""

    @property
    def look(self) -> tuple[int, tzinfo, Glyphs]:
        """What presenters ask for: the time now (epoch ms), the zone it is told in, the glyphs."""
        return self.link.now(), self.tz, self.glyphs


class AppBody(VerticalScroll, can_focus=True):
    """See the module. `what` is the kind of record, in sentences and in the desk's commands."""

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

    what: ClassVar[str]

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
        self.customer: Customer | None = None
        """Whose record it is, as it was read last; who they have become part of, if anybody."""
        self.painted = False
        """Whether there is something to see."""
        self._head = Content("")

    @property
    def form(self) -> "forms.RecordForm | None":
        """The fields, None where there are none, or not yet."""
        return next(iter(self.query(forms.RecordForm)), None)

    @property
    def listing(self) -> BlockList:
        """Its list, once it is painted."""
        return self.query_one(BlockList)

    @property
    def customer_id(self) -> int | None:
        """Whose record it is; None where it is nobody's, or not read yet."""
        return None

    @property
    def whose(self) -> str:
        """The name of whose record it is; empty where it is nobody's, or not read yet."""
        return "" if self.customer is None else self.customer.name

    @property
    def people(self) -> frozenset[int]:
        """The customers whose record it may be taken for."""
        keys = (self.customer_id, None if self.customer is None else self.customer.id)
        return frozenset(key for key in keys if key is not None)

    async def read(self) -> bool:
        """Read the record and what belongs to it; False when it is gone."""
        raise NotImplementedError

    def concerns(self, entry: Entry) -> bool:
        """Whether an entry can change what is shown."""
        raise NotImplementedError

    def head(self) -> Content:
        """The line about it; empty where it has none."""
        return Content("")

    def fresh_parts(self) -> Iterable[Widget]:
        """What it consists of, from the top."""
        self._head = self.head()
        blocks = BlockList(self.around.glyphs, self.blocks)
        return PlainStatic(self._head, classes="app-head"), blocks

    def blocks(self, width: int) -> Sequence[Block]:
        """What its list shows."""
        raise NotImplementedError

    def opens(self) -> Mapping[str, AppTab]:
        """The tabs that blocks open, by their keys."""
        return {}

    def chosen(self, key: str) -> None:
        """A block was chosen."""
        if (tab := self.opens().get(key)) is not None:
            self.post_message(self.Wanted(self, tab=tab))

    async def load(self) -> None:
        """Read and show it. A record that is gone is said in its place."""
        if not await self.read():
            gone = f"This {self.what} was deleted. {key_for('tab.close')} closes the tab."
            await self.mount(PlainStatic(gone, classes="app-head"))
            return
        await self.mount(*self.fresh_parts())
        self.painted = True
        self.post_message(self.Read(self))
        await self.begin()

    async def begin(self) -> None:
        """What there is to do once it is painted."""

    async def refresh_from(self, entries: Sequence[Entry]) -> None:
        """Read again what the entries may have changed."""
        if self.painted and any(self.concerns(entry) for entry in entries):
            await self.read_again()

    async def read_again(self) -> None:
        """Read it and show what has changed."""
        if self.painted and await self.read():
            await self.take_in()

    async def take_in(self) -> None:
        """Show what was read."""
        self.lay_out()

    def tick(self) -> None:
        """Bring the times up to date."""
        if self.painted:
            self.lay_out()

    def lay_out(self) -> None:
        """Draw again what looks different by now."""
        head = self.head()
        if not same(head, self._head):
            self._head = head
            self.query_one(".app-head", PlainStatic).update(head)
        for blocks in self.query(BlockList):
            blocks.lay_out()

    def look_for(self, words: str) -> None:
        """Show what holds these words."""

    def focus_inside(self) -> None:
        """Take the keys."""
        self.focus()

    def refuse(self, refusal: Refusal) -> None:
        """Say why something was not done."""
        self.post_message(self.Refused(self, refusal))

    def copy(self, text: str) -> None:
        """Copy a text, and say so."""
        self.app.copy_to_clipboard(text)
        self.app.notify("Copied.", timeout=2, markup=False)

    def section(
        self,
        key: str,
        title: str,
        rows: Sequence[tuple[str, Sequence[Content]]],
        width: int,
        *,
        empty: str,
        aside: str = "",
    ) -> list[Block]:
        """A heading with how many there are (`aside` for none), and rows that can be chosen."""
        count = str(len(rows)) if rows else aside
        blocks = [Block(key, heading(title, count, width, self.around.glyphs))]
        blocks += [Block(row, lines, selectable=True) for row, lines in rows]
        return blocks if rows else [*blocks, Block(f"no-{key}", paragraph(empty, width))]

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.chosen(event.key)


class ListBody(AppBody):
    """A tab whose list takes all the room that is left, and the keys that come to the tab."""

    DEFAULT_CSS = """
    ListBody {
        overflow-y: hidden;
        padding: 1 0 0 1;
        & > BlockList { height: 1fr; }
    }
    """

    keys_to_list: ClassVar[bool] = True
    """Whether keys that come to the tab as a whole are for its list."""

    async def load(self) -> None:
        """Read and show it; the list has the keys if the tab has them."""
        await super().load()
        if self.has_focus:
            self.on_focus()

    def focus_inside(self) -> None:
        """Take the keys: the list."""
        (self.listing if self.painted else self).focus()

    def on_focus(self) -> None:
        """The keys come to the tab as a whole."""
        if self.painted and self.keys_to_list:
            self.listing.focus()
