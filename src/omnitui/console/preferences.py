"""What the person at the screen prefers: theme and keys, in one TOML file of theirs.

    theme = "omni-light"
    [keys]
    "session.reply" = "R"

A key that two commands would share is refused when the file is read, because the toolkit would
drop one of them without a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from omnitui.console.commands import ALL, BY_ID
from omnitui.console.commands.base import Where
from omnitui.console.theme import THEME_NAMES
from omnitui.datafiles.decode import read
from omnitui.model.errors import DataError


class _File(msgspec.Struct, forbid_unknown_fields=True):
    theme: str = ""
    keys: dict[str, str] = {}


@dataclass(slots=True)
class Preferences:
    """What was read; `path` is where changes are kept, None keeps nothing."""

    path: Path | None = None
    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    def keep_theme(self, name: str) -> None:
        """Remember a theme."""
        self.theme = name
        if self.path is None:
            return
        text = f"theme = {_quoted(name)}\n"
        if self.keys:
            text += "\n[keys]\n"
            text += "".join(f"{_quoted(k)} = {_quoted(v)}\n" for k, v in self.keys.items())
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.path)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def load(path: Path | None) -> Preferences:
    """Read the file; raises `DataError` that names what is wrong with it."""
    if path is None or not path.exists():
        return Preferences(path)
    found, _ = read(path, _File)
    if found.theme and found.theme not in THEME_NAMES:
        raise DataError(
            path, "theme", f"there is no theme {found.theme!r}: {', '.join(THEME_NAMES)}"
        )
    for command in found.keys:
        if command not in BY_ID:
            raise DataError(
                path, f"keys.{command}", "there is no such command; docs/keys.md lists them"
            )
    _check_clashes(path, found.keys)
    return Preferences(path, found.theme, dict(found.keys))


def _check_clashes(path: Path, keys: Mapping[str, str]) -> None:
    taken: dict[tuple[str, Where], str] = {}
    for command in ALL:
        key = keys.get(command.id, command.key)
        places = [Where.HOME, Where.SESSION] if command.where is Where.ANYWHERE else [command.where]
        for place in places:
            other = taken.setdefault((key, place), command.id)
            if other != command.id and (command.id in keys or other in keys):
                raise DataError(
                    path,
                    f"keys.{command.id}",
                    f"{key!r} is the key of {other} already; choose another",
                )
