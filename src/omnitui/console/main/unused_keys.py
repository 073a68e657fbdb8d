"""Keys that do nothing where the agent is: none is silent, each says where it does something."""

from textual.screen import Screen

from omnitui.console.command import Where
from omnitui.console.commands.table import in_panes
from omnitui.console.dialogs.base import Dialog
from omnitui.console.keymap import key_label
from omnitui.console.main.screen import MainScreen
from omnitui.console.type_ahead import missed

_MOVING = frozenset(
    "up down left right home end pageup pagedown tab shift+tab enter escape backspace delete"
    " ctrl+home ctrl+end".split()
)
"""Keys that move or leave: where there is nowhere to go, everybody sees that."""

_PLACES = {
    Where.HOME: "on Home's lists",
    Where.SESSION: "in a session",
    Where.RECORDS: "in a session or a record",
}


def tell(screen: Screen[object], key: str) -> None:
    """Say why a key has done nothing on the screen that is in front."""
    if key in _MOVING:
        return
    if isinstance(screen, Dialog):
        main = next((one for one in screen.app.screen_stack if isinstance(one, MainScreen)), None)
        if main is not None and (main.keymap.of_key(key) or in_panes(key)):
            screen.idle(key_label(key))
    elif isinstance(screen, MainScreen):
        why = _why(screen, key)
        if why:
            missed(screen)
            screen.messages.say(why)


def _why(screen: MainScreen, key: str) -> str:
    """Why a key does nothing on the one screen; empty for keys that do nothing anywhere."""
    commands = screen.keymap.of_key(key)
    here = [command for command in commands if screen.works_here(command)]
    for command in here:
        why = command.why_not(screen)
        if why:
            return why
    clauses = [
        f"{_PLACES[command.where]} it is {command.label}"
        for command in commands
        if command not in here and command.where in _PLACES
    ]
    clauses = list(dict.fromkeys(clauses + in_panes(key)))
    return f"{key_label(key)} does nothing here: {', '.join(clauses)}." if clauses else ""
