"""Pick a customer: suggested with the reason, or found by name, account, town or company."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Answer
from omnitui.console.dialogs.finding import FindingDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.records.profile import Suggested
from omnitui.console.widgets.blocks import Block
from omnitui.console.work import do_soon
from omnitui.model.customer import Customer


class PeopleDialog(FindingDialog[Answer]):
    """See the module. `suggested` stand there while nothing is typed; `left_out` is never found.

    `wrong` says why the one who was picked before cannot be meant.
    """

    find_hint = "Name, account, town, company"
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
        self._people: Sequence[Customer] = ()

    def on_mount(self) -> None:
        """Begin with who it may be."""
        super().on_mount()
        self.wrong(self._wrong)

    @property
    def picked(self) -> int | None:
        """The customer under the cursor."""
        key = self.found.cursor_key
        return int(key) if key else None

    def blocks(self, width: int) -> list[Block]:
        """Who was found; who it may be while nothing is typed."""
        if self._people or self.wanted:
            people = [(customer, "") for customer in self._people]
        else:
            people = [(found.customer, found.because) for found in self._suggested]
        blocks = [Block(str(c.id), self._person(c, why, width), True) for c, why in people]
        if blocks:
            return blocks
        nobody = self.nobody if self.wanted else "Nobody yet: type a name."
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

    def narrow(self) -> None:
        """Ask the desk who is called so."""
        do_soon(self, self._search(self.wanted), "find", exclusive=True)

    async def _search(self, query: str) -> None:
        found: Sequence[Customer] = ()
        if query:
            found = await self._link.call("customer.search", query=query)
        self._people = [customer for customer in found if customer.id != self._left_out]
        self.found.show(self.blocks, from_top=True)
