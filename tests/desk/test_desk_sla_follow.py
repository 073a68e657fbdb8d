"""Whatever happens to a conversation, its promises follow from how it stands."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omnitui.desk.sla import keeping
from omnitui.model.actor import SYSTEM, Actor
from omnitui.model.errors import Refusal
from omnitui.model.sla import Standing
from properties import share

MINUTE = 60_000
HOURS = {day: ["08:00-12:00", "13:00-17:00"] for day in ("monday", "tuesday", "wednesday")}
NUMBERS = count()


@pytest.fixture(scope="module")
def ada(one_floor: Any) -> Actor:
    """Ada, who has room for everything, on a floor where everything is promised."""
    made: Actor = one_floor.hire("ada", capacity=10_000_000)
    one_floor.do("calendar.create", name="Office", zone="Europe/Oslo", weekly=HOURS)
    for name, promised in {
        "Gold": {"conditions": {"priority": ["high"]}, "warn_minutes": 5, "fail_minutes": 20},
        "First reply": {"warn_minutes": 30, "fail_minutes": 60, "calendar": "Office"},
        "Talk": {"kpi": "resolution", "warn_minutes": 60, "fail_minutes": 240},
        "Case reply": {"subject": "case", "warn_minutes": 20, "fail_minutes": 40},
        "Solved": {
            "kpi": "resolution",
            "subject": "case",
            "warn_minutes": 90,
            "fail_minutes": 300,
            "calendar": "Office",
            "pauses": ["waiting", "snoozed"],
        },
    }.items():
        one_floor.do("sla.create", **{"name": name, "kpi": "first_response", **promised})
    return made


steps = st.lists(
    st.tuples(
        st.sampled_from(
            "write reply unsend close pick end release urgent case resolve reopen cancel part"
            " tick".split()
        ),
        st.integers(0, 200 * MINUTE),
    ),
    max_size=12,
)


def attempt(floor: Any, by: Actor, step: str, talk: int, customer: int) -> None:
    """One step as far as the desk allows it."""
    item = floor.talk(talk)
    last = floor.do("conversation.messages", conversation=talk, limit=1)[-1].id
    name, given = {
        "write": (
            "conversation.receive",
            {"channel": "email", "address": item.address, "text": "Hello"},
        ),
        "reply": ("conversation.reply", {"conversation": talk, "text": "Hi"}),
        "unsend": ("conversation.unsend", {"message": last}),
        "close": ("conversation.close", {"conversation": talk}),
        "pick": ("conversation.pick", {"conversation": talk}),
        "end": ("conversation.end", {"conversation": talk}),
        "release": ("conversation.release", {"conversation": talk}),
        "urgent": ("conversation.set_priority", {"conversation": talk, "priority": 5}),
        "case": (
            "case.create",
            {"customer": customer, "title": "Drops", "origin": "email", "conversation": talk},
        ),
        "resolve": ("case.resolve", {"case": item.case_id, "resolution": "Done"}),
        "reopen": ("case.reopen", {"case": item.case_id}),
        "cancel": ("case.cancel", {"case": item.case_id}),
        "part": ("conversation.unlink_case", {"conversation": talk}),
        "tick": ("", {}),
    }[step]
    if name:
        refused = floor.desk.attempt(name, by, **given)
        assert refused is None or not isinstance(refused, Refusal) or refused.message


def state(floor: Any, talk: int) -> Any:
    """Everything that following could change."""
    store = floor.desk.store
    item = floor.talk(talk)
    return (
        [tuple(row) for row in store.rows("SELECT * FROM promises ORDER BY id")],
        [tuple(row) for row in store.rows("SELECT kind, subject, due_at FROM timers ORDER BY id")],
        floor.desk.last_seq(),
        (item.sla_status, item.sla_warn_at, item.sla_fail_at),
    )


def expected(standing: list[Standing], closed: bool) -> tuple[str, int | None, int | None]:
    """What the row should show, from what is asked of the promises themselves."""
    running = [s for s in standing if s.kept_at is None and s.cancelled_at is None]
    live = [s for s in running if s.status != "paused"]
    if closed or not running:
        return "", None, None
    if not live:
        return "paused", None, None
    first = min(live, key=lambda s: s.fail_at)
    return first.status, first.warn_at, first.fail_at


@settings(max_examples=share(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_following_again_changes_nothing_and_the_row_has_what_breaks_first(
    one_floor: Any, ada: Actor, steps: list[tuple[str, int]]
) -> None:
    floor = one_floor
    address = f"customer{next(NUMBERS)}@example.com"
    customer = floor.do("customer.create", name="Kiana Anderson", email=address).id
    talk = floor.writes(channel="email", address=address)
    for step, passing in [("tick", 0), *steps]:
        floor.wait(passing)
        attempt(floor, ada, step, talk, customer)
        floor.desk.run_due()
        before = state(floor, talk)
        with floor.desk.store.transaction():
            keeping.follow(floor.desk.at_work(SYSTEM), talk)
        assert state(floor, talk) == before
        standing = floor.do("sla.of", conversation=talk)
        assert before[3] == expected(standing, floor.talk(talk).state == "closed")
