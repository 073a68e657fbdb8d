"""Queues: how an agent is chosen there, when they are open, what overflows, who works them."""

from typing import Any

import pytest

from omnitui.model.queue import OverflowDo, OverflowRule, OverflowWhen
from omnitui.store.routing import queues

CLOSED = {"when": "closed", "do": "end", "say": "We are back at eight."}
FULL = {"when": "waiting_items", "above": 20, "do": "queue", "to": "general"}


def office(floor: Any) -> int:
    made = floor.do(
        "calendar.create", name="Office", zone="UTC", weekly={"monday": ["08:00-20:00"]}
    )
    return int(made.id)


def test_a_queue_starts_as_usual(floor: Any) -> None:
    made = floor.do("queue.create", name="Billing")
    assert made == floor.do("queue.get", queue="billing")
    found = queues.get(floor.desk.store, made["id"])
    assert (found.priority, found.assign, found.match) == (100, "highest_capacity", "exact")
    assert (found.calendar_id, found.overflow, found.members, found.open) == (None, (), 0, 0)


def test_everything_given_is_kept(floor: Any) -> None:
    calendar = office(floor)
    made = floor.do(
        "queue.create",
        name="Billing",
        priority=5,
        assign="nearest",
        match="closest",
        hours="office",
        overflow=[CLOSED, FULL],
    )
    assert (made["hours"], made["overflow"][1]["to"]) == ("Office", "General")
    found = queues.get(floor.desk.store, made["id"])
    assert (found.assign, found.match, found.calendar_id) == ("nearest", "closest", calendar)
    general = queues.by_name(floor.desk.store, "General")
    assert found.overflow == (
        OverflowRule(OverflowWhen.CLOSED, OverflowDo.END, say="We are back at eight."),
        OverflowRule(OverflowWhen.WAITING_ITEMS, OverflowDo.QUEUE, above=20, to=general),
    )


def test_a_change_keeps_the_rest_and_takes_hours_and_rules_away(floor: Any) -> None:
    office(floor)
    floor.do("queue.create", name="Billing", hours="Office", overflow=[FULL])
    floor.do("queue.update", queue="Billing", priority=1, assign="least_active", name="Invoices")
    found = floor.do("queue.get", queue="Invoices")
    assert (found["priority"], found["assign"], found["hours"]) == (1, "least_active", "Office")
    assert len(found["overflow"]) == 1
    found = floor.do("queue.update", queue="Invoices", hours="", overflow=[])
    assert (found["hours"], found["overflow"], found["priority"]) == ("", [], 1)
    assert floor.entries(kind="queue.updated")[-1].payload["fields"] == ["calendar_id", "overflow"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({}, "Overflow rule 1 has no when."),
        ({"when": "late", "do": "end"}, "Overflow rule 1 cannot have 'late' as when."),
        ({"when": "closed"}, "Overflow rule 1 has no do."),
        ({**CLOSED, "then": 1}, "Overflow rule 1 has an unknown key 'then'."),
        ({**CLOSED, "above": 3}, "Overflow rule 1 is for closed hours, so `above` has no meaning."),
        ({**CLOSED, "to": "General"}, "Overflow rule 1 has `to`, but `do` is not queue."),
        ({**CLOSED, "say": 5}, "Overflow rule 1 has a `say` that is not text."),
        ({**FULL, "above": 0}, "Overflow rule 1 needs above as a number of items."),
        ({**FULL, "above": True}, "Overflow rule 1 needs above as a number of items."),
        (
            {"when": "waiting_minutes", "do": "end"},
            "Overflow rule 1 needs above as a number of minutes.",
        ),
        ({**FULL, "to": None}, "Overflow rule 1 has no queue to send to."),
        ({**FULL, "to": "Nil"}, "Overflow rule 1 sends to 'Nil', a queue that does not exist."),
        ({**FULL, "to": "Own"}, "Overflow rule 1 sends to its own queue."),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(floor: Any, rule: dict[str, Any], says: str) -> None:
    floor.do("queue.create", name="Own")
    refusal = floor.refused("queue.update", queue="Own", overflow=[rule])
    assert (refusal.code, refusal.message) == ("queue.overflow", says)
    assert refusal.hint


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "queue.nothing"),
        ({"hours": "Never"}, "calendar.unknown"),
        ({"assign": "luck"}, "parameter.invalid"),
        ({"match": "roughly"}, "parameter.invalid"),
        ({"name": "General"}, "queue.exists"),
        ({"name": "7"}, "queue.name"),
    ],
)
def test_what_does_not_fit_is_refused(floor: Any, given: dict[str, Any], code: str) -> None:
    floor.do("queue.create", name="Own")
    assert floor.refused("queue.update", queue="Own", **given).code == code


def test_what_rings_at_who_leaves_a_queue_goes_to_its_members(floor: Any, ada: Any) -> None:
    mine, first = floor.serves(ada, address="mine"), floor.writes()
    bo = floor.hire("bo")
    floor.do("queue.remove_member", queue="General", agent="ada")
    assert (floor.ringing(ada), floor.ringing(bo)) == ([], [first])
    assert floor.talk(mine).agent_id == ada.id
    assert floor.do("queue.remove_member", queue="General", agent="bo")
    floor.writes(address="dev-2")
    assert floor.talk(first).state == "open"
    assert (floor.ringing(ada), floor.ringing(bo)) == ([], [])
    assert floor.do("queue.get", queue="General")["members"] == 0
    assert floor.refused("queue.remove_member", queue="General", agent="ada").code == (
        "queue.no_member"
    )
    floor.do("queue.add_member", queue="General", agent="ada")
    assert len(floor.ringing(ada)) == 2
