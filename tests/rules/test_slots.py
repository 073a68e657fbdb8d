import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.slots import Filled, Prompt, fill, problems, slots_of

VALUES = {"customer.first_name": "Kiana", "agent.name": "Ada Byron", "context.device": "R6"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hi {customer.first_name}!", Filled("Hi Kiana!")),
        ("On {context.device}", Filled("On R6")),
        ("In {?minutes} minutes", Filled("In [minutes] minutes", (Prompt(3, 12, "minutes"),))),
        (
            "Case {case.number}.",
            Filled("Case [case number].", (Prompt(5, 18, "case number"),), ("case.number",)),
        ),
        ("{{not a slot}}", Filled("{not a slot}")),
        ("a { b", Filled("a { b")),
        ("{Not.Known}", Filled("{Not.Known}")),
        ("", Filled("")),
    ],
)
def test_slots_are_filled_and_prompts_stay(text: str, filled: Filled) -> None:
    assert fill(text, VALUES) == filled


def test_values_are_never_read_for_slots_again() -> None:
    assert fill("{customer.name}", {"customer.name": "{agent.name} {?x}"}) == Filled(
        "{agent.name} {?x}"
    )


@given(
    st.text(alphabet="ab {}?.x", max_size=60),
    st.dictionaries(st.sampled_from(["a", "b", "a.b"]), st.text(alphabet="xy{}?", max_size=8)),
)
def test_prompts_stand_where_they_say(text: str, values: dict[str, str]) -> None:
    filled = fill(text, dict(values))
    for prompt in filled.prompts:
        assert filled.text[prompt.start : prompt.end] == f"[{prompt.label}]"


def test_slots_are_listed_in_order() -> None:
    assert slots_of("{customer.name} {?when} {{x}} {agent.name}") == (
        "customer.name",
        "?when",
        "agent.name",
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Hi {customer.first_name}, {?when}, {context.anything}", []),
        ("Hi {customer.nickname}", ["there is no slot {customer.nickname}"]),
        ("Hi {customer.name", ["a brace stands alone; write {{ or }} for a brace"]),
        ("{{fine}}", []),
    ],
)
def test_what_is_wrong_with_a_reply_is_said(text: str, wrong: list[str]) -> None:
    assert problems(text) == wrong
