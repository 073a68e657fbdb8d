"""What can go wrong, in two families.

Refused          the desk says no: a value for the person (`Refusal`), nothing was changed
Fault            something is broken or missing
  StoreTooNew    the store was written by a later version
  StoreBroken    the file is not a store, or is damaged
  StoreGone      the file was removed or replaced while it was open
  NoTerminal     the console was started where there is no terminal to show it on
  DataError      a data file is wrong: file, line or key, and what to do
"""

from pathlib import Path

from msgspec import Struct


class Refusal(Struct, frozen=True):
    """Why a command was refused.

    `code` is stable (`area.reason`) and for scripts; `message` says what and where in a sentence;
    `hint` says what to do and may be empty.
    """

    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class Refused(Exception):
    """Carries a `Refusal` out of a command; the transaction is rolled back."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, hint)

    def __str__(self) -> str:
        return str(self.refusal)


def refuse(why: Refusal | None) -> None:
    """Raise `Refused` if there is a refusal."""
    if why is not None:
        raise Refused(why.code, why.message, why.hint)


class Fault(Exception):
    """Something is broken or missing; the text is a sentence for the person."""


class StoreTooNew(Fault):
    """The store was written by a later version of OmniTUI."""


class StoreBroken(Fault):
    """The file is not an OmniTUI store, or it is damaged."""


class StoreGone(Fault):
    """The file was removed or replaced while it was open: what is written now would be lost."""


class NoTerminal(Fault):
    """The console has no terminal, or one that cannot show it."""


class DataError(Fault):
    """A data file is wrong."""

    def __init__(self, path: Path | str, where: str, problem: str) -> None:
        self.path, self.where, self.problem = Path(path), where, problem
        super().__init__(f"{path}: {where}: {problem}" if where else f"{path}: {problem}")
