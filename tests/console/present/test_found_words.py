"""What was found, recent cases, links and an article's hits as lines, without an app."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

import pytest
from textual.content import Content

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.assist import snippet
from omnitui.console.present.records.article import HIT_STYLE, lit, spots
from omnitui.console.present.records.case import recent_cases
from omnitui.console.present.records.found import HEADS, KINDS, found_rows
from omnitui.console.present.records.web import link_rows
from omnitui.model.case import Case, CaseSort
from omnitui.model.link import FilledLink
from omnitui.model.search import MARK_OFF, MARK_ON, Hit, HitKind

NOW = 1_772_546_580_000


def plain(rows: list[tuple[str, list[Content]]]) -> list[str]:
    return [line.plain.rstrip() for _key, lines in rows for line in lines]


def case(key: int, title: str = "Router drops", **more: Any) -> Case:
    given = {"customer_id": 1, "origin": "chat", "created_at": NOW, **more}
    return Case(id=key, number=f"CAS-{key:05}", title=title, **given)


@dataclass
class Cases:
    now: int = NOW
    tz: tzinfo = UTC
    open: frozenset[str] = frozenset()
    case: Case | None = None
    cases: list[Case] | None = None
    sort: CaseSort = CaseSort.NEWEST
    more_cases: bool = False
    channels: dict[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("marked", "said", "bright"),
    [
        (f"Hold **{MARK_ON}Reset{MARK_OFF} button** for *ten* s", "Hold Reset button for ten s", 3),
        ("# Steps\n\n* Open `settings`\n* Choose **Wi-Fi", "Steps Open settings Choose Wi-Fi", 0),
        ("3 * 4 is 12 - not 7", "3 * 4 is 12 - not 7", 0),
        ("cut off** here", "cut off here", 0),
    ],
)
def test_marks_of_an_article_are_shown_as_what_they_mean(
    marked: str, said: str, bright: int
) -> None:
    (line,) = snippet(marked, 60, 1, UNICODE, markdown=True)
    assert line.plain == said
    assert sum("$text-plain" in str(span.style) for span in line.spans) == bright


def test_stars_that_people_typed_stay() -> None:
    (line,) = snippet(f"it is *{MARK_ON}really{MARK_OFF}* slow", 60, 1, UNICODE)
    assert line.plain == "it is *really* slow"
    hit = Hit(HitKind.ARTICLE, 7, "Reset", f"**{MARK_ON}Hold{MARK_OFF}** the button", NOW)
    rows = plain(found_rows([hit], 80, NOW, UTC, UNICODE))
    assert "Hold the button" in rows[1]
    assert "*" not in rows[1]


def test_every_kind_that_can_be_found_has_a_head_and_a_word() -> None:
    assert set(HEADS) == set(HitKind)
    assert {key for key, _word in KINDS} == {"", *HitKind}


def test_kinds_stand_in_groups_and_words_that_matched_are_brought_out() -> None:
    said = f"my {MARK_ON}router{MARK_OFF} drops"
    hits = [
        Hit(HitKind.MESSAGE, 7, "Kiana", said, NOW),
        Hit(HitKind.CUSTOMER, 7, "Kiana", "Kiana", NOW),
        Hit(HitKind.MESSAGE, 8, "Marcus", said, NOW),
    ]
    rows = found_rows(hits, 60, NOW, UTC, UNICODE)
    assert [key for key, _lines in rows] == [
        *("head-Customers", "customer-7"),
        *("head-Messages", "message-7", "message-8"),
    ]
    bold = [span for span in rows[3][1][0].spans if "bold" in str(span.style)]
    assert any(rows[3][1][0].plain[s.start : s.end] == "router" for s in bold)


@pytest.mark.parametrize("width", [20, 40, 76, 160])
def test_nothing_found_is_wider_than_the_list(width: int) -> None:
    hits = [
        Hit(kind, 1, "名前 [b]x[/b] " * 9, f"{MARK_ON}x{MARK_OFF} " * 40, NOW) for kind in HEADS
    ]
    for line in plain(found_rows(hits, width, NOW, UTC, ASCII)):
        assert Content(line).cell_length <= width


def test_one_case_is_not_sorted_and_many_say_how() -> None:
    one = recent_cases(Cases(cases=[case(1)]), 40, UNICODE)
    assert [key for key, _lines in one] == ["case:1"]
    view = Cases(cases=[case(2), case(1)], sort=CaseSort.PRESSING, more_cases=True)
    rows = recent_cases(view, 40, UNICODE)
    assert [key for key, _lines in rows] == [
        *("act:sort_cases", "case:2", "case:1", "act:more_cases"),
    ]
    assert "highest priority first" in plain(rows)[0]


def test_an_unfolded_case_shows_what_it_is_where_it_stands() -> None:
    view = Cases(cases=[case(1, description="Every evening")], open=frozenset({"case:1"}))
    assert any("Every evening" in line for line in plain(recent_cases(view, 40, UNICODE)))


def test_a_link_shows_its_whole_address_or_what_is_missing() -> None:
    url = "https://crm.example/" + "x" * 90
    rows = link_rows([FilledLink("CRM", url), FilledLink("Case", "", ("case.number",))], 40, ASCII)
    assert "".join(line.strip() for line in plain(rows[:1])[1:]) == url
    assert "needs case.number" in plain(rows[1:])[-1]


def test_what_is_looked_for_in_an_article_is_brought_out() -> None:
    lines = [Content("Router drops"), Content("The ROUTER, the router")]
    found = spots(lines, "router")
    assert found == [(0, 0, 6), (1, 4, 10), (1, 16, 22)]
    shown = lit(lines, found, 2)
    hits = [
        (number, span.start, span.end)
        for number, line in enumerate(shown)
        for span in line.spans
        if span.style == HIT_STYLE
    ]
    assert hits == [(1, 16, 22)]
    assert spots(lines, "nowhere") == []
