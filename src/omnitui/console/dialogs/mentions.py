"""Notes in which colleagues have mentioned you: those you have not seen first."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.listing import ListingDialog
from omnitui.console.present import times
from omnitui.model.mention import Mention


class Mentions(ListingDialog[Mention, Mention]):
    """Answers with the one to be opened."""

    keys = (("enter", "open"), ("d", "seen"), ("esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "seen", "Seen", id="mentions.seen", show=False),
    ]
    heading = "Mentions"
    command = ("mention.mine", {"limit": 100})
    nothing = "Nobody has mentioned you. In a note, @ and a name tells a colleague of it."

    def lines(self, one: Mention, width: int) -> list[Content]:
        """Who mentions you about whom, when, and the note."""
        fresh = one.seen_at is None
        start = Content.assemble(
            ("  ", ""),
            (text.inline(one.by), "bold $note" if fresh else "$text-dim"),
            ("  about ", "$text-dim"),
            (text.inline(one.name), "$customer" if fresh else "$text-dim"),
        )
        when = times.moment(one.at, self._link.now(), self._tz)
        end = Content.assemble((when if fresh else f"seen, {when}", "$text-dim"), " ")
        said = Content.assemble(
            "    ", (text.inline(one.text), "$text-plain" if fresh else "$text-dim")
        )
        return [text.between(start, end, width, self._glyphs), text.cut(said, width, self._glyphs)]

    def answer(self, one: Mention) -> Mention:
        """The mention itself."""
        return one

    def action_seen(self) -> None:
        """Say that it was seen, without going there."""
        if self.at is not None:
            self.deal("mention.seen", mention=self.at.id)
