"""Pick a customer: suggested with the reason, or found by name, account, town or company."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from omnitui.console.dialogs.base import Answer, Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text
from omnitui.console.present.records.profile import Suggested
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.link import Link
from omnitui.console.session.search_input import SearchInput
from omnitui.console.session.work import do_soon
from omnitui.model.customer import Customer


class PeopleDialog(Dialog[Answer]):
    """See the module. `suggested` stand there while nothing is typed; `left_out` is never found.

    `wrong` says why the one who was picked before cannot be meant.
    """

    nobody = "Nobody found."

    def __init__(
        self,
        title: str,
        about: str,
        link: Link,
        suggested: Sequence[Suggested],
        glyphs: Glyphs,
        typed: dict[str, str],
        left_out: int | None = None,
        wrong: str = "",
    ) -> None:
        super().__init__(title, about, glyphs, typed)
        self._link = link
        self._suggested = suggested
        self._left_out = left_out
        self._wrong = wrong
        self._found: Sequence[Customer] = ()

    def fields(self) -> ComposeResult:
        """What to look for and who was found."""
        yield SearchInput(self._glyphs, placeholder="Name, account, town, company", id="find")
        yield BlockList(self._glyphs, cursor_always=True, id="people")

    def on_mount(self) -> None:
        """Begin with who it may be."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)
        self.query_one(SearchInput).focus()
        self.wrong(self._wrong)

    @property
    def asked(self) -> str:
        """What is typed to look for."""
        return self.query_one(SearchInput).value.strip()

    @property
    def picked(self) -> int | None:
        """The customer under the cursor."""
        key = self.query_one(BlockList).cursor_key
        return int(key) if key else None

    def _blocks(self, width: int) -> list[Block]:
        if self._found or self.asked:
            people = [(customer, "") for customer in self._found]
        else:
            people = [(found.customer, found.because) for found in self._suggested]
        blocks = [Block(str(c.id), self._person(c, why, width), True) for c, why in people]
        if blocks:
            return blocks
        nobody = self.nobody if self.asked else "Nobody yet: type a name."
        return [Block("", [Content.assemble("  ", (nobody, "$text-dim"))])]

    def _person(self, customer: Customer, why: str, width: int) -> list[Content]:
        account = f"account {customer.account}" if customer.account else ""
        where = ", ".join(part for part in (customer.company, customer.city, account) if part)
        tier = Content.assemble((customer.tier.label, "$text-dim"), " ")
        name = Content.assemble("  ", (text.inline(customer.name), "bold $text-plain"))
        lines = [text.between(name, tier, width, self._glyphs)]
        for said, style in ((why, "$info"), (where, "$text-dim")):
            if said:
                line = Content.assemble("    ", (text.inline(said), style))
                lines.append(text.cut(line, width, self._glyphs))
        return lines

    @on(Input.Changed, "#find")
    def _find_changed(self, event: Input.Changed) -> None:
        do_soon(self, self._search(event.value), "find", exclusive=True)

    async def _search(self, query: str) -> None:
        found: Sequence[Customer] = ()
        if query.strip():
            found = await self._link.call("customer.search", query=query)
        self._found = [customer for customer in found if customer.id != self._left_out]
        self.query_one(BlockList).show(self._blocks, from_top=True)

    @on(SearchInput.Moved)
    def _move(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.query_one(BlockList).focus()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()
