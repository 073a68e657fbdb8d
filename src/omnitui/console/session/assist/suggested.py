"""What may help now: articles that fit the customer's words, and cases solved before."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console.apps.article import article_tab
from omnitui.console.apps.case import case_tab
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.assist import article_item, nothing_listed, similar_rows
from omnitui.console.session.assist.tab import Act, AssistTab, Holder
from omnitui.console.session.state import SessionState
from omnitui.console.widgets.blocks import Block
from omnitui.desk.knowledge import Suggested
from omnitui.desk.sessions import Help
from omnitui.model.case import Case
from omnitui.rules.suggesting import telling_words


class SuggestedTab(AssistTab):
    """See the module."""

    key = "suggested"
    label = "Suggested"
    acts = (Act("o", "open_tab", "Open the article as a tab"),)

    def __init__(self, pane: Holder, state: SessionState, glyphs: Glyphs) -> None:
        super().__init__(pane, state, glyphs)
        self._articles: Sequence[Suggested] | None = None
        self._similar: Sequence[Case] = ()
        self._words: list[str] | None = None

    @property
    def count(self) -> int:
        """How many articles may help."""
        return len(self._articles or ())

    @property
    def hints(self) -> list[tuple[str, str]]:
        """Keys and what each does."""
        return [("enter", "reads"), ("o", "tab"), ("esc", "back")]

    async def take_in(self) -> None:
        """Look again for what may help, if the customer has said something else by now."""
        item = self.state.conversation
        words = telling_words(self.state.messages, f"{item.name} {item.agent_name}")
        if words == self._words:
            return
        self._words = words
        linked = None if self.state.case is None else self.state.case.id
        found: Help = await self.state.link.call("session.help", words=words, but=linked)
        self._articles, self._similar = found.articles, found.cases
        self.pane.list_again(self)

    def blocks(self, width: int) -> list[Block]:
        """Articles with the reason, then cases and how each was solved."""
        blocks = []
        for one in self._articles or ():
            lines = article_item(one.article, width, self.glyphs, because=one.because)
            key = str(one.article.id)
            blocks += [Block(key, lines, True), Block(f"gap:{key}", [Content("")])]
        if not blocks:
            asked = self.key if self._articles is not None else ""
            blocks = [Block("", nothing_listed(asked, width))]
        rows = similar_rows(self._similar, width, self.glyphs)
        return blocks + [Block(key, lines, key != "similar") for key, lines in rows]

    def choose(self, key: str) -> None:
        """Read an article; open a case."""
        if key.isdigit():
            self.pane.soon(self.pane.read(int(key)), "assist-read", exclusive=True)
        case = next((case for case in self._similar if f"case:{case.id}" == key), None)
        if case is not None:
            self.pane.open_record(case_tab(case))

    def open_tab(self) -> None:
        """Open what is under the cursor in a tab."""
        key = self.pane.cursor_key
        found = next((s.article for s in self._articles or () if str(s.article.id) == key), None)
        if found is not None:
            self.pane.open_record(article_tab(found))
        elif not key.isdigit():
            self.choose(key)
