"""Somebody else has answered while a reply was written: read that, then send it anyway or not."""

from collections.abc import Sequence
from datetime import tzinfo

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.times import clock_time
from omnitui.console.widgets.plain import PlainStatic
from omnitui.model.conversation import Message, Speaker

_LONGEST = 2_000


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
        super().__init__(
            f"{who} has answered {name} while you wrote",
            "Your reply has not been sent.",
            glyphs,
        )
        self._others = others
        self._yours = yours
        self._tz = tz
        self.set_class(glyphs.ascii, "-ascii")

    def fields(self) -> ComposeResult:
        """Theirs above yours; what is long scrolls."""
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
        """Send it all the same."""
        self.dismiss(True)
