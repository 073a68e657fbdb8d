import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.ids import ReplyId
from omnitui.model.knowledge import QuickReply
from omnitui.rules.replies import best


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
