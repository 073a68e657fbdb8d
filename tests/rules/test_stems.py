import pytest

from omnitui.stems import common, stem


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("dropping", "drops", "en"),
        ("Cancelled", "cancel", "en"),
        ("fakturaene", "fakturaer", "nb"),
        ("bøkene", "bøker", "no"),
        ("Rechnungen", "Rechnung", "de-AT"),
        ("confirmación", "confirmaciones", "es"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str, language: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_a_language_without_a_stemmer_and_numbers_keep_the_word() -> None:
    assert stem("Dropping", "xx") == "dropping"
    assert stem("4411", "en") == "4411"


@pytest.mark.parametrize("word", ["how", "My", "hvordan", "Å", "før", "for"])
def test_words_that_say_nothing(word: str) -> None:
    assert common(word)


@pytest.mark.parametrize("word", ["router", "twice", "ruter", "slow"])
def test_words_that_say_something(word: str) -> None:
    assert not common(word)
