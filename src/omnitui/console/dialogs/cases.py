"""Dialogs about one case: created, resolved, cancelled, its status reason."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct
from textual.content import Content

from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.entitlements import NONE, entitlement_rows
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, option
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.link import Link
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.console.work import do_soon
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.case import Case, CasePriority, CaseReason, CaseStatus, OpenTasks
from omnitui.model.customer import Customer
from omnitui.model.errors import Refusal
from omnitui.rules.cases import REASONS

PRIORITIES = tuple((priority.value, priority.value.capitalize()) for priority in CasePriority)
TITLE_NEEDED = "A case needs a short title."
_RESOLVED = tuple(
    (reason.value, reason.label.capitalize()) for reason in REASONS[CaseStatus.RESOLVED]
)
_TASKS = (("cancel", "Cancel them"), ("keep", "Leave them open"))
"""What may become of open tasks, the usual one first."""


class NewCase(Struct, frozen=True):
    """What a case is to be created with. `entitlement` is a key, or `none`."""

    title: str
    priority: CasePriority
    origin: str
    product: str
    description: str
    entitlement: str


class CaseForm(Pick[NewCase]):
    """A case, filled in from the conversation as far as that tells it.

    The entitlements that it could use on its origin are shown before anything is saved. `links`
    says that it is then linked to a conversation.
    """

    keys = (("^s", "create"), ("tab", "next field"), ("esc", "cancel"))
    width = 76
    lead = "Entitlement"
    optional = True
    list_height = 6

    def __init__(
        self,
        customer: Customer,
        link: Link,
        glyphs: Glyphs,
        typed: dict[str, str],
        known: Mapping[str, str],
        about: str = "",
        *,
        links: bool = False,
    ) -> None:
        origins = [(key, channel.label) for key, channel in link.channels.items()]
        first = {key: known.get(key, "") for key in ("title", "product", "description", "origin")}
        asks = (
            Field("title", "Title", first["title"], needed=TITLE_NEEDED),
            Field("priority", "Priority", "normal", FieldKind.CHOICE, PRIORITIES),
            Field("origin", "Origin", first["origin"], FieldKind.CHOICE, origins),
            Field("product", "Product", first["product"], most=100),
            Field("description", "Description", first["description"], FieldKind.TEXT),
        )
        title = f"New case for {customer.name}"
        super().__init__(title, about, glyphs, typed, asks=asks, beside=13)
        for key, value in first.items():
            self.typed.setdefault(key, value)
        if links:
            self.keys = (("^s", "create and link"), *self.keys[1:])
        self._customer = customer
        self._link = link

    def begin(self) -> None:
        super().begin()
        self.changed("origin")

    def changed(self, key: str) -> None:
        if key in ("origin", "product"):
            do_soon(self, self._offer(), "entitlements", exclusive=True)

    async def _offer(self) -> None:
        options = await self._link.attempt(
            "entitlement.options",
            customer=self._customer.id,
            origin=self.value("origin"),
            product=self.value("product"),
        )
        if isinstance(options, Refusal):
            self.wrong(str(options))
        else:
            self.rows = entitlement_rows(options, self._glyphs)
            self.found.lay_out()

    def answer(self, values: Values) -> NewCase:
        given = {key: value for key, value in values.items() if key != "chosen"}
        return msgspec.convert({**given, "entitlement": values["chosen"] or NONE}, NewCase)


class Resolution(Struct, frozen=True):
    """How a case was resolved; `minutes` is the billable time, None when nobody counted."""

    resolution: str
    minutes: int | None
    reason: CaseReason
    open_tasks: OpenTasks = OpenTasks.KEEP


class Cancelled(Struct, frozen=True):
    """Why a case is cancelled, which may be empty, and what becomes of its open tasks."""

    reason: str
    open_tasks: OpenTasks = OpenTasks.KEEP


def _tasks(known: Consequences) -> tuple[Field, ...]:
    """What becomes of the open tasks, where there are some."""
    field = Field("open_tasks", "Open tasks", _TASKS[0][0], FieldKind.CHOICE, _TASKS)
    return (field,) if known.tasks else ()


def resolve_dialog(
    case: Case, known: Consequences, link: Link, glyphs: Glyphs, typed: dict[str, str]
) -> Form[Resolution]:
    """How a case is resolved, and how long that took; what that does is shown before."""

    async def consider(values: Values) -> Consequences | Refusal:
        minutes = values["minutes"] if isinstance(values["minutes"], int) else None
        found: Consequences | Refusal = await link.attempt(
            "case.consequences", case=case.id, verb="resolve", minutes=minutes
        )
        return found

    asks = (
        Field(
            "resolution",
            "Resolution",
            kind=FieldKind.TEXT,
            rows=3,
            over=True,
            needed="Enter the resolution.",
        ),
        Field("reason", "Reason", "problem_solved", FieldKind.CHOICE, _RESOLVED),
        Field("minutes", "Billable minutes", kind=FieldKind.NUMBER, most=6),
        *_tasks(known),
    )
    return Form(
        f"Resolve {case.number}",
        case.title,
        glyphs,
        typed,
        asks=asks,
        into=Resolution,
        keys=(("^s", "resolve"), ("tab", "next field"), ("esc", "cancel")),
        width=72,
        beside=22,
        known=known,
        consider=consider,
        turns=("minutes",),
    )


def cancel_case_dialog(
    case: Case, known: Consequences, glyphs: Glyphs, typed: dict[str, str]
) -> Form[Cancelled]:
    """Why a case is cancelled; what that does is shown before."""
    return Form(
        f"Cancel {case.number}",
        f"{case.title}\n{key_for('case.reopen')} reopens it.",
        glyphs,
        typed,
        asks=(Field("reason", "Reason", most=500), *_tasks(known)),
        into=Cancelled,
        keys=(("enter", "cancel the case"), ("tab", "next field"), ("esc", "close")),
        width=72,
        spaced=True,
        known=known,
    )


def reason_dialog(case: Case, link: Link, glyphs: Glyphs) -> Pick[CaseReason]:
    """The status reason of an active case; which clocks it stops is shown before."""

    async def consider(values: Values) -> Consequences | Refusal:
        found: Consequences | Refusal = await link.attempt(
            "case.consequences", case=case.id, verb="update", reason=values["chosen"]
        )
        return found

    return Pick(
        f"Status reason of {case.number}",
        case.title,
        glyphs,
        rows=[
            option(
                reason.value,
                reason.label.capitalize(),
                glyphs,
                end=Content.styled("now" if reason is case.reason else "", "$primary"),
                answer=reason,
            )
            for reason in REASONS[CaseStatus.ACTIVE]
        ],
        start=case.reason.value,
        keys=(("enter", "set status reason"), ("esc", "cancel")),
        consider=consider,
        turns=("chosen",),
    )


def consequences_dialog(
    title: str, about: str, known: Consequences, glyphs: Glyphs
) -> Confirm[bool]:
    """Something would have consequences worth a question; True does it all the same."""
    return Confirm(title, about, glyphs, "continue", True, known=known)


def unsaved_dialog(title: str, names: str, glyphs: Glyphs) -> Confirm[bool]:
    """A tab is to be closed in which something is not saved; True closes it."""
    about = f"Not saved: {names}. ^s in the tab saves it."
    return Confirm(f"Close {title}?", about, glyphs, "close without saving", True)
