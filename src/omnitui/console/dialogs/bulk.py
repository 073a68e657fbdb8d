"""Before something is done to many conversations: to how many, and what becomes of them."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import partial

from msgspec import Struct
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer

from omnitui.console import text
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, Row, option
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present.home import triage
from omnitui.console.present.records.case import case_item
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.work import do_soon
from omnitui.desk.bulk_replies import BulkReplyPreview
from omnitui.model.case import Case
from omnitui.model.errors import Refusal
from omnitui.model.ids import CustomerId

PRIORITIES = ((5, "Urgent"), (2, "High"), (0, "Normal"), (-2, "Low"))
"""The usual priorities; any from -10 to 10 can be typed."""
SLOTS = "{customer.first_name}, {case.number}, {agent.first_name}"
_PAUSE_SECONDS = 0.25
"""How long typing pauses before it is asked who would get the text."""


class Subject(Struct, frozen=True):
    """What a verb acts on: how many, who in words, and the lines that say what becomes of them."""

    count: int
    whom: str
    becomes: Sequence[str] = ()

    @property
    def named(self) -> str:
        """`Kiana Anderson`, or `3 conversations`."""
        return self.whom.rstrip(".") if self.count == 1 else f"{self.count:,} conversations"

    @property
    def about(self) -> str:
        """Whom it is about, and what becomes of them."""
        lines = [] if self.count == 1 else [self.whom]
        return "\n".join([*lines, *self.becomes])


class PriorityDialog(Pick[int]):
    """Answers with a priority."""

    keys = (("enter", "set it"), ("tab", "another number"), ("esc", "cancel"))
    instead = ("other",)

    def __init__(self, subject: Subject, glyphs: Glyphs, typed: dict[str, str]) -> None:
        other = Field("other", "Or a number from -10 to 10; higher comes first", most=3)
        title = f"Priority of {subject.named}"
        super().__init__(title, subject.about, glyphs, typed, fields=(other,))

    def rows(self) -> Sequence[Row]:
        """The usual ones."""
        return [
            option(str(number), label, self._glyphs, end=f"{number:+d}" if number else "0")
            for number, label in PRIORITIES
        ]

    def problem(self, values: Values) -> str:
        """That a number is none, or beyond what is allowed."""
        typed = values["other"] or values["chosen"]
        digits = typed.removeprefix("-").removeprefix("+")
        if digits.isdecimal() and -10 <= int(typed) <= 10:
            return ""
        return f"{typed} is not a priority: give a number from -10 to 10."

    def answer(self, values: Values) -> int:
        """What was typed, or else what the cursor stands on."""
        return int(values["other"] or values["chosen"])


class Labels(Struct, frozen=True):
    """Labels to put on, and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class LabelDialog(Form[Labels]):
    """Answers with the labels. `there` are those that some of them have, `known` all there are."""

    keys = (("enter", "do it"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(
        self,
        subject: Subject,
        there: Sequence[str],
        known: Sequence[str],
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        all_known = f"; known: {', '.join(known[:6])}" if known else ""
        have = f"; they have: {', '.join(there[:6])}" if there else ""
        fields = (
            Field("add", f"Put on, with commas between{all_known}"),
            Field("remove", f"Take off{have}"),
        )
        title = f"Label {subject.named}"
        super().__init__(title, subject.about, glyphs, typed, fields=fields, spaced=True)

    def problem(self, values: Values) -> str:
        """That there is no label at all."""
        found = self.answer(values)
        return "" if found.add or found.remove else "Write a label first, for example: vip."

    def answer(self, values: Values) -> Labels:
        """The labels that were typed, each once."""
        return Labels(_words(values["add"]), _words(values["remove"]))


def _words(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in written.split(",")))))


