import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from omnitui.model.search import MARK_OFF, MARK_ON, Hit, HitKind
from omnitui.rules.typed import parts
from omnitui.store import customers, search
from omnitui.store.engine import Store
from properties import share

A, Z = MARK_ON, MARK_OFF


def found(store: Store, typed: str, kind: HitKind, limit: int = 10) -> list[int]:
    return [hit.ref for hit in search.find(store, kind, parts(typed), limit)]


def hits(store: Store, typed: str) -> dict[HitKind, list[Hit]]:
    grouped: dict[HitKind, list[Hit]] = {}
    for hit in search.everything(store, parts(typed)):
        grouped.setdefault(hit.kind, []).append(hit)
    return grouped


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("The café in Tromsø is closed", "cafe"),
        ("The cafe in Tromso is closed", "café"),
        ("RÉSEAU en panne", "reseau"),
        ("reseau en panne", "réseau"),
        (unicodedata.normalize("NFD", "réseau en panne"), "réseau"),
        ("réseau en panne", unicodedata.normalize("NFD", "réseau")),
        ("réseau en panne", unicodedata.normalize("NFD", "rése")),
        ("my router drops", "ROUTER"),
        ("my router drops", "rou dro"),
        ("my router drops", "r"),
        ("my router drops", "drops router"),
        ("my router_drops", "drops"),
        ("my router drops", "router_drops"),
        ("my router drops", "router _"),
        ("my router drops", "router ___ drops"),
        ("it isn't working", "isn't"),
        ("model R6/2 (new)", "r6/2 (ne"),
        ("ルーター が 落ちる", "ルーター"),
        ("роутер падает", "РОУТ"),
    ],
)
def test_a_message_is_found_by_what_was_typed(rows: Any, stored: str, typed: str) -> None:
    message = rows.message(rows.conversation(), stored)
    assert found(rows.store, typed, HitKind.MESSAGE) == [message]


@pytest.mark.parametrize(
    "typed", ["router cable", "outer", "routers", "", "   ", "_", '"*"', "..."]
)
def test_a_message_is_not_found_by_what_is_not_in_it(rows: Any, typed: str) -> None:
    rows.message(rows.conversation(), "my router drops")
    assert found(rows.store, typed, HitKind.MESSAGE) == []


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("search") / "desk.db")
    store.insert("customers", {"name": "Kiana", "name_key": "kiana", "created_at": 1})
    return store


@given(typed=st.text(max_size=60))
@example('"')
@example("NEAR(a b) OR NOT ^x -y {z}: *")
@example("kiana\x00")
@example("\ud800 kiana")
@example("a" * 5_000)
@example("ª² ٣ _ _x_")
def test_whatever_is_typed_is_never_syntax(filled: Store, typed: str) -> None:
    search.everything(filled, parts(typed))
    search.weighed(filled, search.any_of(typed))


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_signs_around_a_word_do_not_hide_it(filled: Store, before: str, after: str) -> None:
    signs = "".join(c for c in before + " kiana " + after if c == " " or not c.isalnum())
    typed = f"{signs} kiana {signs}".replace("\u0338", "")
    if all(not unicodedata.combining(c) and unicodedata.category(c)[0] not in "LN" for c in signs):
        assert found(filled, typed, HitKind.CUSTOMER) == [1]


def test_what_matched_is_marked_and_nothing_else(rows: Any) -> None:
    rows.message(rows.conversation(), "The café router, or another Router-box")
    (hit,) = search.find(rows.store, HitKind.MESSAGE, parts("rout cafe"))
    assert hit.snippet == f"The {A}café{Z} {A}router{Z}, or another {A}Router{Z}-box"


def test_a_long_text_is_shown_around_what_matched(rows: Any) -> None:
    body = " ".join(["before"] * 50 + ["router"] + ["after"] * 50)
    rows.message(rows.conversation(), body)
    (hit,) = search.find(rows.store, HitKind.MESSAGE, parts("router"))
    assert f"{A}router{Z}" in hit.snippet
    assert len(hit.snippet) < 150


