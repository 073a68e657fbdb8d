"""What the person at the screen prefers: theme, keys, alerts, in one TOML file of theirs.

    theme = "omni-light"
    alerts = "always"       # away (the default), always, never
    ascii = true
    browser = ["firefox", "--new-tab", "{url}"]   # what opens links; the usual one if left out

    [keys]
    "session.knowledge" = "K"

A key that two commands would share is refused when the file is read, because the toolkit would
drop one of them without a word. A theme that is chosen on the screen is written back into the
file; everything else in it stays as it was written.
"""

import re
from pathlib import Path

import msgspec
from msgspec import Struct, field

from omnitui.console.commands.table import problems
from omnitui.console.keymap import Keymap
from omnitui.console.main.alerts import AlertMode
from omnitui.console.opening import PLACE
from omnitui.console.theme import THEME_NAMES
from omnitui.model.errors import DataError, Fault

_THEME = re.compile(r"\s*theme\s*=")


class _File(msgspec.Struct, forbid_unknown_fields=True):
    theme: str = ""
    alerts: AlertMode = AlertMode.AWAY
    ascii: bool = False
    browser: list[str] = []
    keys: dict[str, str] = {}


class Preferences(Struct):
    """What was read; `path` is where a theme is kept, None keeps nothing."""

    path: Path | None = None
    theme: str = ""
    alerts: AlertMode = AlertMode.AWAY
    ascii: bool = False
    browser: tuple[str, ...] = ()
    keymap: Keymap = field(default_factory=Keymap)

    def keep_theme(self, name: str) -> None:
        """Remember a theme. Raises `Fault` when the file cannot be written."""
        self.theme = name
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            before = self.path.read_text("utf-8") if self.path.exists() else ""
            fresh = self.path.with_suffix(".new")
            fresh.write_text(with_theme(before, name), encoding="utf-8")
            fresh.replace(self.path)
        except OSError as error:
            raise Fault(f"{self.path} cannot be written ({error.strerror}).") from error


def with_theme(written: str, name: str) -> str:
    """The file's text with another theme and everything else as it was."""
    lines = written.splitlines()
    table = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    line = f'theme = "{name}"'
    for number in range(table):
        if _THEME.match(lines[number]):
            lines[number] = line
            break
    else:
        lines.insert(0, line)
    return "\n".join(lines) + "\n"


def load(path: Path | None) -> Preferences:
    """Read the file; raises `DataError` that names what is wrong with it."""
    if path is None or not path.exists():
        return Preferences(path)
    # Imported where there is something to read.
    from omnitui.datafiles.decode import read

    found, _ = read(path, _File)
    if found.theme and found.theme not in THEME_NAMES:
        known = ", ".join(THEME_NAMES)
        raise DataError(path, "theme", f"there is no theme {found.theme!r}; themes: {known}")
    for command, why in problems(found.keys):
        raise DataError(path, f"keys.{command}", why)
    if found.browser and (not all(found.browser) or PLACE in found.browser[0]):
        raise DataError(path, "browser", 'give a program and its arguments, such as ["firefox"]')
    return Preferences(
        path,
        found.theme,
        found.alerts,
        found.ascii,
        tuple(found.browser),
        Keymap(found.keys),
    )
