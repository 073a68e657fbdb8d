"""Other systems in a tab: their addresses filled for who is in front, opened with enter.

They open in the browser, or with the command that the person has chosen. An address is shown whole
before it is opened; one for which something is missing says what.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.keys import key_for
from omnitui.console.present.records.web import link_rows, no_links, web_head
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.link import FilledLink


class WebTab(AppBody):
    """See the module. Its tab's key is the customer's, its words what else it is about."""

    DEFAULT_CSS = """
    WebTab {
        overflow-y: hidden;
        padding: 1 0 0 1;
        & > BlockList { height: 1fr; margin: 1 0 0 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy the address", id="web.copy", show=False),
    ]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._customer: Customer | None = None
        self.links: Sequence[FilledLink] = ()

    @property
    def customer_id(self) -> int | None:
        """Who it is about."""
        return self.tab.key or None

    @property
    def whose(self) -> str:
        """The name of who is put into the addresses."""
        return "" if self._customer is None else self._customer.name

    async def load(self) -> None:
        """Read the links, filled, and show them."""
        await self._read()
        glyphs = self.around.glyphs
        head = PlainStatic(web_head(self._customer, glyphs), classes="app-head")
        await self.mount(head, BlockList(glyphs))
        self.query_one(BlockList).show(self._blocks)
        self.post_message(self.Read(self))
        if self.has_focus:
            self.query_one(BlockList).focus()

    async def _read(self) -> None:
        link = self.around.link
        given = dict(_about(self.tab.words))
        if self.tab.key:
            found = await link.attempt("customer.get", customer=self.tab.key)
            self._customer = None if isinstance(found, Refusal) else found
        if self._customer is not None:
            given["customer"] = self._customer.id
        self.links = await link.call("link.filled", **given)

    def look_for(self, words: str) -> None:
        """It is about something else by now."""
        self.tab = replace(self.tab, words=words)
        do_soon(self, self._read_again(), "web", exclusive=True)

    async def _read_again(self) -> None:
        if self.query(BlockList):
            await self._read()
            self.query_one(BlockList).lay_out()

    async def refresh_from(self, entries: Sequence[Entry]) -> None:
        """Read again what fills the links, and the links themselves."""
        areas = {entry.kind.partition(".")[0] for entry in entries}
        if areas & {"link", "customer", "case", "conversation"}:
            await self._read_again()

    def focus_inside(self) -> None:
        """Take the keys: the links."""
        found = next(iter(self.query(BlockList)), None)
        (self if found is None else found).focus()

    def on_focus(self) -> None:
        """The keys come to the tab as a whole: they are for its links."""
        if self.query(BlockList):
            self.focus_inside()

    def _blocks(self, width: int) -> list[Block]:
        if not self.links:
            return [Block("none", no_links(width))]
        blocks = []
        for key, lines in link_rows(self.links, width, self.around.glyphs):
            blocks += [Block(key, lines, selectable=True), Block("", [Content("")])]
        return blocks

    @property
    def _at(self) -> FilledLink | None:
        key = self.query_one(BlockList).cursor_key
        return next((link for link in self.links if link.name == key), None)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        link = self._at
        if link is not None and link.url:
            self.app.open_url(link.url)
        elif link is not None:
            said = f"{link.name} cannot be opened: {', '.join(link.missing)} is not known."
            hint = f"{key_for('session.link')} links the customer or a case."
            self.post_message(self.Refused(self, Refusal("link.missing", said, hint)))

    def action_copy(self) -> None:
        """Copy the address."""
        if self._at is not None and self._at.url:
            self.app.copy_to_clipboard(self._at.url)
            self.app.notify("Copied.", timeout=2, markup=False)


def _about(words: str) -> Iterator[tuple[str, int]]:
    """What else than the customer the links are about, from a tab's words."""
    for word in words.split():
        noun, _, key = word.partition("=")
        if noun in ("conversation", "case") and key.isdecimal():
            yield noun, int(key)


def web_tab(
    customer: int | None, *, conversation: int | None = None, case: int | None = None
) -> AppTab:
    """The tab of other systems for who and what is in front."""
    about = {"conversation": conversation, "case": case}
    words = " ".join(f"{noun}={key}" for noun, key in about.items() if key)
    return AppTab(AppKind.WEB, customer or 0, "Web", words)