@pytest.mark.parametrize("others", [0, 20])
def test_a_word_in_the_title_counts_more_than_many_in_the_body(rows: Any, others: int) -> None:
    for number in range(others):
        rows.article(f"other-{number}", "Invoices", "when they come, and how to pay them")
    body = rows.article("body", "Lights on the box", "router router router lights")
    title = rows.article("title", "Router lights", "what the lights mean, and more of the same")
    assert found(rows.store, "router", HitKind.ARTICLE) == [title, body]


def test_a_name_counts_more_than_a_note(rows: Any) -> None:
    noted = rows.customer("Marcus Lee", notes="Sister of Kiana")
    named = rows.customer("Kiana Anderson")
    assert found(rows.store, "kiana", HitKind.CUSTOMER) == [named, noted]


def test_on_ties_the_most_recent_come_first_however_many_there_are(rows: Any) -> None:
    conversation = rows.conversation()
    made = [rows.message(conversation, "the router drops", at=at) for at in range(1_000, 1_040)]
    assert found(rows.store, "router", HitKind.MESSAGE, limit=5) == made[::-1][:5]


def test_customers_cases_conversations_and_messages_are_found_as_what_they_are(rows: Any) -> None:
    kiana = rows.customer("Kiana Anderson", account="20417", city="Halden", company="Fjord Ltd")
    case = rows.case(kiana, "Evening drops", description="every night", resolution="new router")
    talk = rows.conversation("Kiana Anderson", subject="Slow evenings", customer_id=kiana)
    message = rows.message(talk, "hello from Halden")
    article = rows.article("evening", "Slow evenings", "why")
    halden = hits(rows.store, "halden")
    assert [hit.ref for hit in halden[HitKind.CUSTOMER]] == [kiana]
    assert halden[HitKind.CUSTOMER][0].customer_id == kiana
    assert [hit.ref for hit in halden[HitKind.MESSAGE]] == [message]
    assert halden[HitKind.MESSAGE][0].conversation_id == talk
    evening = hits(rows.store, "evening")
    assert [hit.ref for hit in evening[HitKind.ARTICLE]] == [article]
    assert [hit.ref for hit in evening[HitKind.CASE]] == [case]
    assert evening[HitKind.CASE][0].title == "CAS-00001 Evening drops"
    assert [hit.ref for hit in evening[HitKind.CONVERSATION]] == [talk]
    for typed in ("20417", "fjord", "halden", "kian ander"):
        assert found(rows.store, typed, HitKind.CUSTOMER) == [kiana]
    for typed in ("cas-00001", "00001", "night", "new router"):
        assert found(rows.store, typed, HitKind.CASE) == [case]


def test_kinds_come_in_their_own_order(rows: Any) -> None:
    kiana = rows.customer("Router Man")
    rows.case(kiana, "Router")
    rows.message(rows.conversation("Router Man"), "router")
    rows.article("router", "Router")
    rows.activity(kiana, "Order a router")
    rows.entitlement(kiana, "Router help")
    assert [hit.kind for hit in search.everything(rows.store, parts("router"))] == list(HitKind)


def test_events_are_not_found_but_notes_are(rows: Any) -> None:
    talk = rows.conversation()
    rows.message(talk, "Ada joined", kind="event", speaker="system")
    note = rows.message(talk, "Ada says joined up wires", kind="note", speaker="agent")
    assert found(rows.store, "joined", HitKind.MESSAGE) == [note]


def test_a_change_is_reflected_at_once(rows: Any) -> None:
    kiana = rows.customer("Kiana Anderson")
    rows.store.update("customers", kiana, {"name": "Kiana Berg"})
    assert found(rows.store, "anderson", HitKind.CUSTOMER) == []
    assert found(rows.store, "berg", HitKind.CUSTOMER) == [kiana]


