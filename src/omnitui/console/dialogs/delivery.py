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
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import badges
from omnitui.console.present.times import clock_time
from omnitui.console.present.transcript import Look, delivery_word, trouble
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.conversation import Message, Speaker
from omnitui.model.errors import Refusal
from omnitui.rules.outbox import may_be_confirmed, may_be_sent_again, may_be_taken_back

Verb = Literal["again", "arrived", "lost", "back"]
_LONGEST = 2_000


class Decision(Struct, frozen=True):
    """What is to become of a reply: sent again, said to have arrived or not, taken back."""

    verb: Verb
    message: Message


_ONLY: dict[Verb, str] = {
    "again": "Only failed and uncertain replies can be sent again.",
    "arrived": "Only an uncertain reply can be marked as arrived.",
    "lost": "Only an uncertain reply can be marked as not arrived.",
    "back": "Sending cannot be undone: it may have arrived, or is being delivered now.",
}
_KEYS: Sequence[tuple[str, Verb, str]] = (
    ("s", "again", "send again"),
    ("a", "arrived", "it arrived"),
    ("n", "lost", "it did not"),
    ("t", "back", "undo send"),
)


def _decide(verb: Verb, message: Message) -> Decision | Refusal:
    """What was decided, or why that cannot become of the reply."""
    if verb == "again":
        fits = may_be_sent_again(message.delivery)
    else:
        may = may_be_taken_back if verb == "back" else may_be_confirmed
        fits = may(message.delivery, doubtful=message.doubtful)
    return Decision(verb, message) if fits else Refusal(f"delivery.{verb}", _ONLY[verb])


def delivery_dialog(
    messages: Sequence[Message], unserved: dict[str, str], hint: str, tz: tzinfo, glyphs: Glyphs
) -> Pick[Decision]:
    """Answers with what is to become of the reply under the cursor.

    `unserved` are the labels of channels that nothing delivers on, by key, `hint` what to do there.
    """
    look = Look(0, tz, glyphs, unserved=unserved)

    def row(message: Message) -> Row:
        style = badges.delivery_style(message.delivery)
        at, word = f"{clock_time(message.at, tz)}  ", delivery_word(message, look)
        said = (text.inline(message.text), "$text-plain")
        lines = [Content.assemble("  ", (at, "$text-dim"), (word, style), "  ", said)]
        why = trouble(message, look)
        if why:
            lines.append(Content.assemble("         ", (why, "$warning")))
        refused = "" if may_be_sent_again(message.delivery) else _ONLY["again"]
        draw = partial(_cut, lines, glyphs)
        return Row(str(message.id), draw, message, refused=refused)

    return Pick(
        "Not confirmed as delivered",
        hint,
        glyphs,
        rows=[row(message) for message in messages],
        into=partial(_decide, "again"),
        verbs={key: partial(_decide, verb) for key, verb, _does in _KEYS},
        keys=(*((key, does) for key, _verb, does in _KEYS), ("esc", "close")),
        width=78,
    )


def _cut(lines: Sequence[Content], glyphs: Glyphs, width: int) -> list[Content]:
    return [text.cut(line, width, glyphs) for line in lines]


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
        title = f"Conflict: {who} answered {name} first"
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
