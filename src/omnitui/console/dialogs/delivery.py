"""Replies that have not certainly arrived, and one that somebody else was quicker with."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from typing import Literal

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.console.present.times import clock_time
from omnitui.console.present.transcript import Look, delivery_word, trouble
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.conversation import Message, Speaker
from omnitui.rules.outbox import may_be_confirmed, may_be_sent_again, may_be_taken_back

Verb = Literal["again", "arrived", "lost", "back"]
_LONGEST = 2_000


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


class DeliveryDialog(Pick[Decision]):
    """Answers with what is to become of the reply under the cursor.

    `unserved` are the labels of channels that nothing delivers on, by key, `hint` what to do there.
    """

    BINDINGS = [
        ("s", "decide('again')", "Send again"),
        ("a", "decide('arrived')", "It arrived"),
        ("n", "decide('lost')", "It did not arrive"),
        ("t", "decide('back')", "Undo send"),
    ]
    keys = (
        ("s", "send again"),
        ("a", "it arrived"),
        ("n", "it did not"),
        ("t", "undo send"),
        ("esc", "close"),
    )
    width = 78

    def __init__(
        self,
        messages: Sequence[Message],
        unserved: dict[str, str],
        hint: str,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        super().__init__("Not certainly delivered", hint, glyphs)
        self._look = Look(0, tz, glyphs, unserved=unserved)
        self.rows = [Row(str(one.id), partial(self._draw, one), one) for one in messages]

    def _draw(self, message: Message, width: int) -> list[Content]:
        lines = [
            Content.assemble(
                "  ",
                (f"{clock_time(message.at, self._look.tz)}  ", "$text-dim"),
                (delivery_word(message, self._look), badges.delivery_style(message.delivery)),
                "  ",
                (text.inline(message.text), "$text-plain"),
            )
        ]
        why = trouble(message, self._look)
        if why:
            lines.append(Content.assemble("         ", (why, "$warning")))
        return [text.cut(line, width, self._glyphs) for line in lines]

    def action_decide(self, verb: Verb) -> None:
        """Answer with the reply under the cursor, or say why that cannot become of it."""
        if self.row is None:
            return
        message: Message = self.row.answer
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

    def accept(self, values: Values) -> None:
        self.action_decide("again")


class OvertakenDialog(Dialog[bool]):
    """Shows what others said meanwhile, and what was about to be said. Nothing has been sent."""

    DEFAULT_CSS = """
    OvertakenDialog {
        & > #dialog > #dialog-about { color: $text-dim; }
        & > #dialog > VerticalScroll {
            height: auto;
            max-height: 5;
            margin: 0 0 1 0;
            padding: 0 1;
            background: $surface-1;
            scrollbar-size-vertical: 1;
            & > PlainStatic { height: auto; color: $text-plain; }
        }
        & > #dialog > #overtaken-theirs { border-left: heavy $info; }
        & > #dialog > #overtaken-yours { border-left: heavy $agent; margin: 0; }
        &.-ascii > #dialog > VerticalScroll { border-left: ascii $rule; }
    }
    """

    keys = (("^s", "send yours anyway"), ("esc", "keep it as a draft"))

    def __init__(
        self, name: str, others: Sequence[Message], yours: str, tz: tzinfo, glyphs: Glyphs
    ) -> None:
        who = "The bot" if others[-1].speaker is Speaker.BOT else others[-1].author
        title = f"{who} has answered {name} while you wrote"
        super().__init__(title, "Your reply has not been sent.", glyphs)
        self._others = others
        self._yours = yours
        self._tz = tz
        self.set_class(glyphs.ascii, "-ascii")

    def fields(self) -> ComposeResult:
        with VerticalScroll(id="overtaken-theirs"):
            for message in self._others:
                yield PlainStatic(self._said(message))
        yield PlainStatic("Your reply", classes="label")
        with VerticalScroll(id="overtaken-yours"):
            yield PlainStatic(text.block(self._yours[:_LONGEST]))

    def _said(self, message: Message) -> Content:
        at = clock_time(message.at, self._tz)
        who = "bot" if message.speaker is Speaker.BOT else text.inline(message.author)
        return Content.assemble(
            (f"{at}  ", "$text-dim"), (who, "bold $info"), "\n", text.block(message.text[:_LONGEST])
        )

    def action_accept(self) -> None:
        self.dismiss(True)
