"""The one way in for everything that is done beside the keys: no failure ends the console.

Whatever a command, a message handler, a timer or a dialog does away from its key goes through
`do_soon` (or `soon`, which makes a method of it). A refusal, a fault of the store and a mistake of
the program's own are each said in a sentence; what fails only because the widget has been removed
meanwhile (a session closed here or in another console) is not a failure.
"""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual.widget import Widget
from textual.worker import Worker

from omnitui.console.failures import tell, there
from omnitui.console.type_ahead import CURRENT, Work, begun

__all__ = ["do_soon", "soon", "there"]

Owner = TypeVar("Owner", bound=Widget)
Params = ParamSpec("Params")

BESIDE = frozenset(
    {
        "assist-rate",
        "assist-search",
        "cases",
        "consequences",
        "drafts",
        "follow",
        "home-known",
        "home-preview",
        "home-rows",
        "home-timed",
        "home-views",
        "look",
        "preview",
        "save",
        "search",
        "send",
        "settle",
        "summary",
        "timeline",
    }
)
"""Groups whose work never moves the focus: keys do not wait for it."""


def do_soon(
    widget: Widget,
    work: Coroutine[Any, Any, Any],
    group: str,
    *,
    exclusive: bool = False,
    beside: bool = False,
) -> None:
    """Do `work` without holding up anything; `exclusive` drops what the group is still at.

    Keys that are struck while it is at work wait for it, unless it is done `beside` them: it never
    moves the focus, and nor do the groups of `BESIDE`.
    """
    under_way = None if beside or group in BESIDE else begun(widget)
    told: Any = partial(_told, widget, work, under_way)
    worker: Worker[None] = widget.run_worker(told, group=group, exclusive=exclusive)
    task = worker._task
    assert task is not None

    def over(_task: object) -> None:
        # Also where it is dropped before it could begin.
        work.close()
        if under_way is not None:
            under_way.rests()

    task.add_done_callback(over)


def soon(
    group: str, *, exclusive: bool = False, beside: bool = False
) -> Callable[
    [Callable[Concatenate[Owner, Params], Coroutine[Any, Any, None]]],
    Callable[Concatenate[Owner, Params], None],
]:
    """Make a coroutine method of a widget one that is done soon; see `do_soon`."""

    def made(
        method: Callable[Concatenate[Owner, Params], Coroutine[Any, Any, None]],
    ) -> Callable[Concatenate[Owner, Params], None]:
        @wraps(method)
        def start(owner: Owner, /, *args: Params.args, **given: Params.kwargs) -> None:
            do_soon(owner, method(owner, *args, **given), group, exclusive=exclusive, beside=beside)

        return start

    return made


async def _told(
    widget: Widget, work: Coroutine[Any, Any, Any], under_way: Work | None = None
) -> None:
    CURRENT.set(under_way)
    try:
        await work
    except Exception as error:
        tell(widget, error)