def test_a_change_of_another_column_keeps_it_found(rows: Any) -> None:
    kiana = rows.customer("Kiana Anderson")
    rows.store.update("customers", kiana, {"tier": "gold"})
    assert found(rows.store, "anderson", HitKind.CUSTOMER) == [kiana]


def test_what_is_deleted_is_not_found(rows: Any) -> None:
    talk = rows.conversation()
    message = rows.message(talk, "the router drops")
    event = rows.message(talk, "router event", kind="event")
    for key in (message, event):
        rows.store.execute("DELETE FROM messages WHERE id = ?", (key,))
    assert found(rows.store, "router", HitKind.MESSAGE) == []
    rows.store.execute("INSERT INTO messages_search (messages_search) VALUES ('integrity-check')")


def test_what_was_rolled_back_is_not_found(rows: Any) -> None:
    def work() -> None:
        with rows.store.transaction():
            rows.customer("Kiana Anderson")
            raise ValueError

    with pytest.raises(ValueError):
        work()
    assert found(rows.store, "kiana", HitKind.CUSTOMER) == []


def test_a_merged_customer_is_no_hit_and_takes_nobodys_place(rows: Any) -> None:
    survivor = rows.customer("Kiana Anderson", notes="the real one, with many more words")
    for _ in range(12):
        customers.merge(rows.store, rows.customer("Kiana"), survivor)
    assert found(rows.store, "kiana", HitKind.CUSTOMER, limit=5) == [survivor]


SPELLINGS = (
    "+44 20 7946 0000",
    "+442079460000",
    "0044 20 7946 0000",
    "+44 (0)20 7946-0000",
    "020 7946 0000",
    "02079460000",
    "7946 0000",
    "79460",
    "0000",
)


@pytest.mark.parametrize("typed", [*SPELLINGS, "44 20 7946"])
def test_a_number_is_found_in_any_spelling(rows: Any, typed: str) -> None:
    by_number(rows, "+442079460000", typed)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_number_that_is_kept_without_the_country_is_found_with_it(rows: Any, typed: str) -> None:
    by_number(rows, "02079460000", typed)


def by_number(rows: Any, kept: str, typed: str) -> None:
    kiana, other = rows.customer("Kiana Anderson"), rows.customer("Marcus Lee")
    customers.add_address(rows.store, kiana, "phone", kept, f"phone:{kept}")
    customers.add_address(rows.store, other, "phone", "+1 555 123", "phone:+1555123")
    talk = rows.conversation("Visitor 7", address="020 7946 0000", address_key=f"phone:{kept}")
    (hit,) = search.find(rows.store, HitKind.CUSTOMER, parts(typed))
    assert (hit.ref, hit.snippet) == (kiana, f"{A}{kept}{Z}")
    assert found(rows.store, typed, HitKind.CONVERSATION) == [talk]


@pytest.mark.parametrize(
    "typed",
    [
        "kiana.berg@fjord.example",
        "kiana.berg@fj",
        "Kiana Anderson <kiana.berg@fjord.example>",
        "anderson kiana.berg@",
        "fjord.exa",
    ],
)
def test_a_customer_is_found_by_a_mail_address(rows: Any, typed: str) -> None:
    kiana, other = rows.customer("Kiana Anderson"), rows.customer("Marcus Lee")
    for key, value in ((kiana, "Kiana.Berg@fjord.example"), (other, "marcus@lee.example")):
        customers.add_address(rows.store, key, "email", value, f"email:{value.lower()}")
    assert found(rows.store, typed, HitKind.CUSTOMER) == [kiana]


def test_an_address_that_moves_is_found_with_whoever_has_it(rows: Any) -> None:
    kiana, other = rows.customer("Kiana Anderson"), rows.customer("Marcus Lee")
    customers.add_address(rows.store, other, "email", "x@fjord.example", "email:x@fjord.example")
    customers.merge(rows.store, other, kiana)
    assert found(rows.store, "x@fjord.example", HitKind.CUSTOMER) == [kiana]
    customers.change_address(
        rows.store, "email:x@fjord.example", "y@lee.example", "email:y@lee.example"
    )
    assert found(rows.store, "x@fjord.example", HitKind.CUSTOMER) == []
    assert found(rows.store, "y@lee", HitKind.CUSTOMER) == [kiana]


