"""A customer's cases in the summary: how they are sorted, a line each, and the way to more."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Protocol

from textual.content import Content

from omnitui.console import text
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.case import case_facts, case_item
from omnitui.model.case import Case, CaseSort
from omnitui.model.channel import Channel

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
