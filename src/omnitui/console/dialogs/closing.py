"""End a conversation, close its session, give it back, undo: what that does is said first."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form
from omnitui.console.dialogs.pick import Pick, option
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
    "Wrong department",
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


def wrap_up_dialog(
    title: str, about: str, glyphs: Glyphs, typed: dict[str, str], *, does: str = "close"
) -> Pick[str]:
    """Close for good: how did it end? Answers with a usual way, or with what was typed."""
    return Pick(
        title,
        about,
        glyphs,
        typed,
        rows=[option(name, Content(name), glyphs) for name in DISPOSITIONS],
        asks=(Field("other", "Other"),),
        into=lambda usual, other: other or usual,
        instead="other",
        lead="Disposition",
        keys=(("enter", does), ("esc", "cancel")),
    )


def bulk_close_dialog(title: str, about: str, glyphs: Glyphs, typed: dict[str, str]) -> Pick[str]:
    """Close many, in few rows: how did they end?"""
    dialog = wrap_up_dialog(title, about, glyphs, typed, does="close them")
    dialog.width, dialog.list_height = 84, "25vh"
    return dialog


def release_dialog(name: str, queue: str, glyphs: Glyphs, typed: dict[str, str]) -> Form[str]:
    """Release a conversation to its queue, with a note for the agent who takes it next."""
    return Form(
        f"Release {name}{f' to {queue}' if queue else ''}?",
        "It stays open for the customer, waits in the queue and is offered to another agent.",
        glyphs,
        typed,
        asks=(Field("note", "Note for the next agent"),),
        into=lambda note: note,
        keys=(("enter", "release it"), ("esc", "cancel")),
    )


def undo_before_dialog(found: Undoable, glyphs: Glyphs) -> Confirm[bool]:
    """What was done last cannot be undone: ask whether what was done before is undone instead."""
    about = f"“{found.what}” cannot be undone: {found.why_not}."
    title = f"Undo the action before it: {found.before}?"
    return Confirm(title, about, glyphs, "undo that", True, also="u")
