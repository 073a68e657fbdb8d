"""Which key does what: the commands' own keys, and those that the person has chosen instead.

Every key is a key as the toolkit names it (`ctrl+p`, `slash`), or `g` and such a key after a space.
"""

from collections.abc import Iterator, Mapping, Sequence

from textual.binding import Binding, BindingType

from omnitui.console.commands import ALL, BY_ID
from omnitui.console.commands.base import ConsoleCommand, Where
from omnitui.console.present.frame.keys import key_label
from omnitui.console.session.transcript import Transcript
from omnitui.console.toolkit import key_of
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.line_list import LineList

PREFIX = "g"
_FIXED = {PREFIX: "the first key of `g` commands"}
_FIXED |= {f"alt+{number}": f"the key of session {number}" for number in range(1, 10)}
_PANES: dict[Where, Sequence[tuple[str, Sequence[BindingType]]]] = {
    Where.HOME: [("the list", LineList.BINDINGS)],
    Where.SESSION: [("the transcript", Transcript.BINDINGS), ("lists", BlockList.BINDINGS)],
}


class Keymap:
    """The key of every command; `chosen` names other keys by the commands' ids."""

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        self._chosen = {key: normal(value) for key, value in (chosen or {}).items()}

    def key(self, command: type[ConsoleCommand]) -> str:
        """The key of a command."""
        return self._chosen.get(command.id, command.key)

    def label(self, command: type[ConsoleCommand]) -> str:
        """The key as it is written for people: `^p`, `g /`."""
        return key_label(self.key(command))

    def label_of(self, name: str) -> str:
        """The key of the command with that id, as it is written for people."""
        return self.label(BY_ID[name])

    def second(self, key: str) -> type[ConsoleCommand] | None:
        """What `g` and then `key` does."""
        wanted = f"{PREFIX} {key}"
        return next((command for command in ALL if self.key(command) == wanted), None)

    def prefixed(self) -> list[type[ConsoleCommand]]:
        """The commands that begin with `g`."""
        return [command for command in ALL if self.key(command).startswith(f"{PREFIX} ")]

    def bindings(self) -> list[BindingType]:
        """The bindings of the one screen."""
        bindings: list[BindingType] = []
        for command in ALL:
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


def problems(chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with chosen keys: the command's id and a sentence, for each."""
    unknown = [key for key in chosen if key not in BY_ID]
    yield from ((key, "there is no such command; docs/keys.md lists them") for key in unknown)
    keymap = Keymap({key: value for key, value in chosen.items() if key in BY_ID})
    taken: dict[tuple[str, Where], type[ConsoleCommand]] = {}
    for command in ALL:
        key = keymap.key(command)
        if command.id in chosen and (why := _wrong(key, command)):
            yield command.id, why
            continue
        for place in _places(command):
            other = taken.setdefault((key, place), command)
            if other is not command and (command.id in chosen or other.id in chosen):
                mine, theirs = (command, other) if command.id in chosen else (other, command)
                yield mine.id, f"{key_label(key)} is the key of {theirs.id} already"
                break


def _places(command: type[ConsoleCommand]) -> list[Where]:
    if command.where is Where.ANYWHERE:
        return [Where.HOME, Where.SESSION]
    # A record in front on Home takes the place of the lists and of their keys.
    return [Where.SESSION] if command.where is Where.RECORDS else [command.where]


def _wrong(key: str, command: type[ConsoleCommand]) -> str:
    parts = key.split(" ")
    if not key or len(parts) > 2 or (len(parts) == 2 and parts[0] != PREFIX):
        return f"{key!r} is neither a key nor {PREFIX} and a key"
    if key in _FIXED:
        return f"{key_label(key)} is {_FIXED[key]}"
    for place in _places(command):
        for pane, bindings in _PANES[place]:
            if not command.grab and not command.priority and key in _keys_of(bindings):
                return f"{key_label(key)} is a key of {pane} already"
    return ""


def _keys_of(bindings: Sequence[BindingType]) -> set[str]:
    keys: set[str] = set()
    for binding in bindings:
        given = binding.key if isinstance(binding, Binding) else binding[0]
        keys |= {normal(key) for key in given.split(",")}
    return keys
