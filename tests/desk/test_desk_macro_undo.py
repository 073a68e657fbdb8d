"""One undo for a whole macro: in reverse, but for what has left; else nothing at all."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_desk_macros import HERE, LABEL, MADE, NOTE, REPLY, TITLE, Place

from omnitui.desk.macros.steps import StepOutcome
from omnitui.model.errors import Refused
from omnitui.store import undo as kept_undo
from properties import share


@pytest.fixture
def place(floor: Any) -> Place:
    return Place(floor)


def test_what_is_written_and_not_sent_stays(place: Place) -> None:
    place.write(REPLY, NOTE)
    for kind in ("reply", "note"):
        place.floor.do(
            "session.draft", place.ada, conversation=place.talk, text=f"My {kind}", kind=kind
        )
    place.run()
    (session,) = place.floor.do("session.list", place.ada)
    assert (session.draft_reply, session.draft_note) == ("My reply", "My note")
    place.undo()
    (session,) = place.floor.do("session.list", place.ada)
    assert (session.draft_reply, session.draft_note) == ("My reply", "My note")


def test_a_reply_has_its_undo_window_and_stays_when_it_has_left(place: Place) -> None:
    place.write(LABEL, REPLY)
    place.run()
    what = place.what()
    assert (what.why_not, what.why_left, len(what.replies)) == ("", "", 1)
    place.undo()
    assert place.floor.lines(place.talk)[-1] == "Hi Ann"
    assert place.item.labels == ()
    assert place.floor.wait(60_000) == 0
    place.run()
    place.floor.wait(60_000)
    for key in place.floor.takes():
        place.floor.fares(key)
    assert place.what().why_left == "“replied to Ann Berg” stays: it has left."
    undone = place.undo()
    assert undone.why_left == "“replied to Ann Berg” stays: it has left."
    assert place.item.labels == ()
    assert place.floor.entries(kind="macro.undone")[-1].payload["stays"] == ["replied to Ann Berg"]
    assert place.what() is None


def test_where_only_what_has_left_was_done_nothing_can_be_undone(place: Place) -> None:
    place.write(REPLY)
    place.run()
    place.floor.wait(60_000)
    for key in place.floor.takes():
        place.floor.fares(key)
    assert place.what().why_not == "it has left"
    assert place.floor.refused("undo.last", place.ada).code == "undo.changed"


def test_a_reply_for_later_is_taken_back_too_and_changes_no_draft(place: Place) -> None:
    later = {"command": "scheduled.create", "with": {**HERE, "text": "Hi", "at": "{answer.when}"}}
    place.write(LABEL, later, prompts=[{"key": "when", "label": "When", "kind": "date"}])
    given = {"conversation": place.talk, "kind": "reply", "text": "My own"}
    place.floor.do("session.draft", place.ada, **given)
    before = [row[:] for row in place.desk.store.rows("SELECT * FROM sessions")]
    place.run(answers={"when": "2h"})
    assert len(place.floor.do("scheduled.list", place.ada)) == 1
    place.undo()
    assert place.floor.do("scheduled.list", place.ada) == []
    assert [row[:] for row in place.desk.store.rows("SELECT * FROM sessions")] == before
    place.run(answers={"when": "2h"})
    place.floor.wait(3 * 3_600_000)
    assert place.what().why_left == "“scheduled a reply to Ann Berg” stays: it has left."
    place.undo()
    assert place.item.labels == ()


def test_what_was_undone_bit_by_bit_is_not_offered_again(place: Place) -> None:
    place.write(REPLY)
    place.run()
    (message,) = place.what().replies
    place.floor.do("conversation.unsend", place.ada, message=message)
    assert place.what() is None
    place.write(LABEL, REPLY, key="two")
    place.run(macro="two")
    (message,) = place.what().replies
    place.floor.do("conversation.unsend", place.ada, message=message)
    assert (place.what().why_not, place.what().why_left) == ("", "")
    place.undo()
    assert (place.item.labels, place.what()) == ((), None)


def test_what_is_final_is_said_before_and_stays(place: Place) -> None:
    article = {"slug": "a", "title": "A", "body": "", "audience": "public", "language": "en"}
    place.desk.store.insert("articles", {**article, "updated": "2026-03-01"})
    rate = {"command": "knowledge.rate", "with": {"article": "a", "helpful": True}}
    place.write(LABEL, rate)
    tried = place.run(dry_run=True)
    assert tried.stays == "Step 2 cannot be undone: rate it again instead."
    assert place.run().stays == tried.stays
    assert "rated an article" in place.what().why_left
    place.undo()
    assert place.item.labels == ()


def test_where_something_has_happened_since_nothing_is_undone(place: Place) -> None:
    place.write(MADE, LABEL, prompts=[TITLE])
    place.run(answers={"title": "Drops"})
    bo = place.floor.hire("bo", presence="away")
    place.floor.do("case.update", bo, case=place.item.case_id, title="Bo's")
    refusal = place.floor.refused("undo.last", place.ada)
    assert "has been changed since" in refusal.message
    assert place.item.labels == ("vip",)


def test_a_macro_is_one_of_the_things_done(place: Place) -> None:
    place.floor.do("conversation.set_priority", place.ada, conversation=place.talk, priority=2)
    place.write(LABEL, NOTE, MADE, prompts=[TITLE])
    place.run(answers={"title": "Drops"})
    assert place.what().before == "set the priority of Ann Berg to 2"
    place.undo()
    assert place.what().what == "set the priority of Ann Berg to 2"
    place.undo()
    assert (place.item.priority, place.item.labels) == (0, ())


def test_none_of_a_macro_is_forgotten_before_the_others(place: Place) -> None:
    place.write(LABEL, NOTE, {**LABEL, "with": {**HERE, "remove": ["vip"]}})
    for _ in range(kept_undo.KEPT):
        place.run()
    rows = "SELECT count(*) FROM undo WHERE passed = 0"
    whole = place.desk.store.value(rows)
    assert kept_undo.KEPT - 3 < whole <= kept_undo.KEPT
    for _ in range(whole):
        assert place.undo().what == "ran “Own” for Ann Berg"
    assert place.what() is None
    assert place.item.labels == ()


LABELS = st.sampled_from(["vip", "late", "fault"])
STEPS = st.one_of(
    LABELS.map(lambda word: {**LABEL, "with": {**HERE, "add": [word]}}),
    LABELS.map(lambda word: {**LABEL, "with": {**HERE, "remove": [word]}}),
    st.integers(-2, 2).map(
        lambda number: {
            "command": "conversation.set_priority",
            "with": {**HERE, "priority": number},
        }
    ),
    st.sampled_from(["on_hold", "researching"]).map(
        lambda word: {"command": "case.set_reason", "with": {"case": "{case.id}", "reason": word}}
    ),
    st.sampled_from(["low", "high"]).map(
        lambda word: {"command": "case.update", "with": {"case": "{case.id}", "priority": word}}
    ),
    st.sampled_from(["Oslo", "Kelby"]).map(
        lambda word: {
            "command": "customer.update",
            "with": {"customer": "{customer.id}", "city": word},
        }
    ),
    st.just({"command": "conversation.unlink_case", "with": HERE}),
    st.just({"command": "conversation.release", "with": HERE}),
    st.just(
        {
            "command": "timeline.add",
            "with": {"customer": "{customer.id}", "kind": "task", "title": "Ring", "due_at": "2h"},
        }
    ),
)
"""What can be undone without a mark; some of it is refused after some other."""
OF_ORDER = {"updated_at", "last_assigned_at", "released_at", "position", "focused", "routing"}
TABLES = "conversations cases customers activities promises sessions".split()


def picture(place: Place) -> list[str]:
    rows = [
        {"table": table} | {name: row[name] for name in dict(row) if name not in OF_ORDER}
        for table in TABLES
        for row in place.desk.store.rows(f"SELECT * FROM {table} ORDER BY 1")
    ]
    return [*map(str, rows)]


@pytest.fixture(scope="module")
def one_place(one_floor: Any) -> Place:
    """One place for all examples: each leaves it as it was."""
    place = Place(one_floor)
    given = {"customer": place.ann, "title": "Drops", "origin": "email"}
    one_floor.do("case.create", conversation=place.talk, **given)
    return place


@settings(max_examples=share(60))
@given(st.lists(STEPS, min_size=1, max_size=6))
def test_whatever_was_done_is_undone_and_a_try_is_nothing(
    one_place: Place, steps: list[Any]
) -> None:
    place = one_place
    key = f"own-{place.desk.last_seq()}"
    place.write(*steps, key=key)
    place.desk.store.execute("DELETE FROM undo")
    before, dump = picture(place), place.dump()
    tried = place.run(macro=key, dry_run=True)
    assert place.dump() == dump
    try:
        ran = place.run(macro=key)
    except Refused:
        assert tried.steps[0].outcome is StepOutcome.REFUSED
        assert place.dump() == dump
        return
    assert [step.outcome for step in ran.steps] == [step.outcome for step in tried.steps]
    assert [step.given for step in ran.steps] == [step.given for step in tried.steps]
    if place.what() is None:
        assert picture(place) == before
        return
    place.undo()
    assert picture(place) == before
    assert place.what() is None
