"""Who else has a conversation before them, in as many words as there is room for."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from omnitui.console import text
from omnitui.model.names import first_name
from omnitui.model.viewers import Viewer


def sentence(people: Sequence[Viewer], room: int) -> str:
    """E.g. `Bo Lindqvist is typing, Elin Haugen is viewing`, in at most `room` cells.

    Who types comes first, and is the last to be left out. Empty where nothing fits.
    """
    if not people:
        return ""
    fitting = (said for said in _ways(people) if Content(said).cell_length <= room)
    return next(fitting, "")


def asked(names: Sequence[str], room: int) -> str:
    """E.g. `asked Bo Lindqvist, no answer yet`, in at most `room` cells; empty for nobody."""
    if not names:
        return ""
    shown = [text.inline(name) for name in names]
    short = [name.split(" ")[0] for name in shown]
    ways = (
        f"asked {', '.join(shown)}, no answer yet",
        f"asked {', '.join(short)}, no answer yet",
        f"asked {', '.join(short)}",
        "asked",
    )
    return next((said for said in ways if Content(said).cell_length <= room), "")


def _ways(people: Sequence[Viewer]) -> Iterator[str]:
    """The same in fewer and fewer words."""
    typing = [one for one in people if one.typing]
    reading = [one for one in people if not one.typing]
    for first_only in (False, True):
        parts = [_do(typing, "is typing", "are typing", first_only)]
        parts.append(_do(reading, "is viewing", "are viewing", first_only))
        yield ", ".join(part for part in parts if part)
    rest = len(people) - 1
    does = "is typing" if typing else "is viewing"
    if rest:
        yield f"{_name(people[0], True)} {does}, {rest} more here"
        yield f"{len(people)} other viewers"
    yield does


def _do(people: Sequence[Viewer], one: str, many: str, first_only: bool) -> str:
    names = [_name(each, first_only) for each in people]
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} {one}"
    return f"{', '.join(names[:-1])} and {names[-1]} {many}"


def _name(one: Viewer, first_only: bool) -> str:
    name = text.inline(one.name)
    return first_name(name) if first_only else name
