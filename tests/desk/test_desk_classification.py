"""Classification at the desk: rules are kept as given, and say what a new conversation is."""

from typing import Any

import pytest

ROUTER = {"field": "words", "operator": "contains", "value": ["router", "ruter"]}
GOLD = {"field": "tier", "operator": "one_of", "value": ["gold", "platinum"]}


def rule(floor: Any, name: str, result: dict[str, Any], *conditions: Any, **more: Any) -> Any:
    return floor.do(
        "classification.create", name=name, result=result, conditions=list(conditions), **more
    )


@pytest.fixture
def ruled(floor: Any) -> Any:
    floor.do("queue.create", name="Billing")
    floor.do("profile.create", name="Calls", most=2)
    rule(floor, "Router words", {"skills": {"router": 2}, "labels": ["router"]}, ROUTER)
    rule(floor, "Gold first", {"priority": 2, "profiles": ["calls"]}, GOLD)
    return floor


def test_a_new_conversation_is_what_the_rules_say(ruled: Any) -> None:
    ruled.do("customer.create", name="Kiana Anderson", tier="gold", email="kiana@example.com")
    talk = ruled.writes("Min RUTER er treg", channel="email", address="kiana@example.com")
    item = ruled.talk(talk)
    assert (item.skills, item.priority) == ({"router": 2}, 2)
    assert (item.labels, item.profiles, item.queue) == (("router",), ("Calls",), "General")
    entry = ruled.entries(kind="conversation.classified")[0]
    assert entry.conversation_id == talk
    assert entry.payload["rules"] == ["Router words", "Gold first"]
    assert entry.payload["because"] == (
        "Router words: router 2 or better, label router; "
        "Gold first: priority 2, uses the profile Calls"
    )


def test_a_rule_that_does_not_apply_leaves_no_trace(ruled: Any) -> None:
    item = ruled.talk(ruled.writes("Hello"))
    assert (item.skills, item.priority, item.labels, item.profiles) == ({}, 0, (), ())
    assert ruled.entries(kind="conversation.classified") == []


def test_only_the_first_message_is_looked_at(ruled: Any) -> None:
    talk = ruled.writes("Hello")
    ruled.writes("My router drops")
    assert ruled.talk(talk).skills == {}


def test_a_rule_may_send_to_a_queue_where_the_channel_asked_for_none(ruled: Any) -> None:
    nowhere = {"field": "queue", "operator": "unknown"}
    rule(ruled, "To billing", {"queue": "Billing"}, nowhere)
    assert ruled.talk(ruled.writes(address="a")).queue == "Billing"
    asked = ruled.writes(address="b", context={"queue": "General"})
    assert ruled.talk(asked).queue == "General"


def test_rules_may_ask_for_hours_context_sentiment_and_who_it_is(floor: Any) -> None:
    floor.do("calendar.create", name="Night", zone="UTC", weekly={"monday": ["20:00-24:00"]})
    rule(
        floor,
        "Out of hours and angry",
        {"labels": ["call back"]},
        {"field": "hours.Night", "operator": "is", "value": "closed"},
        {"field": "sentiment", "operator": "below", "value": 0},
        {"field": "context.pages", "operator": "contains", "value": "Invoices"},
        {"field": "customer", "operator": "unknown"},
        {"field": "channel", "operator": "is", "value": "chat"},
    )
    angry = "This is a terrible, awful service and I hate it"
    first = floor.writes(angry, address="a", context={"pages": ["Start", "invoices"]})
    assert floor.talk(first).labels == ("call back",)
    assert floor.talk(floor.writes("Thanks, great!", address="b")).labels == ()
    floor.clock.advance(12 * 3_600_000)
    night = floor.writes(angry, address="c", context={"pages": ["invoices"]})
    assert floor.talk(night).labels == ()


def test_rules_about_sentiment_pass_over_what_is_not_scored(floor: Any) -> None:
    for name, operator, value in (("low", "below", 1), ("high", "above", -4)):
        fact = {"field": "sentiment", "operator": operator, "value": value}
        rule(floor, name, {"labels": [name]}, fact)
    said = floor.writes("Guten Tag, die Karte ist kaputt und ich warte seit Wochen", address="a")
    assert floor.talk(said).labels == ()
    assert set(floor.talk(floor.writes("Where is it?", address="b")).labels) == {"low", "high"}


