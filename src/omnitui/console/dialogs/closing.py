"""End a conversation, close its session, or give it back: what that does is said first."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.dialogs.pick import Pick, Row, option
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Field
from omnitui.desk.undo import Undoable

DISPOSITIONS = (
    "Solved",
    "Answered a question",
    "Transferred",
    "Customer will come back",
    "Customer did not answer",
    "Not solved",
    "Not for us",
)
"""How conversations usually end; anything else can be typed."""


def about(consequence: str, stuck: Sequence[str]) -> str:
    """What a key does, and what hangs on the conversation, as a list."""
    return "\n".join([consequence, *([""] if stuck else []), *(f"- {one}" for one in stuck)])


def end_dialog(name: str, consequence: str, glyphs: Glyphs) -> Confirm[bool]:
    """Ask before a conversation is ended."""
    title = f"End the conversation with {name}?"
    return Confirm(title, consequence, glyphs, "end it", True, also="e")


def close_dialog(
    name: str, consequence: str, glyphs: Glyphs, *, title: str = "Close the session with"
) -> Confirm[str]:
    """Ask before a session is closed; answers with no word about how it ended."""
    return Confirm(f"{title} {name}?", consequence, glyphs, "close", "", also="w")


class WrapUpDialog(Pick[str]):
    """Close for good: how did it end? Answers with a usual way, or with what was typed."""

    keys = (("enter", "close"), ("esc", "cancel"))
    lead = "How did it end?"
    instead = ("other",)

    def __init__(self, title: str, about: str, glyphs: Glyphs, typed: dict[str, str]) -> None:
        other = Field("other", "Or in other words")
        super().__init__(title, about, glyphs, typed, fields=(other,))

    def rows(self) -> Sequence[Row]:
        """The usual ways."""
        return [option(name, Content(name), self._glyphs) for name in DISPOSITIONS]

    def answer(self, values: Values) -> str:
        """What was typed, or else what the cursor stands on."""
        return str(values["other"] or values["chosen"])


class FinishDialog(WrapUpDialog):
    """End and close in one step: how did it end?"""

    keys = (("enter", "end and close"), ("esc", "cancel"))


class BulkCloseDialog(WrapUpDialog):
    """Close many: how did they end?"""

    keys = (("enter", "close them"), ("esc", "cancel"))
    width = 84
    list_height = "25vh"


def release_dialog(name: str, queue: str, glyphs: Glyphs, typed: dict[str, str]) -> Form[str]:
    """Give a conversation back to its queue, with a word for whoever takes it next."""
    return Form(
        f"Give {name} back{f' to {queue}' if queue else ''}?",
        "It stays open for the customer; another agent is looked for, and it counts as waiting "
        "from now on.",
        glyphs,
        typed,
        fields=(Field("note", "What should the next agent know?"),),
        into=lambda note: str(note),
        keys=(("enter", "give it back"), ("esc", "cancel")),
    )


def undo_before_dialog(found: Undoable, glyphs: Glyphs) -> Confirm[bool]:
    """What was done last cannot be undone: ask whether what was done before is undone instead."""
    about = f"“{found.what}” cannot be undone: {found.why_not}."
    title = f"Undo the one before: {found.before}?"
    return Confirm(title, about, glyphs, "undo that", True, also="u")
