"""A case in a few lines: what it is, how pressing, how it stands; and a customer's cases."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Protocol

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import times
from omnitui.console.present.records.reached import told
from omnitui.console.present.session import channel_words
from omnitui.model.case import CASE_FIELDS, Case, CasePriority, CaseSort, CaseStatus
from omnitui.model.channel import Channel
from omnitui.rules.cases import usual

PRIORITY_STYLE = {
    CasePriority.LOW: "$text-dim",
    CasePriority.NORMAL: "$text-plain",
    CasePriority.HIGH: "bold $danger",
}
STATUS_STYLE = {
    CaseStatus.ACTIVE: "$info",
    CaseStatus.RESOLVED: "$positive",
    CaseStatus.CANCELLED: "$text-dim",
}
_DESCRIBED = 4
_ABOUT = 1
"""The line of the fields that stand beside who has the case and how it came."""
_ROOMY = 56
"""From which width on a line tells how a case stands (cells)."""

_LONG_AGO = 300 * 86_400_000


def status_sign(status: CaseStatus, glyphs: Glyphs) -> tuple[str, str]:
    """The sign of a case's status with its style."""
    sign = {
        CaseStatus.ACTIVE: glyphs.available,
        CaseStatus.RESOLVED: glyphs.sent,
        CaseStatus.CANCELLED: glyphs.failed,
    }[status]
    return sign, STATUS_STYLE[status]


def standing(case: Case) -> str:
    """How a case stands, in words: the status, and the reason where it says more than that."""
    if case.merged_into is not None:
        return f"merged into {case.merged_number}"
    if case.reason is usual(case.status):
        return case.status.value
    over = case.status is not CaseStatus.ACTIVE
    return f"{case.status.value}, {case.reason.label}" if over else case.reason.label


def case_facts(
    case: Case,
    width: int,
    now: int,
    tz: tzinfo,
    channels: Mapping[str, Channel],
    glyphs: Glyphs,
) -> list[Content]:
    """A case in full: title, standing, whose it is, what was said, how it ended."""
    dot = (f" {glyphs.separator} ", "$text-dim")
    lines = _wrapped(case.title, width, "bold $text-plain")
    sign, style = status_sign(case.status, glyphs)
    lines.append(
        Content.assemble(
            (case.priority.value.capitalize(), PRIORITY_STYLE[case.priority]),
            dot,
            (f"{sign} {standing(case)}", style),
            dot,
            (times.relative(case.created_at, now), "$text-dim"),
        )
    )
    about = Content("")
    known = told(CASE_FIELDS, case, f" {glyphs.separator} ")
    for fact in (
        known.pop(_ABOUT, ""),
        case.owner_name,
        f"via {channel_words(channels.get(case.origin), case.origin)}",
        f"child of {case.parent_number}" if case.parent_number else "",
    ):
        more = Content.assemble(about, dot if about else "", (text.inline(fact), "$text-dim"))
        if fact and more.cell_length <= width:
            about = more
    lines.append(about)
    for fact in known.values():
        lines += _wrapped(fact, width, "$text-dim")
    lines += _wrapped(case.description, width, "$text-plain")[:_DESCRIBED]
    if case.resolution:
        when = "" if case.resolved_at is None else times.day_label(case.resolved_at, now, tz)
        ended = f"{case.status.value} {when}: {text.inline(case.resolution)}"
        lines += _wrapped(ended, width, STATUS_STYLE[case.status])[:_DESCRIBED]
    return [text.cut(line, width, glyphs) for line in lines]


def case_item(
    case: Case, width: int, now: int, tz: tzinfo, glyphs: Glyphs, *, linked: bool = False
) -> Content:
    """A case on one line: how it stands, its number, its title, when it began."""
    sign, style = status_sign(case.status, glyphs)
    when = (glyphs.link + " linked") if linked else short_day(case.created_at, now, tz)
    more = case.reason is not usual(case.status) and width >= _ROOMY
    end = Content.assemble(
        (f"{case.reason.label}  " if more else "", style),
        (when, "$primary" if linked else "$text-dim"),
        " ",
    )
    number = case.number.removeprefix("CAS-").lstrip("0") or "0"
    start = Content.assemble(
        "   ",
        (sign, style),
        (f" {number} ", "$text-dim"),
        (text.inline(case.title), "$text-plain"),
    )
    return text.between(start, end, width, glyphs)


def short_day(at: int, now: int, tz: tzinfo) -> str:
    """A day in at most six cells: `today`, `3 Mar`, `2025` when it is long ago."""
    if times.same_day(at, now, tz):
        return "today"
    then = datetime.fromtimestamp(at / 1_000, tz)
    return f"{then.day} {then:%b}" if now - at < _LONG_AGO else f"{then:%Y}"


def _wrapped(said: str, width: int, style: str) -> list[Content]:
    plain = text.inline(said)
    if not plain:
        return []
    spans = text.wrap(plain, max(4, width))
    return [Content.assemble((plain[start:end], style)) for start, end in spans]


SORTED = {
    CaseSort.NEWEST: "newest first",
    CaseSort.CHANGED: "last changed first",
    CaseSort.PRESSING: "highest priority first",
}


class Listed(Protocol):
    """What is listed: the cases read so far, and how."""

    @property
    def now(self) -> int: ...
    @property
    def tz(self) -> tzinfo: ...
    @property
    def open(self) -> frozenset[str]: ...
    @property
    def case(self) -> Case | None: ...
    @property
    def cases(self) -> Sequence[Case] | None: ...
    @property
    def sort(self) -> CaseSort: ...
    @property
    def more_cases(self) -> bool: ...
    @property
    def channels(self) -> Mapping[str, Channel]: ...


def recent_cases(view: Listed, width: int, glyphs: Glyphs) -> list[tuple[str, list[Content]]]:
    """Everything that can be chosen, by key; how they are sorted is said where it matters."""
    rows = []
    cases = view.cases or ()
    if len(cases) > 1:
        sort = Content.assemble(
            "   ", ("s", "bold $primary"), (f" {SORTED[view.sort]}", "$text-dim")
        )
        rows.append(("act:sort_cases", [text.cut(sort, width - 1, glyphs)]))
    for case in cases:
        key = f"case:{case.id}"
        linked = view.case is not None and view.case.id == case.id
        lines = [case_item(case, width, view.now, view.tz, glyphs, linked=linked)]
        if key in view.open:
            facts = case_facts(case, width - 6, view.now, view.tz, view.channels, glyphs)
            lines += [Content.assemble("     ", line) for line in facts]
        rows.append((key, lines))
    if view.more_cases:
        rows.append(("act:more_cases", [Content.assemble("   ", ("more", "$primary"))]))
    return rows
