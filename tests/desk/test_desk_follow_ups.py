"""Follow-ups: whose they are, when they come back, and that they do so once."""

from typing import Any

import pytest

from omnitui.model.actor import Actor

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


@pytest.fixture
def kiana(floor: Any) -> int:
    return int(floor.do("customer.create", name="Kiana Anderson").id)


@pytest.fixture
def bo(floor: Any) -> Actor:
    made = floor.hire("bo")
    assert isinstance(made, Actor)
    return made


def task(floor: Any, by: Actor, who: int, title: str = "Call back", **given: Any) -> int:
    return int(floor.do("timeline.add", by, customer=who, kind="task", title=title, **given))


def mine(floor: Any, actor: Actor) -> list[str]:
    return [row.title for row in floor.do("timeline.mine", actor)]


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("2h", 2 * HOUR),
        ("fri 9am", 4 * DAY),
        ("tomorrow", DAY),
        ("2026-03-02 10:30", 90 * MINUTE),
        ("+1d", DAY),
        (1_772_442_000_000 + HOUR, HOUR),
        ("-30m", -30 * MINUTE),
    ],
)
def test_when_it_is_due_is_said_in_words(
    floor: Any, ada: Actor, kiana: int, words: Any, after: int
) -> None:
    task(floor, ada, kiana, due_at=words, zone="UTC")
    (row,) = floor.do("timeline.mine", ada)
    assert row.due_at == floor.clock.now() + after
    assert (row.owner_id, row.owner, row.customer) == (ada.id, "Ada Test", "Kiana Anderson")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"due_at": "someday"}, "activity.due"),
        ({"due_at": "+9 parsecs"}, "activity.due"),
        ({"due_at": "2020-01-01"}, "activity.due"),
        ({"due_at": ""}, "activity.due"),
        ({"due_at": "2h", "zone": "Mars/Olympus"}, "activity.zone"),
        ({"kind": "note", "due_at": "2h"}, "activity.not_a_task"),
        ({"kind": "call", "owner": "ada"}, "activity.not_a_task"),
        ({"owner": "nobody"}, "agent.unknown"),
        ({"conversation": 1}, "conversation.no_customer"),
    ],
)
def test_what_cannot_be_followed_up_is_refused(
    floor: Any, ada: Actor, kiana: int, given: dict[str, Any], code: str
) -> None:
    floor.writes()
    usual = {"customer": kiana, "kind": "task", "title": "Call back"}
    assert floor.refused("timeline.add", ada, **{**usual, **given}).code == code


def test_it_comes_back_to_its_owner_once(floor: Any, ada: Actor, bo: Actor, kiana: int) -> None:
    key = task(floor, ada, kiana, due_at="2h", owner="bo")
    floor.wait(2 * HOUR - 1)
    assert floor.entries(kind="activity.due") == []
    floor.wait(1)
    (entry,) = floor.entries(kind="activity.due")
    assert (entry.customer_id, entry.payload) == (
        kiana,
        {"activity": key, "owner": bo.id, "title": "Call back"},
    )
    floor.wait(DAY)
    assert len(floor.entries(kind="activity.due")) == 1
    assert mine(floor, bo) == ["Call back"]
    assert mine(floor, ada) == []


def test_one_that_was_due_while_nothing_ran_is_told_as_soon_as_something_does(
    floor: Any, ada: Actor, kiana: int
) -> None:
    task(floor, ada, kiana, due_at="2h")
    floor.clock.advance(3 * DAY)
    floor.reopen()
    (row,) = floor.do("timeline.mine", ada)
    assert row.due_at < floor.clock.now()
    assert floor.desk.run_due() == 1
    assert len(floor.entries(kind="activity.due")) == 1


def test_my_list_has_what_is_overdue_first_and_what_is_never_due_last(
    floor: Any, ada: Actor, bo: Actor, kiana: int
) -> None:
    task(floor, ada, kiana, "whenever")
    task(floor, ada, kiana, "tomorrow", due_at="tomorrow")
    task(floor, ada, kiana, "late", due_at="-1h")
    task(floor, ada, kiana, "soon", due_at="10m")
    task(floor, bo, kiana, "his", due_at="5m")
    done = task(floor, ada, kiana, "done", due_at="5m")
    floor.do("timeline.done", ada, activity=done)
    assert mine(floor, ada) == ["late", "soon", "tomorrow", "whenever"]
    assert [row.title for row in floor.do("timeline.mine", ada, limit=1)] == ["late"]


