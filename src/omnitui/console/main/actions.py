"""Which keys act where the agent is, and which of them the footer shows."""

from typing import TYPE_CHECKING, cast

from textual.widgets import Input

from omnitui.console.command import Command, Where
from omnitui.console.present.frame.footer import Mode
from omnitui.console.toolkit import is_a

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen
    from omnitui.console.session.composer_text import ComposerText

_WHILE_TYPING = (
    "offer.accept_now",
    "composer.send",
    "composer.note",
    "composer.newline",
    "composer.editor",
    "composer.undo",
    "session.next_pane",
    "screen.palette",
)
_WHILE_MARKED = (
    "bulk.reply",
    "bulk.transfer",
    "bulk.label",
    "bulk.snooze",
    "bulk.close",
    "bulk.link_case",
    "bulk.priority",
    "bulk.take",
    "home.clear",
)


def keys_of_field(screen: "MainScreen") -> list[tuple[str, str]]:
    """The keys that act around the field that has the focus, as the toolkit names them."""
    field = screen.focused
    if field is None:
        return []
    return [pair for node in field.ancestors_with_self for pair in getattr(node, "footer_keys", ())]


def mode(screen: "MainScreen") -> Mode:
    """What keys mean now: commands, or letters of a reply, a note or another field."""
    field, reply = screen.focused, reply_in(screen)
    if reply is not None:
        if reply.read_only:
            return Mode.KEYS
        view = screen.session
        note = view is not None and view.conversation.composer.is_note
        return Mode.NOTE if note else Mode.REPLY
    typed = field is not None and (isinstance(field, Input) or is_a(field, "TextArea"))
    return Mode.TEXT if typed else Mode.KEYS


def reply_in(screen: "MainScreen") -> "ComposerText | None":
    """The reply that has the keys, None where something else has them."""
    field = screen.focused
    found = field is not None and is_a(field, "ComposerText")
    return cast("ComposerText", field) if found else None


def came_back(screen: "MainScreen") -> bool:
    """Whether the agent has come back to what they were writing, and not typed since."""
    view = screen.session
    return view is not None and view.conversation.composer.back


def works_here(screen: "MainScreen", command: Command) -> bool:
    """Whether a command belongs to where the agent is."""
    at_home = screen.navigation.here is None
    record = at_home and screen.home_frame.has_record
    return {
        Where.ANYWHERE: True,
        Where.HOME: at_home and not record,
        Where.SESSION: not at_home,
        Where.RECORDS: not at_home or record,
    }[command.where]


def shown_keys(screen: "MainScreen", *, typing: bool) -> tuple[list[Command], Command]:
    """The commands that act now, the most useful first, and the one that shows all of them."""
    commands = screen.keymap.commands
    last = commands["screen.help_now" if typing else "screen.help"]
    if typing:
        writing = reply_in(screen) is not None
        ids = [i for i in _WHILE_TYPING if writing or not i.startswith("composer.")]
        ranked = [commands[i] for i in ids if works_here(screen, commands[i])]
    else:
        ranked = sorted(
            (c for c in commands.values() if c.footer is not None and works_here(screen, c)),
            key=lambda command: command.footer or 0,
        )
        if works_here(screen, commands["bulk.reply"]) and screen.home.list.state.marks:
            first = [commands[name] for name in _WHILE_MARKED]
            ranked = [*first, *(command for command in ranked if command not in first)]
    return [c for c in ranked if c.offered(screen) and not c.why_not(screen)], last
