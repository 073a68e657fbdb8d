"""What a console command is: one class gives its key, footer, palette entry, help and docs.

A command's `run` calls the desk or moves the screen; whether it can run now, and why not, is said
by `available` before it is tried.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


class Where(StrEnum):
    """Where a command's key works; records stand in a session, or in front on Home."""

    HOME = "home"
    SESSION = "session"
    RECORDS = "records"
    ANYWHERE = "anywhere"


class ConsoleCommand:
    """One thing an agent can do. The docstring's first line is its help.

    `id` is `area.verb` and API: keymaps name it. `key` is a Textual key, or `g` and a key after a
    space. Letters act outside text fields only; `priority` keys act inside them too; keys that
    `grab` come before those of the focused pane while the command can run and nobody types.
    `footer` ranks the commands that the footer shows (lower first), None for those it does not.
    A `twin` does what another command does, by another key: the palette leaves it out.
    """

    id: ClassVar[str]
    key: ClassVar[str]
    label: ClassVar[str]
    group: ClassVar[str] = "Session"
    where: ClassVar[Where] = Where.SESSION
    footer: ClassVar[int | None] = None
    priority: ClassVar[bool] = False
    grab: ClassVar[bool] = False
    twin: ClassVar[bool] = False

    @classmethod
    def help(cls) -> str:
        """What it does, in a line."""
        return (cls.__doc__ or cls.label).strip().partition("\n")[0]

    @classmethod
    def available(cls, screen: "MainScreen") -> str | None:
        """Why it cannot run now, as a sentence; None when it can."""
        return None

    @classmethod
    def pressing(cls, screen: "MainScreen") -> bool:
        """Whether the footer should offer it now, if it can run."""
        return True

    @classmethod
    async def run(cls, screen: "MainScreen") -> None:
        """Do it. A `Refused` from the desk may pass through: the screen shows it."""
        raise NotImplementedError