@pytest.mark.parametrize("typed", ["CAS-00017", "cas-17", "cas 17", "cas17", "17", "#17", "00017"])
def test_a_case_is_found_first_by_its_number_however_it_is_written(rows: Any, typed: str) -> None:
    kiana = rows.customer("Kiana Anderson")
    for n in range(1, 31):
        rows.case(kiana, f"Since 17 and 00017 and cas17 days, {n}")
    assert found(rows.store, typed, HitKind.CASE)[0] == 17


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ann-Marie O'Brien", "ann-marie o'brien"),
        ("Ann-Marie O'Brien", "ann marie brien"),
        ("AnnMarie OBrien", "ann-marie o\u2019brien"),
        ("Jürgen Müller-Lüdenscheidt", "jurgen ludensch"),
        ("Björn Sørensen", "bjorn sør"),
    ],
)
def test_a_name_with_signs_is_found(rows: Any, name: str, typed: str) -> None:
    key = rows.customer(name)
    assert found(rows.store, typed, HitKind.CUSTOMER) == [key]


def test_what_is_called_so_comes_before_many_newer_ones_that_say_so(rows: Any) -> None:
    kiana = rows.customer("Kiana Anderson")
    exactly, begins = rows.case(kiana, "Router"), rows.case(kiana, "Routers everywhere")
    later = [rows.case(kiana, "Slow", description="the router again") for _ in range(60)]
    expected = [exactly, begins, *later[::-1]]
    assert found(rows.store, "router", HitKind.CASE, limit=6) == expected[:6]
    assert found(rows.store, "route", HitKind.CASE, limit=2) == [begins, exactly]


def test_the_newest_of_very_many_come_first_letter_by_letter(rows: Any) -> None:
    talk = rows.conversation()
    for n in range(300):
        rows.message(talk, f"routers and the rest of it {n}", at=n)
    newest = rows.message(talk, "my router is of no use", at=1_000)
    for typed in ("r", "ro", "rou", "rout", "route", "router", "router o", "o rou"):
        assert found(rows.store, typed, HitKind.MESSAGE, limit=3)[0] == newest


def test_a_beginning_that_very_many_words_have_finds_them_all(rows: Any) -> None:
    talk = rows.conversation()
    said = [f"{start}{n}" for start in ("x", "xy", "xyz", "xyzab", "xyzabc") for n in range(60)]
    keys = [rows.message(talk, word) for word in said]
    for start in ("x", "xy", "xyz", "xyza", "xyzab", "xyzabc", "xyzabc1"):
        expected = [key for key, word in zip(keys, said, strict=True) if word.startswith(start)]
        assert sorted(found(rows.store, start, HitKind.MESSAGE, limit=500)) == expected


ALPHABET = st.characters(exclude_categories=("Cs", "Cc", "Cn"))


@settings(max_examples=share(60))
@given(said=st.text(ALPHABET, min_size=1, max_size=40), data=st.data())
def test_every_word_finds_its_record_by_its_beginning(said: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([w for w in said.split() if old_letters(w)] or ["kiana"]))
    start = word[: data.draw(st.integers(1, len(word)))]
    with opened() as store:
        values = {"name": f"Kiana {said} kiana", "name_key": "", "created_at": 1}
        key = store.insert("customers", values)
        if old_letters(start):
            assert found(store, start, HitKind.CUSTOMER) == [key]


def old_letters(word: str) -> bool:
    """Whether a word is of letters that both this Python and SQLite know as such."""
    known = unicodedata.ucd_3_2_0.category
    return word.isalnum() and all(known(letter)[0] in "LN" for letter in word)


@contextmanager
def opened() -> Iterator[Store]:
    store = Store(":memory:")
    yield store
    store.close()
