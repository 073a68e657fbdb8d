"""Which key does what: the commands' own keys, and those that the person has chosen instead.

Every key is a key as the toolkit names it (`ctrl+p`, `slash`), or `g` and such a key after a space.
"""

from collections.abc import Mapping

from msgspec import Struct
from textual.binding import Binding, BindingType

from omnitui.console.command import COMMANDS, Command
from omnitui.console.toolkit import key_of

PREFIX = "g"
_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "Up",
    "down": "Down",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    "asterisk": "*",
    "at": "@",
    "equals_sign": "=",
}


class Line(Struct, frozen=True):
    """Keys and what they do. `command` is None for the keys of a single pane."""

    keys: str
    help: str
    command: Command | None = None


class Keymap:
    """The key of every command; `chosen` names other keys by the commands' ids."""

    def __init__(
        self, chosen: Mapping[str, str] | None = None, commands: Mapping[str, Command] = COMMANDS
    ) -> None:
        self._chosen = {key: normal(value) for key, value in (chosen or {}).items()}
        self.commands = commands

    def key(self, command: Command) -> str:
        """The key of a command."""
        return self._chosen.get(command.id, command.key)

    def label(self, command: Command) -> str:
        """The key as it is written for people: `^p`, `g /`."""
        return key_label(self.key(command))

    def label_of(self, name: str) -> str:
        """The key of the command with that id, as it is written for people."""
        return self.label(self.commands[name])

    def of_key(self, key: str) -> list[Command]:
        """The commands that a key does, in one place or another."""
        return [command for command in self.commands.values() if self.key(command) == key]

    def second(self, key: str) -> Command | None:
        """What `g` and then `key` does."""
        return next(iter(self.of_key(f"{PREFIX} {key}")), None)

    def prefixed(self) -> list[Command]:
        """The commands that begin with `g`."""
        every = self.commands.values()
        return [command for command in every if self.key(command).startswith(f"{PREFIX} ")]

    def bindings(self) -> list[BindingType]:
        """The bindings of the one screen."""
        bindings: list[BindingType] = []
        for command in self.commands.values():
            key = self.key(command)
            if " " not in key:
                first = command.priority or command.grab
                action = f"command('{command.id}')"
                bindings.append(
                    Binding(key, action, command.label, id=command.id, show=False, priority=first)
                )
        for number in range(1, 10):
            action = f"command('go.session_{number}')"
            bindings.append(
                Binding(f"alt+{number}", action, f"Session {number}", show=False, priority=True)
            )
        bindings.append(Binding(PREFIX, "go", "Go to", id="go.prefix", show=False))
        return bindings


def normal(keys: str) -> str:
    """A key as the toolkit names it, from what a person writes: `?`, `g /`, `ctrl+R`."""
    return " ".join(_one(part) for part in keys.split())


def _one(key: str) -> str:
    head, plus, last = key.rpartition("+")
    if not plus or not last:
        return key_of(key) if len(key) == 1 else key.lower()
    return f"{head.lower()}+{key_of(last.lower()) if len(last) == 1 else last.lower()}"


def key_label(key: str) -> str:
    """A key as it is written for people: `ctrl+p` is `^p`, `g slash` is `g /`.

    Of several keys that do the same (`j,down`) it is the first.
    """
    return " ".join(_label(part) for part in key.split(",")[0].split(" "))


def every_label(keys: str) -> str:
    """All the keys that do the same, e.g. `j Down`."""
    return " ".join(_label(key) for key in keys.split(","))


def _label(key: str) -> str:
    head, plus, last = key.rpartition("+")
    name = _NAMES.get(last, last.upper() if last[:1] == "f" and last[1:].isdecimal() else last)
    if not plus:
        return name
    if head == "ctrl":
        return f"^{name}"
    return "+".join(part.capitalize() for part in head.split("+")) + f"+{name}"
