"""How a list is shown: sorted by a column, kept with its filter under a name, or deleted."""

from collections.abc import Iterator

from msgspec import Struct

from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form
from omnitui.console.dialogs.pick import Pick, Row, option
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.home.triage import COLUMNS, ascends
from omnitui.console.widgets.fields import Field, FieldKind
from omnitui.desk.views import LONGEST_NAME
from omnitui.model.triage import SORTS, View

_OWN = "own"
_SIGNS = "0123456789ab"


def sort_dialog(sort: str, glyphs: Glyphs) -> Pick[str]:
    """Answers with the column, empty for the list's own order. `sort` is how it is sorted now."""
    at_once = (f"0-9, a, {_SIGNS[-1]}", "choose at once")
    return Pick(
        "Sort by",
        "",
        glyphs,
        rows=list(_columns(sort, glyphs)),
        start=sort.lstrip("-") or _OWN,
        keys=(("enter", "choose"), at_once, ("esc", "cancel")),
        width=56,
    )


def _columns(sort: str, glyphs: Glyphs) -> Iterator[Row]:
    yield option(_OWN, "Default order", glyphs, end="what needs you first", sign="0", answer="")
    for sign, key in zip(_SIGNS[1:], SORTS, strict=True):
        label, first = COLUMNS[key]
        if key == sort.lstrip("-"):
            arrow = glyphs.sort_up if ascends(sort) else glyphs.sort_down
            label, first = f"{label} {arrow}", "reverses it"
        yield option(key, label, glyphs, end=first, sign=sign)


class Named(Struct, frozen=True):
    """A view's name, and whether everybody is to see it."""

    name: str
    shared: bool


def save_view_dialog(
    about: str, view: View | None, may_share: bool, glyphs: Glyphs, typed: dict[str, str]
) -> Form[Named]:
    """Keep a list under a name. Only who `may_share` is asked for whom it is."""
    own = view is not None and (may_share or not view.shared)
    known = view.name if view is not None and own else ""
    shared = "all" if view is not None and view.shared else "me"
    needed = "Give it a name first, for example: Late chats."
    label = "Name; an existing view with this name is replaced"
    asks = [Field("name", label, known, most=LONGEST_NAME, needed=needed)]
    if may_share:
        whom = (("me", "only you"), ("all", "everybody"))
        asks.append(Field("shared", "Who sees it", shared, FieldKind.CHOICE, whom))
    return Form(
        "Save this list",
        about,
        glyphs,
        typed,
        asks=asks,
        into=lambda name, shared="me": Named(name, shared == "all"),
        keys=(("enter", "save it"), ("esc", "cancel")),
        spaced=True,
    )


def delete_view_dialog(view: View, glyphs: Glyphs) -> Confirm[bool]:
    """Ask before a view is deleted."""
    whose = "Its tab goes away for everybody." if view.shared else "Its tab goes away."
    about = f"{whose} Its conversations do not change."
    title = f"Delete the view {view.name}?"
    return Confirm(title, about, glyphs, "delete it", True, also="D")
