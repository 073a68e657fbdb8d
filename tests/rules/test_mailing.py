"""Letters: subjects, copies, quotes, and the text as it leaves."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.envelope import Envelope, envelope_of, envelope_text
from omnitui.model.errors import Refusal
from omnitui.rules.mailing import LONGEST_SUBJECT, MOST_COPIES, answer_subject, body, copies, quoted

AT = 1_772_442_000_000


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("", ""),
        ("   ", ""),
        ("Router", "Re: Router"),
        ("Re: Router", "Re: Router"),
        ("RE: re: Router", "Re: Router"),
        ("AW: Re: Sv: Router", "Re: Router"),
        ("Re[2]: Router", "Re: Router"),
        ("Regarding the router", "Re: Regarding the router"),
        ("Two\nlines", "Re: Two lines"),
    ],
)
def test_the_subject_of_an_answer(subject: str, answer: str) -> None:
    assert answer_subject(subject) == answer


@given(st.text(max_size=400))
def test_answering_an_answer_changes_nothing(subject: str) -> None:
    once = answer_subject(subject)
    assert len(once) <= LONGEST_SUBJECT
    if len(once) < LONGEST_SUBJECT:
        assert answer_subject(once) in (once, "") or once.count(":") > 1


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ([""], ()),
        ([" , ; "], ()),
        (["bo@example.com"], ("bo@example.com",)),
        (["bo@example.com, ada@example.com"], ("bo@example.com", "ada@example.com")),
        (["bo@example.com;ada@example.com"], ("bo@example.com", "ada@example.com")),
        (["Bo Berg <bo@example.com>", "BO@example.com"], ("bo@example.com",)),
        (["mailto:bo@example.com"], ("bo@example.com",)),
    ],
)
def test_copies_are_taken_apart(written: list[str], found: tuple[str, ...]) -> None:
    assert copies(written, "Cc") == found


@pytest.mark.parametrize(
    "wrong", ["bo", "@", "bo@", "@example.com", "bo@localhost", "bo@example.com, x y"]
)
def test_what_is_no_address_is_named(wrong: str) -> None:
    found = copies([wrong], "Bcc")
    assert isinstance(found, Refusal)
    assert found.message.startswith("Bcc: ")


def test_too_many_copies_are_refused() -> None:
    many = [f"a{n}@example.com" for n in range(MOST_COPIES + 1)]
    found = copies(many, "Cc")
    assert isinstance(found, Refusal)
    assert "51" in found.message


def test_a_quote_tells_who_and_when_and_marks_each_line() -> None:
    said = quoted("My router\n\n> is it?\nis red\n", "Nora  Lie", AT, UTC)
    assert said.splitlines() == [
        "On 2026-03-02 09:00, Nora Lie wrote:",
        "> My router",
        "> ",
        ">> is it?",
        "> is red",
    ]


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("nb", "2026-03-02 09:00 skrev Nora:"),
        ("de-AT", "Am 2026-03-02 09:00 schrieb Nora:"),
        ("xx", "On 2026-03-02 09:00, Nora wrote:"),
    ],
)
def test_a_quote_speaks_the_customers_language(language: str, head: str) -> None:
    assert quoted("Hi", "Nora", AT, UTC, language).splitlines()[0] == head


def test_a_long_message_is_quoted_in_part() -> None:
    lines = quoted("x\n" * 1_000, "Nora", AT, UTC).splitlines()
    assert len(lines) == 202
    assert lines[-1] == "> [...]"


@pytest.mark.parametrize(
    ("text", "envelope", "whole"),
    [
        ("Hi", Envelope(), "Hi"),
        ("Hi", Envelope(signature="Ada"), "Hi\n\n-- \nAda"),
        ("Hi", Envelope(quote="Q:\n> a"), "Hi\n\nQ:\n> a"),
        ("Hi", Envelope(signature="Ada", quote="Q:\n> a"), "Hi\n\n-- \nAda\n\nQ:\n> a"),
        ("", Envelope(signature="Ada"), "-- \nAda"),
    ],
)
def test_the_text_as_it_leaves(text: str, envelope: Envelope, whole: str) -> None:
    assert body(text, envelope) == whole


@given(
    st.builds(
        Envelope,
        subject=st.text(max_size=20),
        cc=st.lists(st.text(max_size=10), max_size=3).map(tuple),
        quotes=st.integers(0, 2**40),
        signed=st.booleans(),
    )
)
def test_an_envelope_is_kept_as_it_is(envelope: Envelope) -> None:
    assert envelope_of(envelope_text(envelope)) == envelope


def test_a_broken_envelope_is_no_envelope() -> None:
    for text in ("", "[]", '{"cc": 5}', "{"):
        with pytest.raises(ValueError):
            envelope_of(text)
