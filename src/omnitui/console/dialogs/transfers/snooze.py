"""Put a conversation off: a time in words, shown as the moment it means while it is typed."""

from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from omnitui.console import text
from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present import transfers
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.widgets.search_input import SearchInput
from omnitui.rules import when


class PutOff(Struct, frozen=True):
    """Until when, as the desk reads it, a word for when it is back, and until when in words."""

    until: str
    note: str
    said: str


class SnoozeDialog(Dialog[PutOff]):
    """Answers with the moment."""

    DEFAULT_CSS = """
    SnoozeDialog {
        & #dialog > #meant { height: 2; margin: 1 0; color: $text-plain; }
        & #dialog > #meant.-wrong { color: $warning; }
    }
    """

    keys = (("enter", "snooze"), ("tab", "a word for then"), ("esc", "keep it"))
    stops = "Input"

    def __init__(
        self,
        name: str,
        consequence: str,
        link: Link,
        tz: tzinfo,
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        super().__init__(f"Snooze {name} until", consequence, glyphs, typed)
        self._link = link
        self._tz = tz

    def fields(self) -> ComposeResult:
        """The time, the usual ones, what is meant, and the word."""
        until = SearchInput(self._glyphs, placeholder="fri 9am, 2h, tomorrow 14:30", id="until")
        until.value = self.typed.get("until", "")
        yield until
        yield BlockList(self._glyphs, cursor_always=True, id="usual")
        yield PlainStatic("", id="meant")
        yield PlainStatic("What should you know then?", classes="label")
        yield Input(self.typed.get("note", ""), id="note", max_length=500)

    def on_mount(self) -> None:
        """Show the usual times."""
        super().on_mount()
        self.query_one(BlockList).show(self._blocks)
        self.call_after_refresh(self._say)

    def _blocks(self, width: int) -> list[Block]:
        now = self._link.now()
        lines = []
        for words in when.SUGGESTED:
            said = when.said(when.parse(words, now, self._tz), now, self._tz)
            lines.append(
                Block(words, [transfers.suggestion_line(words, said, width, self._glyphs)], True)
            )
        return lines

    @property
    def _words(self) -> str:
        """What was typed, or else the usual time under the cursor."""
        return self.value("until") or self.query_one(BlockList).cursor_key

    def _meant(self) -> int | when.WhenError:
        try:
            return when.parse(self._words, self._link.now(), self._tz)
        except when.WhenError as error:
            return error

    def _say(self) -> None:
        meant, now = self._meant(), self._link.now()
        if isinstance(meant, when.WhenError):
            said = f"{meant.sentence} {meant.hint}"
        else:
            said = transfers.comes_back(when.said(meant, now, self._tz), meant, now)
        line = self.query_one("#meant", PlainStatic)
        line.update(text.block(said))
        line.set_class(isinstance(meant, when.WhenError), "-wrong")

    @on(Input.Changed, "#until")
    def _typed_until(self) -> None:
        self._say()

    @on(BlockList.Highlighted)
    def _moved(self, event: BlockList.Highlighted) -> None:
        event.stop()
        self._say()

    @on(SearchInput.Moved)
    def _down(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.query_one("#until", SearchInput).value = ""
        self.query_one(BlockList).focus()
        self.query_one(BlockList).action_move(1)

    @on(BlockList.Chosen)
    def _chosen(self, event: BlockList.Chosen) -> None:
        event.stop()
        self.query_one("#until", SearchInput).value = ""
        self.action_accept()

    def action_accept(self) -> None:
        """Put it off until the moment that is shown."""
        meant = self._meant()
        if isinstance(meant, when.WhenError):
            self._say()
            return
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=meant)
        said = when.said(meant, self._link.now(), self._tz)
        self.dismiss(PutOff(moment.isoformat(), self.value("note"), said))
