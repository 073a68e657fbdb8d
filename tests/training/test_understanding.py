import pytest

from omnitui.training.understanding import goal_words, understand

CASES = [
    ("Hi Kiana, you are talking to Ada.", "greets"),
    ("Good morning! How can I help?", "greets questions"),
    ("Hei Ingrid, takk for at du skriver.", "greets"),
    ("One moment please, let me check.", "holds"),
    ("Et lite øyeblikk, la meg sjekke.", "holds"),
    ("Could you give me your account number?", "asks:account questions"),
    ("Kan du gi meg kundenummeret ditt?", "asks:account questions"),
    ("Which lights do you see on the box?", "asks:lights questions"),
    ("Hvilke lys ser du på boksen?", "asks:lights questions"),
    ("Since when has it been like this, and what have you tried?", "asks:since,tried questions"),
    ("Is there anything else?", "parts"),
    ("Ha en fin dag!", "parts"),
    ("Your line is clean.", ""),
    ("The light is green when all is well.", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_message_is_understood(text: str, expected: str) -> None:
    reading = understand(text, {})
    found = ["greets"] * reading.greets + ["holds"] * reading.holds
    if reading.asks:
        found.append("asks:" + ",".join(reading.asks))
    found += ["questions"] * reading.questions + ["parts"] * reading.parts
    assert " ".join(found) == expected


def test_a_scenario_adds_facts_that_can_be_asked_for() -> None:
    assert understand("Which town do you live in?", {"town": ["which town"]}).asks == ("town",)


def test_a_long_text_that_mentions_a_moment_is_an_answer() -> None:
    text = "Please restart it. " * 20 + "It takes a moment."
    assert not understand(text, {}).holds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Update to 2.1.4 now.", {"2.1.4"}),
        ("Change the channels.", {"channel"}),
        ("Nothing of the kind.", set()),
        ("a subchannel", set()),
    ],
)
def test_goal_words_are_found_where_words_begin(text: str, found: set[str]) -> None:
    assert goal_words(text, ["2.1.4", "channel"]) == found
