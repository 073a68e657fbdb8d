"""What is chosen from over the composer: replies after a slash, colleagues after an at sign."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.bar import Bar
from omnitui.console.widgets.blocks import Block, BlockList, Keyed
from omnitui.console.work import do_soon

Found = TypeVar("Found", bound=Keyed)


class Popup(Container, Generic[Found]):
    """A heading and a list. It never has the focus: the composer hands it the keys for it.

    Subclasses give `group`, `row`, `heading`, `search` and `choose`.
    """

    DEFAULT_CSS = """
    Popup {
        layer: popup;
        dock: bottom;
        height: auto;
        background: $surface-3;
        display: none;

        &.-open { display: block; }
        & > Bar { background: $surface-3; }
        & > BlockList {
            height: auto;
            background: $surface-3;
            & > .block-list--cursor { background: $cursor-surface; }
        }
    }
    """

    group: str
    """The group of the work of looking."""

    def __init__(self, state: SessionState, glyphs: Glyphs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._state = state
        self._glyphs = glyphs
        self._query: str | None = None
        self._found: Mapping[str, Found] = {}

    def compose(self) -> ComposeResult:
        """What is looked for, and what was found."""
        yield Bar(id=f"{self.id}-title")
        yield BlockList(self._glyphs, cursor_always=True, id=f"{self.id}-list")

    @property
    def looking(self) -> bool:
        """Whether something is being looked for, even if nothing is shown yet."""
        return self._query is not None

    @property
    def rows(self) -> BlockList:
        """What was found."""
        return self.query_one(BlockList)

    @property
    def current(self) -> Found | None:
        """The one under the cursor; the first before there is one."""
        return self._found.get(self.rows.cursor_key) or next(iter(self._found.values()), None)

    def look(self, query: str | None) -> None:
        """Look for something else; None to be done."""
        if query == self._query:
            return
        self._query = query
        if query is None:
            self._found = {}
            self.remove_class("-open")
            self.emptied()
        else:
            do_soon(self, self._look(query), self.group, exclusive=True)

    def emptied(self) -> None:
        """There is nothing to choose from any more."""

    def move(self, step: int) -> None:
        """Go to another one."""
        self.rows.action_move(step)

    async def _look(self, query: str) -> None:
        found = await self.search(query)
        if query == self._query:
            self._found = {str(one.id): one for one in found}
            await self.came()

    async def search(self, query: str) -> list[Found]:
        """What fits."""
        raise NotImplementedError

    async def came(self) -> None:
        """What was looked for has come, or nothing has."""
        raise NotImplementedError

    def choose(self) -> None:
        """Pick the one under the cursor."""
        raise NotImplementedError

    def show(self) -> None:
        """Open with what was found."""
        self.rows.show(self._blocks, from_top=True)
        self.query_one(Bar).show_plain(self._title)
        self.add_class("-open")
        self.call_after_refresh(self.rows.lay_out)

    def row(self, one: Found, width: int) -> Content:
        """A line for what was found."""
        raise NotImplementedError

    def heading(self, query: str) -> tuple[Content, str, str]:
        """The heading with what is typed, and what enter and esc do."""
        raise NotImplementedError

    def _blocks(self, width: int) -> list[Block]:
        return [Block(key, [self.row(one, width)], True) for key, one in self._found.items()]

    def _title(self, width: int) -> Content:
        start, enter, esc = self.heading(self._query or "")
        end = Content.assemble(
            ("enter", "$primary"),
            (f" {enter}  ", "$text-dim"),
            ("esc", "$primary"),
            (f" {esc} ", "$text-dim"),
        )
        return text.between(start, end, width, self._glyphs)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.choose()
