import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.rules.slots import KNOWN, Filled, Prompt, fill, problems, slots_of, unfill

VALUES = {
    "customer.first_name": "Kiana",
    "agent.name": "Ada Byron",
    "context.device": "R6",
    "customer.blank": " ",
}


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
        ("{customer.first_name}{customer.first_name}", Filled("KianaKiana")),
        ("{{{customer.first_name}}}", Filled("{Kiana}")),
        ("{{customer.first_name}}", Filled("{customer.first_name}")),
        ("on {? date of visit }", Filled("on [date of visit]", (Prompt(3, 18, "date of visit"),))),
        ("empty {? } and {?}", Filled("empty {? } and {?}")),
        (
            "{customer.blank}",
            Filled("[customer blank]", (Prompt(0, 16, "customer blank"),), ("customer.blank",)),
        ),
        (
            "{no.such} {?x} {no.such}",
            Filled(
                "[no such] [x] [no such]",
                (Prompt(0, 9, "no such"), Prompt(10, 13, "x"), Prompt(14, 23, "no such")),
                ("no.such",),
            ),
        ),
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
    ends = [0, *(prompt.end for prompt in filled.prompts)]
    assert all(end <= prompt.start for end, prompt in zip(ends, filled.prompts, strict=False))


@given(st.text(alphabet="ab {}?.x\n", max_size=60))
def test_a_text_whose_braces_are_doubled_comes_out_as_it_was(text: str) -> None:
    doubled = text.replace("{", "{{").replace("}", "}}")
    assert fill(doubled, {}) == Filled(text)
    assert problems(doubled) == []


@given(st.text(alphabet="ab {}?.x", max_size=60))
def test_everything_that_is_asked_for_is_a_slot_of_the_text(text: str) -> None:
    filled = fill(text, {})
    slots = slots_of(text)
    assert len(filled.prompts) == len(slots)
    assert set(filled.missing) == {slot for slot in slots if not slot.startswith("?")}


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
        ("Hi {customer.name", ["it has a brace without a partner; write {{ or }} for a brace"]),
        ("{{fine}}", []),
        ("{?}", ["it has a brace without a partner; write {{ or }} for a brace"]),
        ("{context.}", ["there is no slot {context.}"]),
    ],
)
def test_what_is_wrong_with_a_reply_is_said(text: str, wrong: list[str]) -> None:
    assert problems(text) == wrong


PEOPLE = {
    "customer.name": "Ann Berg",
    "customer.first_name": "Ann",
    "customer.account": "20417",
    "agent.first_name": "Ada",
    "case.number": "CAS-00003",
    "customer.company": None,
}


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Hi Ann, it is Ada.", "Hi {customer.first_name}, it is {agent.first_name}."),
        ("Dear Ann Berg,", "Dear {customer.name},"),
        ("Anna and Annual", "Anna and Annual"),
        ("CAS-00003, account 20417.", "{case.number}, account {customer.account}."),
        ("120417 and CAS-000031", "120417 and CAS-000031"),
        ('Write {"a": 1}', 'Write {{"a": 1}}'),
        ("{Ann}", "{{{customer.first_name}}}"),
    ],
)
def test_personal_details_are_slots_again(said: str, text: str) -> None:
    assert unfill(said, PEOPLE) == text
    assert fill(text, PEOPLE).text == said


@given(
    st.text(alphabet="Ann Berg{}20417CAS-3.,", max_size=60),
    st.dictionaries(
        st.sampled_from(sorted(KNOWN)), st.text(alphabet="AnBerg {}01-", max_size=9), max_size=5
    ),
)
def test_what_is_made_of_a_message_says_the_same_when_it_is_filled(
    said: str, values: dict[str, str]
) -> None:
    known = {slot: value.strip() for slot, value in values.items()}
    filled = fill(unfill(said, known), known)
    assert filled.text == said
    assert filled.prompts == ()
