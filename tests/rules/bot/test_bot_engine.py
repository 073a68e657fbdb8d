"""Turns of a virtual agent: what is said, done and kept after a message, and why."""

import pytest
from msgspec.structs import replace
from small_bot import SET, guess

from omnitui.model.topic import Deed, Status
from omnitui.rules.bot.engine import hear, recommend, resume, taken_over
from omnitui.rules.bot.state import Knows, Policy, Ran, State, Turn

KNOWS = Knows(facts={"channel": "chat"}, values={"customer.first_name": "Kiana"}, language="en")
POLICY = Policy(confidence=0.6, sentiment=-2)


def after(*texts: str, state: State | None = None, knows: Knows = KNOWS) -> Turn:
    """The last turn after some messages; what is to be done works."""
    turn = Turn(state or State())
    for text in texts:
        turn = hear(SET, turn.state, text, knows, POLICY, guess)
        if turn.wants is not None:
            done = resume(SET, turn.state, Ran("CAS-1"), knows)
            turn = replace(done, said=(*turn.said, *done.said))
    return turn


def said(turn: Turn) -> list[str]:
    return [one.text for one in turn.said]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["fault"], ["Sorry, Kiana.", "Account?"]),
        (["fault", "20417"], ["Red?"]),
        (["fault", "20417", "no"], ["It is CAS-1.", "Anything else?"]),
        (["fault", "20417", "yes"], ["Wait for a person."]),
        (["fault", "what"], ["Not an answer."]),
        (["fault", "what", "what"], ["Wait for a person."]),
        (["pick"], ["Which?"]),
        (["pick", "a fault"], ["Sorry, Kiana.", "Account?"]),
        (["pick", "2"], ["Bye."]),
        (["person"], ["Wait for a person."]),
        (["weekdays"], ["Chat."]),
        (["gibberish"], ["What?"]),
        (["gibberish", "gibberish"], ["Wait for a person."]),
        (["gibberish", "weekdays", "gibberish"], ["What?"]),
        (["fault?"], ["What?"]),
        (["-"], ["Wait for a person."]),
        (["feil"], ["Kundenummer?"]),
        (["feil", "hva"], ["Ikke et svar."]),
        (["feil", "hva", "hva", "hva"], ["Vent på en kollega."]),
        (["fault", "weekdays"], ["Chat."]),
        (["fault", "agent please"], ["Wait for a person."]),
    ],
)
def test_what_is_said(texts: list[str], expected: list[str]) -> None:
    assert said(after(*texts)) == expected


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["agent please"], "asked for a person"),
        (["pick", "3"], "a person"),
        (["fault", "20417", "yes"], "it is red"),
        (["fault", "x", "x"], "no valid answer for account"),
        (["x", "x"], "not understood twice"),
        (["-"], "a question for a person"),
    ],
)
def test_why_it_is_handed_over(texts: list[str], reason: str) -> None:
    state = after(*texts).state
    assert (state.status, state.reason) == (Status.HANDED_OVER, reason)


def test_an_upset_customer_is_handed_over_whatever_they_write() -> None:
    for level, expected in ((-3, True), (-2, True), (-1, False), (0, False), (None, False)):
        turn = after("fault", knows=replace(KNOWS, sentiment=level))
        assert (turn.state.status is Status.HANDED_OVER) is expected, level


def test_a_tier_is_answered_by_a_person_and_says_where() -> None:
    turn = after("fault", knows=replace(KNOWS, facts={"tier": "gold"}))
    assert turn.state.reason == "gold is answered by a person"
    assert (turn.state.skills, turn.state.queue) == ({"gold": 3}, "Gold")


def test_the_topic_says_where_to() -> None:
    state = after("fault", "20417", "yes").state
    assert (state.skills, state.queue) == ({"fibre": 2}, "Faults")
    assert state.answers == {"account": "20417", "red": "yes"}


@pytest.mark.parametrize(
    "values",
    [
        {"context.account": "20417"},
        {"customer.account": "20417"},
    ],
)
def test_what_is_known_is_not_asked_for(values: dict[str, str | None]) -> None:
    turn = after("fault", knows=replace(KNOWS, values=values))
    assert "Account?" not in said(turn)
    assert turn.state.answers["account"] == "20417"


def test_an_earlier_answer_is_not_asked_for_again_but_what_is_asked_anew_is() -> None:
    state = after("fault", "20417", "no").state
    turn = after("fault", state=state)
    assert said(turn) == ["Sorry, Kiana.", "Red?"]


def test_what_cannot_be_said_is_left_out_and_a_name_is_left_out_of_a_greeting() -> None:
    assert said(after("fault", knows=replace(KNOWS, values={}))) == ["Sorry.", "Account?"]


def test_a_deed_has_its_parameters_from_the_answers() -> None:
    state = after("fault", "20417").state
    turn = hear(SET, state, "no", KNOWS, POLICY, guess)
    assert turn.wants is not None
    assert (turn.wants.deed, turn.wants.given) == (
        Deed.CREATE_CASE,
        {"title": "Fault of 20417"},
    )
    refused = resume(SET, turn.state, Ran(refused="No such customer."), KNOWS)
    assert said(refused) == ["No case.", "Anything else?"]
    assert "No such customer." in refused.reason


def test_conditions_of_a_topic_keep_it_to_where_it_belongs() -> None:
    turn = after("weekdays", knows=replace(KNOWS, facts={"channel": "sms"}))
    assert said(turn) == ["What?"]
    assert "conditions" in turn.reason


def test_what_goes_round_in_circles_is_handed_over() -> None:
    turn = after("round")
    assert turn.state.status is Status.HANDED_OVER
    assert "circles" in turn.reason


def test_after_a_person_it_is_silent() -> None:
    state = taken_over(after("fault", "20417").state)
    turn = after("fault", "yes", "agent please", state=state)
    assert (turn.said, turn.state) == ((), state)
    assert state.answers == {"account": "20417"}


def test_topics_that_were_changed_meanwhile_are_no_trap() -> None:
    gone = State(topic="gone", step=3, asking=True)
    assert said(hear(SET, gone, "fault", KNOWS, POLICY, guess)) == ["Sorry, Kiana.", "Account?"]
    assert resume(SET, gone, Ran("x"), KNOWS).state.status is Status.HANDED_OVER


def test_every_turn_has_a_reason() -> None:
    for texts in (["fault"], ["fault", "20417"], ["fault", "x"], ["x"], ["agent"], ["pick", "2"]):
        assert after(*texts).reason, texts


def test_it_recommends_two_topics_at_most_and_none_that_is_unsure() -> None:
    found = recommend(SET, guess("fault pick weekdays person? -"), KNOWS, POLICY)
    assert [topic.key for topic, _ in found] == ["fault", "pick"]
    assert recommend(SET, guess("fault?"), KNOWS, POLICY) == []
