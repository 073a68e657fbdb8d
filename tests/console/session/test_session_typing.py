import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.console.session.typing import (
    Do,
    Standing,
    first_words,
    in_one_go,
    links_in,
    meaning,
    next_field,
    open_fields,
    slash_word,
    with_spaces,
)

LIVE, MAIL = Standing(live=True), Standing(live=False)
LOOKING = Standing(live=True, popup=True)
FIELDS = Standing(live=True, fields=True)
PASTED = Standing(live=True, popup=True, fields=True, pasted=True)


@pytest.mark.parametrize(
    ("key", "standing", "does"),
    [
        ("enter", LIVE, Do.SEND),
        ("enter", MAIL, Do.NEWLINE),
        ("enter", LOOKING, Do.CHOOSE),
        ("enter", FIELDS, Do.SEND),
        ("enter", PASTED, Do.NEWLINE),
        ("enter", Standing(live=False, pasted=True), Do.NEWLINE),
        ("tab", LIVE, Do.PASS),
        ("tab", LOOKING, Do.CHOOSE),
        ("tab", FIELDS, Do.NEXT_FIELD),
        ("tab", PASTED, Do.PASS),
        ("shift+tab", FIELDS, Do.PREVIOUS_FIELD),
        ("shift+tab", LIVE, Do.PASS),
        ("up", LOOKING, Do.POPUP_UP),
        ("down", LOOKING, Do.POPUP_DOWN),
        ("up", LIVE, Do.PASS),
        ("escape", LOOKING, Do.POPUP_CLOSE),
        ("escape", LIVE, Do.LEAVE),
        ("escape", MAIL, Do.LEAVE),
        ("a", LIVE, Do.PASS),
        ("ctrl+s", LIVE, Do.PASS),
    ],
)
def test_keys_mean_what_the_table_says(key: str, standing: Standing, does: Do) -> None:
    assert meaning(key, standing) is does


@given(st.sampled_from(["enter", "tab", "escape", "x"]), st.booleans(), st.booleans())
def test_what_is_pasted_never_sends(key: str, live: bool, fields: bool) -> None:
    standing = Standing(live=live, popup=True, fields=fields, pasted=True)
    assert meaning(key, standing) not in (Do.SEND, Do.CHOOSE)


@pytest.mark.parametrize(
    ("times", "pasted"),
    [
        ([], False),
        ([1.0], False),
        ([1.0, 1.0, 1.0], False),
        ([1.0, 1.001, 1.002, 1.003], True),
        ([0.2, 0.3, 1.0, 1.001, 1.002, 1.003], True),
        ([1.0, 1.08, 1.2, 1.3], False),
    ],
)
def test_keys_that_come_in_one_go_are_pasted(times: list[float], pasted: bool) -> None:
    assert in_one_go(times) is pasted


@pytest.mark.parametrize(
    ("before", "query"),
    [
        ("/", ""),
        ("/rou", "rou"),
        ("Hi Kiana, /line", "line"),
        ("/#billing refund", "#billing refund"),
        ("\t/x", "x"),
        ("and/or", None),
        ("https://example.com/help", None),
        ("03/04/2026", None),
        ("/ ", None),
        ("/etc/hosts", None),
        ("", None),
        ("/" + "x" * 60, None),
    ],
)
def test_a_slash_asks_for_a_reply_at_the_start_of_a_word(before: str, query: str | None) -> None:
    found = slash_word(before)
    assert (None if found is None else found.query) == query


@given(st.text(max_size=30), st.from_regex(r"[a-z#]{0,10}", fullmatch=True))
def test_the_slash_that_is_found_is_a_slash(before: str, query: str) -> None:
    text = f"{before} /{query}"
    found = slash_word(text)
    assert found is None or text[found.column] == "/"


def test_fields_are_those_a_reply_brought_and_not_what_is_in_brackets() -> None:
    text = "In [minutes] minutes [sic], or [minutes]?"
    assert open_fields(text, ["[minutes]"]) == [(3, 12), (31, 40)]
    assert open_fields(text, []) == []


@pytest.mark.parametrize(
    ("at", "step", "span"),
    [(0, 1, (3, 9)), (9, 1, (20, 25)), (25, 1, (3, 9)), (20, -1, (3, 9)), (3, -1, (20, 25))],
)
def test_fields_are_visited_in_order_and_round_the_end(
    at: int, step: int, span: tuple[int, int]
) -> None:
    assert next_field([(3, 9), (20, 25)], at, step) == span


def test_without_fields_there_is_nowhere_to_go() -> None:
    assert next_field([], 0, 1) is None


@pytest.mark.parametrize(
    ("before", "after", "inserted"),
    [
        ("", "", "link"),
        ("see", "", " link"),
        ("see ", "for more", "link "),
        ("see", "now", " link "),
        ("see ", ".", "link"),
        ("", " now", "link"),
    ],
)
def test_what_is_inserted_stands_apart_from_the_words_beside_it(
    before: str, after: str, inserted: str
) -> None:
    assert with_spaces(before, "link", after) == inserted


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("my router drops every evening", "My router drops every evening"),
        ("It drops. Every day!", "It drops"),
        ("  two\n lines ", "Two lines"),
        ("", ""),
        ("word " * 40, "Word word word word word word word word word word word word…"),
    ],
)
def test_a_title_is_the_first_sentence_cut_at_a_word(said: str, title: str) -> None:
    assert first_words(said) == title


@given(st.text(max_size=300))
def test_a_title_is_one_short_line(said: str) -> None:
    title = first_words(said)
    assert len(title) <= 64
    assert "\n" not in title


@pytest.mark.parametrize(
    ("said", "links"),
    [
        ("see https://example.com/a.", ["https://example.com/a"]),
        ("(https://example.com/a)", ["https://example.com/a"]),
        ("https://example.com/a_(b)", ["https://example.com/a_(b)"]),
        ("HTTP://example.com", ["HTTP://example.com"]),
        ("javascript:alert(1) file:///etc/passwd ftp://x", []),
        ("one http://a.example two https://b.example!", ["http://a.example", "https://b.example"]),
    ],
)
def test_only_web_addresses_are_links(said: str, links: list[str]) -> None:
    assert links_in(said) == links
