"""One search over everything, as you type: kinds in groups, Enter opens what it is on."""

from collections.abc import Sequence
from datetime import tzinfo

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from omnitui.console.dialogs.base import Dialog, heading
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text, times
from omnitui.console.present.assist import snippet, unmarked
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.link import Link
from omnitui.console.session.search_input import SearchInput
from omnitui.console.widgets.fields import Choice
from omnitui.model.errors import Refusal
from omnitui.model.search import Hit, HitKind

_HEADS = {
    HitKind.CUSTOMER: "Customers",
    HitKind.CONVERSATION: "Conversations",
    HitKind.CASE: "Cases",
    HitKind.MESSAGE: "Messages",
    HitKind.ARTICLE: "Articles",
    HitKind.ACTIVITY: "Activities",
    HitKind.ENTITLEMENT: "Entitlements",
}
_SHORT = {
    HitKind.CONVERSATION: "Talks",
    HitKind.MESSAGE: "Said",
    HitKind.ENTITLEMENT: "Owed",
}
_KINDS = (("", "All"), *((kind.value, _SHORT.get(kind, head)) for kind, head in _HEADS.items()))
_INVITATION = "A name, town, account or case number; words that were said; an article"
_NOTHING = "Nothing is called or says that. The beginning of each word is enough."
_PER_KIND, _OF_ONE = 6, 60


class SearchDialog(Dialog[Hit]):
    """Answers with the hit that was chosen. `typed` keeps what was looked for."""

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

    keys = (("enter", "open"), ("up/down", "choose"), ("tab", "one kind"), ("esc", "leave"))

    def __init__(
        self, link: Link, glyphs: Glyphs, tz: tzinfo, typed: dict[str, str] | None = None
    ) -> None:
        super().__init__("Search everything", "", glyphs, typed)
        self._link = link
        self._tz = tz
        self._hits: dict[str, Hit] = {}
        self._nothing = ""

    def fields(self) -> ComposeResult:
        """What is looked for, and what was found."""
        field = SearchInput(self._glyphs, placeholder=_INVITATION, id="search")
        field.value = self.typed.get("search", "")
        yield field
        yield Choice(_KINDS, self.typed.get("kind", ""), self._glyphs, id="kind")
        yield BlockList(self._glyphs, cursor_always=True, id="hits")

    def on_mount(self) -> None:
        """Look for what was typed the last time; typing something else replaces it."""
        super().on_mount()
        self.query_one(SearchInput).action_select_all()

    @on(Input.Changed, "#search")
    def _changed(self, event: Input.Changed) -> None:
        self._look(event.value)

    @on(Choice.Changed)
    def _other_kind(self, event: Choice.Changed) -> None:
        event.stop()
        self.typed["kind"] = event.value
        self._look(self.query_one(SearchInput).value)

    @work(exclusive=True, group="search")
    async def _look(self, typed: str) -> None:
        found: list[Hit] | Refusal = []
        kind = self.query_one("#kind", Choice).value
        if typed.strip():
            found = await self._link.attempt(
                "search.all",
                query=typed,
                kind=kind or None,
                limit=_OF_ONE if kind else _PER_KIND,
            )
        hits = [] if isinstance(found, Refusal) else found
        self._hits = {f"{hit.kind.value}-{hit.ref}": hit for hit in hits}
        self._nothing = "" if hits or not typed.strip() else _NOTHING
        found_list = self.query_one(BlockList)
        # Whoever is choosing already keeps the line they are at.
        found_list.show(self._blocks, from_top=not found_list.has_focus)

    def _blocks(self, width: int) -> Sequence[Block]:
        if self._nothing:
            return [Block("nothing", [Content.assemble(f"  {self._nothing}").stylize("$text-dim")])]
        blocks: list[Block] = []
        for kind, head in _HEADS.items():
            of_kind = [(key, hit) for key, hit in self._hits.items() if hit.kind is kind]
            if of_kind:
                gap = [Content("")] if blocks else []
                blocks.append(Block(f"head-{head}", [*gap, heading(head)]))
            blocks += [Block(key, [self._line(hit, width)], True) for key, hit in of_kind]
        return blocks

    def _line(self, hit: Hit, width: int) -> Content:
        dated = hit.at and hit.kind is not HitKind.CUSTOMER
        when = times.moment(hit.at, self._link.now(), self._tz) if dated else ""
        title = text.inline(hit.title)
        said = hit.snippet if unmarked(hit.snippet)[0] not in title else ""
        name = text.fit(title, max(16, width // 3) if said else width - 26, self._glyphs)
        room = width - 6 - Content(name).cell_length - Content(when).cell_length - 2
        passage = snippet(said, max(2, room), 1, self._glyphs) if room > 8 and said else []
        start = Content.assemble("   ", (name, "$text-plain"), "  ", *passage[:1])
        end = Content.assemble((when, "$text-dim"), " ")
        return text.between(start, end, width, self._glyphs)

    @on(SearchInput.Moved)
    def _move(self, event: SearchInput.Moved) -> None:
        event.stop()
        found = self.query_one(BlockList)
        found.focus()
        found.action_move(1)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with what is under the cursor."""
        hit = self._hits.get(self.query_one(BlockList).cursor_key)
        if hit is not None:
            self.dismiss(hit)