def test_trying_says_what_would_apply_and_what_kept_the_rest(ruled: Any) -> None:
    before = ruled.desk.last_seq()
    told = ruled.do("classification.try", facts={"text": "The router!", "tier": "silver"})
    assert told["result"]["skills"] == {"router": 2}
    assert told["applied"] == ["Router words"]
    assert told["passed_over"] == {"Gold first": "condition not met: tier is one of gold, platinum"}
    assert told["sentence"] == "Router words: router 2 or better, label router"
    assert ruled.desk.last_seq() == before
    assert ruled.refused("classification.try", facts={"mood": 1}).code == "classification.fact"


def test_rules_are_moved_changed_and_taken_away(ruled: Any) -> None:
    rule(ruled, "First", {"priority": 1}, position=1)
    names = [one["name"] for one in ruled.do("classification.list")]
    assert names == ["First", "Router words", "Gold first"]
    ruled.do("classification.update", classification="first", position=9, name="Last")
    ruled.do("classification.update", classification="Last", result={"labels": "x"}, conditions=[])
    found = ruled.do("classification.list")
    assert [(one["name"], one["position"]) for one in found] == [
        ("Router words", 1),
        ("Gold first", 2),
        ("Last", 3),
    ]
    assert (found[2]["when"], found[2]["result"]["labels"]) == ("always", ["x"])
    ruled.do("classification.delete", classification="Router words")
    assert [(one["name"], one["position"]) for one in ruled.do("classification.list")] == [
        ("Gold first", 1),
        ("Last", 2),
    ]


def condition(**changed: Any) -> dict[str, Any]:
    return {"conditions": [{**ROUTER, **changed}]}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": " "}, "'' is not a valid name for a rule."),
        ({"name": "gold FIRST"}, "A rule gold FIRST exists already. It is called Gold first."),
        ({"position": 0}, "0 is not a position."),
        (condition(field="mood"), "Condition 1 cannot have 'mood' as field."),
        (condition(field="context."), "Condition 1 cannot have 'context.' as field."),
        (
            condition(field="hours.Never"),
            "Condition 1 uses the hours of 'Never', a calendar that does not exist.",
        ),
        (condition(operator="like"), "Condition 1 cannot have 'like' as operator."),
        (condition(operator=None), "Condition 1 has no operator."),
        (condition(size=1), "Condition 1 has an unknown key 'size'."),
        (condition(value=[]), "Condition 1 has an empty list."),
        (condition(value=None), "Condition 1 has no value to compare with."),
        (
            condition(value="no signal"),
            "Condition 1 compares words with 'no signal', which is not a word.",
        ),
        (condition(operator="above"), "Condition 1 needs a number for above."),
        (condition(operator="known"), "Condition 1 has a value, and known takes none."),
        (
            condition(field="channel", operator="is", value="fax"),
            "Condition 1 compares channel with 'fax', which is not possible.",
        ),
        (
            condition(field="hours", operator="is", value="late"),
            "Condition 1 compares hours with 'late', which is not possible.",
        ),
        ({"result": {}}, "The result is empty."),
        ({"result": {"mood": 1}}, "The result has an unknown key 'mood'."),
        ({"result": {"skills": {"tv": 11}}}, "The result needs tv at 11, which is not a level."),
        ({"result": {"skills": ["tv"]}}, "The result has skills that are not a table."),
        ({"result": {"priority": 11}}, "The result has 11 as priority."),
        ({"result": {"queue": "Nil"}}, "The result sends to 'Nil', a queue that does not exist."),
        (
            {"result": {"profiles": ["Nil"]}},
            "The result needs 'Nil', a capacity profile that does not exist.",
        ),
        ({"result": {"labels": [""]}}, "The result has labels that are not valid."),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    ruled: Any, given: dict[str, Any], says: str
) -> None:
    whole = {"name": "New", "result": {"priority": 1}, **given}
    assert ruled.refused("classification.create", **whole).message == says


def test_a_change_of_nothing_is_refused(ruled: Any) -> None:
    refusal = ruled.refused("classification.update", classification="Gold first")
    assert refusal.code == "classification.nothing"
    assert ruled.refused("classification.delete", classification="No").code == (
        "classification.unknown"
    )


def test_what_there_is_to_ask_for_is_listed(floor: Any) -> None:
    floor.do("calendar.create", name="Night", zone="UTC", weekly={"monday": ["20:00-24:00"]})
    told = floor.do("classification.fields")
    assert {"channel", "hours.Night", "context.KEY"} <= set(told["fields"])
    assert "starts_with" in told["operators"]
