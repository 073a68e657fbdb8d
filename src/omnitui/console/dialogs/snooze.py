"""Put a conversation off: a time in words, shown as the moment it means while it is typed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial

from msgspec import Struct
from textual.content import Content
from textual.widgets import Input

from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.pick import Pick, Row
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present import transfers
from omnitui.console.widgets.fields import Field
from omnitui.rules import when


class PutOff(Struct, frozen=True):
    """Until when, as the desk reads it, a word for when it is back, and until when in words."""

    until: str
    note: str
    said: str


class SnoozeDialog(Pick[PutOff]):
    """Answers with the moment: one of the usual ones, or what was typed instead."""

    keys = (("enter", "snooze"), ("tab", "a word for then"), ("esc", "cancel"))
    find_hint = "fri 9am, 2h, tomorrow 14:30"
    find_id = "until"
    instead = ("until",)
    tells = True

    def __init__(
        self,
        name: str,
        consequence: str,
        link: Link,
        tz: tzinfo,
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        note = Field("note", "What should you know then?", most=500)
        super().__init__(f"Snooze {name} until", consequence, glyphs, typed, fields=(note,))
        self._link = link
        self._tz = tz

    def begin(self) -> None:
        """Show the usual times, and what was typed before."""
        self.query_one("#until", Input).value = self.typed.get("until", "")
        super().begin()

    def rows(self) -> Sequence[Row]:
        """The usual times."""
        return [Row(words, partial(self._draw, words)) for words in when.SUGGESTED]

    def _draw(self, words: str, width: int) -> list[Content]:
        now = self._link.now()
        said = when.said(when.parse(words, now, self._tz), now, self._tz)
        return [transfers.suggestion_line(words, said, width, self._glyphs)]

    def narrow(self) -> None:
        """Say what is meant by what is typed: the usual times stay."""
        self.tell()

    def _meant(self) -> int | when.WhenError:
        words = self.wanted or self.found.cursor_key
        try:
            return when.parse(words, self._link.now(), self._tz)
        except when.WhenError as error:
            return error

    def tell(self) -> None:
        """Say which moment is meant, or why none is."""
        meant, now = self._meant(), self._link.now()
        if isinstance(meant, when.WhenError):
            self.say("what", f"{meant.sentence} {meant.hint}", wrong=True)
        else:
            said = transfers.comes_back(when.said(meant, now, self._tz), meant, now)
            self.say("what", said)

    def to_list(self) -> None:
        """Go down to the usual times: one of them is meant now."""
        self.query_one("#until", Input).value = ""
        super().to_list()

    def accept(self, values: Values) -> None:
        """Put it off until the moment that is shown."""
        if self.found.has_focus:
            self.query_one("#until", Input).value = ""
        meant = self._meant()
        if isinstance(meant, when.WhenError):
            self.tell()
            return
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=meant)
        said = when.said(meant, self._link.now(), self._tz)
        self.dismiss(PutOff(moment.isoformat(), values["note"], said))


class BulkSnoozeDialog(SnoozeDialog):
    """Put many off: until when?"""

    keys = (("enter", "snooze them"), ("tab", "a word for then"), ("esc", "cancel"))
    width = 84
    tight = True
