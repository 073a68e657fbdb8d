"""Which language a message is taken for, and whose words it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.datafiles.sentiment import shipped
from omnitui.rules.feeling.language import language_of
from omnitui.rules.feeling.own import own_lines


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hei, jeg har ikke nett", "nb"),
        ("Takk!", "nb"),
        ("Eg har ikkje nett", "nb"),
        ("The problem is the men and a gift", "en"),
        ("My router is dead", "en"),
        ("router dead", "en"),
        ("charged twice", "en"),
        ("thx", "en"),
        ("Skerry Router 6", "en"),
        ("20417", "en"),
        ("😡", "en"),
        ("", "en"),
        ("My name is Müller and the router is broken", "en"),
        ("Is München in your network?", "en"),
        ("die Lieferung war gut", None),
        ("Danke", None),
        ("Non", None),
        ("Hej, jag har inget internet", None),
        ("Hej, jeg kan ikke komme på nettet hvad gør jeg", None),
        ("Добрый день", None),
        ("wifi не работает", None),
        ("ネットがつながらない", None),
        ("mtandao haufanyi kazi tangu jana", None),
        ("L'internet ne marche pas", None),
    ],
)
def test_the_language_of_a_message_is_told_apart(text: str, language: str | None) -> None:
    assert language_of(text, shipped()) == language


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("OK", "nb", "nb"),
        ("OK", "nb-NO", "nb"),
        ("OK", "no", "nb"),
        ("OK", "de-AT", None),
        ("OK", "xx", None),
        ("My router is broken again", "de", "en"),
        ("My router is broken again", "nb", "en"),
        ("Ruteren min virker ikke", "en", "nb"),
        ("Die Karte ist kaputt", "en", None),
        ("gracias", "en", None),
    ],
)
def test_what_is_known_of_a_customer_decides_where_words_do_not(
    text: str, hint: str, language: str | None
) -> None:
    assert language_of(text, shipped(), hint) == language


@given(st.text(max_size=120), st.sampled_from(["", "en", "nb", "de", "?", "EN_us"]))
def test_any_text_is_in_one_language_or_none(text: str, hint: str) -> None:
    assert language_of(text, shipped(), hint) in {None, *shipped().lexicons}


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("one\n> two\nthree", ["one", "three"]),
        (">:( nothing works", [">:( nothing works"]),
        ("one\n-- \nJo\nLove & Co", ["one"]),
        ("one\nSent from my iPhone", ["one"]),
        ("one\n\nOn Mon, 2 Nov 2026, Jo wrote:\ntwo", ["one", ""]),
        ("On Mon, 2 Nov 2026, Jo wrote:\n> two\n\none", ["", "one"]),
        ("I wrote to you: nobody answers", ["I wrote to you: nobody answers"]),
        ("since 2026-11-03 10:22 it is down", ["since 2026-11-03 10:22 it is down"]),
        ("2026-11-03 10:22:11 wan0 ERROR link down\none", ["one"]),
        ('{"a": 1}\none', ["one"]),
        ("ERROR! I cannot log in", ["ERROR! I cannot log in"]),
        ("[ERROR] module failed\none", ["one"]),
        ("```\nfail\n```\none", ["one"]),
        ('"unlimited" is a lie', ['"unlimited" is a lie']),
    ],
)
def test_the_customer_s_own_lines_are_kept(text: str, own: list[str]) -> None:
    assert own_lines(text) == own


@given(st.text(max_size=300))
def test_own_lines_are_lines_of_the_text(text: str) -> None:
    assert len(own_lines(text)) <= max(1, len(text.splitlines()))
