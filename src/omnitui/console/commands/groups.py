"""The table of keys as it is read by people: groups with a line for everything that has a key."""

from collections.abc import Sequence

from msgspec import Struct
from textual.binding import Binding, BindingType

from omnitui.console.apps.article import ArticleTab
from omnitui.console.apps.entitlement import EntitlementTab
from omnitui.console.apps.web import WebTab
from omnitui.console.commands import ALL
from omnitui.console.commands.base import ConsoleCommand
from omnitui.console.commands.keymap import Keymap
from omnitui.console.present.frame.keys import every_label
from omnitui.console.session.assist import AssistPane
from omnitui.console.session.summary import SummaryPane
from omnitui.console.session.transcript import Transcript
from omnitui.console.widgets.line_list import LineList

_ORDER = (
    *("Session", "Transfer and undo", "Customer and case", "Finishing", "Composer"),
    *("Home", "What is marked", "Offers", "Navigation"),
)
_LAST = ("Summary", "Anywhere")
PANES: Sequence[tuple[str, Sequence[BindingType]]] = (
    ("In the list on Home", LineList.BINDINGS),
    ("In the transcript", Transcript.BINDINGS),
    ("In Assist", AssistPane.BINDINGS),
    ("In the summary", SummaryPane.BINDINGS),
    ("In an article", ArticleTab.BINDINGS),
    ("In other systems", WebTab.BINDINGS),
    ("In an entitlement", EntitlementTab.BINDINGS),
)


class Line(Struct, frozen=True):
    """Keys and what they do. `command` is None for the keys of a single pane."""

    keys: str
    help: str
    command: type[ConsoleCommand] | None = None


def grouped(keymap: Keymap) -> dict[str, list[Line]]:
    """Every group with its lines, in the order they are read."""
    groups: dict[str, list[Line]] = {}
    for command in ALL:
        if not command.id.startswith("go.session_"):
            line = Line(keymap.label(command), command.help(), command)
            groups.setdefault(command.group, []).append(line)
    numbered = Line("g 1..9", "Go to a session by its number; Alt+1..9 does it in one.")
    groups.setdefault("Navigation", []).append(numbered)
    for name, bindings in PANES:
        shown = [b for b in bindings if isinstance(b, Binding) and b.description]
        groups[name] = [Line(every_label(b.key), f"{b.description}.") for b in shown]
    return {name: groups[name] for name in sorted(groups, key=_place)}


def narrowed(groups: dict[str, list[Line]], words: Sequence[str]) -> dict[str, list[Line]]:
    """The lines that every word fits, in their groups; all of them without words."""
    found = {
        name: [line for line in lines if all(_fits(word, name, line) for word in words)]
        for name, lines in groups.items()
    }
    return {name: lines for name, lines in found.items() if lines}


def _fits(word: str, group: str, line: Line) -> bool:
    """A single letter is a key, as it is typed; a word is part of what is done, or of a key."""
    if word in line.keys.split():
        return True
    if len(word) == 1:
        return word in line.keys.replace("+", " ").replace("^", "^ ").split()
    label = "" if line.command is None else line.command.label
    said = f"{group} {label} {line.help} {line.keys}".lower()
    return word.lower() in said


def _place(name: str) -> tuple[int, str]:
    if name in _ORDER:
        return _ORDER.index(name), name
    return (50 + _LAST.index(name) if name in _LAST else 30), name
