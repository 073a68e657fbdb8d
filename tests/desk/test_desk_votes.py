"""An article is voted for once by each, whoever they turn out to be."""

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from omnitui.model.actor import ADMINISTRATOR

ROW = {"slug": "r", "title": "R", "body": "b", "audience": "public", "language": "en"}


@pytest.fixture
def article(floor: Any) -> int:
    key: int = floor.desk.store.insert(
        "articles", {**ROW, "updated": "2026-03-01", "helpful": 7, "unhelpful": 2}
    )
    return key


def votes(floor: Any, article: int, talk: int, helpful: bool = True) -> tuple[int, int]:
    floor.clock.advance(1_000)
    floor.do("knowledge.rate", article=article, helpful=helpful, conversation=talk)
    return counts(floor, article)


def counts(floor: Any, article: int) -> tuple[int, int]:
    found = floor.do("knowledge.get", article=article)
    return found.helpful, found.unhelpful


def two(floor: Any) -> tuple[Any, Any, int, int]:
    """Two records of one person, and a conversation of each."""
    one = floor.do("customer.create", name="Kiana Berg", email="kiana@example.com").id
    other = floor.do("customer.create", name="K. Berg", phone="+4755501022").id
    mail = floor.writes(channel="email", address="kiana@example.com")
    return one, other, mail, floor.writes(channel="sms", address="+4755501022")


def test_two_who_are_one_have_one_vote_and_have_two_again(floor: Any, article: int) -> None:
    one, other, mail, text = two(floor)
    votes(floor, article, mail)
    assert votes(floor, article, text) == (9, 2)
    floor.do("customer.merge", **{"from": other}, into=one)
    assert counts(floor, article) == (8, 2)
    floor.do("customer.unmerge", customer=one)
    assert counts(floor, article) == (9, 2)


def test_of_two_votes_of_one_person_the_last_counts(floor: Any, article: int) -> None:
    one, other, mail, text = two(floor)
    votes(floor, article, text, False)
    assert votes(floor, article, mail) == (8, 3)
    floor.do("customer.merge", **{"from": one}, into=other)
    assert counts(floor, article) == (8, 2)
    seen = floor.desk.last_seq()
    assert votes(floor, article, text) == (8, 2)
    assert floor.desk.last_seq() == seen
    assert votes(floor, article, text, False) == (7, 3)
    floor.do("customer.unmerge", customer=other)
    assert counts(floor, article) == (8, 3)


def test_a_merge_of_merged_ones_counts_them_all_once(floor: Any, article: int) -> None:
    one, other, mail, text = two(floor)
    third = floor.do("customer.create", name="Kiana", email="k@example.com").id
    again = floor.writes(channel="email", address="k@example.com")
    for talk in (mail, text, again):
        votes(floor, article, talk)
    floor.do("customer.merge", **{"from": one}, into=other)
    floor.do("customer.merge", **{"from": other}, into=third)
    assert counts(floor, article) == (8, 2)


def test_a_visitor_who_is_linked_has_voted_already(floor: Any, article: int) -> None:
    ada = floor.hire("ada")
    kiana = floor.do("customer.create", name="Kiana Berg", email="kiana@example.com").id
    mail = floor.writes(channel="email", address="kiana@example.com")
    chat = floor.writes(address="dev-1")
    votes(floor, article, mail)
    assert votes(floor, article, chat, False) == (8, 3)
    floor.do("conversation.link_customer", ada, conversation=chat, customer=kiana)
    assert counts(floor, article) == (7, 3)
    floor.do("undo.last", ada)
    assert counts(floor, article) == (8, 3)
    floor.do("conversation.link_customer", ada, conversation=chat, customer=kiana)
    floor.do("conversation.unlink_customer", ada, conversation=chat)
    assert counts(floor, article) == (8, 3)


def test_an_undone_merge_gives_both_their_votes_back(floor: Any, article: int) -> None:
    ada = floor.hire("ada")
    one, other, mail, text = two(floor)
    votes(floor, article, mail)
    votes(floor, article, text, False)
    floor.do("customer.merge", ada, **{"from": other}, into=one)
    assert counts(floor, article) == (7, 3)
    floor.do("undo.last", ada)
    assert counts(floor, article) == (8, 3)


NUMBER = st.integers(0, 2)
DEED = st.one_of(
    st.tuples(st.just("vote"), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("merge"), NUMBER, NUMBER),
    st.tuples(st.just("unmerge"), NUMBER, st.none()),
    st.tuples(st.sampled_from(["link", "unlink"]), NUMBER, st.none()),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(DEED, max_size=14))
def test_everybody_counts_once_whatever_happens(one_floor: Any, deeds: list[Any]) -> None:
    floor = one_floor
    with floor.desk.store.transaction():
        article = floor.desk.store.insert("articles", {**ROW, "updated": "2026-03-01"})
        mails = [f"{name}@example.com" for name in ("kiana", "bo", "cai")]
        people = [floor.do("customer.create", name=m.title(), email=m).id for m in mails]
        talks = [floor.writes(channel="email", address=mail) for mail in mails]
        talks.append(floor.writes(address="visitor"))
        cast: list[tuple[int | None, bool]] = []
        for what, one, other in deeds:
            if what == "vote":
                who = floor.talk(talks[one]).customer_id
                before = said(floor, cast, talks[3])
                if before.get(person(floor, who, talks[3])) is not other:
                    cast.append((who, other))
                votes(floor, article, talks[one], other)
            elif what == "merge":
                tried(floor, "customer.merge", **{"from": people[one]}, into=people[other])
            elif what == "unmerge":
                tried(floor, "customer.unmerge", customer=people[one])
            elif what == "link":
                tried(
                    floor,
                    "conversation.link_customer",
                    conversation=talks[3],
                    customer=people[one],
                )
            else:
                tried(floor, "conversation.unlink_customer", conversation=talks[3])
            last = [*said(floor, cast, talks[3]).values()]
            assert counts(floor, article) == (last.count(True), last.count(False))
        forget(floor)
    floor.desk.reread()


def person(floor: Any, customer: int | None, visitor: int) -> int | None:
    """Who somebody is now who voted as a customer, or as the visitor (None)."""
    known = floor.talk(visitor).customer_id if customer is None else customer
    if known is None:
        return None
    found: int = floor.do("customer.get", customer=known).id
    return found


def said(floor: Any, given: list[tuple[int | None, bool]], visitor: int) -> dict[int | None, bool]:
    """The last word of everybody."""
    return {person(floor, customer, visitor): helpful for customer, helpful in given}


def tried(floor: Any, name: str, **given: Any) -> None:
    """What may be refused: nothing has changed then."""
    refused = floor.desk.attempt(name, ADMINISTRATOR, **given)
    assert getattr(refused, "code", "") != "parameter.unknown"


def forget(floor: Any) -> None:
    """Leave the floor as it was found."""
    for table in (
        "article_votes articles timers merges promises messages conversations addresses customers"
    ).split():
        floor.desk.store.execute(f"DELETE FROM {table}")
