"""How a conversation came about: what a bot passed on, answers, device, visits, variables.

Each group has its title and its lines. Where something of a group is cut, the title says that there
is more of it, and the group can be chosen to be read in whole.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import tzinfo

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.model.engagement import Engagement, HandOver, Pairs, Visit, VisitKind

_VISITED = {
    VisitKind.PAGE: "saw",
    VisitKind.PHRASE: "searched",
    VisitKind.ARTICLE: "read",
    VisitKind.ACTION: "did",
}
_OWN_LINES = frozenset(("queue", "subject", "name"))
"""Variables that have a line of their own among the facts."""

_VISITS = 6
_LINES = 2
_WIDEST_LABEL = 14
_INDENT = "   "


class Group(Struct, frozen=True):
    """Some of what is known: `lines` as they are shown, and whether there is more or less to show.

    `folds` is true where the group can be chosen to be shown otherwise.
    """

    key: str
    lines: list[Content]
    folds: bool


class _Row(Struct, frozen=True):
    label: str
    value: str
    aside: str = ""


def engagement_groups(
    about: Engagement,
    unfolded: Collection[str],
    now: int,
    tz: tzinfo,
    width: int,
    glyphs: Glyphs,
) -> list[Group]:
    """The groups that have something in them; `unfolded` holds the keys of those shown in whole."""
    groups = []
    for name, title, rows in _told(about, now, tz):
        key = f"about:{name}"
        most = _VISITS if name == "visits" else len(rows)
        whole = key in unfolded
        short = [*_lines(rows[:most], width, glyphs, _LINES)]
        full = [*_lines(rows, width, glyphs, None)]
        folds = short != full
        head = _title(title, folds, whole, width, glyphs)
        groups.append(Group(key, [head, *(full if whole else short)], folds))
    return groups


def facts(about: Engagement) -> Pairs:
    """What belongs among the facts of the conversation itself."""
    signed = {True: "yes", False: "no", None: ""}[about.signed_in]
    return (("topic", about.asked), ("signed in", signed))


def _told(about: Engagement, now: int, tz: tzinfo) -> Iterator[tuple[str, str, list[_Row]]]:
    """The groups with their titles; only that a bot passed it on is told with nothing below."""
    for name, title, rows in _every(about, now, tz):
        said = [row for row in rows if row.value.strip()]
        if said or name == "bot":
            yield name, title, said


def _every(about: Engagement, now: int, tz: tzinfo) -> Iterator[tuple[str, str, list[_Row]]]:
    if about.hand_over is not None:
        by = text.inline(about.hand_over.by) or "the bot"
        yield "bot", f"{by}: hand-over", _passed_on(about.hand_over)
    if about.answers:
        yield "answers", "pre-chat answers", _rows(about.answers)
    if about.device:
        yield "device", "device", _rows(about.device)
    if about.visits:
        yield "visits", "visited pages", [_visit(visit, now, tz) for visit in about.visits]
    others = [(name, value) for name, value in about.variables if name not in _OWN_LINES]
    if others:
        yield "variables", "other details", _rows(others)


def _passed_on(hand_over: HandOver) -> list[_Row]:
    own = [("reason", hand_over.reason), ("summary", hand_over.summary)]
    return _rows([*((label, value) for label, value in own if value), *hand_over.facts])


def _rows(pairs: Sequence[tuple[str, str]]) -> list[_Row]:
    return [_Row(text.inline(label), text.inline(value)) for label, value in pairs]


def _visit(visit: Visit, now: int, tz: tzinfo) -> _Row:
    at = "" if visit.at is None else times.moment(visit.at, now, tz)
    return _Row(_VISITED[visit.kind], text.inline(visit.text), at)


def _title(title: str, folds: bool, whole: bool, width: int, glyphs: Glyphs) -> Content:
    start = Content.assemble(_INDENT, (title, "italic $text-dim"))
    end = Content.assemble(("less" if whole else "more", "$primary"), " ") if folds else Content("")
    return text.between(start, end, width, glyphs)


def _lines(rows: Sequence[_Row], width: int, glyphs: Glyphs, most: int | None) -> Iterator[Content]:
    """Values beside their labels, each on at most so many lines; all of it where `most` is None.

    Read in whole, a label that is too long for its column has a line of its own.
    """
    labels = max((min(_WIDEST_LABEL, cell_len(row.label)) for row in rows), default=0)
    for row in rows:
        lead, column = row.label, labels
        if most is None and cell_len(lead) > labels:
            for start, end in text.wrap(lead, max(8, width - 4)):
                yield Content.assemble(_INDENT, (lead[start:end], "$text-dim"))
            lead, column = "", 0
        for number, part in enumerate(_wrapped(row, max(8, width - column - 6), glyphs, most)):
            label = text.left(lead if number == 0 else "", column, glyphs)
            line = Content.assemble(_INDENT, (label, "$text-dim"), "  ", part)
            if number == 0 and row.aside:
                aside = Content.assemble((row.aside, "$text-dim"), " ")
                line = text.between(line, aside, width, glyphs)
            yield line


def _wrapped(row: _Row, room: int, glyphs: Glyphs, most: int | None) -> list[str]:
    room = max(8, room - (cell_len(row.aside) + 2 if row.aside else 0))
    spans = text.wrap(row.value, room)
    parts = [row.value[start:end] for start, end in spans]
    if most is None or len(parts) <= most:
        return parts
    rest = row.value[spans[most - 1][0] :]
    return [*parts[: most - 1], text.fit(rest, room, glyphs)]
