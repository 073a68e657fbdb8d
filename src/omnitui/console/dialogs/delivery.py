"""Replies that have not certainly arrived: why, and what is to become of each."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Literal

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.console.present.times import clock_time
from omnitui.console.present.transcript import Look, delivery_word, trouble
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.model.conversation import Message
from omnitui.rules.outbox import may_be_confirmed, may_be_sent_again, may_be_taken_back

Verb = Literal["again", "arrived", "lost", "back"]


class Decision(Struct, frozen=True):
    """What is to become of a reply: sent again, said to have arrived or not, taken back."""

    verb: Verb
    message: Message


_ONLY = {
    "again": "Only what failed, or may have arrived, is sent again by hand.",
    "arrived": "Only of what may have arrived can be said that it did.",
    "lost": "Only of what may have arrived can be said that it did not.",
    "back": "Sending cannot be undone: it may have arrived, or is being delivered right now.",
}


class DeliveryDialog(Dialog[Decision]):
    """Answers with what is to become of the reply under the cursor.

    `unserved` are the labels of channels that nothing delivers on, by key, `hint` what to do there.
    """

    DEFAULT_CSS = "DeliveryDialog > #dialog { width: 78; }"

    BINDINGS = [
        ("s", "decide('again')", "Send again"),
        ("enter", "decide('again')", "Send again"),
        ("a", "decide('arrived')", "It arrived"),
        ("n", "decide('lost')", "It did not arrive"),
        ("t", "decide('back')", "Undo send"),
    ]

    def __init__(
        self,
        messages: Sequence[Message],
        unserved: dict[str, str],
        hint: str,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        super().__init__("Not certainly delivered", hint, glyphs)
        self._messages = {str(message.id): message for message in messages}
        self._look = Look(0, tz, glyphs, unserved=unserved)

    keys = (
        ("s", "send again"),
        ("a", "it arrived"),
        ("n", "it did not"),
        ("t", "undo send"),
        ("esc", "close"),
    )

    def fields(self) -> ComposeResult:
        """The replies, oldest first."""
        yield BlockList(self._glyphs, cursor_always=True, id="undelivered")

    def on_mount(self) -> None:
        """Show them."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)

    def _blocks(self, width: int) -> list[Block]:
        return [
            Block(key, [text.cut(line, width, self._glyphs) for line in self._lines(one)], True)
            for key, one in self._messages.items()
        ]

    def _lines(self, message: Message) -> list[Content]:
        style = badges.delivery_style(message.delivery)
        lead = Content.assemble(
            "  ",
            (f"{clock_time(message.at, self._look.tz)}  ", "$text-dim"),
            (delivery_word(message, self._look), style),
            "  ",
        )
        lines = [Content.assemble(lead, (text.inline(message.text), "$text-plain"))]
        why = trouble(message, self._look)
        if why:
            lines.append(Content.assemble("         ", (why, "$warning")))
        return lines

    def action_decide(self, verb: Verb) -> None:
        """Answer with the reply under the cursor, or say why that cannot become of it."""
        message = self._messages.get(self.query_one(BlockList).cursor_key)
        if message is None:
            return
        given = {"doubtful": message.doubtful}
        fits = {
            "again": may_be_sent_again(message.delivery),
            "arrived": may_be_confirmed(message.delivery, **given),
            "lost": may_be_confirmed(message.delivery, **given),
            "back": may_be_taken_back(message.delivery, **given),
        }
        if fits[verb]:
            self.dismiss(Decision(verb, message))
        else:
            self.wrong(_ONLY[verb])

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.action_decide("again")