def test_what_is_done_does_not_come_back_unless_it_is_reopened_in_time(
    floor: Any, ada: Actor, kiana: int
) -> None:
    key = task(floor, ada, kiana, due_at="2h")
    floor.do("timeline.done", ada, activity=key)
    floor.wait(3 * HOUR)
    assert floor.entries(kind="activity.due") == []
    again = floor.do("timeline.reopen", ada, activity=key)
    assert again.done_at is None
    assert mine(floor, ada) == ["Call back"]
    other = task(floor, ada, kiana, "Other", due_at="2h")
    floor.do("timeline.done", ada, activity=other)
    floor.do("timeline.reopen", ada, activity=other)
    floor.wait(3 * HOUR)
    assert [e.payload["activity"] for e in floor.entries(kind="activity.due")] == [other]
    assert len(floor.entries(kind="activity.reopened")) == 2


def test_it_can_be_put_off_again_and_again(floor: Any, ada: Actor, kiana: int) -> None:
    key = task(floor, ada, kiana, due_at="1h")
    floor.do("timeline.postpone", ada, activity=key, until="3h")
    floor.wait(2 * HOUR)
    assert floor.entries(kind="activity.due") == []
    floor.wait(1 * HOUR)
    assert len(floor.entries(kind="activity.due")) == 1
    put = floor.do("timeline.postpone", ada, activity=key, until="tomorrow", zone="Europe/Oslo")
    assert put.due_at == floor.clock.now() + 20 * HOUR
    floor.wait(DAY)
    assert len(floor.entries(kind="activity.due")) == 2
    refusal = floor.refused("timeline.postpone", ada, activity=key, until="yesterday")
    assert refusal.code == "activity.due"


def test_it_can_be_given_to_somebody_else(floor: Any, ada: Actor, bo: Actor, kiana: int) -> None:
    key = task(floor, ada, kiana, due_at="1h")
    assert floor.do("timeline.give", ada, activity=key, owner="bo").owner == "Bo Test"
    assert (mine(floor, ada), mine(floor, bo)) == ([], ["Call back"])
    floor.do("timeline.give", ada, activity=key, owner="bo")
    assert len(floor.entries(kind="activity.given")) == 1
    floor.wait(HOUR)
    assert floor.entries(kind="activity.due")[0].payload["owner"] == bo.id


def test_only_open_tasks_are_put_off_or_given(floor: Any, ada: Actor, kiana: int) -> None:
    note = floor.do("timeline.add", ada, customer=kiana, kind="note", title="x")
    done = task(floor, ada, kiana)
    floor.do("timeline.done", ada, activity=done)
    for name, more in (("postpone", {"until": "2h"}), ("give", {"owner": "ada"})):
        for key, code in ((note, "activity.not_a_task"), (done, "activity.done")):
            assert floor.refused(f"timeline.{name}", ada, activity=key, **more).code == code
    assert floor.refused("timeline.reopen", ada, activity=note).code == "activity.not_a_task"


def test_one_made_in_a_conversation_is_linked_back_to_it(
    floor: Any, ada: Actor, kiana: int
) -> None:
    floor.do("customer.add_address", customer=kiana, channel="email", address="k@example.com")
    talk = floor.serves(ada, channel="email", address="k@example.com")
    key = task(floor, ada, kiana, conversation=talk)
    (row,) = floor.do("timeline.list", conversation=talk, kinds="task")
    assert (row.id, row.conversation_id) == (key, talk)


def test_my_list_reads_only_what_is_mine(floor: Any) -> None:
    plan = floor.desk.store.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM activities a WHERE a.owner_id = 1"
        " AND a.owner_id IS NOT NULL AND a.done_at IS NULL"
    )
    assert "activities_owner" in plan[0]["detail"]
