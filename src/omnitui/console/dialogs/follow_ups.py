"""What you said you would come back to: overdue first, done with a key, put off with another."""

from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.listing import ListingDialog
from omnitui.console.present import times
from omnitui.model.timeline import Activity

PUT_OFF = "1h"
"""For how long a follow-up is put off with one key, in the desk's words."""


class Opened(Struct, frozen=True):
    """A follow-up that is to be worked on: its conversation if it has one, else its customer."""

    customer: int
    conversation: int | None
    title: str = ""


class FollowUps(ListingDialog[Opened, Activity]):
    """Answers with what is to be opened."""

    keys = (("enter", "open"), ("d", "done"), ("z", "in an hour"), ("esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "done", "Done", id="follow_ups.done", show=False),
        Binding("z", "put_off", "In an hour", id="follow_ups.put_off", show=False),
    ]
    heading = "Follow-ups"
    command = ("timeline.mine", {"limit": 200})
    nothing = "Nothing to come back to. Tasks that are yours stand here."

    def lines(self, one: Activity, width: int) -> list[Content]:
        """What is to be done for whom, and by when."""
        now = self._link.now()
        if one.due_at is None:
            when, style = "some time", "$text-dim"
        elif one.due_at <= now:
            when, style = (
                f"{self._glyphs.late} late {times.wait(now - one.due_at)}",
                "bold $danger",
            )
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

    def answer(self, one: Activity) -> Opened:
        """What it is about."""
        return Opened(one.customer_id, one.conversation_id, one.title)

    def action_done(self) -> None:
        """Mark it as done."""
        if self.at is not None:
            self.deal("timeline.done", activity=self.at.id)

    def action_put_off(self) -> None:
        """Put it off by an hour."""
        if self.at is not None:
            self.deal("timeline.postpone", activity=self.at.id, until=PUT_OFF)
