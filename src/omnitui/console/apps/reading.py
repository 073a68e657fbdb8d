"""An article as it is read, wherever that is: its page, its outline, what is found within."""

from collections.abc import Sequence

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.assist import article_page, outline_rows
from omnitui.console.present.records.article import Spot, lit, spots
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.search_input import FindLine
from omnitui.model.errors import Refusal
from omnitui.model.knowledge import Article
from omnitui.rules.markdown import outline

PAGE = "page"
_HEADING = "heading:"


class Reading:
    """See the module. What is looked for stays until another article is read, for `n` and `N`."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self.article: Article | None = None
        self.others: Sequence[Article] = ()
        """The same article in other languages."""
        self.outlined = False
        """Whether the headings are shown instead of the text."""
        self._find = ""
        self._at = 0
        self._shown = False
        self._spots: list[Spot] = []
        self._headings: Sequence[int] = ()

    def begin(self, article: Article, others: Sequence[Article] = ()) -> None:
        """Read another article, or the same one as it is now."""
        if self.article is None or self.article.id != article.id:
            self.outlined, self._find, self._at = False, "", 0
        self.article, self.others = article, others

    def blocks(self, width: int) -> list[Block]:
        """The article with what is looked for in it, or its headings."""
        if self.article is None:
            return []
        if self.outlined:
            rows = outline_rows(outline(self.article.body), width, self._glyphs)
            return [Block(f"{_HEADING}{place}", [row], True) for place, row in enumerate(rows)]
        lines, self._headings = article_page(self.article, width, self._glyphs, self.others)
        self._spots = spots(lines, self._find) if self._find else []
        found = self._spots if self._shown else []
        return [Block(PAGE, lit(lines, found, self._at))]

    def turn(self, listing: BlockList) -> Refusal | None:
        """Show the outline, or the text again; why not where there are no headings."""
        assert self.article is not None
        if not self.outlined and not outline(self.article.body):
            return Refusal("article.no_outline", f"{self.article.title} has no headings.")
        self.outlined = not self.outlined
        listing.show(self.blocks, from_top=True)
        return None

    def jump(self, key: str, listing: BlockList) -> bool:
        """Go to the heading that was chosen in the outline; False where that is none."""
        if self.article is None or not key.startswith(_HEADING):
            return False
        place = int(key.removeprefix(_HEADING))
        self.outlined = False
        listing.show(self.blocks, from_top=True)
        if place < len(self._headings):
            listing.go_to_line(self._headings[place])
        return True

    def look(self, find: str, listing: BlockList, line: FindLine) -> None:
        """Look for other words."""
        self._find, self._at, self._shown = find, 0, True
        self.step(0, listing, line)

    def step(self, step: int, listing: BlockList, line: FindLine) -> None:
        """Go to the next place (1) where the words are, or to the one before (-1)."""
        self._shown = True
        listing.lay_out()
        if self._spots:
            self._at = (self._at + step) % len(self._spots)
            listing.lay_out()
            listing.show_line(PAGE, self._spots[self._at][0])
        line.tell(self._at + 1, len(self._spots))

    def again(self, step: int, listing: BlockList, line: FindLine) -> Refusal | None:
        """Go on with the words that were looked for last; why not where there are none."""
        if not self._find:
            return Refusal("article.no_find", "Nothing has been looked for yet: / finds words.")
        if self.outlined:
            self.turn(listing)
        self.step(step, listing, line)
        if not self._spots:
            return Refusal("article.not_found", f"“{self._find}” is not in this article.")
        return None

    def over(self, listing: BlockList) -> None:
        """Bring nothing out any more; the words are kept."""
        self._shown = False
        listing.lay_out()


class Within(FindLine):
    """The line to look for words in the article: enter and down go on, up goes back."""

    DEFAULT_CSS = "Within > #find-count { width: 21; }"

    enter_step = 1
    found = "{} of {}"
    nothing = "not in this article"

    def action_close(self) -> None:
        """Be done with it; what was looked for is kept for the keys that go on."""
        self.remove_class("-open")
        self.post_message(self.Closed(self))
