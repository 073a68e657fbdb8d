"""Errors of the command line: a sentence on stderr and an exit code, never a traceback."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from omnitui.cli.output import say_lines
from omnitui.cli.parameters import STORE
from omnitui.model.errors import Fault, NoTerminal, Refused

DEBUG = "OMNITUI_DEBUG"
"""Set it to see a traceback."""


class Failure(click.ClickException):
    """A sentence for the person: the command was refused (exit 1)."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence as it is."""
        if file is None:
            say_lines(self.format_message(), err=True)
        else:
            print(self.format_message(), file=file)


class Unusable(Failure):
    """The arguments cannot be used."""

    exit_code = 2


class Broken(Failure):
    """Something is missing or damaged."""

    exit_code = 3


@contextmanager
def told() -> Iterator[None]:
    """Turn every error in the block into a sentence."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Refused as refused:
        raise Failure(str(refused.refusal)) from refused
    except NoTerminal as nobody:
        raise Unusable(str(nobody)) from nobody
    except Fault as fault:
        raise Broken(str(fault)) from fault
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise Broken(_of_the_system(error)) from error
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        beneath = _beneath(error)
        if beneath is not None:
            raise beneath from error
        kind = type(error).__name__
        raise Broken(
            f"OmniTUI has failed ({kind}: {error}). Set {DEBUG}=1 for the traceback."
        ) from error


def _beneath(error: Exception) -> Failure | None:
    """Errors of the store itself: a full disk, a damaged page, a lock of another process."""
    # Imported when it is needed: most commands end well, and some know no store.
    from omnitui.store.faults import fault_of

    fault = fault_of(error, _store())
    if fault is None:
        return None
    return (Failure if isinstance(fault, Refused) else Broken)(str(fault))


def _store() -> str:
    """The store of the command line, for error messages."""
    from omnitui.paths import store_path

    context = click.get_current_context(silent=True)
    return str(store_path(context.meta.get(STORE) if context is not None else None))


def _of_the_system(error: OSError) -> str:
    named = f"{error.filename}: " if error.filename else ""
    return f"{named}{error.strerror or error}."
