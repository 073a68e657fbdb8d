"""How a macro's parameters are filled, its answers read, and the sentences about its steps."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.model.errors import Refusal
from omnitui.model.macro import MacroPrompt, PromptKind
from omnitui.rules.macro_words import does, listed
from omnitui.rules.macros import (
    Known,
    Said,
    UnfilledError,
    answered,
    fill,
    fill_default,
    insert,
    only_slot,
    slots_of,
    stray_braces,
    withheld,
)
from properties import share

AT = Said("2026-03-03T09:00:00+00:00", "tomorrow 09:00")
VALUES = {
    "conversation.id": 7,
    "customer.id": 3,
    "customer.name": "Kiana Anderson",
    "customer.first_name": "Kiana",
    "customer.company": None,
    "case.id": None,
    "case.number": None,
    "context.town": "Kelby",
}
ANSWERS = {"title": "No light", "minutes": 12, "sure": True, "when": AT, "more": None}


def known() -> Known:
    found = Known(VALUES, ANSWERS)
    found.result(1, "made", {"id": 9, "number": "CAS-9", "tags": ["a", "b"], "terms": [{"id": 4}]})
    found.result(2, "", 41)
    found.result(3, "page", {"audience": "internal", "title": "Line test", "of": {"id": 1}})
    return found


@pytest.mark.parametrize(
    ("given", "filled"),
    [
        ("plain", "plain"),
        (5, 5),
        (None, None),
        (True, True),
        ("{customer.id}", 3),
        ("{answer.minutes}", 12),
        ("{answer.sure}", True),
        ("{answer.when}", "2026-03-03T09:00:00+00:00"),
        ("{answer.more}", None),
        ("{case.id}", None),
        ("{1.id}", 9),
        ("{made.number}", "CAS-9"),
        ("{1.tags}", ["a", "b"]),
        ("{made.terms.0.id}", 4),
        ("{2}", 41),
        ("{1.nothing}", None),
        ("{made.tags.7}", None),
        ("{2.id}", None),
        ("No {answer.title}: {made.number}", "No No light: CAS-9"),
        (
            "{answer.minutes} minutes, {answer.sure}, {answer.when}",
            "12 minutes, yes, tomorrow 09:00",
        ),
        ("{made.tags} in {context.town}", "a, b in Kelby"),
        ("First.{answer.more}", "First."),
        ("{{answer.title}} stays", "{answer.title} stays"),
        ("{{customer.id}}", "{customer.id}"),
        (["{customer.id}", "vip"], [3, "vip"]),
        ({"a": {"b": "{made.id}"}}, {"a": {"b": 9}}),
    ],
)
def test_a_parameter_is_filled(given: Any, filled: Any) -> None:
    assert fill(given, known()) == filled


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("Case {case.number} of {customer.company}", ("case.number", "customer.company")),
        ("Of {1.nothing}", ("1.nothing",)),
        (["a", "x {case.number}"], ("case.number",)),
    ],
)
def test_text_with_a_gap_is_not_filled(given: Any, missing: tuple[str, ...]) -> None:
    with pytest.raises(UnfilledError) as caught:
        fill(given, known())
    assert caught.value.slots == missing


def test_a_greeting_loses_the_name_that_is_not_known() -> None:
    nobody = Known({"customer.first_name": None}, {})
    assert fill("Hello {customer.first_name}!", nobody) == "Hello!"


def test_text_for_the_composer_keeps_a_prompt_for_what_is_not_known() -> None:
    text = "It is {case.number}, {customer.first_name}. {answer.more}{{x}}"
    assert insert(text, known()) == "It is [case number], Kiana. {x}"


def test_a_default_is_whole_or_empty() -> None:
    assert fill_default("{context.town} and {{so}}", known()) == "Kelby and {so}"
    assert fill_default("Case {case.number}", known()) == ""


def test_what_is_internal_is_found_wherever_it_stands() -> None:
    assert withheld({"text": "See {page.title}"}, known()) == "page.title"
    assert withheld(["{page.of.id}"], known()) == "page.of.id"
    assert withheld("{made.number} {answer.title} {2}", known()) == ""


WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=40)


@settings(max_examples=share(200))
@given(WORDS)
def test_what_a_value_says_is_never_filled_again(value: str) -> None:
    held = Known({"context.said": value, "customer.name": "Kiana"}, {"it": value})
    assert fill("{context.said}", held) == (value or None)
    if value:
        assert fill("<{context.said}|{answer.it}>", held) == f"<{value}|{value}>"


@settings(max_examples=share(200))
@given(WORDS)
def test_text_whose_braces_are_doubled_says_itself(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")
    assert [*slots_of(doubled)] == []
    assert not stray_braces(doubled)
    assert fill(doubled, known()) == text


@settings(max_examples=share(200))
@given(WORDS)
def test_no_text_breaks_the_filling(text: str) -> None:
    only_slot(text)
    stray_braces(text)
    insert(text, known())
    gaps: tuple[str, ...] = ()
    try:
        fill(text, known())
    except UnfilledError as error:
        gaps = error.slots
    assert set(gaps) <= set(slots_of(text))


def prompt(kind: PromptKind = PromptKind.TEXT, **more: Any) -> MacroPrompt:
    return MacroPrompt("it", "What it is", kind, **more)


def moment(words: str) -> Said | Refusal:
    return AT if words == "tomorrow 9am" else Refusal("x", "That is no time.", "Write 2h.")


def ask(one: MacroPrompt, given: dict[str, Any], default: str = "") -> Any:
    found = answered("Own", [one], given, {"it": default}, moment)
    return found if isinstance(found, Refusal) else found["it"]


CHOICE = {"values": ("Halden", "Tarn Bay")}


@pytest.mark.parametrize(
    ("one", "said", "value"),
    [
        (prompt(), "  two\nwords ", "two words"),
        (prompt(PromptKind.LINES), " two\nlines ", "two\nlines"),
        (prompt(PromptKind.NUMBER), "12", 12),
        (prompt(PromptKind.NUMBER), 12, 12),
        (prompt(PromptKind.NUMBER), "0,5", 0.5),
        (prompt(PromptKind.NUMBER), "-3", -3),
        (prompt(PromptKind.YES_NO), "Yes", True),
        (prompt(PromptKind.YES_NO), False, False),
        (prompt(PromptKind.CHOICE, **CHOICE), "tarn bay", "Tarn Bay"),
        (prompt(PromptKind.DATE), "tomorrow 9am", AT),
    ],
)
def test_an_answer_is_read_as_its_kind(one: MacroPrompt, said: Any, value: Any) -> None:
    assert ask(one, {"it": said}) == value
    assert type(ask(one, {"it": said})) is type(value)


@pytest.mark.parametrize(
    ("one", "said", "words"),
    [
        (prompt(PromptKind.NUMBER), "many", "“What it is” (it) cannot be “many”."),
        (prompt(PromptKind.NUMBER), True, "cannot be “True”"),
        (prompt(PromptKind.NUMBER), "nan", "cannot be “nan”"),
        (prompt(PromptKind.NUMBER), "1e300", "cannot be"),
        (prompt(PromptKind.YES_NO), "perhaps", "Answer yes or no."),
        (prompt(PromptKind.CHOICE, **CHOICE), "Oslo", "Choose one of: Halden, Tarn Bay."),
        (prompt(PromptKind.DATE), "never", "“What it is” (it) is not a time: That is no time."),
    ],
)
def test_an_answer_that_is_none_is_named(one: MacroPrompt, said: Any, words: str) -> None:
    refusal = ask(one, {"it": said})
    assert isinstance(refusal, Refusal)
    assert words in str(refusal)


def test_what_is_not_answered_has_its_default_or_is_named() -> None:
    assert ask(prompt(), {}, "usual") == "usual"
    assert ask(prompt(required=False), {"it": ""}, "usual") is None
    refusal = ask(prompt(), {"it": " "}, "usual")
    assert str(refusal).startswith("“What it is” (it) is not answered; nothing was run.")
    two = [prompt(), MacroPrompt("other", "The other")]
    both = answered("Own", two, {}, {}, moment)
    assert "“What it is” (it) and “The other” (other) are not answered" in str(both)


def test_an_answer_to_nothing_is_named() -> None:
    assert str(ask(prompt(), {"itt": "x"})) == "“Own” does not ask for itt. It asks for: it."


@pytest.mark.parametrize(
    ("summary", "told", "said"),
    [
        ("Create a case for a customer, and link it.", [], "Creates a case for a customer."),
        ("Reply to `them`.", [("text", "“Hi”")], "Replies to them: text “Hi”."),
        ("Add and remove labels.", [("add", "vip")], "Adds and removes labels: add vip."),
        ("Push it; then go.", [], "Pushes it."),
    ],
)
def test_a_sentence_is_made_of_a_docstring(
    summary: str, told: list[tuple[str, str]], said: str
) -> None:
    assert does(summary, told, changes=True) == said


def test_a_query_looks_up() -> None:
    said = does("One article.", [("article", "Reset")], changes=False)
    assert said == "Looks up: one article - article Reset."


def test_steps_are_listed() -> None:
    assert [listed(n) for n in ([2], [2, 3], [2, 3, 4])] == [
        "Step 2",
        "Steps 2 and 3",
        "Steps 2 to 4",
    ]
