"""Other systems in a tab: their addresses filled for who is in front, opened with enter.

They open in the browser, or with the command that the person has chosen. An address is shown whole
before it is opened; one for which something is missing says what.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console.apps.body import Around, ListBody
from omnitui.console.apps.tabs import AppKind, AppTab
from omnitui.console.keys import key_for
from omnitui.console.present.records.web import link_rows, no_links, web_head
from omnitui.console.widgets.blocks import Block
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.model.journal import Entry
from omnitui.model.link import FilledLink


class WebTab(ListBody):
    """See the module. Its tab's key is the customer's, its words what else it is about."""

    DEFAULT_CSS = "WebTab > BlockList { margin: 1 0 0 0; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy the address", id="web.copy", show=False),
    ]

    def __init__(self, tab: AppTab, around: Around) -> None:
        super().__init__(tab, around)
        self.links: Sequence[FilledLink] = ()

    @property
    def customer_id(self) -> int | None:
        """Who it is about."""
        return self.tab.key or None

    async def read(self) -> bool:
        """Read the links, filled."""
        link = self.around.link
        given = dict(_about(self.tab.words))
        if self.tab.key:
            found = await link.attempt("customer.get", customer=self.tab.key)
            self.customer = None if isinstance(found, Refusal) else found
        if self.customer is not None:
            given["customer"] = self.customer.id
        self.links = await link.call("link.filled", **given)
        return True

    def concerns(self, entry: Entry) -> bool:
        """What fills the links, and the links themselves."""
        return entry.kind.partition(".")[0] in ("link", "customer", "case", "conversation")

    def look_for(self, words: str) -> None:
        """It is about something else by now."""
        self.tab = replace(self.tab, words=words)
        do_soon(self, self.read_again(), "web", exclusive=True)

    def head(self) -> Content:
        """Who is put into the addresses."""
        return web_head(self.customer, self.around.glyphs)

    def blocks(self, width: int) -> list[Block]:
        """A link each, with a blank line below it."""
        if not self.links:
            return [Block("none", no_links(width))]
        blocks = []
        for key, lines in link_rows(self.links, width, self.around.glyphs):
            blocks += [Block(key, lines, selectable=True), Block("", [Content("")])]
        return blocks

    @property
    def _at(self) -> FilledLink | None:
        key = self.listing.cursor_key
        return next((link for link in self.links if link.name == key), None)

    def chosen(self, key: str) -> None:
        """Open it; where something is missing, say what."""
        link = self._at
        if link is not None and link.url:
            self.app.open_url(link.url)
        elif link is not None:
            said = f"{link.name} cannot be opened: {', '.join(link.missing)} is missing."
            hint = f"{key_for('session.link')} links the customer or a case."
            self.refuse(Refusal("link.missing", said, hint))

    def action_copy(self) -> None:
        """Copy the address."""
        if self.painted and self._at is not None and self._at.url:
            self.copy(self._at.url)


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
