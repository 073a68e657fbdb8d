"""A customer's timeline: filtered, searched, by record, and what an agent has missed."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.timeline import ActivityKind
from omnitui.store import activities
from omnitui.store.activities import Asked


@pytest.fixture
def kiana(floor: Any, ada: Actor) -> int:
    """A customer with a conversation about a case, and something of most kinds."""
    who = floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com").id
    talk = floor.serves(ada, channel="email", address="kiana@example.com", text="Réseau drops")
    tick(floor)
    case = floor.do("case.create", ada, customer=who, title="Drops", origin="email")
    tick(floor)
    floor.do("conversation.link_case", ada, conversation=talk, case=case.id)
    tick(floor)
    floor.do("conversation.reply", ada, conversation=talk, text="We test your line")
    tick(floor)
    add(floor, ada, who, "call", "Rang her", body="Will wait", case=case.id)
    add(floor, ada, who, "note", "Has a dog")
    floor.do("case.resolve", ada, case=case.id, resolution="New cable")
    tick(floor)
    floor.do("case.reopen", ada, case=case.id)
    tick(floor)
    return int(who)


def tick(floor: Any) -> None:
    floor.clock.advance(1_000)


def add(floor: Any, by: Actor, who: int, kind: str, title: str, **given: Any) -> int:
    key = floor.do("timeline.add", by, customer=who, kind=kind, title=title, **given)
    tick(floor)
    return int(key)


def kinds(rows: Any) -> list[str]:
    return [row.kind.value for row in rows]


def test_of_its_own_accord_a_conversation_stands_for_its_messages(floor: Any, kiana: int) -> None:
    rows = floor.do("timeline.list", customer=kiana)
    assert kinds(rows) == ["note", "call", "case", "conversation"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["note"], ["note"]),
        ("call,note", ["note", "call"]),
        (["case"], ["event", "event", "event", "case"]),
        (["event"], ["event", "event", "event"]),
        (["message"], ["message", "message"]),
        (["mail", "visit"], []),
    ],
)
def test_kinds_narrow_it(floor: Any, kiana: int, given: Any, found: list[str]) -> None:
    assert kinds(floor.do("timeline.list", customer=kiana, kinds=given)) == found


def test_what_was_done_with_a_case_says_who_and_how(floor: Any, kiana: int) -> None:
    rows = floor.do("timeline.list", customer=kiana, kinds="event")
    assert [(row.title, row.body) for row in rows] == [
        ("reopened", "Drops"),
        ("resolved", "New cable"),
        ("linked to a conversation", "Drops"),
    ]
    assert {(row.author, row.case_number) for row in rows} == {("Ada Test", "CAS-00001")}
    assert rows[-1].conversation_id == 1


def test_events_follow_their_case_to_another_customer(floor: Any, kiana: int) -> None:
    marcus = floor.do("customer.create", name="Marcus Lee").id
    floor.do("conversation.unlink_case", conversation=1)
    floor.do("case.update", case="CAS-00001", customer=marcus)
    rows = floor.do("timeline.list", customer=marcus, kinds="event")
    assert [row.title for row in rows][1:] == ["reopened", "resolved", "linked to a conversation"]
    assert {row.customer_id for row in rows} == {marcus}
    assert floor.do("timeline.list", customer=kiana, kinds="event") == []


def test_a_kind_that_is_none_is_refused_with_those_there_are(floor: Any, kiana: int) -> None:
    refusal = floor.refused("timeline.list", customer=kiana, kinds="telegram")
    for word in ("telegram", "call", "message", "event"):
        assert word in refusal.message


def test_a_case_or_a_conversation_names_its_customer(floor: Any, kiana: int) -> None:
    about = floor.do("timeline.list", case="CAS-00001")
    assert kinds(about) == ["call", "case", "conversation"]
    assert floor.do("timeline.list", customer=kiana, case="CAS-00001") == about
    said = floor.do("timeline.list", conversation=1)
    assert kinds(said) == ["message", "event", "case", "conversation", "message"]


def test_what_is_named_must_fit_together(floor: Any, kiana: int) -> None:
    marcus = floor.do("customer.create", name="Marcus Lee").id
    nobodys = floor.writes()
    for given, code in (
        ({}, "timeline.whose"),
        ({"customer": marcus, "case": "CAS-00001"}, "case.other_customer"),
        ({"customer": marcus, "conversation": 1}, "conversation.other_customer"),
        ({"conversation": nobodys}, "conversation.no_customer"),
    ):
        assert floor.refused("timeline.list", **given).code == code


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dog", ["note"]),
        ("RESEAU", ["message"]),
        ("wait  will", ["call"]),
        ("cable", ["event"]),
        ("drops cas-00001", ["event", "event", "event", "case"]),
        ("line we TEST", ["message", "conversation"]),
        ("100% _x_", []),
    ],
)
def test_every_word_that_is_looked_for_must_occur(
    floor: Any, kiana: int, typed: str, found: list[str]
) -> None:
    assert kinds(floor.do("timeline.list", customer=kiana, text=typed)) == found


def test_a_search_can_be_narrowed_and_stays_with_the_customer(floor: Any, kiana: int) -> None:
    marcus = floor.do("customer.create", name="Marcus Lee").id
    floor.do("timeline.add", customer=marcus, kind="note", title="Has a dog")
    (row,) = floor.do("timeline.list", customer=kiana, text="dog")
    assert row.customer_id == kiana
    assert floor.do("timeline.list", customer=kiana, text="dog", kinds="call") == []


def test_pages_of_everything_hold_every_row_once(floor: Any, kiana: int) -> None:
    everything = [kind.value for kind in ActivityKind]
    whole = floor.do("timeline.list", customer=kiana, kinds=everything, limit=100)
    found, before = [], None
    while page := floor.do(
        "timeline.list", customer=kiana, kinds=everything, before=before, limit=2
    ):
        found += page
        before = page[-1].at
    assert found == whole
    assert len({(row.kind, row.id) for row in whole}) == len(whole) == 9


def test_only_the_customers_own_rows_are_read(floor: Any) -> None:
    """No table that grows with the desk is gone through from end to end."""
    everything = tuple(ActivityKind)
    for asked in (
        Asked(1, everything),
        Asked(1, everything, case=1),
        Asked(1, everything, conversation=1),
        Asked(1, everything, words=("dog",)),
        Asked(1, everything, after=5, not_by=1),
    ):
        for step in activities.plan(floor.desk.store, asked):
            assert not step.startswith("SCAN") or "CONSTANT" in step, (asked, step)
    plan = " ".join(activities.plan(floor.desk.store, Asked(1, everything)))
    for index in (
        "activities_customer",
        "cases_customer",
        "conversations_customer",
        "messages_thread",
        "journal_case",
    ):
        assert index in plan


@pytest.fixture
def bo(floor: Any) -> Any:
    return floor.hire("bo")


def test_nothing_is_missed_by_who_never_looked(floor: Any, kiana: int, bo: Actor) -> None:
    missed = floor.do("timeline.missed", bo, customer=kiana)
    assert (missed.since, missed.rows, missed.more) == (None, (), False)


def test_missed_is_what_others_did_since(floor: Any, kiana: int, ada: Actor, bo: Actor) -> None:
    floor.do("timeline.looked", bo, customer=kiana)
    looked = floor.clock.now()
    tick(floor)
    floor.writes("Still down", channel="email", address="kiana@example.com")
    tick(floor)
    add(floor, ada, kiana, "note", "Hers")
    add(floor, bo, kiana, "note", "His own")
    floor.do("case.cancel", ada, case="CAS-00001", reason="Moved away")
    tick(floor)
    floor.do("case.create", bo, customer=kiana, title="His own", origin="email")
    missed = floor.do("timeline.missed", bo, customer=kiana)
    assert missed.since == looked
    assert [(row.kind.value, row.title) for row in missed.rows] == [
        ("event", "cancelled"),
        ("note", "Hers"),
        ("message", "email"),
    ]
    assert floor.do("timeline.missed", bo, customer=kiana, limit=2).more
    tick(floor)
    floor.do("timeline.looked", bo, customer=kiana)
    assert floor.do("timeline.missed", bo, customer=kiana).rows == ()


def test_each_agent_looks_for_themselves(floor: Any, kiana: int, ada: Actor, bo: Actor) -> None:
    floor.do("timeline.looked", ada, customer=kiana)
    assert floor.do("timeline.missed", bo, customer=kiana).since is None
    assert floor.refused("timeline.looked", customer=kiana).code == "actor.not_an_agent"
