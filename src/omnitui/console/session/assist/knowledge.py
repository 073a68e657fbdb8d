"""The knowledge, searched as one types. A search that finds nothing is told to those who write."""

from textual.content import Content

from omnitui.console.apps.article import article_tab
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.assist import article_item, nothing_listed
from omnitui.console.session.assist.tab import Act, AssistTab, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.desk.knowledge import Found


class KnowledgeTab(AssistTab):
    """See the module."""

    key = "knowledge"
    label = "Knowledge"
    search = "Search the knowledge"
    acts = (Act("o", "open_tab", "Open the article as a tab"),)

    def __init__(self, pane: Holder, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(pane, state, glyphs)
        self._found: list[Found] = []
        self._found_for = ""
        self._noted = ""

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does."""
        return [("enter", "reads"), ("o", "tab"), ("esc", "back")]

    async def look(self) -> None:
        """Search; the customer's language comes first."""
        query = self.query
        self._found = await self.state.link.call(
            "knowledge.search", query=query, limit=20, language=self.state.language, typing=True
        )
        self._found_for = query
        self.pane.list_again(self, from_top=True)

    def blocks(self, width: int) -> list[Block]:
        """Articles with the passage that matched."""
        blocks = []
        for found in self._found:
            lines = article_item(found.article, width, self.glyphs, passage=found.snippet)
            key = str(found.article.id)
            blocks += [Block(key, lines, True), Block(f"gap:{key}", [Content("")])]
        return blocks or [Block("", nothing_listed(self.key, width))]

    def choose(self, key: str) -> None:
        """Read an article; where none was found, that is noted."""
        if key.isdigit():
            self.pane.soon(self.pane.read(int(key)), "assist-read", exclusive=True)
        else:
            self.left()

    def left(self) -> None:
        """The agent goes on: a search that found nothing was not still being typed."""
        nothing = not self._found and self._found_for == self.query
        if nothing and self.query.strip() and self.query != self._noted:
            self._noted = self.query
            noted = self.state.link.attempt("knowledge.searched", query=self.query)
            self.pane.soon(noted, "assist-missed")

    def open_tab(self) -> None:
        """Open the article under the cursor in a tab."""
        key = self.pane.cursor_key
        found = next((f.article for f in self._found if str(f.article.id) == key), None)
        if found is not None:
            self.pane.open_record(article_tab(found))