class BulkReplyDialog(Form[str]):
    """Answers with the text; slots in it are filled for each. Who gets it is said before."""

    keys = (("^s", "send"), ("esc", "cancel"))
    width = 84

    def __init__(
        self,
        subject: Subject,
        conversations: Sequence[int],
        link: Link,
        glyphs: Glyphs,
        typed: dict[str, str],
    ) -> None:
        words = Field("text", f"Filled for each: {SLOTS}", kind=FieldKind.TEXT, rows=6)
        title = f"Reply to {subject.named}"
        super().__init__(title, subject.about, glyphs, typed, fields=(words,))
        self._conversations = list(conversations)
        self._link = link
        self._timer: Timer | None = None
        self._previewed = ""
        self._preview: BulkReplyPreview | None = None

    def below(self, key: str) -> ComposeResult:
        """Who gets it."""
        yield PlainStatic("", id="gets", classes="says -any-lines")

    def begin(self) -> None:
        """Say at once who gets what was typed before."""
        if self.value("text"):
            self.changed("text")

    def changed(self, key: str) -> None:
        """Ask who gets it, once typing pauses."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE_SECONDS, self._ask)

    def _ask(self) -> None:
        self._timer = None
        do_soon(self, self._look(), "preview", exclusive=True)

    async def _look(self) -> None:
        words, found = self.value("text"), None
        if words:
            given = {"conversations": self._conversations, "text": words}
            found = await self._link.attempt("bulk.reply_preview", **given)
        self._preview = None if isinstance(found, Refusal) else found
        self._previewed = words
        if words:
            self.wrong(str(found) if isinstance(found, Refusal) else "")
        self.say("gets", who_gets(self._preview) if self._preview is not None else "")

    def action_accept(self) -> None:
        """Answer with the text, once it is said who gets it."""
        words = self.value("text")
        if not words:
            self.wrong("Write the text first.")
        elif words != self._previewed:
            do_soon(self, self._look_then_accept(), "preview", exclusive=True)
        elif self._preview is not None and self._preview.gets:
            self.dismiss(words)
        elif self._preview is not None:
            self.wrong("Nobody would get it: nothing was sent.")

    async def _look_then_accept(self) -> None:
        await self._look()
        if self._preview is not None and self._preview.gets and not self._preview.refused:
            self.action_accept()
        elif self._preview is not None and self._preview.gets:
            self.wrong("Not all of them get it: ^s again sends it to those who do.")


def who_gets(preview: BulkReplyPreview) -> str:
    """To how many a text goes, how the first one gets it, and who gets nothing and why."""
    count = len(preview.gets)
    lines = [f"{count:,} get{'s' if count == 1 else ''} it."]
    if preview.example:
        first = " ".join(preview.example.split())
        lines.append(f"{preview.example_name}: {first}")
    if preview.refused:
        reasons = [(one.name, one.message) for one in preview.refused]
        lines.append(f"{len(reasons):,} not: {triage.why_not(reasons)}")
    return "\n".join(lines)


class LinkMarkedDialog(Pick[int]):
    """Answers with a case: one of those of the customers of what is marked."""

    keys = (("enter", "link it"), ("esc", "cancel"))
    find_hint = "Number, words of the title, or a customer"
    width = 84

    def __init__(
        self,
        subject: Subject,
        cases: Sequence[Case],
        names: Mapping[CustomerId, str],
        fits: Mapping[CustomerId, int],
        now: int,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        about = subject.about or "A case is linked to its customer's conversations alone."
        super().__init__(f"Link a case to {subject.named}", about, glyphs)
        self._cases = [(case, names.get(case.customer_id, "")) for case in cases]
        self._count = subject.count
        self._fits = fits
        self._when = now, tz

    def rows(self) -> Sequence[Row]:
        """The cases, each with to how many of the marked it is linked."""
        return [
            Row(str(case.id), partial(self._draw, case, name), f"{case.number} {case.title} {name}")
            for case, name in self._cases
        ]

    def _draw(self, case: Case, name: str, width: int) -> list[Content]:
        fits, count = self._fits.get(case.customer_id, 0), self._count
        rest = f"; {count - fits} of others stay as they are" if fits < count else ""
        said = f"     {text.inline(name)}: linked to {fits} of {count}{rest}"
        return [
            case_item(case, width, *self._when, self._glyphs, linked=False),
            text.cut(Content.assemble((said, "$text-dim")), width, self._glyphs),
        ]

    def answer(self, values: Values) -> int:
        """The key of the case."""
        return int(values["chosen"])
