"""The table of keys as people read it, and what is wrong with keys that somebody has chosen."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from textual.binding import Binding, BindingType

from omnitui.console.apps import article, entitlement, gaps, web
from omnitui.console.command import COMMANDS, Command, Where
from omnitui.console.keymap import PREFIX, Keymap, Line, every_label, key_label, normal
from omnitui.console.session import summary, transcript
from omnitui.console.session.assist import pane
from omnitui.console.widgets.blocks import BlockList
from omnitui.console.widgets.line_list import LineList

_ORDER = (
    *("Session", "Script", "Transfer and undo", "Customer and case", "Knowledge", "Finishing"),
    "Composer",
    *("Home", "Marked conversations", "Offers", "Navigation"),
)
_LAST = ("Summary", "Anywhere")
_FIXED = {PREFIX: "the first key of `g` commands"}
_FIXED |= {f"alt+{number}": f"the key of session {number}" for number in range(1, 10)}

Bindings = Sequence[BindingType]


@cache
def panes() -> Sequence[tuple[str, Bindings]]:
    """The keys of single panes, as the toolkit has them."""
    return (
        ("In the list on Home", LineList.BINDINGS),
        ("In the transcript", transcript.Transcript.BINDINGS),
        ("In Assist", pane.AssistPane.BINDINGS),
        ("In the summary", summary.SummaryPane.BINDINGS),
        ("In an article", article.ArticleTab.BINDINGS),
        ("In knowledge gaps", gaps.GapsTab.BINDINGS),
        ("In other systems", web.WebTab.BINDINGS),
        ("In an entitlement", entitlement.EntitlementTab.BINDINGS),
    )


def in_panes(key: str) -> list[str]:
    """What a key does in single panes, as clauses."""
    return [
        f"{name[0].lower()}{name[1:]} it is {binding.description}"
        for name, bindings in panes()
        for binding in bindings
        if isinstance(binding, Binding) and binding.description and key in binding.key.split(",")
    ]


def grouped(keymap: Keymap) -> dict[str, list[Line]]:
    """Every group with its lines, in the order they are read."""
    groups: dict[str, list[Line]] = {}
    for command in keymap.commands.values():
        if not command.id.startswith("go.session_"):
            line = Line(keymap.label(command), command.help, command)
            groups.setdefault(command.group, []).append(line)
    numbered = Line("g 1..9", "Go to a session by its number; Alt+1..9 does the same with one key.")
    groups.setdefault("Navigation", []).append(numbered)
    for name, bindings in panes():
        shown = [b for b in bindings if isinstance(b, Binding) and b.description]
        groups[name] = [Line(every_label(b.key), f"{b.description}.") for b in shown]
    return {name: groups[name] for name in sorted(groups, key=_place)}


def _place(name: str) -> tuple[int, str]:
    if name in _ORDER:
        return _ORDER.index(name), name
    return (50 + _LAST.index(name) if name in _LAST else 30), name


def problems(chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with chosen keys: the command's id and a sentence, for each."""
    unknown = [key for key in chosen if key not in COMMANDS]
    yield from ((key, "there is no such command; docs/keys.md lists them") for key in unknown)
    keymap = Keymap({key: value for key, value in chosen.items() if key in COMMANDS})
    taken: dict[tuple[str, Where], Command] = {}
    for command in COMMANDS.values():
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


def _places(command: Command) -> list[Where]:
    if command.where is Where.ANYWHERE:
        return [Where.HOME, Where.SESSION]
    # A record in front on Home takes the place of the lists and of their keys.
    return [Where.SESSION] if command.where is Where.RECORDS else [command.where]


def _wrong(key: str, command: Command) -> str:
    parts = key.split(" ")
    if not key or len(parts) > 2 or (len(parts) == 2 and parts[0] != PREFIX):
        return f"{key!r} is neither a key nor {PREFIX} and a key"
    if key in _FIXED:
        return f"{key_label(key)} is {_FIXED[key]}"
    lists: dict[Where, Sequence[tuple[str, Bindings]]] = {
        Where.HOME: [("the list", LineList.BINDINGS)],
        Where.SESSION: [
            ("the transcript", transcript.Transcript.BINDINGS),
            ("lists", BlockList.BINDINGS),
        ],
    }
    for place in _places(command):
        for name, bindings in lists[place]:
            if not command.grab and not command.priority and key in _keys_of(bindings):
                return f"{key_label(key)} is a key of {name} already"
    return ""


def _keys_of(bindings: Bindings) -> set[str]:
    keys: set[str] = set()
    for binding in bindings:
        given = binding.key if isinstance(binding, Binding) else binding[0]
        keys |= {normal(key) for key in given.split(",")}
    return keys
