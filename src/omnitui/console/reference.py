"""`docs/keys.md`, written from the table of commands."""

from omnitui.console.commands.table import grouped
from omnitui.console.keymap import Keymap

_HEAD = """\
# Keys

A letter acts outside text fields; `Ctrl` and `F` keys act inside them too. `^p` is `Ctrl+P`.
`?` shows this table for where you are, `Ctrl+P` finds a command by its name.
"""

_OWN = """\
## Keys of your own

`console.toml` in your platform's configuration folder (`~/.config/omnitui/` on Linux):

    theme = "omni-light"     # omni-dark, omni-light, omni-contrast, omni-contrast-light
    alerts = "away"          # bell and notification: away (nobody looks), always, never
    ascii = false            # signs that every terminal has

    [keys]
    "session.knowledge" = "H"
    "go.open" = "g p"

A key that two commands would share is refused when the console starts, and both are named.
"""


def keys_page() -> str:
    """The page."""
    parts = [_HEAD]
    for name, lines in grouped(Keymap()).items():
        rows = ["| key | does | id |", "|---|---|---|"]
        for line in lines:
            command = "" if line.command is None else f"`{line.command.id}`"
            rows.append(f"| {_key(line.keys)} | {_cell(line.help)} | {command} |")
        parts.append(f"## {name}\n\n" + "\n".join(rows) + "\n")
    parts.append(_OWN)
    return "\n".join(parts)


def _key(keys: str) -> str:
    return f"`{keys}`" if "`" not in keys else keys


def _cell(said: str) -> str:
    return said.replace("|", "\\|")
