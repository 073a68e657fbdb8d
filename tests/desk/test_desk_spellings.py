"""Whoever and whatever is looked for is found in other spellings, wherever one looks."""

from typing import Any

import pytest

from omnitui.console.present.transfers import fits
from omnitui.model.actor import Actor

SPELLED = [
    ("Jürgen Müller", "mueller"),
    ("Juergen Mueller", "müller"),
    ("Søren Bjærke", "soeren"),
    ("Aase Holm", "åse"),
    ("Åse Holm", "aase"),
]


@pytest.mark.parametrize(("name", "typed"), SPELLED)
def test_a_customer_is_found(floor: Any, ada: Actor, name: str, typed: str) -> None:
    person = floor.do("customer.create", name=name).id
    floor.do("customer.create", name="Kiana Anderson")
    assert [one.id for one in floor.do("customer.search", ada, query=typed)] == [person]
    assert person in [hit.ref for hit in floor.do("search.all", ada, query=typed)]


@pytest.mark.parametrize(("name", "typed"), SPELLED)
def test_a_conversation_is_found_by_a_filter_and_a_timeline_by_its_words(
    floor: Any, ada: Actor, name: str, typed: str
) -> None:
    talk = floor.writes(
        f"{name} asks for help",
        channel="email",
        address="someone@example.com",
        context={"name": name},
    )
    floor.writes("hello", channel="email", address="x@example.com")
    found = floor.do("home.find", ada, stream="all", filter=typed)
    assert list(found.keys) == [talk]


@pytest.mark.parametrize(("name", "typed"), SPELLED)
def test_a_timeline_is_searched(floor: Any, ada: Actor, name: str, typed: str) -> None:
    person = floor.do("customer.create", name="Kiana Anderson").id
    floor.do("timeline.add", ada, kind="note", customer=person, title=f"{name} rang")
    floor.do("timeline.add", ada, kind="note", customer=person, title="Nobody else")
    (row,) = floor.do("timeline.list", ada, customer=person, text=typed)
    assert row.title == f"{name} rang"


@pytest.mark.parametrize(("name", "typed"), SPELLED)
def test_a_colleague_is_found_in_a_list_to_choose_from(name: str, typed: str) -> None:
    assert fits(typed, name, "somebody")
    assert not fits(f"{typed} nobody", name)
    assert not fits("gust", "guest")


@pytest.mark.parametrize("typed", ["passwrod", "Passwrod"])
def test_knowledge_says_what_it_was_searched_for_instead(
    floor: Any, ada: Actor, typed: str
) -> None:
    article = {
        "slug": "reset",
        "title": "Reset it",
        "body": "Choose Forgot password where you sign in.",
        "audience": "public",
        "language": "en",
        "updated": "2026-03-01",
    }
    key = floor.desk.store.insert("articles", article)
    (found,) = floor.do("knowledge.search", ada, query=typed)
    assert (found.article.id, found.snippet[:22]) == (key, "Shown for “password”. ")
    (suggested,) = floor.do("knowledge.suggest", ada, words=[typed])
    assert suggested.because == (typed,)
