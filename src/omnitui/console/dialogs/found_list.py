"""The list of what a search has found. A slow answer never overwrites a newer one."""

from datetime import tzinfo

from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.records.found import NOTHING, found_rows, hit_key
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.model.errors import Refusal
from omnitui.model.search import Hit

_PER_KIND, _OF_ONE = 6, 60


class FoundList(BlockList):
    """See the module. `look` fills it; the hit under the cursor is `hit`."""

    def __init__(self, link: Link, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__(glyphs, cursor_always=True, id="hits")
        self._link = link
        self._tz = tz
        self._hits: dict[str, Hit] = {}
        self._nothing = ""
        self._asked = self._answered = 0

    @property
    def hit(self) -> Hit | None:
        """What is under the cursor."""
        return self._hits.get(self.cursor_key)

    @property
    def looking(self) -> bool:
        """Whether what is shown is not yet what was asked for."""
        return self._asked != self._answered

    async def look(self, typed: str, kind: str) -> None:
        """Show what is found for what was typed so far, of one kind or (empty) of all."""
        self._asked += 1
        asked = self._asked
        found: list[Hit] | Refusal = []
        if typed.strip():
            found = await self._link.attempt(
                "search.all",
                query=typed,
                kind=kind or None,
                limit=_OF_ONE if kind else _PER_KIND,
            )
        if asked != self._asked:
            return
        self._answered = asked
        hits = [] if isinstance(found, Refusal) else found
        self._hits = {hit_key(hit): hit for hit in hits}
        self._nothing = str(found) if isinstance(found, Refusal) else NOTHING
        if hits or not typed.strip():
            self._nothing = ""
        # Whoever is choosing already keeps the line they are at.
        self.show(self._build_found, from_top=not self.has_focus)

    def _build_found(self, width: int) -> list[Block]:
        if self._nothing:
            said = Content.assemble("  ", (self._nothing, "$text-dim"))
            return [Block("nothing", [said])]
        hits = list(self._hits.values())
        rows = found_rows(hits, width, self._link.now(), self._tz, self._glyphs)
        return [Block(key, lines, key in self._hits) for key, lines in rows]
