"""Targets: kept as given, in an order, refused where they promise nothing sensible."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.sla import Hold, Kpi, Subject

GIVEN = {"name": "First reply", "kpi": "first_response", "warn_minutes": 45, "fail_minutes": 60}


def test_a_target_is_kept_as_given(floor: Any) -> None:
    floor.do(
        "calendar.create", name="Office", zone="Europe/Oslo", weekly={"monday": ["08:00-16:00"]}
    )
    made = floor.do(
        "sla.create",
        **GIVEN,
        calendar="office",
        conditions={"channel": ["CHAT", "email"], "queue": ["general"], "tier": "gold"},
    )
    assert (made.name, made.kpi, made.subject) == (
        "First reply",
        Kpi.FIRST_RESPONSE,
        Subject.CONVERSATION,
    )
    assert (made.calendar, made.since, made.active) == ("Office", floor.clock.now(), True)
    assert made.conditions == {
        "channel": ("chat", "email"),
        "queue": ("General",),
        "tier": ("gold",),
    }
    assert made.pauses == (Hold.WAITING, Hold.SNOOZED)
    assert floor.do("sla.create", **{**GIVEN, "name": "Solved", "subject": "case"}).pauses == ()
    assert [t.name for t in floor.do("sla.list")] == ["First reply", "Solved"]
    assert floor.entries(kind="sla.created")[0].payload == {"target": made.id, "name": made.name}


def test_a_target_is_changed_in_part_and_moved(floor: Any) -> None:
    made = floor.do("sla.create", **GIVEN)
    floor.do("sla.create", **{**GIVEN, "name": "Second"})
    third = floor.do("sla.create", **{**GIVEN, "name": "Third"})
    changed = floor.do("sla.update", target="first reply", fail_minutes=90, pauses="waiting")
    assert (changed.warn_minutes, changed.fail_minutes) == (45, 90)
    assert changed.pauses == (Hold.WAITING,)
    assert floor.entries(kind="sla.updated")[0].payload == {
        "target": made.id,
        "fields": ["fail_minutes", "pauses"],
    }
    floor.do("sla.update", target=third.id, position=1, name="Foremost")
    assert [t.name for t in floor.do("sla.list")] == ["Foremost", "First reply", "Second"]
    assert [t.position for t in floor.do("sla.list")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"name": " "}, "sla.name", "is not a valid name"),
        ({"name": "7"}, "sla.name", "is not a valid name"),
        ({"name": "OTHER"}, "sla.exists", "A target OTHER exists already."),
        ({"warn_minutes": 0}, "sla.limits", "0 minutes is not a valid time."),
        ({"warn_minutes": -5}, "sla.limits", "-5 minutes is not a valid time."),
        ({"fail_minutes": 0}, "sla.limits", "0 minutes is not a valid time."),
        ({"fail_minutes": 45}, "sla.limits", "is too late for a target of 45 minutes."),
        ({"warn_minutes": 61}, "sla.limits", "A warning after 61 minutes is too late"),
        ({"fail_minutes": 10_000_000}, "sla.limits", "is longer than five years."),
        ({"fail_minutes": 2_000_000, "calendar": "Rare"}, "sla.limits", "minutes is not possible:"),
        ({"calendar": "Nowhere"}, "calendar.unknown", "There is no calendar 'Nowhere'."),
        ({"conditions": {"colour": ["red"]}}, "sla.conditions", "no condition on 'colour'"),
        ({"conditions": {"tier": ["tin"]}}, "sla.conditions", "There is no tier 'tin'."),
        ({"conditions": {"channel": ["fax"]}}, "sla.conditions", "There is no channel 'fax'."),
        ({"conditions": {"queue": ["Nobody"]}}, "sla.conditions", "no queue 'Nobody'"),
        ({"conditions": {"priority": ["7"]}}, "sla.conditions", "There is no priority '7'."),
        ({"conditions": {"tier": []}}, "sla.conditions", "condition on tier is empty"),
        ({"pauses": ["lunch"]}, "parameter.invalid", "one of waiting, snoozed"),
    ],
)
def test_what_promises_nothing_sensible_is_refused(
    floor: Any, given: dict[str, Any], code: str, words: str
) -> None:
    floor.do("calendar.create", name="Rare", zone="UTC", weekly={"monday": ["08:00-08:01"]})
    floor.do("sla.create", **{**GIVEN, "name": "Other"})
    refusal = floor.refused("sla.create", **{**GIVEN, **given})
    assert refusal.code == code
    assert words in refusal.message
    floor.do("sla.create", **GIVEN)
    assert floor.refused("sla.update", target="First reply", **given).code == code


@pytest.mark.parametrize("position", [0, 3, -1])
def test_a_place_beyond_the_list_is_refused(floor: Any, position: int) -> None:
    floor.do("sla.create", **GIVEN)
    floor.do("sla.create", **{**GIVEN, "name": "Second"})
    refusal = floor.refused("sla.update", target="Second", position=position)
    assert (refusal.code, refusal.hint) == ("sla.position", "Give 1 to 2.")


def test_only_administrators_promise(floor: Any, ada: Actor) -> None:
    assert floor.refused("sla.create", ada, **GIVEN).code == "permission.denied"
    assert floor.do("sla.list", ada) == []
    assert floor.refused("sla.update", target="Gone", active=False).code == "target.unknown"
