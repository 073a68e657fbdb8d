"""What you said you would come back to: overdue first, done with a key, put off with another."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from omnitui.model.timeline import Activity

PUT_OFF = "1h"
"""For how long a follow-up is put off with one key, in the desk's words."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A follow-up that is to be worked on: its conversation if it has one, else its customer."""

    customer: int
    conversation: int | None
    title: str = ""


class FollowUps(Dialog[Opened]):
    """Answers with what is to be opened."""

    DEFAULT_CSS = """
    FollowUps {
        & > #dialog { width: 92; }
        & #dialog > BlockList { max-height: 16; margin: 0; }
    }
    """

    keys = (("enter", "open"), ("d", "done"), ("z", "in an hour"), ("esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", "Done", id="follow_ups.done", show=False),
        Binding("z", "put_off", "In an hour", id="follow_ups.put_off", show=False),
    ]

    def __init__(self, link: Link, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__("Follow-ups", "", glyphs)
        self._link = link
        self._tz = tz
        self._tasks: Sequence[Activity] | None = None

    def fields(self) -> ComposeResult:
        """What is to be done."""
        yield BlockList(self._glyphs, cursor_always=True)

    def on_mount(self) -> None:
        """Read them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)
        do_soon(self, self._read(), "tasks", exclusive=True)

    async def _read(self) -> None:
        self._tasks = await self._link.call("timeline.mine", limit=200)
        self.query_one(BlockList).lay_out()

    @property
    def _at(self) -> Activity | None:
        key = self.query_one(BlockList).cursor_key
        return next((task for task in self._tasks or () if str(task.id) == key), None)

    def _blocks(self, width: int) -> list[Block]:
        if not self._tasks:
            said = (
                ""
                if self._tasks is None
                else "Nothing to come back to. Tasks that are yours stand here."
            )
            return [Block("", [Content.assemble("  ", (said, "$text-dim"))])]
        return [Block(str(task.id), [self._line(task, width)], True) for task in self._tasks]

    def _line(self, task: Activity, width: int) -> Content:
        now = self._link.now()
        if task.due_at is None:
            when, style = "some time", "$text-dim"
        elif task.due_at <= now:
            when, style = (
                f"{self._glyphs.late} late {times.wait(now - task.due_at)}",
                "bold $danger",
            )
        else:
            when, style = times.moment(task.due_at, now, self._tz), "$warning"
        start = Content.assemble(
            "  ",
            (text.inline(task.title), "$text-plain"),
            (f"  {text.inline(task.customer)}", "$customer"),
            (f"  {task.case_number}" if task.case_number else "", "$text-dim"),
        )
        return text.between(start, Content.assemble((when, style), " "), width, self._glyphs)

    def action_done(self) -> None:
        """Mark it as done."""
        if self._at is not None:
            do_soon(self, self._do("timeline.done", activity=self._at.id), "tasks")

    def action_put_off(self) -> None:
        """Put it off by an hour."""
        if self._at is not None:
            given = {"activity": self._at.id, "until": PUT_OFF}
            do_soon(self, self._do("timeline.postpone", **given), "tasks")

    async def _do(self, name: str, **given: object) -> None:
        done = await self._link.attempt(name, **given)
        self.wrong(str(done) if isinstance(done, Refusal) else "")
        await self._read()

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with what it is about."""
        if self._at is not None:
            at = self._at
            self.dismiss(Opened(at.customer_id, at.conversation_id, at.title))
