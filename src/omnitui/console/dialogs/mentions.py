"""Notes in which colleagues have mentioned you: those you have not seen first."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text, times
from omnitui.console.session.blocks import Block, BlockList
from omnitui.console.session.link import Link
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.model.mention import Mention

_NONE = "Nobody has mentioned you. In a note, @ and a name tells a colleague of it."


class Mentions(Dialog[Mention]):
    """Answers with the one to be opened."""

    DEFAULT_CSS = """
    Mentions {
        & > #dialog { width: 92; }
        & #dialog > BlockList { max-height: 16; margin: 0; }
    }
    """

    keys = (("enter", "open"), ("d", "seen"), ("esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "seen", "Seen", id="mentions.seen", show=False),
    ]

    def __init__(self, link: Link, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__("Mentions", "", glyphs)
        self._link = link
        self._tz = tz
        self._found: Sequence[Mention] | None = None

    def fields(self) -> ComposeResult:
        """The notes."""
        yield BlockList(self._glyphs, cursor_always=True)

    def on_mount(self) -> None:
        """Read them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)
        do_soon(self, self._read(), "mentions", exclusive=True)

    async def _read(self) -> None:
        self._found = await self._link.call("mention.mine", limit=100)
        self.query_one(BlockList).lay_out()

    @property
    def _at(self) -> Mention | None:
        key = self.query_one(BlockList).cursor_key
        return next((one for one in self._found or () if str(one.id) == key), None)

    def _blocks(self, width: int) -> list[Block]:
        if not self._found:
            said = "" if self._found is None else _NONE
            return [Block("", [Content.assemble("  ", (said, "$text-dim"))])]
        return [Block(str(one.id), self._lines(one, width), True) for one in self._found]

    def _lines(self, one: Mention, width: int) -> list[Content]:
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

    def action_seen(self) -> None:
        """Say that it was seen, without going there."""
        if self._at is not None:
            do_soon(self, self._see(self._at), "mentions")

    async def _see(self, one: Mention) -> None:
        done = await self._link.attempt("mention.seen", mention=one.id)
        self.wrong(str(done) if isinstance(done, Refusal) else "")
        await self._read()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with the one under the cursor."""
        if self._at is not None:
            self.dismiss(self._at)
