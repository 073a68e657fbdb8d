import pytest
from msgspec.structs import replace

from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker
from omnitui.rules.suggesting import stem, telling_words

SAID = Message(1, 1, Speaker.CUSTOMER, MessageKind.MESSAGE, "Kiana", "", 0, Delivery.RECEIVED)  # type: ignore[arg-type]


def _says(*texts: str) -> list[Message]:
    return [replace(SAID, text=text) for text in texts]


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
