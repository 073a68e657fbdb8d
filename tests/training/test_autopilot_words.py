from random import Random

import pytest

from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.training import replies
from omnitui.training.articles import Articles
from omnitui.training.schedule import Schedule


@pytest.mark.parametrize(
    ("text", "solved"),
    [
        ("Thank you so much!", True),
        ("So it is the Wi-Fi and not the line. I will get a Pebble then. Thanks!", True),
        ("Det virker, så raskt! Takk!", True),
        ("Thanks, but that does not fit my problem.", False),
        ("It still does not work.", False),
        ("Great, another outage. Nothing works and nobody answers.", False),
        ("My account is 20417", False),
        ("", False),
    ],
)
def test_thanks_are_told_from_complaints(text: str, solved: bool) -> None:
    assert replies.thanks(text) is solved


@pytest.mark.parametrize(
    ("said", "known", "asks"),
    [
        ("Invoice 4411 was charged twice", True, {"invoice"}),
        ("My router has a red light", True, {"lights", "tried", "since"}),
        ("I am moving house", True, set()),
        ("I am moving house", False, {"account"}),
    ],
)
def test_only_what_fits_is_asked(said: str, known: bool, asks: set[str]) -> None:
    assert set(replies.worth_asking(said, known)) == asks


def test_an_article_begins_as_plain_words() -> None:
    body = (
        "# Title\n\nOpen **My Skerry** and see [the page](https://example.com).\n\n1. First `x`\n"
    )
    assert replies.beginning(body) == "Title Open My Skerry and see the page. First x"
    assert replies.beginning("word " * 200).endswith(" …")
    assert len(replies.beginning("word " * 200)) <= 282


def test_a_greeting_leaves_no_gap_where_nobody_is_known() -> None:
    for seed in range(10):
        text = replies.greeting("en", "", "Ada", Random(seed))
        assert " ," not in text
        assert "Ada" in text


def test_an_article_needs_more_than_one_word_in_common(desk: Desk) -> None:
    articles = Articles(desk)
    found = articles.best("my router drops every evening at peak hours", SYSTEM, frozenset())
    assert found is not None
    assert found.slug == "router-drops-at-peak-hours"
    assert articles.best("twice", SYSTEM, frozenset()) is None
    again = articles.best("my router drops every evening", SYSTEM, frozenset({found.id}))
    assert again is None or again.id != found.id


def test_internal_articles_are_never_sent(desk: Desk) -> None:
    found = Articles(desk).best("run a line test and read the line test", SYSTEM, frozenset())
    assert found is None or found.public


def test_deeds_are_done_by_time_and_then_in_the_order_of_asking() -> None:
    done: list[str] = []
    schedule = Schedule()
    for at, name in ((20, "c"), (10, "a"), (10, "b")):
        schedule.add(at, lambda name=name: done.append(name))  # type: ignore[misc]
    assert not schedule.run_next(9)
    assert schedule.next_at == 10
    while schedule.run_next(15):
        pass
    assert done == ["a", "b"]
    assert len(schedule) == 1


def test_deeds_with_nothing_to_do_are_passed_over() -> None:
    schedule = Schedule()
    schedule.add(1, lambda: False)
    schedule.add(2, lambda: None)
    assert schedule.run_next(5)
    assert len(schedule) == 0
