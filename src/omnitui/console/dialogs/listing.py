"""What is the agent's own, listed: follow-ups, mentions, and the links of a conversation."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from typing import ClassVar, Generic, TypeVar, cast

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Answer
from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.pick import Pick, Row, wrapped
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present import times
from omnitui.console.widgets.blocks import Keyed
from omnitui.console.work import do_soon
from omnitui.model.errors import Refusal
from omnitui.model.mention import Mention
from omnitui.model.timeline import Activity

PUT_OFF = "1h"
"""For how long a follow-up is put off with one key, in the desk's words."""

Listed = TypeVar("Listed", bound=Keyed)


class ListingDialog(Pick[Answer], Generic[Answer, Listed]):
    """Records that a query reads: one is opened, or dealt with by a key on the spot."""

    width = 92
    list_height = 16
    heading: str
    reads: tuple[str, int]
    """The query that reads them, and how many of them."""
    none: str
    """What stands there when there are none."""

    def __init__(self, link: Link, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__(self.heading, "", glyphs)
        self._link = link
        self._tz = tz

    def begin(self) -> None:
        super().begin()
        do_soon(self, self._read(), "listed", exclusive=True)

    async def _read(self) -> None:
        query, most = self.reads
        found: Sequence[Listed] = await self._link.call(query, limit=most)
        self.rows = [Row(str(one.id), partial(self.lines, one), one) for one in found]
        self.nothing = self.none
        self.found.lay_out()

    def lines(self, one: Listed, width: int) -> list[Content]:
        """How one is shown."""
        raise NotImplementedError

    def deal(self, name: str, key: str, **given: object) -> None:
        """Carry out a command on the one under the cursor; why it was refused is said."""
        if self.row is not None:
            self.carry_out(name, {key: self.row.answer.id, **given})

    def carry_out(self, name: str, given: dict[str, object]) -> None:
        """Carry out a command, and read the list again."""
        do_soon(self, self._deal(name, given), "listed")

    async def _deal(self, name: str, given: dict[str, object]) -> None:
        done = await self._link.attempt(name, **given)
        self.wrong(str(done) if isinstance(done, Refusal) else "")
        await self._read()


class Opened(Struct, frozen=True):
    """A follow-up that is to be worked on: its conversation if it has one, else its customer."""

    customer: int
    conversation: int | None
    title: str = ""


class FollowUps(ListingDialog[Opened, Activity]):
    """What you said you would come back to, overdue first. Answers with what is to be opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", "Done", id="follow_ups.done", show=False),
        Binding("z", "put_off", "In an hour", id="follow_ups.put_off", show=False),
    ]
    keys = (("enter", "open"), ("d", "done"), ("z", "in an hour"), ("esc", "close"))
    heading = "Follow-ups"
    reads = ("timeline.mine", 200)
    none = "No follow-ups. Your tasks appear here."

    def lines(self, one: Activity, width: int) -> list[Content]:
        now = self._link.now()
        if one.due_at is None:
            when, style = "no due time", "$text-dim"
        elif one.due_at <= now:
            when = f"{self._glyphs.late} late {times.wait(now - one.due_at)}"
            style = "bold $danger"
        else:
            when, style = times.moment(one.due_at, now, self._tz), "$warning"
        start = Content.assemble(
            "  ",
            (text.inline(one.title), "$text-plain"),
            (f"  {text.inline(one.customer)}", "$customer"),
            (f"  {one.case_number}" if one.case_number else "", "$text-dim"),
        )
        end = Content.assemble((when, style), " ")
        return [text.between(start, end, width, self._glyphs)]

    def answer(self, values: Values) -> Opened:
        one = cast(Activity, super().answer(values))
        return Opened(one.customer_id, one.conversation_id, one.title)

    def action_done(self) -> None:
        """Mark it as done."""
        self.deal("timeline.done", "activity")

    def action_put_off(self) -> None:
        """Put it off by an hour."""
        self.deal("timeline.postpone", "activity", until=PUT_OFF)


class Mentions(ListingDialog[Mention, Mention]):
    """Notes in which colleagues have mentioned you, unseen first. Answers with one to be opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "seen", "Seen", id="mentions.seen", show=False)
    ]
    keys = (("enter", "open"), ("d", "seen"), ("esc", "close"))
    heading = "Mentions"
    reads = ("mention.mine", 100)
    none = "Nobody has mentioned you. Type @ and a name in a note to mention a colleague."

    def lines(self, one: Mention, width: int) -> list[Content]:
        fresh = one.seen_at is None
        start = Content.assemble(
            "  ",
            (text.inline(one.by), "bold $note" if fresh else "$text-dim"),
            ("  about ", "$text-dim"),
            (text.inline(one.name), "$customer" if fresh else "$text-dim"),
        )
        when = times.moment(one.at, self._link.now(), self._tz)
        end = Content.assemble((when if fresh else f"seen, {when}", "$text-dim"), " ")
        style = "$text-plain" if fresh else "$text-dim"
        note = Content.assemble("    ", (text.inline(one.text), style))
        return [text.between(start, end, width, self._glyphs), text.cut(note, width, self._glyphs)]

    def action_seen(self) -> None:
        """Say that it was seen, without going there."""
        self.deal("mention.seen", "mention")


def links_dialog(links: Sequence[str], glyphs: Glyphs) -> Pick[str]:
    """Links that somebody has written, shown in full; answers with the one to be opened."""
    rows = [Row(link, wrapped(link, "$primary"), link) for link in links]
    keys = (("enter", "open in the browser"), ("esc", "close"))
    return Pick("Links in this conversation", "", glyphs, rows=rows, keys=keys)
