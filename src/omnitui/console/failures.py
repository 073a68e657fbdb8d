"""What goes wrong in the console, as a sentence: refusals, faults, mistakes, and what is nobody's.

What fails only because the widget that asked has been removed meanwhile (a record closed while it
loads, a session that another console closed) is not a failure, and nothing is said of it.
"""

import os
from asyncio import CancelledError
from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerError, WorkerFailed

from omnitui.console.type_ahead import missed
from omnitui.model.errors import Fault, Refused

DEBUG = "OMNITUI_DEBUG"
"""Set it to see where something broke: then a mistake ends the console with a traceback."""


@runtime_checkable
class Survivor(Protocol):
    """An app that goes on after a mistake of the program's own."""

    def broke(self, error: BaseException) -> None:
        """Say it, or end where going on makes no sense."""
        ...


def debugging() -> bool:
    """Whether somebody looks for a mistake."""
    return bool(os.environ.get(DEBUG))


def there(widget: MessagePump) -> bool:
    """Whether a widget is on a screen and not about to leave it; screens are while they run."""
    if not isinstance(widget, Widget) or isinstance(widget, Screen):
        return bool(widget.is_running)
    return widget.is_attached and not any(
        isinstance(node, Widget) and node._pruning for node in widget.ancestors_with_self
    )


def gone(error: BaseException) -> bool:
    """Whether it failed inside a widget that had been removed by then."""
    return any(not there(widget) for widget in _concerned(error))


def _concerned(error: BaseException) -> Iterator[Widget]:
    """The widgets in whose methods the error came up."""
    at = error.__traceback__
    while at is not None:
        owner = at.tb_frame.f_locals.get("self")
        if isinstance(owner, Widget):
            yield owner
        at = at.tb_next


def cause(error: BaseException) -> BaseException:
    """What really went wrong, under what the toolkit has wrapped it in."""
    if isinstance(error, WorkerFailed):
        return error.error
    context = error.__cause__ or error.__context__
    # The toolkit tells of a timer's failure with an error of its own, in place of the first one.
    if type(error).__name__ == "CallbackError" and context is not None:
        return context
    return error


def sentence(error: BaseException) -> str:
    """What to tell a person."""
    if isinstance(error, Refused):
        return str(error.refusal)
    if isinstance(error, Fault):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else ""
        return f"{named}{error.strerror}."
    kind, told = type(error).__name__, " ".join(str(error).split())[:200]
    what = f"{kind}: {told}" if told else kind
    return f"Error: {what}. Nothing you typed is lost. {DEBUG}=1 shows where."


def tell(widget: MessagePump, error: BaseException) -> None:
    """Say what has gone wrong in or for `widget`; raises it again where nobody can be told."""
    error = cause(error)
    if isinstance(error, CancelledError | WorkerError) or gone(error):
        return
    app: App[Any] = widget.app
    if isinstance(error, Refused | Fault):
        if there(widget) or isinstance(error, Fault):
            missed(widget)
            severe = isinstance(error, Fault)
            say(app, sentence(error), severe=severe)
    elif not there(widget):
        return
    elif isinstance(app, Survivor):
        missed(widget)
        app.broke(error)
    else:
        raise error


def say(app: App[Any], said: str, *, severe: bool = False) -> None:
    """Say something in passing, unless it stands there already."""
    if any(one.message == said for one in app._notifications):
        return
    app.notify(said, severity="error" if severe else "warning", markup=False)
