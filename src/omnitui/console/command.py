"""What a console command is: one function that declares itself.

    @command("case.reopen", "O", "Reopen case", where=Where.RECORDS, needs=[case_that_is_over])
    async def reopen(stage: Stage) -> None:
        \"\"\"Reopen the case in front, or the linked one.\"\"\"

Key, footer, palette entry, `?` and `docs/keys.md` all come from the declaration; the docstring's
first line is its help. The function does its work on a stage (`commands/stage.py`) and ends with
what it did or with a `Refused`, which whoever runs it shows. Anything else on the screen asks for a
command by its id (`DoCommand`).
"""

from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import Struct
from textual.message import Message

Need = Callable[[Any], str]
"""Says of a stage why a command cannot run on it now, as a sentence; empty when it can."""

Run = Callable[[Any], Awaitable[None]]
_Verb = TypeVar("_Verb", bound=Run)


class Where(StrEnum):
    """Where a command's key works; records stand in a session, or in front on Home."""

    HOME = "home"
    SESSION = "session"
    RECORDS = "records"
    ANYWHERE = "anywhere"


def _always(_stage: Any) -> bool:
    return True


class Command(Struct, frozen=True, kw_only=True, eq=False):
    """One thing an agent can do.

    `id` is `area.verb` and API: keymaps name it. `key` is a Textual key, or `g` and a key after a
    space. Letters act outside text fields only; `priority` keys act inside them too; keys that
    `grab` come before those of the focused pane while the command can run and nobody types.
    `footer` ranks the commands that the footer shows (lower first), None for those it does not;
    `offered` says of a stage whether the footer should offer it now, if it can run. A `twin` does
    what another command does, by another key: the palette leaves it out.
    """

    id: str
    key: str
    label: str
    help: str
    run: Run
    where: Where
    group: str
    needs: tuple[Need, ...] = ()
    footer: int | None = None
    priority: bool = False
    grab: bool = False
    twin: bool = False
    offered: Callable[[Any], bool] = _always

    def why_not(self, stage: Any) -> str:
        """Why it cannot run on a stage now, as a sentence; empty when it can."""
        return next(filter(None, (need(stage) for need in self.needs)), "")


COMMANDS: dict[str, Command] = {}
"""Every console command by its id, in the order of declaration; `commands/` fills it."""


def command(
    id: str,  # noqa: A002 - what everybody calls it
    key: str,
    label: str,
    *,
    where: Where = Where.SESSION,
    group: str = "Session",
    needs: Sequence[Need] = (),
    help: str = "",  # noqa: A002 - as above
    **more: Any,
) -> Callable[[_Verb], _Verb]:
    """Declare a function as a command; `more` is what else a `Command` has.

    `help` is what it does, in a sentence; the first line of the docstring where it is empty.
    """

    def declare(run: _Verb) -> _Verb:
        if id in COMMANDS:
            raise ValueError(f"{id} is declared already")
        said = help or (run.__doc__ or label).strip().partition("\n")[0]
        COMMANDS[id] = Command(
            id=id,
            key=key,
            label=label,
            help=said,
            run=run,
            where=where,
            group=group,
            needs=tuple(needs),
            **more,
        )
        return run

    return declare


class DoCommand(Message):
    """A widget asks that a command be done, named by its id."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command
