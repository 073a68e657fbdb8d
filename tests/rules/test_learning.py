"""The classifier: what it guesses from examples, how sure it is, and what it learns at once."""

import math
import time
from itertools import cycle, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.rules.learning.learner import Guess, Learner, Stopped
from properties import share

KINDS = {
    "delivery": ["where is my parcel", "my parcel has not arrived", "the delivery is late"],
    "refund": ["I want my money back", "please refund what I paid", "when comes my refund"],
    "password": ["I forgot my password", "the password is not accepted", "reset my password"],
}
EXAMPLES = [(text, label) for label, texts in KINDS.items() for text in texts]


@pytest.fixture(scope="module")
def learner() -> Learner:
    return Learner.train(EXAMPLES)


def first(learner: Learner, text: str) -> Guess:
    return learner.guess(text)[0]


@pytest.mark.parametrize(
    ("text", "label", "word"),
    [
        ("has the parcel been lost?", "delivery", "parcel"),
        ("REFUND me now", "refund", "refund"),
        ("pasword forgoten", "password", "pasword"),
        ("My Passwörd?", "password", "passwörd"),
    ],
)
def test_what_was_said_otherwise_is_known(
    learner: Learner, text: str, label: str, word: str
) -> None:
    found = first(learner, text)
    assert found.label == label
    assert word in found.words


def test_a_text_has_as_many_labels_as_are_wanted_and_the_confidence_is_shared(
    learner: Learner,
) -> None:
    found = learner.guess("where is my refund", most=2)
    assert [len(learner.guess("where is my refund", most=n)) for n in (0, 1, 2, 9)] == [0, 1, 2, 3]
    assert found[0].confidence >= found[1].confidence
    assert sum(one.confidence for one in found) <= 1.0 + 1e-9


def test_words_that_say_nothing_are_no_reasons(learner: Learner) -> None:
    assert first(learner, "where is the parcel that I have").words == ("parcel",)


@pytest.mark.parametrize("text", ["", " \n", "?!", "日本語", "😀", "\x00"])
def test_of_a_text_that_says_nothing_known_nothing_is_guessed(learner: Learner, text: str) -> None:
    assert learner.guess(text) == []


def test_who_has_no_examples_guesses_nothing_and_can_learn() -> None:
    learner = Learner.train([])
    assert learner.guess("anything") == []
    learner.learn("where is my parcel", "delivery")
    assert first(learner, "my parcel?").label == "delivery"


def test_empty_texts_and_labels_are_no_examples() -> None:
    learner = Learner.train([("", "a"), ("words", ""), ("?", "b")])
    assert learner.labels == []
    assert learner.guess("words") == []


def test_one_label_alone_is_not_certain_of_what_it_never_heard() -> None:
    learner = Learner.train([("where is my parcel", "delivery")])
    same, other = first(learner, "where is my parcel"), first(learner, "where do I park my bike")
    assert same.label == other.label == "delivery"
    assert same.words == ("parcel",)
    assert other.confidence < 0.3 < same.confidence <= 0.5


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("我想要退款", "请给我退款"),
        ("где моя посылка", "посылка не пришла"),
        ("😀😀 spassiba", "spassiba 😀"),
        ("คืนเงินให้ฉัน", "ฉันต้องการคืนเงิน"),
    ],
)
def test_other_scripts_are_learnt_too(text: str, like: str) -> None:
    learner = Learner.train([*EXAMPLES, (text, "another")])
    assert first(learner, like).label == "another"


def test_what_is_added_takes_effect_at_once_and_spoils_nothing(learner: Learner) -> None:
    own = Learner.from_bytes(learner.to_bytes())
    own.learn("the drone dropped it on my roof", "drones")
    assert first(own, "a drone on my roof").label == "drones"
    assert "drone" in first(own, "a drone on my roof").words
    own.learn("my parcel was stolen", "theft")
    assert first(own, "my parcel was stolen").label == "theft"
    for text, label in EXAMPLES:
        assert first(own, text).label == label


def test_what_was_wrong_is_less_likely_at_once(learner: Learner) -> None:
    own = Learner.from_bytes(learner.to_bytes())
    text = "where is my refund parcel"
    before = first(own, text)
    own.unlearn(text, before.label)
    after = {one.label: one.confidence for one in own.guess(text)}
    assert after[before.label] < before.confidence
    own.learn(text, before.label, weight=-1)
    assert {g.label: g.confidence for g in own.guess(text)}[before.label] <= after[before.label]
    own.unlearn(text, "nobody's label")


def test_the_same_examples_and_seed_give_the_same_learner() -> None:
    assert Learner.train(EXAMPLES, seed=3).to_bytes() == Learner.train(EXAMPLES, seed=3).to_bytes()


def test_learning_is_broken_off_when_it_is_not_wanted() -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Stopped):
        Learner.train(islice(cycle(EXAMPLES), 1_000), stop=stop)


def test_a_long_text_takes_no_longer(learner: Learner) -> None:
    started = time.process_time()
    found = first(learner, "my parcel " + "is very late " * 10_000)
    assert found.label == "delivery"
    assert time.process_time() - started < 0.2


def test_a_kept_learner_guesses_the_same(learner: Learner) -> None:
    again = Learner.from_bytes(learner.to_bytes())
    for text, _ in EXAMPLES:
        assert again.guess(text) == learner.guess(text)
    assert again.examples == learner.examples == len(EXAMPLES)


@settings(max_examples=share(60), deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused(learner: Learner, data: st.DataObject) -> None:
    kept = bytearray(learner.to_bytes())
    if data.draw(st.booleans()):
        del kept[data.draw(st.integers(0, len(kept) - 1)) :]
    else:
        kept[data.draw(st.integers(0, len(kept) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ValueError, match="learner"):
        Learner.from_bytes(bytes(kept))


@settings(max_examples=share(100), deadline=None)
@given(st.text(max_size=200), st.lists(st.tuples(st.text(max_size=30), st.sampled_from("abc"))))
def test_whatever_is_said_confidence_is_a_share(text: str, examples: list[tuple[str, str]]) -> None:
    learner = Learner.train(examples)
    learner.learn(text, "a")
    learner.unlearn(text, "b")
    found = learner.guess(text)
    assert all(0.0 <= one.confidence <= 1.0 and math.isfinite(one.confidence) for one in found)
    assert sum(one.confidence for one in found) <= 1.0 + 1e-6
    assert sorted(found, key=lambda one: -one.confidence) == found or not found
