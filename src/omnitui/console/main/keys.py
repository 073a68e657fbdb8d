"""Keys as people read them, and which ones the footer shows."""

from collections.abc import Sequence

from textual.widget import Widget
from textual.widgets import Input, TextArea

from omnitui.console.commands.base import ConsoleCommand

_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
}


def key_label(key: str) -> str:
    """A key as it is written for people: `ctrl+p` is `^p`, `g slash` is `g /`."""
    return " ".join(_one(part) for part in key.split(",")[0].split(" "))


def _one(key: str) -> str:
    head, plus, last = key.rpartition("+")
    name = _NAMES.get(last, last.upper() if last[:1] == "f" and last[1:].isdecimal() else last)
    if not plus:
        return name
    if head == "ctrl":
        return f"^{name}"
    return "+".join(part.capitalize() for part in head.split("+")) + f"+{name}"


def footer_keys(
    commands: Sequence[type[ConsoleCommand]], focus: Widget | None
) -> list[tuple[str, str]]:
    """The keys that act now, most useful first. Where letters type, only keys that act there."""
    typing = isinstance(focus, Input | TextArea)
    ranked = sorted(
        (command for command in commands if command.footer is not None),
        key=lambda command: command.footer or 0,
    )
    return [(key_label(c.key), c.label) for c in ranked if c.priority or not typing]
