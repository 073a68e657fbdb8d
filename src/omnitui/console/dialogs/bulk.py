"""Before something is done to many conversations: to how many, and what becomes of them."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

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


def priority_dialog(subject: Subject, glyphs: Glyphs, typed: dict[str, str]) -> Pick[int]:
    """Answers with a priority."""

    def check(values: Values) -> str:
        typed = values["other"] or "0"
        digits = typed.removeprefix("-").removeprefix("+")
        if digits.isdecimal() and -10 <= int(typed) <= 10:
            return ""
        return f"{typed} is not a priority: give a number from -10 to 10."

    def row(number: int, label: str) -> Row:
        end = f"{number:+d}" if number else "0"
        return option(str(number), label, glyphs, end=end, answer=number)

    return Pick(
        f"Priority of {subject.named}",
        subject.about,
        glyphs,
        typed,
        rows=[row(number, label) for number, label in PRIORITIES],
        asks=(Field("other", "Or a number from -10 to 10; higher numbers come first", most=3),),
        check=check,
        into=lambda usual, other: int(other) if other else usual,
        instead="other",
        keys=(("enter", "set priority"), ("tab", "another number"), ("esc", "cancel")),
    )


class Labels(Struct, frozen=True):
    """Labels to put on, and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


def label_dialog(
    subject: Subject,
    present: Sequence[str],
    known: Sequence[str],
    glyphs: Glyphs,
    typed: dict[str, str],
) -> Form[Labels]:
    """Answers with the labels. `present` are those that some have, `known` all there are."""

    def check(values: Values) -> str:
        some = _words(values["add"]) or _words(values["remove"])
        return "" if some else "Write a label first, for example: vip."

    all_known = f"; known: {', '.join(known[:6])}" if known else ""
    have = f"; they have: {', '.join(present[:6])}" if present else ""
    return Form(
        f"Label {subject.named}",
        subject.about,
        glyphs,
        typed,
        asks=(
            Field("add", f"Add (separate with commas){all_known}"),
            Field("remove", f"Remove{have}"),
        ),
        check=check,
        into=lambda add, remove: Labels(_words(add), _words(remove)),
        keys=(("enter", "apply"), ("tab", "next field"), ("esc", "cancel")),
        spaced=True,
    )


def _words(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (word.strip() for word in written.split(",")))))


def link_marked_dialog(
    subject: Subject,
    cases: Sequence[Case],
    names: Mapping[CustomerId, str],
    fits: Mapping[CustomerId, int],
    now: int,
    tz: tzinfo,
    glyphs: Glyphs,
) -> Pick[int]:
    """Answers with a case: one of those of the customers of what is marked."""

    def row(case: Case) -> Row:
        name, count = names.get(case.customer_id, ""), fits.get(case.customer_id, 0)
        others = subject.count - count
        rest = f"; {others} of other customers do not change" if others else ""
        said = f"     {text.inline(name)}: linked to {count} of {subject.count}{rest}"

        def draw(width: int) -> list[Content]:
            told = text.cut(Content.styled(said, "$text-dim"), width, glyphs)
            return [case_item(case, width, now, tz, glyphs), told]

        return Row(str(case.id), draw, case.id, f"{case.number} {case.title} {name}")

    return Pick(
        f"Link a case to {subject.named}",
        subject.about or "A case can be linked only to conversations of its customer.",
        glyphs,
        rows=[row(case) for case in cases],
        find_hint="Number, words of the title, or a customer",
        keys=(("enter", "link it"), ("esc", "cancel")),
        width=84,
    )


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
        super().__init__(f"Reply to {subject.named}", subject.about, glyphs, typed)
        self.asks = (Field("text", f"Filled for each: {SLOTS}", kind=FieldKind.TEXT, rows=6),)
        self._conversations = list(conversations)
        self._link = link
        self._timer: Timer | None = None
        self._previewed = ""
        self._preview: BulkReplyPreview | None = None

    def below(self, key: str) -> ComposeResult:
        yield PlainStatic("", id="gets", classes="says -any-lines")

    def begin(self) -> None:
        if self.value("text"):
            self.changed("text")

    def changed(self, key: str) -> None:
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
        words = self.value("text")
        if not words:
            self.wrong("Write the text first.")
        elif words != self._previewed:
            do_soon(self, self._look_then_accept(), "preview", exclusive=True)
        elif self._preview is not None and self._preview.gets:
            self.dismiss(words)
        elif self._preview is not None:
            self.wrong("Nobody can get it; nothing was sent.")

    async def _look_then_accept(self) -> None:
        await self._look()
        if self._preview is not None and self._preview.gets and not self._preview.refused:
            self.action_accept()
        elif self._preview is not None and self._preview.gets:
            self.wrong("Some do not get it. Press ^s again to send it to the others.")


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
