"""Cancelling a case, and closing a tab in which something is not saved."""

from msgspec import Struct
from textual.app import ComposeResult

from omnitui.console.dialogs.base import Dialog
from omnitui.console.dialogs.cases.resolve import TASKS
from omnitui.console.dialogs.foretold import ConsequencesView
from omnitui.console.glyphs import Glyphs
from omnitui.console.keys import key_for
from omnitui.console.widgets.fields import Choice, Line
from omnitui.console.widgets.plain import PlainStatic
from omnitui.desk.cases.consequences import Consequences
from omnitui.model.case import Case, OpenTasks


class Cancelled(Struct, frozen=True):
    """Why a case is cancelled, which may be empty, and what becomes of its open tasks."""

    why: str
    open_tasks: OpenTasks


class CancelCaseDialog(Dialog[Cancelled]):
    """Why a case is cancelled. What that does is shown before."""

    DEFAULT_CSS = """
    CancelCaseDialog { & > #dialog { width: 72; & #tasks { background: $surface-3; } } }
    """

    keys = (("enter", "cancel the case"), ("tab", "next field"), ("esc", "keep it"))

    def __init__(
        self, case: Case, foretold: Consequences, glyphs: Glyphs, typed: dict[str, str]
    ) -> None:
        super().__init__(
            f"Cancel {case.number}",
            f"{case.title}\n{key_for('case.reopen')} reopens it.",
            glyphs,
            typed,
        )
        self._foretold = foretold

    def fields(self) -> ComposeResult:
        """Why, and what of the tasks."""
        yield PlainStatic("Why, for whoever reads it later", classes="label")
        yield Line(self.typed.get("reason", ""), id="reason", max_length=500)
        if self._foretold.tasks:
            yield PlainStatic("")
            yield PlainStatic("Open tasks", classes="label")
            yield Choice(TASKS, TASKS[0][0], self._glyphs, id="tasks")
        yield ConsequencesView(self._glyphs, self._foretold)

    def action_accept(self) -> None:
        """Cancel it, if it can be."""
        if self._foretold.why_not:
            self.wrong("It cannot be cancelled now: the line above says why.")
            return
        tasks = OpenTasks(self.value("tasks")) if self._foretold.tasks else OpenTasks.KEEP
        self.dismiss(Cancelled(self.value("reason"), tasks))


class ConsequencesDialog(Dialog[bool]):
    """Something would have consequences worth a question; True does it all the same."""

    keys = (("enter", "do it"), ("esc", "cancel"))

    def __init__(self, title: str, about: str, foretold: Consequences, glyphs: Glyphs) -> None:
        super().__init__(title, about, glyphs)
        self._foretold = foretold

    def fields(self) -> ComposeResult:
        """What it would do."""
        yield ConsequencesView(self._glyphs, self._foretold)

    def key_enter(self) -> None:
        """Do it."""
        self.dismiss(True)


class UnsavedDialog(Dialog[bool]):
    """A tab is to be closed in which something is not saved; True closes it."""

    keys = (("enter", "close and forget it"), ("esc", "keep it open"))

    def __init__(self, title: str, names: str, glyphs: Glyphs) -> None:
        about = f"Not saved: {names}. ^s in the tab saves it."
        super().__init__(f"Close {title}?", about, glyphs)

    def key_enter(self) -> None:
        """Close it."""
        self.dismiss(True)
