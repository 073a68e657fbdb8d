"""Around a message that is being written: addresses, a time to leave, a pasted block, spelling."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from typing import ClassVar, Literal

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.listing import ListingDialog
from omnitui.console.dialogs.pick import Pick, Row, option
from omnitui.console.dialogs.snooze import PutOff, SnoozeDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.present import times
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.desk.drafts import Enclosed
from omnitui.model.envelope import Scheduled, ScheduledState
from omnitui.model.errors import Refusal
from omnitui.model.session import Draft
from omnitui.rules import mailing

Pasted = Literal["insert", "line", "note"]
_PREVIEW_LINES = 6
_PREVIEW_WIDTH = 70


class Addressed(Struct, frozen=True):
    """Subject and copies of a letter."""

    subject: str
    cc: str
    bcc: str


def address_dialog(known: Enclosed, glyphs: Glyphs) -> Form[Addressed]:
    """Answers with subject and copies; addresses that are none are named."""
    envelope = known.envelope
    hint = "ada@example.com, bo@example.com"
    fields = (
        Field("subject", "Subject", known.subject, most=mailing.LONGEST_SUBJECT),
        Field("cc", "Cc", ", ".join(envelope.cc), most=4_000, hint=hint),
        Field("bcc", "Bcc", ", ".join(envelope.bcc), most=4_000, hint="not seen by the others"),
    )
    return Form(
        "Subject and copies",
        "",
        glyphs,
        asks=fields,
        into=Addressed,
        check=_wrong_address,
        beside=9,
        keys=(("enter", "set"), ("esc", "cancel")),
        width=84,
    )


def _wrong_address(values: Values) -> str:
    for key, what in (("cc", "Cc"), ("bcc", "Bcc")):
        found = mailing.copies([values[key]], what)
        if isinstance(found, Refusal):
            return str(found)
    return ""


class LaterDialog(SnoozeDialog):
    """When a reply is to leave: answers with the moment, and `anyway` in place of a note."""

    keys = (("enter", "schedule"), ("tab", "if they write before"), ("esc", "cancel"))

    def __init__(
        self, name: str, about: str, link: Link, tz: tzinfo, glyphs: Glyphs, typed: dict[str, str]
    ) -> None:
        super().__init__(name, about, link, tz, glyphs, typed)
        self._title = f"Send to {name} later"
        self.asks = (
            Field(
                "note",
                f"If {name} writes before",
                "hold",
                FieldKind.CHOICE,
                (("hold", "hold it and ask me"), ("send", "send it all the same")),
            ),
        )

    def moment(self, said: str, meant: int, now: int) -> str:
        """What the time means."""
        zone = times.zone_name(meant, self._tz)
        return f"Leaves {said} ({zone}), {times.relative(meant, now)}."


class Decided(Struct, frozen=True):
    """What is to become of a reply for later: another time, sent now, or cancelled."""

    verb: Literal["time", "send", "cancel"]
    scheduled: Scheduled


def scheduled_dialog(
    scheduled: Sequence[Scheduled], now: int, tz: tzinfo, glyphs: Glyphs
) -> Pick[Decided]:
    """Answers with what is to become of a reply for later in this conversation."""

    def row(one: Scheduled) -> Row:
        when = times.moment(one.due_at, now, tz)
        held = one.state is ScheduledState.HELD
        said = text.inline(f"held: {one.why}") if held else when
        return option(str(one.id), text.inline(one.text), glyphs, end=said, answer=one)

    return Pick(
        "Scheduled replies",
        "",
        glyphs,
        rows=[row(one) for one in scheduled],
        into=partial(Decided, "time"),
        verbs={"s": partial(Decided, "send"), "d": partial(Decided, "cancel")},
        keys=(
            ("enter", "another time"),
            ("s", "send now"),
            ("d", "cancel, back to a draft"),
            ("esc", "close"),
        ),
        width=84,
    )


def pasted_dialog(pasted: str, glyphs: Glyphs) -> Confirm[Pasted]:
    """Asks what is to become of a pasted block; nothing is inserted or sent before."""
    lines = [line for line in pasted.splitlines() if line.strip()]
    shown = [text.fit(text.inline(line), _PREVIEW_WIDTH, glyphs) for line in lines[:_PREVIEW_LINES]]
    if len(lines) > _PREVIEW_LINES:
        shown.append(f"{glyphs.ellipsis} {len(lines) - _PREVIEW_LINES} more lines")
    count = f"{len(lines)} lines, " if len(lines) > 1 else ""
    dialog: Confirm[Pasted] = Confirm(
        f"Insert what you pasted? ({count}{len(pasted):,} characters)",
        "\n".join(shown),
        glyphs,
        "insert",
        "insert",
        others=(("l", "as one line", "line"), ("n", "as a note", "note")),
        leave="do not",
    )
    dialog.width = 78
    return dialog


class Correction(Struct, frozen=True):
    """What a word is to be replaced with; the word itself is to be `learned`."""

    word: str
    learned: bool = False


def spelling_dialog(word: str, corrections: Sequence[str], glyphs: Glyphs) -> Pick[Correction]:
    """Answers with a correction, or that the word is right."""
    rows = [
        option(f"{number}", one, glyphs, sign=str(number), answer=Correction(one))
        for number, one in enumerate(corrections, 1)
    ]
    learned = Correction(word, learned=True)
    rows.append(option("learn", "add to my words", glyphs, sign="+", answer=learned))
    about = "" if corrections else "No word in the list is like it."
    keys = (("enter", "choose"), ("esc", "leave it"))
    return Pick(f"{word}", about, glyphs, rows=rows, keys=keys, width=50)


class Drafts(ListingDialog[Draft | Scheduled, Scheduled]):
    """What you have begun to write, and what leaves later. Answers with one to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "discard", "Discard", id="drafts.discard", show=False)
    ]
    keys = (("enter", "go there"), ("d", "discard, or cancel"), ("esc", "close"))
    heading = "Drafts and scheduled replies"
    reads = ("draft.list", 200)
    none = "No drafts. What you begin to write and do not send appears here."

    async def _read(self) -> None:
        drafts: list[Draft] = await self._link.call("draft.list", limit=self.reads[1])
        later: list[Scheduled] = await self._link.call("scheduled.list")
        self.rows = [
            *(
                Row(f"draft {one.conversation_id} {one.kind}", partial(self._draft, one), one)
                for one in drafts
            ),
            *(Row(f"scheduled {one.id}", partial(self._scheduled, one), one) for one in later),
        ]
        self.nothing = self.none
        self.found.lay_out()

    def _draft(self, one: Draft, width: int) -> list[Content]:
        age = times.wait(max(0, self._link.now() - one.at))
        files = f" +{one.files} file{'' if one.files == 1 else 's'}" if one.files else ""
        kind, style = ("note", "$note") if one.kind == "note" else ("reply", "$agent")
        return self._lines(one.name, kind, style, f"{one.text}{files}", age, width)

    def _scheduled(self, one: Scheduled, width: int) -> list[Content]:
        now = self._link.now()
        held = one.state is ScheduledState.HELD
        kind, style = ("held", "bold $warning") if held else ("later", "$info")
        said = one.why if held else one.text
        when = times.moment(one.due_at, now, self._tz)
        return self._lines(one.name, kind, style, said, when, width)

    def _lines(
        self, name: str, kind: str, style: str, said: str, end: str, width: int
    ) -> list[Content]:
        start = Content.assemble(
            "  ",
            (f"{kind:6}", style),
            (text.inline(name), "$customer"),
            "  ",
            (text.inline(said), "$text-plain"),
        )
        tail = Content.assemble((f" {end} ", "$text-dim"))
        return [text.between(start, tail, width, self._glyphs)]

    def action_discard(self) -> None:
        """Discard the draft, or cancel the scheduled reply, whose words become a draft."""
        one = None if self.row is None else self.row.answer
        if isinstance(one, Draft):
            self.carry_out(
                "draft.discard", {"conversation": one.conversation_id, "kind": one.kind.value}
            )
        elif isinstance(one, Scheduled):
            self.carry_out("scheduled.cancel", {"scheduled": one.id})


def as_put_off(answer: PutOff) -> dict[str, object]:
    """A time to leave as the desk takes it."""
    return {"at": answer.until, "anyway": answer.note == "send"}
