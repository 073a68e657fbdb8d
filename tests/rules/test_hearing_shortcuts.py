"""A quick look that leaves out what cannot be there never changes an answer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.datafiles.sentiment import shipped
from omnitui.rules.feeling import hear, language, machine, own
from properties import share

PIECES = st.sampled_from(
    """he said "it works" 'so be it' “no” ‘tis «nei» wrote: from os import path SELECT a FROM b
    INSERT INTO t DELETE FROM t {"key": 1} <p>hi</p> ERROR: 2026-03-03 10:11 WARN def f(x): class A:
    x = 1; // # $ ls at a.b( Traceback (most File "a", line 3 http://a.b me@x.org #tag a.b _x_ 10/10
    plain words :) xD it's don't Mrs. Ægir ok!! ... , naïve straße it’s İstanbul""".split(" ")
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=12).map(" ".join)


@pytest.mark.parametrize(
    ("whole", "quick"),
    [
        (own._IN_QUOTES, own._MARKS_OF_QUOTES),
        (machine._LINE, machine._MAY_BE_LINE),
        (language._MACHINE, language._OF_MACHINES),
    ],
)
@given(text=TEXTS)
@settings(max_examples=share(300))
def test_where_the_whole_finds_something_the_quick_look_does(
    whole: Any, quick: Any, text: str
) -> None:
    for line in (text, *text.splitlines()):
        assert whole.search(line) is None or quick.search(line) is not None


@given(text=st.text(alphabet="abcXYZ ", max_size=40) | TEXTS)
@settings(max_examples=share(300))
def test_a_plain_word_is_cut_as_any_other_is(text: str) -> None:
    ears = shipped()
    told = [word for clause in hear._cut(text, ears)[0] for word in clause.words]
    plain = [part for part in text.split() if part.isalpha() and part.isascii()]
    for word in plain:
        assert list(hear._parts(word)) == [word]
        assert hear._sign(word, ears) is None
    assert [word for word in told if word in plain] == [
        word for word in told if word.isascii() and word.isalpha() and word in plain
    ]
    assert set(plain) <= set(told)


@given(text=TEXTS)
@settings(max_examples=share(100))
def test_the_words_of_a_language_are_those_that_are_found_one_by_one(text: str) -> None:
    plain = language._MACHINE.sub(" ", text)
    found = [match.group().replace("’", "'").casefold() for match in language._WORD.finditer(plain)]
    kept = [word for word in found[: language._MOST_WORDS] if len(word) > 1 or not word.isascii()]
    assert language._words(text) == list(dict.fromkeys(kept))
