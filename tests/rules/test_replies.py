from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.model.ids import AgentId, QueueId, ReplyId, WorkStreamId
from omnitui.model.knowledge import QuickReply
from omnitui.rules.replies import best, worth


def reply(
    key: str, title: str, text: str = "", language: str = "en", tags: str = "", uses: int = 0
) -> QuickReply:
    return QuickReply(
        ReplyId(hash((key, language)) % 10_000), key, title, text, language, tuple(tags.split()),
        uses=uses,
    )  # fmt: skip


REPLIES = [
    reply("greeting", "Say hello", "Hi, how can I help?", tags="start"),
    reply("greeting", "Si hei", "Hei, hva kan jeg hjelpe med?", "nb", "start"),
    reply("restart-router", "Restart the router", "Unplug it.", tags="internet router"),
    reply("router-lights", "Router lights", "Which lights?", tags="internet router", uses=9),
    reply("gebühr", "Die Gebühr für Außendienst", "Øre", "de", "größe"),
    reply("goodbye", "Say goodbye", "It was good to help. Restart me any time.", tags="end"),
]


@pytest.mark.parametrize(
    ("typed", "language", "keys"),
    [
        ("rou", "en", ["router-lights", "restart-router"]),
        ("restart", "en", ["restart-router", "goodbye"]),
        ("#internet", "en", ["router-lights", "restart-router"]),
        ("#internet #router lights", "en", ["router-lights"]),
        ("#internet #end", "en", []),
        ("gre", "en", ["greeting", "greeting"]),
        ("nothing like it", "en", []),
        ("SAY", "en", ["goodbye", "greeting"]),
        ("gebuhr aussen #grosse", "de", ["gebühr"]),
        ("ore", "de", ["gebühr"]),
    ],
)
def test_what_is_typed_finds_the_best_first(typed: str, language: str, keys: list[str]) -> None:
    assert [found.key for found in best(REPLIES, typed, language)] == keys


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_customers_language_comes_first(language: str) -> None:
    assert best(REPLIES, "gre", language)[0].language == language


def test_nothing_typed_shows_the_most_used_first() -> None:
    assert best(REPLIES, "", "en")[0].key == "router-lights"


TYPED = st.lists(
    st.sampled_from(["rou", "#internet", "#router", "say", "help", "start", "zzz", "RE"]),
    max_size=3,
).map(" ".join)


@given(TYPED, st.sampled_from(["", "en", "nb"]), st.permutations(REPLIES))
def test_every_word_typed_is_in_what_is_found(
    typed: str, language: str, order: list[QuickReply]
) -> None:
    found = best(order, typed, language)
    assert found == best(REPLIES, typed, language)
    for item in REPLIES:
        everything = f"{item.key} {item.title} {item.text} {' '.join(item.tags)}".casefold()
        fits = all(
            any(tag.startswith(word[1:]) for tag in item.tags)
            if word.startswith("#")
            else word in everything
            for word in typed.casefold().split()
        )
        assert (item in found) is fits


DAY = 86_400_000
NOW = 400 * DAY


def used(key: str, uses: int, days_ago: int | None, **more: Any) -> QuickReply:
    at = None if days_ago is None else NOW - days_ago * DAY
    return replace(reply(key, key.title(), "x", uses=uses), used_at=at, **more)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (used("b", 5, 3), used("a", 5, 90)),
        (used("b", 2, 0), used("a", 9, 300)),
        (used("b", 200, 300), used("a", 2, 0)),
        (used("b", 1, 60), used("a", 0, None)),
        (used("b", 9, None, owner_id=AgentId(1)), used("a", 9, None, queue_id=QueueId(1))),
        (used("b", 9, None, queue_id=QueueId(1)), used("a", 9, None)),
    ],
)
def test_use_and_how_lately_decide_between_equal_matches(
    first: QuickReply, then: QuickReply
) -> None:
    assert best([then, first], "", "en", NOW) == [first, then]


def test_a_better_match_comes_before_more_use() -> None:
    often = replace(used("say-router", 900, 0), title="Router")
    assert [r.key for r in best([often, used("router", 0, None)], "rou", "en", NOW)] == [
        "router",
        "say-router",
    ]


@given(st.integers(0, 1_000), st.integers(0, 400), st.integers(1, 400))
def test_more_use_and_later_use_are_never_worth_less(uses: int, days: int, longer: int) -> None:
    at = NOW - days * DAY
    assert worth(uses + 1, at, NOW) > worth(uses, at, NOW)
    assert worth(uses, at, NOW) >= worth(uses, at - longer * DAY, NOW) >= worth(uses, None, NOW)
    assert worth(uses, NOW + DAY, NOW) == worth(uses, NOW, NOW)


def test_replies_for_other_work_streams_are_left_out() -> None:
    chat = used("chat", 0, None, workstreams=(WorkStreamId(1), WorkStreamId(2)))
    mail = used("mail", 0, None, workstreams=(WorkStreamId(3),))
    everywhere = used("all", 0, None)
    assert [r.key for r in best([chat, mail, everywhere], "", "en", NOW, 1)] == ["all", "chat"]
    assert len(best([chat, mail, everywhere], "", "en", NOW)) == 3


def test_a_language_of_a_country_is_that_language() -> None:
    assert best(REPLIES, "gre", "nb-NO")[0].language == "nb"
