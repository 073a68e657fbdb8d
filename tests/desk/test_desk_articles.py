"""Writing articles: who may, what is kept of what was there, languages, and undoing it."""

from typing import Any

import pytest

from omnitui.model.actor import Actor, ActorKind

GIVEN = {"title": "Lights on the router", "body": "Amber means **wait**."}


@pytest.fixture
def editor(floor: Any, ada: Actor) -> Actor:
    floor.do("settings.set", key="agents_write_articles", value="yes")
    return ada


def test_an_article_is_written_and_found(floor: Any, editor: Actor) -> None:
    made = floor.do("knowledge.create", editor, **GIVEN, keywords="amber, lamp", summary=" Wait. ")
    assert (made.slug, made.version, made.changed_by) == ("lights-on-the-router", 1, "Ada Test")
    assert (made.keywords, made.summary, made.language) == (("amber", "lamp"), "Wait.", "en")
    assert made.updated == "2026-03-02"
    (found,) = floor.do("knowledge.search", query="lamp")
    assert found.article == made
    again = floor.do("knowledge.create", editor, **GIVEN)
    assert again.slug == "lights-on-the-router-2"


def test_every_version_is_kept_with_who_wrote_it_and_when(floor: Any, editor: Actor) -> None:
    key = floor.do("knowledge.create", **GIVEN).id
    floor.clock.advance(60_000)
    floor.do("knowledge.update", editor, article=key, body="Amber means restart.")
    floor.do("knowledge.update", editor, article=key, body="Amber means restart.")
    floor.do("knowledge.update", article=key, title="Lights", audience="internal")
    found = floor.do("knowledge.versions", article=key)
    assert [(one.version, one.title, one.changed_by) for one in found] == [
        (3, "Lights", "administrator"),
        (2, GIVEN["title"], "Ada Test"),
        (1, GIVEN["title"], "administrator"),
    ]
    assert found[2].body == GIVEN["body"]
    assert found[1].changed_at == found[2].changed_at + 60_000


def test_two_who_write_at_once_lose_nothing(floor: Any, editor: Actor) -> None:
    made = floor.do("knowledge.create", **GIVEN)
    floor.do("knowledge.update", article=made.id, body="First.", version=1)
    late = {"article": made.id, "body": "Second.", "version": 1}
    refusal = floor.refused("knowledge.update", editor, **late)
    assert refusal.code == "knowledge.overtaken"
    assert "administrator has changed Lights on the router" in refusal.message


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        ("create", GIVEN),
        ("update", {"article": 1, "body": "x"}),
        ("retire", {"article": 1}),
        ("restore", {"article": 1}),
        ("gap_close", {"gap": 1}),
    ],
)
@pytest.mark.parametrize("kind", [ActorKind.AGENT, ActorKind.BOT])
def test_agents_write_articles_only_where_they_are_allowed_to(
    floor: Any, ada: Actor, kind: ActorKind, verb: str, more: dict[str, Any]
) -> None:
    floor.do("knowledge.create", **GIVEN)
    floor.do("knowledge.searched", query="purple lamps")
    by = ada if kind is ActorKind.AGENT else Actor(kind, name="helper")
    refusal = floor.refused(f"knowledge.{verb}", by, **more)
    assert refusal.code == "permission.denied"
    assert "agents_write_articles" in refusal.hint


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "knowledge.empty"),
        ({"body": "\x1b[0m \n"}, "knowledge.empty"),
        ({"title": "x" * 301}, "knowledge.too_long"),
        ({"body": "x" * 200_001}, "knowledge.too_long"),
        ({"language": "english please"}, "knowledge.language"),
        ({"keywords": ["a, b"]}, "knowledge.keywords"),
        ({"slug": "Not a slug"}, "knowledge.slug"),
        ({"audience": "secret"}, "parameter.invalid"),
    ],
)
def test_what_cannot_be_an_article_is_refused(floor: Any, more: dict[str, Any], code: str) -> None:
    assert floor.refused("knowledge.create", **{**GIVEN, **more}).code == code


def test_a_retired_article_is_found_by_nobody(floor: Any) -> None:
    key = floor.do("knowledge.create", **GIVEN).id
    floor.do("knowledge.create", title="Lights elsewhere", body="router lights")
    floor.do("knowledge.retire", article=key)
    for name, given in (
        ("knowledge.search", {"query": "lights"}),
        ("knowledge.search", {}),
        ("knowledge.suggest", {"words": ["lights", "router"]}),
        ("knowledge.related", {"article": 2}),
        ("search.all", {"query": "lights"}),
        ("search.all", {"query": "lights", "kind": "article"}),
    ):
        found = floor.do(name, **given)
        keys = [getattr(one, "ref", 0) or getattr(one, "article", one).id for one in found]
        assert key not in keys, name
    assert floor.do("knowledge.get", article=key).slug == "lights-on-the-router"
    assert floor.refused("knowledge.use", article=key).code == "article.retired"
    floor.do("knowledge.restore", article=key)
    assert len(floor.do("knowledge.search", query="lights")) == 2


def test_the_customers_language_comes_first(floor: Any) -> None:
    english = floor.do("knowledge.create", **GIVEN)
    given = {"title": "Lys på ruteren", "body": "Oransje betyr vent.", "translates": english.slug}
    norwegian = floor.do("knowledge.create", **given, language="nb")
    assert norwegian.key == english.slug
    floor.do("knowledge.create", title="Router", body="lights lights router")

    def found(**more: Any) -> list[str]:
        hits = floor.do("knowledge.search", query="router lights", **more)
        return [one.article.slug for one in hits]

    assert found()[0] == english.slug
    assert found(language="nb-NO")[:2] == [norwegian.slug, english.slug]
    assert found(language="de") == found()
    assert [one.id for one in floor.do("knowledge.translations", article=norwegian.id)] == [1]
    twice = floor.refused("knowledge.create", **given, language="nb")
    assert twice.code == "knowledge.translated"
    other = floor.refused("knowledge.update", article=english.id, language="nb")
    assert other.code == "knowledge.translated"
    floor.do("knowledge.retire", article=norwegian.id)
    assert found(language="nb") == found()


def test_each_rates_once_with_a_comment_and_may_change_their_mind(floor: Any, ada: Actor) -> None:
    key = floor.do("knowledge.create", **GIVEN).id
    bo = floor.hire("bo")

    def rate(by: Actor, helpful: bool, **more: Any) -> tuple[int, int]:
        floor.clock.advance(1_000)
        rated = floor.do("knowledge.rate", by, article=key, helpful=helpful, **more)
        return rated.helpful, rated.unhelpful

    assert rate(ada, False, comment="No word of red") == (0, 1)
    seen = floor.desk.last_seq()
    assert rate(ada, False) == (0, 1)
    assert floor.desk.last_seq() == seen
    assert rate(bo, False, comment="Old") == (0, 2)
    assert rate(ada, False, comment="No red, no green") == (0, 2)
    assert [(one.by, one.comment) for one in floor.do("knowledge.ratings", article=key)] == [
        ("Ada Test", "No red, no green"),
        ("Bo Test", "Old"),
    ]
    assert rate(ada, True) == (1, 1)
    assert floor.do("knowledge.ratings", article=key)[0].comment == ""
