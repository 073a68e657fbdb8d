"""What was looked for and not found, and what did not help, until somebody has dealt with it."""

from typing import Any

import pytest

from omnitui.model.actor import Actor, ActorKind
from omnitui.model.knowledge import GapKind


def search(floor: Any, query: str, by: Actor | None = None, **more: Any) -> int:
    floor.clock.advance(1_000)
    return len(floor.do("knowledge.search", *filter(None, [by]), query=query, **more))


def about(floor: Any, **given: Any) -> list[tuple[str, int, int]]:
    found = floor.do("knowledge.gaps", **given)
    return [(gap.about, gap.times, gap.agents) for gap in found]


def test_searches_that_find_nothing_are_counted_by_what_they_ask(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    search(floor, "Purple lights?", ada)
    search(floor, "fax machine", ada)
    search(floor, "how do I get the PURPLE lights", bo)
    search(floor, "purple lights", bo)
    assert about(floor) == [("purple lights", 3, 2), ("fax machine", 1, 1)]
    assert floor.do("knowledge.gaps")[0].last_at == floor.clock.now()


@pytest.mark.parametrize("query", ["", "x", "how do i", "12"])
def test_searches_that_say_nothing_are_no_gaps(floor: Any, query: str) -> None:
    search(floor, query)
    assert about(floor) == []


def test_what_is_still_being_typed_is_no_gap(floor: Any, ada: Actor) -> None:
    search(floor, "purple li", ada, typing=True)
    assert about(floor) == []


def test_nobody_waits_for_a_gap_to_be_noted(floor: Any, ada: Actor) -> None:
    with floor.watcher.transaction():
        assert search(floor, "purple lights", ada) == 0
    assert about(floor) == []
    assert floor.desk.store.value("PRAGMA busy_timeout") > 0


def test_an_article_that_answers_a_gap_closes_it(floor: Any, ada: Actor) -> None:
    search(floor, "why are the lights purple", ada)
    search(floor, "fax machine", ada)
    made = floor.do("knowledge.create", title="Purple lights", body="An update is running.")
    assert about(floor) == [("fax machine", 1, 1)]
    (closed,) = floor.do("knowledge.gaps", closed=True)
    assert (closed.about, closed.reason) == (
        "why are the lights purple",
        f"answered by {made.slug}",
    )
    floor.do("knowledge.update", article=made.id, keywords=["fax machine"])
    assert about(floor) == []


def test_a_search_that_finds_something_by_now_closes_its_gap(floor: Any, ada: Actor) -> None:
    search(floor, "purple lights", ada)
    row = {"slug": "p", "title": "Purple lights", "body": "x", "audience": "public"}
    floor.desk.store.insert("articles", {**row, "language": "en", "updated": "2026-03-01"})
    assert search(floor, "purple lights", ada) == 1
    assert about(floor) == []
    assert floor.do("knowledge.gaps", closed=True)[0].reason == "answered by p"


def test_a_closed_gap_opens_again_when_it_is_met_again(floor: Any, ada: Actor) -> None:
    for _ in range(3):
        search(floor, "purple lights", ada)
    key = floor.do("knowledge.gaps")[0].id
    floor.do("knowledge.gap_close", gap=key, reason="No such product")
    (closed,) = floor.do("knowledge.gaps", closed=True)
    assert (closed.closed_by, closed.reason) == ("administrator", "No such product")
    assert floor.refused("knowledge.gap_close", gap=key).code == "gap.closed"
    search(floor, "purple lights", floor.hire("bo"))
    assert about(floor) == [("purple lights", 1, 1)]
    assert about(floor, closed=True) == []


def test_an_article_that_did_not_help_is_a_gap_with_the_comments(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    key = floor.do("knowledge.create", title="Lights", body="Wait.").id
    floor.do("knowledge.rate", ada, article=key, helpful=False, comment="No word of red")
    floor.do("knowledge.rate", bo, article=key, helpful=False)
    (gap,) = floor.do("knowledge.gaps")
    assert (gap.kind, gap.about, gap.article) == (GapKind.NOT_HELPFUL, "Lights", key)
    assert (gap.times, gap.agents) == (2, 2)
    assert sorted(one.comment for one in gap.comments) == ["", "No word of red"]
    floor.do("knowledge.rate", bo, article=key, helpful=True)
    assert floor.do("knowledge.gaps")[0].times == 1
    floor.clock.advance(1_000)
    floor.do("knowledge.gap_close", gap=gap.id, reason="Red is in it now")
    assert floor.do("knowledge.gaps") == []
    assert floor.do("knowledge.gaps", closed=True)[0].reason == "Red is in it now"
    floor.clock.advance(1_000)
    floor.do("knowledge.rate", bo, article=key, helpful=False, comment="Still old")
    (again,) = floor.do("knowledge.gaps")
    assert [one.comment for one in again.comments] == ["Still old"]


def test_a_gap_of_somebody_who_thinks_better_of_it_is_none(floor: Any, ada: Actor) -> None:
    key = floor.do("knowledge.create", title="Lights", body="Wait.").id
    floor.do("knowledge.rate", ada, article=key, helpful=False)
    floor.do("knowledge.rate", ada, article=key, helpful=True)
    assert floor.do("knowledge.gaps") == []
    floor.do("knowledge.rate", ada, article=key, helpful=False)
    floor.do("knowledge.retire", article=key)
    assert floor.do("knowledge.gaps") == []


def test_what_bots_do_not_find_is_a_gap_too(floor: Any) -> None:
    bot = Actor(ActorKind.BOT, name="helper")
    floor.do("knowledge.create", title="Purple lights", body="x", audience="internal")
    assert search(floor, "purple lights", bot) == 0
    assert about(floor) == [("purple lights", 1, 1)]


def test_a_gap_whose_answer_is_gone_is_open_again(floor: Any, ada: Actor) -> None:
    floor.do("settings.set", key="agents_write_articles", value="yes")
    search(floor, "purple lights", ada)
    given = {"title": "Purple lights", "body": "x"}
    floor.do("knowledge.create", ada, **given)
    assert about(floor) == []
    floor.do("undo.last", ada)
    assert about(floor) == [("purple lights", 1, 1)]
    floor.do("knowledge.create", ada, **given)
    floor.do("knowledge.retire", ada, article="purple-lights")
    assert about(floor) == [("purple lights", 1, 1)]
