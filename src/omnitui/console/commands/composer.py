"""What can be done while writing. The composer itself acts on these keys when it has the focus."""

from functools import partial
from typing import TYPE_CHECKING

from omnitui.console.command import Need, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, session_of

if TYPE_CHECKING:
    from omnitui.console.session.composer_text import ComposerText

_composing = partial(command, group="Composer")
_WRITING: list[Need] = [needs.can_write]


def _field(stage: Stage) -> "ComposerText":
    return session_of(stage).conversation.composer.field


@_composing("composer.send", "ctrl+s", "Send", needs=[needs.something_written, needs.can_write])
async def send(stage: Stage) -> None:
    """Send. Enter sends too on live channels; pasting never sends."""
    _field(stage).action_send()


@_composing("composer.newline", "ctrl+j", "New line", needs=_WRITING)
async def new_line(stage: Stage) -> None:
    """Start a new line; Alt+Enter does too, and Enter on e-mail and other asynchronous channels."""
    _field(stage).action_newline()


@_composing("composer.note", "ctrl+n", "Reply or note", needs=[needs.session])
async def switch_note(stage: Stage) -> None:
    """Switch between reply and note; both drafts are kept."""
    _field(stage).action_toggle_note()


@_composing("composer.editor", "ctrl+e", "Editor", needs=_WRITING)
async def editor(stage: Stage) -> None:
    """Write in $EDITOR; what you save comes back here and is not sent."""
    _field(stage).action_editor()


@_composing("composer.undo", "ctrl+z", "Undo or unsend", needs=_WRITING)
async def undo(stage: Stage) -> None:
    """Undo typing; with nothing typed, undo sending the reply that is held."""
    _field(stage).action_take_back()
