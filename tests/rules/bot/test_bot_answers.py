"""What counts as an answer to a virtual agent's question."""

import pytest

from omnitui.model.topic import AnswerKind, Step, StepKind
from omnitui.rules.bot.answers import answered

NOW = 1_772_442_000_000
"""2026-03-02 09:00 UTC, a Monday."""
K = AnswerKind

TABLE = [
    (K.NUMBER, "85", "85"),
    (K.NUMBER, "it is 85.5 I think", "85.5"),
    (K.NUMBER, "85,5", "85.5"),
    (K.NUMBER, "three", "3"),
    (K.NUMBER, "tre", "3"),
    (K.NUMBER, "-4", "-4"),
    (K.NUMBER, "it is about eighty five", "85"),
    (K.NUMBER, "ninety-nine", "99"),
    (K.NUMBER, "fifteen", "15"),
    (K.NUMBER, "two hundred and ten", "210"),
    (K.NUMBER, "a hundred", "100"),
    (K.NUMBER, "femti", "50"),
    (K.NUMBER, "1,000", "1000"),
    (K.NUMBER, "1.250", "1250"),
    (K.NUMBER, "0.125", "0.125"),
    (K.NUMBER, "1.2.3", None),
    (K.NUMBER, "two or three", None),
    (K.NUMBER, "ten five", None),
    (K.NUMBER, "2 or 3", None),
    (K.NUMBER, "a lot", None),
    (K.NUMBER, "CAS-00012", None),
    (K.NUMBER, "", None),
    (K.NUMBER, "   ", None),
    (K.ACCOUNT, "20417", "20417"),
    (K.ACCOUNT, "my account is 20 417, thanks", "20417"),
    (K.ACCOUNT, "204-17", "20417"),
    (K.ACCOUNT, "12", None),
    (K.ACCOUNT, "1234567890123", None),
    (K.ACCOUNT, "20417 or 20418", None),
    (K.ACCOUNT, "no idea", None),
    (K.DATE, "2026-03-09", "2026-03-09"),
    (K.DATE, "it is on 24.12.2026", "2026-12-24"),
    (K.DATE, "tomorrow", "2026-03-03"),
    (K.DATE, "i morgen", "2026-03-03"),
    (K.DATE, "Today!", "2026-03-02"),
    (K.DATE, "yesterday", "2026-03-01"),
    (K.DATE, "friday", "2026-03-06"),
    (K.DATE, "1 june 2026", "2026-06-01"),
    (K.DATE, "1. mai 2026", "2026-05-01"),
    (K.DATE, "2 march", "2026-03-02"),
    (K.DATE, "whenever", None),
    (K.DATE, "2026-02-31", None),
    (K.YES_NO, "yes", "yes"),
    (K.YES_NO, "Yes, thanks!", "yes"),
    (K.YES_NO, "ja", "yes"),
    (K.YES_NO, "👍", "yes"),
    (K.YES_NO, "no problem", "yes"),
    (K.YES_NO, "no idea", None),
    (K.YES_NO, "No clue, sorry", None),
    (K.YES_NO, "yes it does not help", None),
    (K.YES_NO, "it did not", "no"),
    (K.YES_NO, "it didn't", "no"),
    (K.YES_NO, "nope, still dead", "no"),
    (K.YES_NO, "nei", "no"),
    (K.YES_NO, "maybe", None),
    (K.YES_NO, "it is red", None),
    (K.YES_NO, "not sure, yes?", "no"),
    (K.FREE, " anything at all ", "anything at all"),
    (K.FREE, "  ", None),
]


@pytest.mark.parametrize(("kind", "text", "expected"), TABLE)
def test_what_counts_as_an_answer(kind: AnswerKind, text: str, expected: str | None) -> None:
    assert answered(Step(StepKind.ASK, "?", answer=kind), text, NOW) == expected


CHOICES = ("100 Mbit/s", "500 Mbit/s", "Something else")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", "500 Mbit/s"),
        ("2.", "500 Mbit/s"),
        ("100 mbit/s", "100 Mbit/s"),
        ("the 500 one", "500 Mbit/s"),
        ("something else please", "Something else"),
        ("else", "Something else"),
        ("mbit", None),
        ("4", None),
        ("0", None),
        ("100 Mbit/s or 500 Mbit/s", None),
        ("what", None),
    ],
)
def test_a_choice_is_its_number_or_its_words(text: str, expected: str | None) -> None:
    step = Step(StepKind.ASK, "?", answer=K.CHOICE, choices=tuple((c, "") for c in CHOICES))
    assert answered(step, text, NOW) == expected


@pytest.mark.parametrize(("text", "expected"), [("5", "5"), ("4", None), ("11", None)])
def test_a_number_stays_within_its_bounds(text: str, expected: str | None) -> None:
    step = Step(StepKind.ASK, "?", answer=K.NUMBER, least=5, most=10)
    assert answered(step, text, NOW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("14 february", "2026-02-14"), ("friday", "2026-02-27"), ("2025-12-24", "2025-12-24")],
)
def test_a_day_that_has_passed_is_the_last_one(text: str, expected: str) -> None:
    step = Step(StepKind.ASK, "?", answer=K.DATE, past=True)
    assert answered(step, text, NOW) == expected
