"""Work that takes a moment, done beside the keys and let go when its screen is."""

from collections.abc import Coroutine
from typing import Any

from textual.css.query import NoMatches
from textual.widget import Widget

from omnitui.model.errors import Refused


def do_soon(
    widget: Widget, work: Coroutine[Any, Any, Any], group: str, *, exclusive: bool = False
) -> None:
    """Do `work` without holding up anything; `exclusive` drops what the group is still at.

    A refusal of the desk is shown. What fails because the widget has been removed meanwhile (a
    session closed here or in another console) is not a failure.
    """
    widget.run_worker(_while_there(widget, work), group=group, exclusive=exclusive)


async def _while_there(widget: Widget, work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except Refused as refused:
        if there(widget):
            widget.app.notify(str(refused.refusal), severity="warning", markup=False)
    except NoMatches:
        if there(widget):
            raise


def there(widget: Widget) -> bool:
    """Whether a widget is on a screen and not about to leave it."""
    return widget.is_attached and not any(
        isinstance(node, Widget) and node._pruning for node in widget.ancestors_with_self
    )
