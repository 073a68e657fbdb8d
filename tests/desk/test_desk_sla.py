"""Promises at work: given, warned of, broken, kept, paused, and shown on the row."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
OFFICE = {
    day: ["08:00-12:00", "13:00-17:00"]
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}
BOT = Actor(ActorKind.BOT, name="bot")


@pytest.fixture(autouse=True)
def patient(floor: Any) -> None:
    """Nobody is told that they were not answered: the clocks are looked at for hours."""
    floor.do("settings.set", key="open_minutes", value=0)


def oslo(text: str) -> int:
    """A wall time in Oslo as epoch ms."""
    wall = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Oslo"))
    return int(wall.astimezone(UTC).timestamp() * 1_000)


def promise(floor: Any, **given: Any) -> Any:
    values = {
        "name": "First reply",
        "kpi": "first_response",
        "warn_minutes": 45,
        "fail_minutes": 60,
        **given,
    }
    return floor.do("sla.create", **values)


def office(floor: Any, **given: Any) -> Any:
    values = {"name": "Office", "zone": "Europe/Oslo", "weekly": OFFICE, **given}
    return floor.do("calendar.create", **values)


def row(floor: Any, talk: int) -> tuple[str, int | None, int | None]:
    item = floor.talk(talk)
    return item.sla_status, item.sla_warn_at, item.sla_fail_at


def told(floor: Any) -> list[str]:
    kinds = [entry.kind for entry in floor.entries(kind="sla.")]
    return [kind for kind in kinds if kind in ("sla.nearing", "sla.breached")]


def stands(floor: Any, **which: Any) -> list[tuple[str, str]]:
    return [(s.status, s.sentence) for s in floor.do("sla.of", **which)]


def test_a_promise_begins_with_the_first_word_and_shows_on_the_row(floor: Any) -> None:
    promise(floor)
    now = floor.clock.now()
    talk = floor.writes()
    assert row(floor, talk) == ("in_progress", now + 45 * MINUTE, now + 60 * MINUTE)
    assert stands(floor, conversation=talk) == [("in_progress", "First reply has 1 h left.")]
    floor.clock.advance(MINUTE)
    floor.writes("Are you there?")
    assert row(floor, talk)[2] == now + 60 * MINUTE


def test_without_targets_nothing_is_promised(floor: Any) -> None:
    talk = floor.writes()
    assert row(floor, talk) == ("", None, None)
    assert stands(floor, conversation=talk) == []
    assert floor.desk.next_due() is None


def test_what_had_begun_before_a_target_is_not_held_to_it(floor: Any) -> None:
    talk = floor.writes()
    floor.clock.advance(1)
    promise(floor)
    floor.writes("Hello?")
    assert row(floor, talk)[0] == ""


def test_it_nears_and_breaks_at_the_very_moment_and_tells_once(floor: Any) -> None:
    promise(floor)
    talk = floor.writes()
    floor.wait(45 * MINUTE - 1)
    assert told(floor) == []
    floor.wait(1)
    assert row(floor, talk)[0] == "nearing"
    floor.wait(15 * MINUTE - 1)
    assert told(floor) == ["sla.nearing"]
    floor.wait(1)
    assert row(floor, talk)[0] == "breached"
    assert told(floor) == ["sla.nearing", "sla.breached"]
    floor.wait(DAY)
    floor.writes("Anybody?")
    assert told(floor) == ["sla.nearing", "sla.breached"]
    entry = floor.entries(kind="sla.breached")[0]
    assert (entry.conversation_id, entry.payload["name"]) == (talk, "First reply")
    assert entry.payload["kpi"] == "first_response"
    assert stands(floor, conversation=talk) == [("breached", "First reply is overdue by 24 h.")]


def test_a_desk_that_slept_tells_of_the_breach_alone(floor: Any) -> None:
    promise(floor)
    talk = floor.writes()
    floor.wait(2 * HOUR)
    assert told(floor) == ["sla.breached"]
    assert row(floor, talk)[0] == "breached"


def test_an_agents_reply_keeps_it_and_a_bots_does_not(floor: Any, ada: Actor) -> None:
    promise(floor)
    talk = floor.serves(ada)
    floor.do("conversation.reply", BOT, conversation=talk, text="One moment")
    assert row(floor, talk)[0] == "in_progress"
    floor.wait(20 * MINUTE)
    floor.do("conversation.reply", ada, conversation=talk, text="Hello")
    assert row(floor, talk) == ("", None, None)
    floor.wait(DAY)
    assert stands(floor, conversation=talk) == [("succeeded", "First reply was met, 40 min early.")]
    assert told(floor) == []


def test_a_reply_taken_back_keeps_nothing(floor: Any, ada: Actor) -> None:
    promise(floor)
    talk = floor.serves(ada)
    before = row(floor, talk)
    said = floor.do("conversation.reply", ada, conversation=talk, text="Hello")
    floor.clock.advance(5_000)
    floor.do("conversation.unsend", ada, message=said.id)
    assert row(floor, talk) == before
    floor.wait(HOUR)
    assert told(floor) == ["sla.breached"]


def test_what_is_answered_after_the_breach_stays_broken(floor: Any, ada: Actor) -> None:
    promise(floor)
    talk = floor.serves(ada)
    floor.wait(HOUR + 12 * MINUTE)
    floor.do("conversation.reply", ada, conversation=talk, text="Sorry")
    assert row(floor, talk) == ("", None, None)
    assert stands(floor, conversation=talk) == [("breached", "First reply was met 12 min late.")]


def test_a_late_reply_is_a_breach_even_before_its_timer_ran(floor: Any, ada: Actor) -> None:
    promise(floor)
    talk = floor.serves(ada)
    floor.clock.advance(2 * HOUR)
    floor.do("conversation.reply", ada, conversation=talk, text="Sorry")
    floor.desk.run_due()
    assert told(floor) == ["sla.breached"]


@pytest.mark.parametrize(
    ("arrives", "warns", "fails"),
    [
        pytest.param("2026-03-03T09:00", "2026-03-03T09:45", "2026-03-03T10:00", id="in a span"),
        pytest.param("2026-03-02T11:30", "2026-03-02T13:15", "2026-03-02T13:30", id="over lunch"),
        pytest.param("2026-03-02T11:00", "2026-03-02T11:45", "2026-03-02T12:00", id="until noon"),
        pytest.param("2026-03-02T12:00", "2026-03-02T13:45", "2026-03-02T14:00", id="at closing"),
        pytest.param("2026-03-02T13:00", "2026-03-02T13:45", "2026-03-02T14:00", id="at opening"),
        pytest.param("2026-03-06T16:30", "2026-03-09T08:15", "2026-03-09T08:30", id="weekend"),
        pytest.param("2026-03-27T16:30", "2026-03-30T08:15", "2026-03-30T08:30", id="clocks on"),
        pytest.param("2026-10-23T16:30", "2026-10-26T08:15", "2026-10-26T08:30", id="clocks back"),
        pytest.param("2026-12-24T16:45", "2026-12-28T08:30", "2026-12-28T08:45", id="holidays"),
    ],
)
def test_limits_count_business_hours(floor: Any, arrives: str, warns: str, fails: str) -> None:
    office(floor, holidays=["2026-12-25"])
    promise(floor, calendar="Office")
    floor.clock.set(oslo(arrives))
    talk = floor.writes()
    assert row(floor, talk)[1:] == (oslo(warns), oslo(fails))
    floor.clock.set(oslo(fails) - 1)
    floor.desk.run_due()
    assert row(floor, talk)[0] == "nearing"
    floor.wait(1)
    assert row(floor, talk)[0] == "breached"


@pytest.mark.parametrize(
    ("arrives", "fails"),
    [("2026-03-28T23:30", "2026-03-29T07:30"), ("2026-10-24T23:30", "2026-10-25T05:30")],
)
def test_hours_that_are_skipped_or_lived_twice_are_counted_as_they_pass(
    floor: Any, arrives: str, fails: str
) -> None:
    weekly = {day: ["00:00-24:00"] for day in ("saturday", "sunday")}
    office(floor, weekly=weekly)
    promise(floor, calendar="Office", fail_minutes=7 * 60)
    floor.clock.set(oslo(arrives))
    assert row(floor, floor.writes())[2] == oslo(fails)


def test_waiting_pauses_and_coming_back_moves_the_limits(floor: Any, ada: Actor) -> None:
    promise(floor, name="Solved", kpi="resolution", warn_minutes=60, fail_minutes=120)
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    begun = floor.clock.now()
    floor.wait(30 * MINUTE)
    floor.do("conversation.close", ada, conversation=talk)
    assert row(floor, talk) == ("paused", None, None)
    floor.wait(5 * HOUR)
    assert told(floor) == []
    assert stands(floor, conversation=talk) == [
        ("paused", "Solved is paused with 1 h 30 min left.")
    ]
    floor.do("conversation.pick", ada, conversation=talk)
    assert row(floor, talk) == ("in_progress", begun + 6 * HOUR, begun + 7 * HOUR)
    floor.wait(30 * MINUTE)
    assert told(floor) == ["sla.nearing"]
    floor.do("conversation.end", ada, conversation=talk)
    assert stands(floor, conversation=talk)[0][0] == "succeeded"


def test_a_pause_in_the_night_moves_nothing(floor: Any, ada: Actor) -> None:
    office(floor)
    promise(floor, calendar="Office", kpi="resolution", warn_minutes=60, fail_minutes=120)
    floor.clock.set(oslo("2026-03-02T16:30"))
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    floor.clock.set(oslo("2026-03-02T18:00"))
    floor.do("conversation.close", ada, conversation=talk)
    floor.clock.set(oslo("2026-03-03T07:00"))
    floor.do("conversation.pick", ada, conversation=talk)
    assert row(floor, talk)[2] == oslo("2026-03-03T09:30")


def test_pauses_are_chosen(floor: Any, ada: Actor) -> None:
    promise(floor, pauses=[])
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    floor.do("conversation.close", ada, conversation=talk)
    assert row(floor, talk)[0] == "in_progress"
    floor.wait(HOUR)
    assert told(floor) == ["sla.breached"]


def test_who_leaves_before_an_answer_is_owed_none(floor: Any) -> None:
    promise(floor)
    talk = floor.writes()
    floor.do("conversation.customer_left", conversation=talk)
    assert row(floor, talk) == ("", None, None)
    assert stands(floor, conversation=talk) == [("cancelled", "First reply no longer applies.")]
    floor.wait(DAY)
    assert told(floor) == []


def kiana(floor: Any) -> int:
    made = floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com")
    return int(made.id)


def case_of(floor: Any, ada: Actor, **given: Any) -> tuple[int, Any]:
    """A conversation that Ada has, and a case about it."""
    customer = kiana(floor)
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    values = {"customer": customer, "title": "Drops", "origin": "email", "conversation": talk}
    return talk, floor.do("case.create", ada, **{**values, **given})


def test_a_case_is_promised_a_resolution_that_shows_on_its_conversations(
    floor: Any, ada: Actor
) -> None:
    promise(floor, name="Solved", kpi="resolution", subject="case")
    talk, case = case_of(floor, ada)
    assert row(floor, talk)[2] == floor.clock.now() + HOUR
    floor.wait(45 * MINUTE)
    entry = floor.entries(kind="sla.nearing")[0]
    assert (entry.case_id, entry.conversation_id) == (case.id, None)
    assert row(floor, talk)[0] == "nearing"
    assert stands(floor, case=case.number) == [("nearing", "Solved has 15 min left.")]
    floor.do("case.resolve", ada, case=case.id, resolution="New firmware")
    assert row(floor, talk) == ("", None, None)
    assert stands(floor, conversation=talk)[0][0] == "succeeded"
    changed = [e.conversation_id for e in floor.entries(kind="sla.changed")]
    assert changed == [talk, talk]


def test_a_reopened_case_has_what_was_left(floor: Any, ada: Actor) -> None:
    promise(floor, name="Solved", kpi="resolution", subject="case")
    _, case = case_of(floor, ada)
    floor.wait(10 * MINUTE)
    floor.do("case.resolve", ada, case=case.id, resolution="New firmware")
    floor.wait(3 * HOUR)
    floor.do("case.reopen", ada, case=case.id)
    assert stands(floor, case=case.id) == [("in_progress", "Solved has 50 min left.")]
    floor.wait(50 * MINUTE)
    assert told(floor)[-1] == "sla.breached"


def test_a_cancelled_case_is_promised_nothing(floor: Any, ada: Actor) -> None:
    promise(floor, name="Solved", kpi="resolution", subject="case")
    talk, case = case_of(floor, ada)
    floor.do("case.cancel", ada, case=case.id)
    assert stands(floor, case=case.id)[0][0] == "cancelled"
    assert row(floor, talk) == ("", None, None)


def test_a_case_is_answered_by_the_first_reply_on_its_conversation(floor: Any, ada: Actor) -> None:
    promise(floor, subject="case")
    talk, case = case_of(floor, ada)
    assert stands(floor, case=case.id)[0][0] == "in_progress"
    floor.do("conversation.reply", ada, conversation=talk, text="Hello")
    assert stands(floor, case=case.id)[0][0] == "succeeded"


def test_a_case_waits_as_long_as_all_of_its_conversations_do(floor: Any, ada: Actor) -> None:
    promise(floor, name="Solved", kpi="resolution", subject="case", pauses=["waiting"])
    talk, case = case_of(floor, ada)
    floor.do("conversation.close", ada, conversation=talk)
    assert stands(floor, case=case.id)[0][0] == "paused"
    floor.wait(2 * HOUR)
    floor.writes("Still broken", channel="email", address="kiana@example.com")
    assert stands(floor, case=case.id) == [("in_progress", "Solved has 1 h left.")]


def test_the_row_has_what_breaks_first(floor: Any, ada: Actor) -> None:
    promise(floor, warn_minutes=5, fail_minutes=10)
    promise(floor, name="Solved", kpi="resolution", subject="case", fail_minutes=120)
    talk, _ = case_of(floor, ada)
    now = floor.clock.now()
    assert row(floor, talk)[2] == now + 10 * MINUTE
    floor.do("conversation.reply", ada, conversation=talk, text="Hello")
    assert row(floor, talk)[2] == now + 120 * MINUTE
    floor.do("conversation.unlink_case", ada, conversation=talk)
    assert row(floor, talk) == ("", None, None)


def test_the_first_target_that_fits_applies(floor: Any, ada: Actor) -> None:
    promise(floor, name="Gold", warn_minutes=5, fail_minutes=10, conditions={"tier": ["gold"]})
    promise(floor, name="Urgent", warn_minutes=10, conditions={"priority": ["high"]})
    promise(floor, name="Chat", conditions={"channel": ["chat"]}, fail_minutes=90)
    begun = floor.clock.now()
    talk = floor.writes()
    mail = floor.writes(channel="email", address="kiana@example.com")
    assert row(floor, mail)[0] == ""
    assert row(floor, talk)[2] == begun + 90 * MINUTE
    floor.wait(2 * MINUTE)
    floor.do("conversation.set_priority", ADMINISTRATOR, conversation=talk, priority=1)
    assert row(floor, talk)[2] == begun + 60 * MINUTE
    who = kiana(floor)
    floor.do("customer.update", customer=who, tier="gold")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=who)
    assert row(floor, talk)[1:] == (begun + 5 * MINUTE, begun + 10 * MINUTE)
    names = [(s.name, s.status) for s in floor.do("sla.of", conversation=talk)]
    assert names == [("Gold", "in_progress"), ("Urgent", "cancelled"), ("Chat", "cancelled")]
    floor.wait(HOUR)
    assert told(floor) == ["sla.breached"]


def test_a_target_that_is_set_aside_promises_nothing_more(floor: Any) -> None:
    promise(floor)
    floor.do("sla.update", target="first reply", active=False)
    talk = floor.writes()
    assert row(floor, talk)[0] == ""


def test_promises_are_asked_for_one_thing_at_a_time(floor: Any, ada: Actor) -> None:
    assert floor.refused("sla.of").code == "sla.which"
    talk, case = case_of(floor, ada)
    assert floor.refused("sla.of", conversation=talk, case=case.id).code == "sla.which"
