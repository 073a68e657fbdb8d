"""What the person at the screen prefers: theme, keys, alerts, in one TOML file of theirs.

    theme = "omni-light"
    alerts = "always"       # away (the default), always, never
    ascii = true
    browser = ["firefox", "--new-tab", "{url}"]   # what opens links; the usual one if left out

    paste_asks = false      # a pasted block is inserted into a reply without asking
    spelling = "en"         # misspelt words are marked; empty (the default) for not

    [word_lists]            # lists of one's own, one word on each line
    nb = "~/words-nb.txt"

    [keys]
    "session.knowledge" = "H"

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
from omnitui.console.writing import Writing
from omnitui.model.errors import DataError, Fault


class _File(msgspec.Struct, forbid_unknown_fields=True):
    theme: str = ""
    alerts: AlertMode = AlertMode.AWAY
    ascii: bool = False
    browser: list[str] = []
    paste_asks: bool = True
    spelling: str = ""
    keys: dict[str, str] = {}
    word_lists: dict[str, str] = {}


class Preferences(Struct):
    """What was read; `path` is where a theme is kept, None keeps nothing."""

    path: Path | None = None
    theme: str = ""
    alerts: AlertMode = AlertMode.AWAY
    ascii: bool = False
    browser: tuple[str, ...] = ()
    keymap: Keymap = field(default_factory=Keymap)
    writing: Writing = field(default_factory=Writing)
    language: str = "en"
    """The language in which spelling is marked when it is turned on."""

    def keep_theme(self, name: str) -> None:
        """Remember a theme. Raises `Fault` when the file cannot be written."""
        self.theme = name
        self.keep_line("theme", f'"{name}"')

    def keep_line(self, key: str, value: str) -> None:
        """Remember a value, as TOML has it. Raises `Fault` when the file cannot be written."""
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            before = self.path.read_text("utf-8") if self.path.exists() else ""
            fresh = self.path.with_suffix(".new")
            fresh.write_text(with_line(before, key, value), encoding="utf-8")
            fresh.replace(self.path)
        except OSError as error:
            raise Fault(f"{self.path} cannot be written ({error.strerror}).") from error


def with_line(written: str, key: str, value: str) -> str:
    """The file's text with another value of a key, and everything else as it was."""
    lines = written.splitlines()
    table = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    line, before = f"{key} = {value}", re.compile(rf"\s*{re.escape(key)}\s*=")
    for number in range(table):
        if before.match(lines[number]):
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
        Writing(found.paste_asks, found.spelling, _word_lists(found, path)),
        found.spelling or next(iter(found.word_lists), "en"),
    )


def _word_lists(found: _File, path: Path) -> dict[str, Path]:
    """The files of words, by language; raises `DataError` for one that is not there."""
    lists = {}
    for language, name in found.word_lists.items():
        file = (path.parent / Path(name).expanduser()).resolve()
        if not file.is_file():
            raise DataError(path, f"word_lists.{language}", f"there is no file {file}")
        lists[language] = file
    return lists
