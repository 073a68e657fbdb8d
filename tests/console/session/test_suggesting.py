from dataclasses import replace

import pytest

from omnitui.console.session.suggesting import best_of, stem, telling_words
from omnitui.desk.knowledge import Found
from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker
from omnitui.model.knowledge import Article

SAID = Message(1, 1, Speaker.CUSTOMER, MessageKind.MESSAGE, "Kiana", "", 0, Delivery.RECEIVED)  # type: ignore[arg-type]


def _says(*texts: str) -> list[Message]:
    return [replace(SAID, text=text) for text in texts]


def _found(key: int, score: float) -> Found:
    return Found(Article(key, f"a{key}", f"Article {key}", ""), "", score)  # type: ignore[arg-type]


def test_words_that_say_what_it_is_about_come_first_from_what_was_said_last() -> None:
    words = telling_words(_says("my router drops every evening", "and the light is amber"))
    assert words == ["light", "amber", "router", "drops", "evening"]


def test_names_small_words_and_other_speakers_say_nothing() -> None:
    messages = [
        *_says("Hello Ada, please help me"),
        replace(SAID, speaker=Speaker.BOT, text="modem"),
    ]
    assert telling_words(messages, "Ada Byron") == []


def test_forms_of_one_word_count_once() -> None:
    assert telling_words(_says("it drops, it dropped, dropping")) == ["drops"]


@pytest.mark.parametrize(
    ("word", "found"),
    [("drops", "drop"), ("dropped", "drop"), ("lights", "light"), ("gas", "gas"), ("wifi", "wifi")],
)
def test_a_word_is_looked_for_without_its_ending(word: str, found: str) -> None:
    assert stem(word) == found


def test_articles_that_several_words_lead_to_come_first_with_the_words() -> None:
    ranked = best_of(
        {
            "router": [_found(1, 2.0), _found(2, 1.0)],
            "drops": [_found(1, 3.0)],
            "tea": [_found(3, 9)],
        }
    )
    assert [(s.article.id, s.because) for s in ranked] == [(1, ("router", "drops"))]


def test_one_word_alone_is_better_than_nothing() -> None:
    assert [s.article.id for s in best_of({"router": [_found(1, 2.0)]})] == [1]


def test_much_weaker_articles_are_left_out() -> None:
    strong = {word: [_found(1, 5.0), _found(2, 0.1)] for word in ("router", "drops")}
    assert [s.article.id for s in best_of(strong)] == [1]


def test_nothing_found_suggests_nothing() -> None:
    assert best_of({}) == []
    assert best_of({"router": []}) == []
