"""Words are found in every script, and the indexes can be made anew."""

from typing import Any

import pytest

from omnitui.model.search import MARK_OFF, MARK_ON, HitKind
from omnitui.rules.typed import parts
from omnitui.store import search
from omnitui.store.engine import Store
from omnitui.store.schema.version_5 import ANEW_5

A, Z = MARK_ON, MARK_OFF


def found(store: Store, typed: str, kind: HitKind) -> list[int]:
    return [hit.ref for hit in search.find(store, kind, parts(typed))]


def test_indexes_can_be_made_anew_whatever_they_held(rows: Any) -> None:
    talk = rows.conversation()
    message, article = rows.message(talk, "我的路由器坏了"), rows.article("a", "Dropping", "x")
    rows.store.execute("DROP TRIGGER messages_search_in")
    missing = rows.message(talk, "Bjørn")
    for statement in ANEW_5:
        rows.store.execute(statement)
    assert found(rows.store, "路由器", HitKind.MESSAGE) == [message]
    assert found(rows.store, "bjorn", HitKind.MESSAGE) == [missing]
    assert found(rows.store, "drops", HitKind.ARTICLE) == [article]
    assert rows.store.problems() == []


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("我的路由器坏了，请帮忙", "路由器"),
        ("我的路由器坏了，请帮忙", "坏"),
        ("我的路由器坏了，请帮忙", "了"),
        ("ルーターがおちる", "おち"),
        ("อินเทอร์เน็ตช้ามาก", "ช้า"),
        ("อินเทอร์เน็ตช้ามาก", "เน็ต"),
        ("인터넷이 안돼요", "터넷"),
        ("인터넷이 안돼요", "인터ㄴ"),
        ("ອິນເຕີເນັດຊ້າ", "ເນັດ"),
        ("អ៊ីនធឺណិតយឺត", "ធឺណិត"),
        ("iPhone充电器", "充电 iph"),
        ("my Wi-Fi drops", "wifi"),
        ("Straße in Łódź", "strasse lodz"),
        ("I can't see O’Brien", "cant obrien"),
        ("हिन्दी में लिखा", "हिन्"),
        ("مُحَمَّد هنا", "محمد"),
    ],
)
def test_words_are_found_in_every_script_and_marked(rows: Any, stored: str, typed: str) -> None:
    message = rows.message(rows.conversation(), stored)
    rows.message(rows.conversation(), "something else, 由路, タール, ตเน็")
    (hit,) = search.find(rows.store, HitKind.MESSAGE, parts(typed))
    assert hit.ref == message
    assert A in hit.snippet
    assert hit.snippet.replace(A, "").replace(Z, "") == stored


def test_only_the_part_that_was_typed_is_marked(rows: Any) -> None:
    rows.message(rows.conversation(), "我的路由器坏了")
    (hit,) = search.find(rows.store, HitKind.MESSAGE, parts("路由器"))
    assert hit.snippet == f"我的{A}路由器{Z}坏了"


@pytest.mark.parametrize("typed", ["由路", "路器", "我路"])
def test_characters_that_do_not_follow_each_other_are_not_found(rows: Any, typed: str) -> None:
    rows.message(rows.conversation(), "我的路由器坏了")
    assert found(rows.store, typed, HitKind.MESSAGE) == []
