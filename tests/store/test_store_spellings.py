"""Names and words are found in whatever way they are spelled, what is typed exactly first."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.letters import folded, spellings
from omnitui.model.search import MARK_OFF, MARK_ON, HitKind
from omnitui.rules.typed import parts
from omnitui.store import near, search


def found(rows: Any, typed: str, kind: HitKind = HitKind.CUSTOMER) -> list[int]:
    return [hit.ref for hit in search.find(rows.store, kind, parts(typed))]


SAME = [
    ("Jürgen Müller", "mueller"),
    ("Jürgen Müller", "juergen mueller"),
    ("Jürgen Müller", "Muelle"),
    ("Juergen Mueller", "müller"),
    ("Juergen Mueller", "Jürgen Mü"),
    ("Søren Ødegård", "soeren"),
    ("Søren Ødegård", "oedegaard"),
    ("Soeren Oedegaard", "søren"),
    ("Soeren Oedegaard", "Ødegård"),
    ("Åse Bø", "aase"),
    ("Aase Boe", "åse"),
    ("Åse Bø", "boe"),
    ("Kåre Aasen", "kaare åsen"),
    ("Lars Bjærke", "bjaerke"),
    ("Lars Bjaerke", "bjærke"),
    ("Lars Bjärke", "bjærke"),
    ("Karl Groß", "gross"),
    ("Karl Gross", "groß"),
    ("Karl Großmüller", "grossmueller"),
    ("Karl Grossmueller", "großmüller"),
    ("Bär", "baer"),
    ("Anna Schröder-Jäger", "jaeger"),
    ("Anna Schroeder-Jaeger", "schröder-jäger"),
    ("Sean O'Brien", "obrien"),
    ("Sean O'Brien", "o brien"),
    ("Sean O’Brien", "o'brien"),
    ("Sean OBrien", "o'brien"),
    ("Sean OBrien", "o brien"),
    ("Sean O Brien", "obrien"),
    ("Sean O Brien", "o'brien"),
    ("Ron McDonald", "mc donald"),
    ("Ron Mc Donald", "mcdonald"),
    ("Ron Mc Donald", "ron mcdonald"),
    ("Ron McDonald", "ron mc donald"),
    ("Jean-Luc Picard", "jean luc"),
    ("Jean-Luc Picard", "jeanluc"),
    ("Jean Luc Picard", "jean-luc"),
    ("Jean Luc Picard", "jeanluc picard"),
    ("Jeanluc Picard", "jean luc"),
    ("Jeanluc Picard", "jean-luc"),
    ("Anna de Vries", "devries"),
]


@pytest.mark.parametrize(("stored", "typed"), SAME)
def test_a_person_is_found_in_another_spelling(rows: Any, stored: str, typed: str) -> None:
    other = rows.customer("Mia Holm")
    person = rows.customer(stored)
    assert found(rows, typed) == [person]
    assert other not in found(rows, typed)


@pytest.mark.parametrize(
    ("stored", "typed"), [("call Mr Müller back", "mueller"), ("Mueller rang", "müller")]
)
@pytest.mark.parametrize("kind", [HitKind.MESSAGE, HitKind.CASE, HitKind.CONVERSATION])
def test_so_are_messages_cases_and_conversations(
    rows: Any, stored: str, typed: str, kind: HitKind
) -> None:
    if kind is HitKind.MESSAGE:
        ref = rows.message(rows.conversation(), stored)
    elif kind is HitKind.CASE:
        ref = rows.case(rows.customer("Kiana"), stored)
    else:
        ref = rows.conversation(name=stored)
    hits = search.find(rows.store, kind, parts(typed))
    assert [hit.ref for hit in hits] == [ref]
    if kind is not HitKind.CONVERSATION:
        assert MARK_ON in hits[0].snippet
        assert MARK_OFF in hits[0].snippet


@pytest.mark.parametrize(
    ("typed", "not_this"),
    [
        ("blue", "Blum"),
        ("value", "Valum"),
        ("does", "Dosti"),
        ("noel", "Nolan"),
        ("guest", "Gustav"),
        ("queen", "Qen"),
        ("baer", "Barbara"),
        ("bauer", "Baur"),
        ("neue", "Neumann"),
        ("joe", "Jonas"),
    ],
)
def test_words_with_such_letters_find_what_they_say_alone(
    rows: Any, typed: str, not_this: str
) -> None:
    exact = rows.customer(f"{typed.capitalize()} Holm")
    rows.customer(not_this)
    assert found(rows, typed) == [exact]


def test_what_is_spelled_as_typed_comes_first(rows: Any) -> None:
    exactly = rows.customer("Ann Mueller")
    otherwise = [rows.customer(f"Ben{n} Müller") for n in range(3)]
    assert found(rows, "mueller") == [exactly, *reversed(otherwise)]
    assert set(found(rows, "müller")) == {exactly, *otherwise}
    assert found(rows, "müller")[-1] == exactly


def test_in_texts_another_spelling_is_looked_for_where_nothing_has_the_word(rows: Any) -> None:
    talk = rows.conversation()
    rows.message(talk, "Gusten is here")
    said = rows.message(talk, "the guesten wifi")
    assert found(rows, "guesten", HitKind.MESSAGE) == [said]


@given(st.text(max_size=30))
def test_other_spellings_are_bounded_plain_and_never_the_word_itself(word: str) -> None:
    others = spellings(word)
    assert folded(word) not in others
    assert len(others) <= len(word) + 2
    assert all(other == folded(other) and len(other) >= 2 for other in others)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("interent", "internet"),
        ("nternet", "internet"),
        ("internett", "internet"),
        ("intarnet", "internet"),
        ("Interent", "internet"),
        ("passwrod", "password"),
        ("invioce", "invoice"),
        ("xyzzy", ""),
        ("int", ""),
        ("intrenat", ""),
        ("4711", ""),
        ("интернет", ""),
    ],
)
def test_a_word_that_no_article_has_is_known_by_one_near_it(
    rows: Any, typed: str, meant: str
) -> None:
    rows.article("a", "Internet is down", "password and invoice")
    assert near.nearest(rows.store, [typed]).get(typed, "") == meant


def test_an_article_is_found_in_spite_of_a_slip_and_says_so(rows: Any) -> None:
    rows.article("other", "Lights", "what they mean")
    right = rows.article("right", "Reset it", "choose Forgot password where you sign in")
    (hit,) = search.find(rows.store, HitKind.ARTICLE, parts("passwrod"))
    assert hit.ref == right
    assert hit.snippet.startswith("Shown for “password”. ")
    assert f"{MARK_ON}password{MARK_OFF}" in hit.snippet


def test_a_word_that_is_there_is_never_taken_for_another(rows: Any) -> None:
    this = rows.article("this", "Format", "about format")
    rows.article("that", "Formal", "about formal")
    (hit,) = search.find(rows.store, HitKind.ARTICLE, parts("format"))
    assert (hit.ref, "Shown for" in hit.snippet) == (this, False)
