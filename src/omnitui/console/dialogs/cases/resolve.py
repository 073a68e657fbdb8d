"""Resolve a case: how, and how long it took. What that does is shown before."""

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.foretold import ConsequencesView
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.widgets.fields import Choice, Text
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.case import Case, CaseReason, CaseStatus, OpenTasks
from omnitui.model.errors import Refusal
from omnitui.rules.cases import REASONS

_MOST_MINUTES = 100_000
_REASONS = tuple(
    (reason.value, reason.label.capitalize()) for reason in REASONS[CaseStatus.RESOLVED]
)
TASKS = (("cancel", "Cancel them"), ("keep", "Leave them open"))
"""What may become of open tasks, the usual one first."""


class Resolution(Struct, frozen=True):
    """How a case was resolved; `minutes` is the billable time, None when nobody counted."""

    said: str
    minutes: int | None
    reason: CaseReason
    open_tasks: OpenTasks


class ResolveDialog(Dialog[Resolution]):
    """Resolution, reason, minutes and open tasks; `^s` resolves."""

    DEFAULT_CSS = """
    ResolveDialog {
        & > #dialog {
            width: 72;
            & > .pair { height: 1; }
            & > .pair > .label { width: 22; }
            & > .pair > .field { width: 1fr; }
            & > #resolution { margin: 0 0 1 0; }
            & > TextArea { height: 3; }
            & Choice { background: $surface-3; }
            & Choice:focus { background: $cursor-surface; }
        }
    }
    """

    keys = (("^s", "resolve"), ("tab", "next field"), ("esc", "cancel"))

    def __init__(
        self, case: Case, foretold: Consequences, link: Link, glyphs: Glyphs, typed: dict[str, str]
    ) -> None:
        super().__init__(f"Resolve {case.number}", case.title, glyphs, typed)
        self._case = case
        self._link = link
        self._foretold = foretold

    def fields(self) -> ComposeResult:
        """How, why, how long, and what of the tasks."""
        typed = self.typed
        yield PlainStatic("How was it resolved?", classes="label")
        yield Text(
            typed.get("resolution", ""),
            id="resolution",
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
        )
        reason = typed.get("reason", CaseReason.PROBLEM_SOLVED.value)
        yield from self._pair("Reason", Choice(_REASONS, reason, self._glyphs, id="reason"))
        minutes = Input(
            typed.get("minutes", ""), id="minutes", type="integer", max_length=6, compact=True
        )
        yield from self._pair("Billable minutes", minutes)
        if self._foretold.tasks:
            tasks = typed.get("tasks", TASKS[0][0])
            yield from self._pair("Open tasks", Choice(TASKS, tasks, self._glyphs, id="tasks"))
        yield ConsequencesView(self._glyphs, self._foretold)

    def _pair(self, label: str, field: Input | Choice) -> ComposeResult:
        field.add_class("field")
        yield Horizontal(PlainStatic(label, classes="label"), field, classes="pair")

    def on_mount(self) -> None:
        """Ask for what was typed before."""
        super().on_mount()
        if self._minutes is not None:
            self.query_one(ConsequencesView).ask(self, self._ask)

    @property
    def _minutes(self) -> int | None:
        typed = self.value("minutes")
        return min(int(typed), _MOST_MINUTES) if typed.isdecimal() else None

    async def _ask(self) -> Consequences | Refusal:
        found: Consequences | Refusal = await self._link.attempt(
            "case.consequences", case=self._case.id, verb="resolve", minutes=self._minutes
        )
        return found

    @on(Input.Changed, "#minutes")
    def _other_minutes(self) -> None:
        self.query_one(ConsequencesView).ask(self, self._ask)

    @on(Choice.Changed)
    def _chose(self, event: Choice.Changed) -> None:
        if event.widget.id:
            self.typed[event.widget.id] = event.value

    def action_accept(self) -> None:
        """Resolve it, if it says how."""
        said, minutes = self.value("resolution"), self.value("minutes")
        if not said:
            self.wrong("Say how it was resolved; the next agent reads it.")
        elif minutes and not minutes.isdecimal():
            self.wrong("Minutes are a whole number.")
        elif self.query_one(ConsequencesView).why_not:
            self.wrong("It cannot be resolved like this: the line above says why.")
        else:
            tasks = OpenTasks(self.value("tasks")) if self._foretold.tasks else OpenTasks.KEEP
            reason = CaseReason(self.value("reason"))
            self.dismiss(Resolution(said, self._minutes, reason, tasks))
