"""Put a conversation off: a time in words, shown as the moment it means while it is typed."""

from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct
from textual.widgets import Input

from omnitui.console.dialogs.form import Values
from omnitui.console.dialogs.pick import Pick, option
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

    keys = (("enter", "snooze"), ("tab", "note for yourself"), ("esc", "cancel"))
    find_hint = "fri 9am, 2h, tomorrow 14:30"
    find_id = "until"
    instead = "until"
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
        note = Field("note", "Note for yourself", most=500)
        super().__init__(f"Snooze {name} until", consequence, glyphs, typed, asks=(note,))
        self._link = link
        self._tz = tz
        now = link.now()
        for words in when.SUGGESTED:
            said = when.said(when.parse(words, now, tz), now, tz)
            self.rows = (*self.rows, option(words, words, glyphs, end=said))

    def begin(self) -> None:
        self.query_one("#until", Input).value = self.typed.get("until", "")
        super().begin()

    def narrow(self) -> None:
        self.tell()

    def _meant(self) -> int | when.WhenError:
        words = self.wanted or self.found.cursor_key
        try:
            return when.parse(words, self._link.now(), self._tz)
        except when.WhenError as error:
            return error

    def tell(self) -> None:
        meant, now = self._meant(), self._link.now()
        if isinstance(meant, when.WhenError):
            self.say("what", f"{meant.sentence} {meant.hint}", wrong=True)
        else:
            self.say("what", self.moment(when.said(meant, now, self._tz), meant, now))

    def moment(self, said: str, meant: int, now: int) -> str:
        """What the time means."""
        return transfers.comes_back(said, meant, now)

    def to_list(self) -> None:
        self.query_one("#until", Input).value = ""
        super().to_list()

    def accept(self, values: Values) -> None:
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

    keys = (("enter", "snooze them"), ("tab", "note for yourself"), ("esc", "cancel"))
    width = 84
    tight = True
