"""Classification: which conditions hold, which rule counts, and that nothing else plays a part."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.classification import Classification, Condition, Operator, Result
from omnitui.model.ids import ClassificationId, QueueId
from omnitui.rules.classify import (
    FIELDS,
    Classified,
    classify,
    explain,
    holds,
    mentioned,
    why_not,
    words_of,
)

BILLING = QueueId(2)


def rule(number: int, result: Result, *conditions: tuple[Any, ...]) -> Classification:
    parts = tuple(Condition(c[0], Operator(c[1]), c[2] if len(c) > 2 else None) for c in conditions)
    return Classification(ClassificationId(number), f"Rule {number}", number, parts, result)


@pytest.mark.parametrize(
    ("operator", "fact", "value", "so"),
    [
        ("is", "Chat", "chat", True),
        ("is", "chat", "email", False),
        ("is", None, "chat", False),
        ("is", 2, "2", True),
        ("is", "007", "7", False),
        ("is", True, "yes", True),
        ("is", True, 1, False),
        ("is", ["a", "b"], "B", True),
        ("is_not", "chat", "email", True),
        ("is_not", "chat", "CHAT", False),
        ("is_not", None, "chat", True),
        ("contains", "My Router drops", "router", True),
        ("contains", "My Router drops", ["tv", "drops"], True),
        ("contains", "My Router drops", "rooter", False),
        ("contains", ["my", "router"], "route", False),
        ("contains", ["my", "router"], ["tv", "ROUTER"], True),
        ("contains", None, "router", False),
        ("starts_with", "Bill 4411", "bill", True),
        ("starts_with", "My bill", "bill", False),
        ("starts_with", "", "bill", False),
        ("above", 3, 2, True),
        ("above", 2, 2, False),
        ("above", "2.5", 2, True),
        ("above", "many", 2, False),
        ("above", "nan", 2, False),
        ("above", True, 0, False),
        ("above", None, -5, False),
        ("below", -2, -1, True),
        ("below", -1, -1, False),
        ("one_of", "gold", ["Gold", "platinum"], True),
        ("one_of", "silver", ["gold", "platinum"], False),
        ("one_of", None, ["gold"], False),
        ("known", "Kiana", None, True),
        ("known", 0, None, True),
        ("known", "", None, False),
        ("known", [], None, False),
        ("unknown", None, None, True),
        ("unknown", "Kiana", None, False),
    ],
)
def test_a_condition_holds(operator: str, fact: Any, value: Any, so: bool) -> None:
    assert holds(Condition("channel", Operator(operator), value), {"channel": fact}) is so


def test_a_fact_that_is_not_there_is_not_known() -> None:
    assert holds(Condition("context.asked", Operator.UNKNOWN), {})
    assert not holds(Condition("context.asked", Operator.IS, ""), {})


def test_words_are_small_and_whole() -> None:
    assert words_of("TV: is off!", "The tv, Øyvind's") == ["tv", "is", "off", "the", "øyvind", "s"]


def test_the_first_rule_counts_for_each_field_and_the_rest_adds_up() -> None:
    rules = [
        rule(
            2, Result(skills={"router": 5, "wifi": 1}, priority=1, labels=("b",)), ("text", "known")
        ),
        rule(1, Result(skills={"router": 2}, queue=BILLING, labels=("a",), profiles=("Calls",))),
        rule(3, Result(priority=9, queue=QueueId(7), labels=("a", "c"), profiles=("Calls", "VIP"))),
        rule(4, Result(priority=3), ("text", "unknown")),
    ]
    found = classify(rules, {"text": "hello"})
    assert found.result == Result(
        skills={"router": 2, "wifi": 1},
        priority=1,
        queue=BILLING,
        profiles=("Calls", "VIP"),
        labels=("a", "b", "c"),
    )
    assert [applied.name for applied in found.applied] == ["Rule 1", "Rule 2", "Rule 3"]
    assert found.applied[2].counts == Result(profiles=("VIP",), labels=("c",))


def test_every_rule_that_applied_is_named_with_what_it_did() -> None:
    rules = [
        rule(1, Result(skills={"wifi": 1, "router": 2}, queue=BILLING, priority=0)),
        rule(2, Result(queue=QueueId(9))),
        rule(3, Result(profiles=("Calls", "VIP"), labels=("moving", "new"))),
    ]
    assert explain(classify(rules, {}), {2: "Billing"}) == (
        "Rule 1: queue Billing, priority 0, router 2 or better, wifi 1 or better; "
        "Rule 2: (nothing new); "
        "Rule 3: uses the profile Calls and VIP, label moving, new"
    )
    assert explain(Classified(), {}) == "No rule applies."


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (("channel", "is", "chat"), "condition not met: channel is chat"),
        (("words", "contains", ["tv", "box"]), "condition not met: words contains tv, box"),
        (("sentiment", "below", -1), "condition not met: sentiment is below -1"),
        (("customer", "known"), "condition not met: customer is known"),
    ],
)
def test_what_kept_a_rule_from_applying_is_said(condition: tuple[Any, ...], says: str) -> None:
    found = rule(1, Result(priority=1), ("text", "unknown"), condition)
    assert why_not(found, {}) == says
    assert why_not(rule(1, Result(priority=1)), {}) == ""


FACTS = st.dictionaries(
    st.sampled_from([*FIELDS, "context.asked", "hours.Office"]),
    st.one_of(
        st.none(),
        st.sampled_from(["open", "closed", "chat", "gold", "7"]),
        st.integers(-3, 3),
        st.lists(st.sampled_from(["router", "bill", "tv"]), max_size=3),
    ),
)
VALUES = {
    Operator.ABOVE: st.integers(-3, 3),
    Operator.BELOW: st.integers(-3, 3),
    Operator.ONE_OF: st.lists(st.sampled_from(["open", "gold", "7"]), min_size=1),
    Operator.KNOWN: st.none(),
    Operator.UNKNOWN: st.none(),
}
WORDS = st.sampled_from(["open", "chat", "router", "7"])
CONDITIONS = st.sampled_from(Operator).flatmap(
    lambda operator: st.builds(
        Condition,
        st.sampled_from([*FIELDS, "context.asked"]),
        st.just(operator),
        VALUES.get(operator, WORDS),
    )
)
RESULTS = st.builds(
    Result,
    skills=st.dictionaries(st.sampled_from(["router", "wifi", "tv"]), st.integers(1, 10)),
    priority=st.none() | st.integers(-10, 10),
    queue=st.none() | st.integers(1, 4).map(QueueId),
    profiles=st.lists(st.sampled_from(["Calls", "VIP"]), unique=True).map(tuple),
    labels=st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(tuple),
)
RULES = st.lists(st.tuples(st.lists(CONDITIONS, max_size=3), RESULTS), max_size=6).map(
    lambda parts: [
        Classification(ClassificationId(n), f"Rule {n}", n, tuple(conditions), result)
        for n, (conditions, result) in enumerate(parts, start=1)
    ]
)


@given(RULES, FACTS, FACTS)
def test_what_no_rule_mentions_changes_nothing(
    rules: list[Classification], facts: dict[str, Any], others: dict[str, Any]
) -> None:
    asked = mentioned(rules)
    elsewhere = {name: fact for name, fact in others.items() if name not in asked}
    without = {name: fact for name, fact in facts.items() if name in asked}
    assert classify(rules, facts | elsewhere) == classify(rules, without)


@given(RULES, FACTS)
def test_who_said_it_first_is_whom_it_is_from(
    rules: list[Classification], facts: dict[str, Any]
) -> None:
    found = classify(rules, facts)
    applying = [r for r in rules if all(holds(c, facts) for c in r.conditions)]
    assert [applied.name for applied in found.applied] == [r.name for r in applying]
    for field in ("priority", "queue"):
        said = [getattr(r.result, field) for r in applying]
        assert getattr(found.result, field) == next((one for one in said if one is not None), None)
    skills: dict[str, int] = {}
    for one in reversed(applying):
        skills |= one.result.skills
    assert found.result.skills == skills
    assert set(found.result.labels) == {label for r in applying for label in r.result.labels}


@given(RULES, FACTS)
def test_the_order_in_which_rules_are_listed_does_not_matter(
    rules: list[Classification], facts: dict[str, Any]
) -> None:
    assert classify(list(reversed(rules)), facts) == classify(rules, facts)
