"""Agent scripts: the default, the language, the next step, what may be wrong with steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listing import each
from omnitui.model.classification import Condition, Operator
from omnitui.model.ids import ScriptId, ScriptRuleId
from omnitui.model.script import Mark, Outcome, Script, ScriptRule, Step, StepKind
from omnitui.rules.scripts import (
    fits,
    is_key,
    key_of,
    keyed,
    next_step,
    problems,
    reason,
    spoken,
    tally,
)

DONE, FAILED = Mark(Outcome.DONE, 1, "Ada"), Mark(Outcome.FAILED, 2, "Ada")
OUTAGE = Condition("words", Operator.CONTAINS, ["down", "nede"])


def rule(position: int, script: str, *conditions: Condition) -> ScriptRule:
    return ScriptRule(ScriptRuleId(position), f"Rule {position}", position, script, conditions)


def version(number: int, language: str, key: str = "a") -> Script:
    return Script(ScriptId(number), key, "A", language)


RULES = [
    rule(3, "other"),
    rule(1, "gone", OUTAGE),
    rule(2, "outage", OUTAGE, Condition("workstream", Operator.IS, "Live")),
]


@pytest.mark.parametrize(
    ("facts", "known", "wanted"),
    [
        ({"words": ["down"], "workstream": "Live"}, ["outage", "other"], "outage"),
        ({"words": ["down"], "workstream": "live"}, ["outage", "other"], "outage"),
        ({"words": ["down"], "workstream": "Live"}, ["outage", "other", "gone"], "gone"),
        ({"words": ["down"], "workstream": "Voice"}, ["outage", "other"], "other"),
        ({"words": ["slow"]}, ["outage", "other"], "other"),
        ({}, ["outage"], None),
        ({"words": ["down"]}, [], None),
    ],
)
def test_the_first_rule_that_fits_wins(
    facts: dict[str, object], known: list[str], wanted: str | None
) -> None:
    found = fits(RULES, facts, known)
    assert (found and found.script) == wanted


def test_the_reason_is_a_sentence() -> None:
    assert reason(RULES[2]) == (
        "Chosen by the rule Rule 2: words contains down, nede and workstream is Live."
    )
    assert reason(RULES[0]) == "Chosen by the rule Rule 3, which always fits."
    assert reason(None) == "No script fits this conversation; you can choose one."


@each(
    ("languages", "spoken_there", "wanted"),
    [
        (["en", "nb"], "nb", "nb"),
        (["en", "nb"], "nb-NO", "nb"),
        (["nb", "nb-NO"], "nb-NO", "nb-NO"),
        (["nb-NO", "en"], "nb", "nb-NO"),
        (["nb", "en"], "sv", "en"),
        (["nb", "en"], "", "en"),
        (["nb", "de"], "sv", "nb"),
        ([], "nb", None),
    ],
)
def test_the_language_of_the_customer_comes_first(
    languages: list[str], spoken_there: str, wanted: str | None
) -> None:
    found = spoken([version(n, code) for n, code in enumerate(languages)], spoken_there)
    assert (found and found.language) == wanted


@each(
    ("marks", "following", "ticks", "crosses"),
    [
        ({}, "a", 0, 0),
        ({"a": DONE}, "b", 1, 0),
        ({"a": FAILED}, "b", 0, 1),
        ({"b": DONE}, "a", 1, 0),
        ({"a": DONE, "b": FAILED, "c": DONE}, "", 2, 1),
        ({"a": DONE, "removed": DONE}, "b", 1, 0),
    ],
)
def test_the_next_step_is_the_first_without_a_mark(
    marks: dict[str, Mark], following: str, ticks: int, crosses: int
) -> None:
    keys = ["a", "b", "c"]
    assert (next_step(keys, marks), *tally(keys, marks)) == (following, ticks, crosses)


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@given(KEYS, st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from([DONE, FAILED])))
def test_marking_the_next_step_again_and_again_ends_the_script(
    keys: list[str], marks: dict[str, Mark]
) -> None:
    for _ in range(len(keys) + 1):
        done, failed = tally(keys, marks)
        assert done + failed <= len(keys)
        following = next_step(keys, marks)
        assert (following == "") == (done + failed == len(keys))
        if following:
            assert following in keys
            marks = {**marks, following: DONE}
    assert next_step(keys, marks) == ""


@given(st.lists(st.text(max_size=12), max_size=12), st.lists(st.sampled_from(["", "a", "b"])))
def test_every_step_gets_a_key_of_its_own_and_keeps_a_given_one(
    titles: list[str], given_keys: list[str]
) -> None:
    keys = [*given_keys, *[""] * len(titles)]
    written, seen = [], set()
    for title, key in zip(titles, keys, strict=False):
        written.append(Step("" if key in seen else key, title))
        seen.add(key)
    found = keyed(written)
    names = [one.key for one in found]
    assert len(set(names)) == len(names)
    assert all(is_key(name) for name in names)
    assert all(one.key == was.key for one, was in zip(found, written, strict=True) if was.key)
    assert keyed(found) == found


@each(
    ("title", "key"),
    [
        ("Ask for the place!", "ask-for-the-place"),
        ("Spør om lampene", "spor-om-lampene"),
        ("  Æble & Øl  ", "aeble-ol"),
        ("Größe", "grosse"),
        ("???", ""),
        ("日本", ""),
    ],
)
def test_a_key_is_made_of_letters_and_digits_of_a_title(title: str, key: str) -> None:
    assert key_of(title) == key


@each(
    ("step", "wanted"),
    [
        (Step("a", "Say hello", "Hello {customer.first_name}, {?minutes}"), None),
        (Step("a", "Run", macro="open-case"), None),
        (Step("a", "Go on", script="closing"), None),
        (Step("a", "Say hello"), "text: a text step needs a text"),
        (Step("a", " ", "x"), "title: the step has no title"),
        (Step("a", "x" * 121, "x"), "title: the title has more than 120 characters"),
        (Step("a", "Hi", "{customer.nmae}"), "text: there is no slot {customer.nmae}"),
        (Step("a", "Hi {agent.age}", "x"), "title: there is no slot {agent.age}"),
        (Step("a", "Run", macro="opne"), "macro: there is no macro 'opne'"),
        (Step("a", "Go on", script="clsing"), "script: there is no script 'clsing'"),
        (
            Step("a", "Both", macro="open-case", script="closing"),
            "macro: a step runs a macro or jumps to a script, not both",
        ),
        (Step("A b", "x", "x"), "key: 'A b' is not a key; use small letters, digits and dashes"),
    ],
)
def test_what_is_wrong_with_a_step_is_said(step: Step, wanted: str | None) -> None:
    found = [
        f"{name}: {clause}" for _, name, clause in problems([step], ["closing"], ["open-case"])
    ]
    assert found == ([] if wanted is None else [wanted])


def test_two_steps_of_one_key_are_wrong_and_unknown_names_are_not_checked() -> None:
    twice = [Step("a", "One", "x"), Step("a", "Two", "x")]
    assert [*problems(twice)] == [(1, "key", "a step a exists already in this script")]
    assert [*problems([Step("b", "Go", script="who"), Step("c", "Run", macro="knows")])] == []


def test_the_kind_of_a_step_follows_from_what_it_runs() -> None:
    kinds = [Step("a", "A").kind, Step("b", "B", macro="m").kind, Step("c", "C", script="s").kind]
    assert kinds == [StepKind.TEXT, StepKind.MACRO, StepKind.SCRIPT]
