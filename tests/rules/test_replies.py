import pytest

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
    ],
)
def test_what_is_typed_finds_the_best_first(typed: str, language: str, keys: list[str]) -> None:
    assert [found.key for found in best(REPLIES, typed, language)] == keys


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_customers_language_comes_first(language: str) -> None:
    assert best(REPLIES, "gre", language)[0].language == language


def test_nothing_typed_shows_the_most_used_first() -> None:
    assert best(REPLIES, "", "en")[0].key == "router-lights"
