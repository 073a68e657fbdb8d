"""Settings, knowledge, quick replies and the one search."""

from typing import Any

import pytest

from omnitui.desk.filling.content import put_reply
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.search import HitKind
from omnitui.store import knowledge


def article(floor: Any, slug: str, title: str, body: str = "", **more: Any) -> None:
    values = {
        "slug": slug,
        "title": title,
        "body": body,
        "keywords": "",
        "audience": "public",
        "language": "en",
        "updated": "2026-03-01",
        **more,
    }
    with floor.desk.store.transaction():
        knowledge.put_article(floor.desk.store, values)


def test_settings_start_from_what_the_desk_knows(floor: Any) -> None:
    found = floor.do("settings.list")
    assert (found["offer_seconds"], found["undo_seconds"], found["wrap_up_blocks"]) == (
        120,
        8,
        True,
    )


def test_a_setting_is_kept_and_used_by_every_desk_on_the_store(floor: Any, ada: Actor) -> None:
    other = floor.desk
    floor.reopen()
    changed = floor.do("settings.set", key="undo_seconds", value=" 30 ")
    assert changed["undo_seconds"] == 30
    assert other.call("settings.list", ADMINISTRATOR)["undo_seconds"] == 30
    talk = floor.serves(ada)
    reply = other.call("conversation.reply", ada, conversation=talk, text="Hi")
    assert reply.held_until == floor.clock.now() + 30_000
    other.close()
    floor.reopen()
    assert floor.do("settings.list")["undo_seconds"] == 30


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("nonsense", "1", "settings.unknown"),
        ("offer_seconds", "soon", "settings.invalid"),
        ("offer_seconds", "1.5", "settings.invalid"),
        ("offer_seconds", "-1", "settings.invalid"),
        ("offer_seconds", "9" * 30, "settings.invalid"),
        ("waiting_days", "1000000000000", "settings.invalid"),
        ("wrap_up_blocks", "2", "settings.invalid"),
        ("sentiment_alert", "-5", "settings.invalid"),
        ("sentiment_alert", "4", "settings.invalid"),
    ],
)
def test_what_cannot_be_a_setting_is_refused(floor: Any, key: str, value: str, code: str) -> None:
    refusal = floor.refused("settings.set", key=key, value=value)
    assert refusal.code == code
    assert key in refusal.message


@pytest.mark.parametrize("word", ["yes", "TRUE", "1", "on"])
def test_a_switch_is_set_by_several_words(floor: Any, word: str) -> None:
    assert floor.do("settings.set", key="wrap_up_blocks", value="no")["wrap_up_blocks"] is False
    assert floor.do("settings.set", key="wrap_up_blocks", value=word)["wrap_up_blocks"] is True


def test_settings_of_a_later_version_are_passed_over(floor: Any) -> None:
    floor.desk.store.execute("INSERT INTO settings VALUES ('of_the_future', 'x')")
    floor.reopen()
    assert "of_the_future" not in floor.do("settings.list")


def test_a_stored_value_that_no_longer_fits_does_not_lock_anybody_out(floor: Any) -> None:
    floor.desk.store.execute("INSERT INTO settings VALUES ('offer_seconds', 'soon')")
    floor.reopen()
    assert floor.do("settings.list")["offer_seconds"] == 120
    assert floor.do("settings.set", key="offer_seconds", value="60")["offer_seconds"] == 60


def test_articles_are_found_by_what_is_typed_best_first(floor: Any) -> None:
    article(floor, "lights", "Lights on the router", "what they mean")
    article(floor, "restart", "Restart", "hold the button of the router")
    found = floor.do("knowledge.search", query="rout")
    assert [f.article.slug for f in found] == ["lights", "restart"]
    assert "\x02router\x03" in found[1].snippet
    assert floor.do("knowledge.search", query="nothing like it") == []


def slugs(floor: Any, query: str) -> list[str]:
    return [one.article.slug for one in floor.do("knowledge.search", query=query)]


def test_a_sentence_finds_what_has_most_of_its_words_in_any_form(floor: Any) -> None:
    article(floor, "drops", "Router drops at peak hours", "It drops every evening.")
    article(floor, "lights", "Lights on the router", "what they mean")
    article(floor, "bill", "Your bill", "what is on it, each evening")
    assert slugs(floor, "why does my router keep dropping in the evenings?") == ["drops"]
    (found,) = floor.do("knowledge.search", query="dropping in the evenings")
    assert found.snippet == "It \x02drops\x03 every \x02evening\x03."
    assert slugs(floor, "routers dropped")[0] == "drops"


def test_all_of_the_words_come_before_most_of_them(floor: Any) -> None:
    article(floor, "most", "Amber amber amber", "amber, amber, blinking blinking", keywords="amber")
    article(floor, "all", "Restart", "if it is amber and blinking, press the button")
    article(floor, "other", "Other", "nothing of it")
    assert slugs(floor, "amber blinking button") == ["all", "most"]


def test_the_last_word_may_be_unfinished_and_narrows(floor: Any) -> None:
    article(floor, "fast", "Router is fast", "x")
    article(floor, "lost", "Router is lost", "x")
    assert set(slugs(floor, "router")) == {"fast", "lost"}
    assert slugs(floor, "router lo") == ["lost"]


def test_words_that_say_nothing_count_only_where_there_are_no_others(floor: Any) -> None:
    article(floor, "how", "How to", "x")
    article(floor, "amber", "Amber", "x")
    assert slugs(floor, "how is the amber") == ["amber"]
    assert slugs(floor, "how") == ["how"]


def test_articles_are_found_in_the_forms_of_their_own_language(floor: Any) -> None:
    article(floor, "no", "Forstå fakturaen", "Om fakturaene dine", language="nb")
    article(floor, "de", "Die Rechnungen verstehen", "x", language="de")
    assert slugs(floor, "hvor er fakturaer") == ["no"]
    assert slugs(floor, "Rechnung") == ["de"]


def test_what_a_customer_said_suggests_articles_with_the_words(floor: Any) -> None:
    article(floor, "drops", "Router drops", "in the evening")
    article(floor, "lights", "Router lights", "what they mean")
    article(floor, "bill", "Your bill", "what is on it")
    words = ["dropping", "routers", "monday"]
    found = floor.do("knowledge.suggest", words=words)
    assert [(s.article.slug, s.because) for s in found] == [("drops", ("dropping", "routers"))]
    alone = floor.do("knowledge.suggest", words=["bill", "monday"])
    assert [(s.article.slug, s.because) for s in alone] == [("bill", ("bill",))]
    assert floor.do("knowledge.suggest", words=[]) == []
    assert floor.do("knowledge.suggest", words=["zzz"]) == []


def test_articles_with_some_of_the_words_come_after_what_has_all(floor: Any) -> None:
    article(floor, "help", "Help in the evening", "x")
    floor.do("customer.create", name="Evening Lamps")
    kinds = [str(hit.kind) for hit in floor.do("search.all", query="evening lamps")]
    assert kinds == ["customer"]
    kinds = [str(hit.kind) for hit in floor.do("search.all", query="evening")]
    assert kinds == ["article", "customer"]
    floor.writes("my evening lamps are dark")
    kinds = [str(hit.kind) for hit in floor.do("search.all", query="my evening lamps are dark")]
    assert kinds == ["message", "article"]


def test_without_words_the_most_used_articles_come_first(floor: Any) -> None:
    for slug in ("a", "b", "c"):
        article(floor, slug, slug.upper())
    floor.do("knowledge.use", article="b")
    floor.do("knowledge.rate", article="c", helpful="yes")
    floor.do("knowledge.rate", article="a", helpful="no")
    assert [f.article.slug for f in floor.do("knowledge.search")] == ["b", "c", "a"]
    found = floor.do("knowledge.get", article="c")
    assert (found.uses, found.helpful, found.unhelpful) == (0, 1, 0)


def test_an_article_that_is_brought_up_to_date_keeps_what_was_counted(floor: Any) -> None:
    article(floor, "a", "Old", "router")
    floor.do("knowledge.use", article="a")
    article(floor, "a", "New", "modem")
    found = floor.do("knowledge.get", article="a")
    assert (found.title, found.uses) == ("New", 1)
    assert floor.do("knowledge.search", query="router") == []
    assert len(floor.do("knowledge.search", query="modem")) == 1


def shared(floor: Any, key: str, text: str = "Hello", **more: Any) -> int:
    call = floor.desk.at_work(ADMINISTRATOR)
    values = {"title": key, "language": "en", "tags": [], "owner": None, **more}
    with floor.desk.store.transaction():
        return put_reply(call, key, text=text, **values)


def keys(floor: Any, by: Actor, **given: Any) -> list[str]:
    return [reply.key for reply in floor.do("reply.search", by, **given)]


def test_replies_match_by_key_then_title_then_text(floor: Any, ada: Actor) -> None:
    shared(floor, "bye", "See you, and greet your router")
    shared(floor, "first-greet", "Hi")
    shared(floor, "hello", "Hi", title="Greeting")
    shared(floor, "greet", "Hi")
    assert keys(floor, ada, query="greet") == ["greet", "first-greet", "hello", "bye"]
    assert keys(floor, ada, query="greet router") == ["bye"]
    assert keys(floor, ada, query="nothing") == []


def test_replies_in_the_customers_language_come_first_and_used_ones_before_others(
    floor: Any, ada: Actor
) -> None:
    for language in ("en", "nb"):
        for key in ("a", "b"):
            shared(floor, key, language=language)
    used = shared(floor, "b", language="nb")
    floor.do("reply.use", ada, reply=used)
    found = floor.do("reply.search", ada, language="nb")
    assert [(r.key, r.language) for r in found] == [
        ("b", "nb"),
        ("a", "nb"),
        ("a", "en"),
        ("b", "en"),
    ]


def test_two_tags_mean_both(floor: Any, ada: Actor) -> None:
    shared(floor, "a", tags=["Billing", "sorry"])
    shared(floor, "b", tags=["billing"])
    assert keys(floor, ada, query="#bill") == ["a", "b"]
    assert keys(floor, ada, query="#bill #sorry") == ["a"]


def test_personal_replies_are_seen_by_their_owner_alone(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    shared(floor, "hello")
    made = floor.do("reply.create", ada, key="hello", title="Mine", text="Hi from Ada")
    assert made.owner_id == ada.id
    assert len(floor.do("reply.search", ada)) == 2
    assert len(floor.do("reply.search", bo)) == 1
    again = floor.do("reply.create", ada, key="hello", title="Mine", text="Hi again")
    assert (again.id, again.text) == (made.id, "Hi again")


@pytest.mark.parametrize("kind", [ActorKind.AGENT, ActorKind.BOT])
def test_only_administrators_add_replies_for_everybody(
    floor: Any, ada: Actor, kind: ActorKind
) -> None:
    by = ada if kind is ActorKind.AGENT else Actor(kind, name="helper")
    given = {"key": "hello", "title": "Hello", "text": "Hi", "personal": False}
    assert floor.refused("reply.create", by, **given).code == "permission.denied"
    assert floor.do("reply.create", **given).owner_id is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"key": " "}, "reply.empty"),
        ({"text": "\x1b[0m "}, "reply.empty"),
        ({"text": "Hi {customer.shoe_size}"}, "reply.slots"),
        ({"text": "Hi {"}, "reply.slots"),
    ],
)
def test_what_cannot_be_a_reply_is_refused(
    floor: Any, ada: Actor, given: dict[str, Any], code: str
) -> None:
    values = {"key": "hello", "title": "Hello", "text": "Hi", **given}
    assert floor.refused("reply.create", ada, **values).code == code


def test_slots_are_filled_from_the_conversation_and_what_is_missing_is_asked_for(
    floor: Any, ada: Actor
) -> None:
    kiana = floor.do(
        "customer.create", name="Kiana Anderson", email="kiana@example.com", account="20417"
    )
    floor.do("case.create", customer=kiana.id, title="Drops", origin="email")
    talk = floor.serves(
        ada, channel="email", address="kiana@example.com", context={"device": "R6 {agent.name}"}
    )
    reply = shared(
        floor,
        "long",
        "{customer.first_name} {customer.name} {customer.account} {agent.first_name} {case.number}"
        " {conversation.queue} {conversation.channel} {context.device} {customer.company}"
        " {?minutes}",
    )
    filled = floor.do("reply.render", ada, reply=reply, conversation=talk)
    assert filled.text == (
        "Kiana Kiana Anderson 20417 Ada CAS-00001 General E-mail R6 {agent.name}"
        " [customer company] [minutes]"
    )
    assert filled.missing == ("customer.company",)
    unknown = floor.do("reply.render", ada, reply=reply, conversation=floor.writes(address="b"))
    assert "[customer first name]" in unknown.text


OWED = {"name": "Router help", "total": 5, "starts": "2026-01-01", "ends": "2027-01-01"}


def test_one_search_finds_every_kind_and_can_be_narrowed(floor: Any, ada: Actor) -> None:
    kiana = floor.do("customer.create", name="Router Queen", email="kiana@example.com")
    floor.do("case.create", customer=kiana.id, title="Router drops", origin="chat")
    article(floor, "router", "Router")
    floor.writes("my router", channel="email", address="kiana@example.com")
    floor.do("timeline.add", customer=kiana.id, kind="task", title="Order a router")
    floor.do("entitlement.create", customer=kiana.id, **OWED)
    found = floor.do("search.all", ada, query="rout")
    assert [hit.kind for hit in found] == list(HitKind)
    (only,) = floor.do("search.all", ada, query="rout", kind="case")
    assert only.title == "CAS-00001 Router drops"
    assert [hit.title for hit in found[-2:]] == [
        "Task: Order a router",
        "Router help, Router Queen",
    ]
    assert {hit.customer_id for hit in found[-2:]} == {kiana.id}
    assert floor.do("search.all", ada, query="  ") == []


def test_everybody_votes_once_for_an_article(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    row = {"slug": "r", "title": "R", "body": "b", "audience": "public", "language": "en"}
    key = floor.desk.store.insert(
        "articles", {**row, "updated": "2026-03-01", "helpful": 7, "unhelpful": 2}
    )

    def counts() -> tuple[int, int]:
        found = floor.do("knowledge.get", article=key)
        return found.helpful, found.unhelpful

    def votes(by: Actor, helpful: bool, **given: Any) -> tuple[int, int]:
        floor.do("knowledge.rate", by, article=key, helpful=helpful, **given)
        return counts()

    assert votes(ada, True) == (8, 2)
    seen = floor.desk.last_seq()
    assert votes(ada, True) == (8, 2)
    assert floor.desk.last_seq() == seen
    assert votes(bo, False) == (8, 3)
    assert votes(ada, False) == (7, 4)
    assert votes(bo, True) == (8, 3)
    assert votes(ADMINISTRATOR, True) == (9, 3)


def test_a_customer_votes_once_in_whatever_conversation(floor: Any, ada: Actor) -> None:
    floor.do("customer.create", name="Kiana Berg", email="kiana@example.com", phone="+4755501022")
    row = {"slug": "r", "title": "R", "body": "b", "audience": "public", "language": "en"}
    key = floor.desk.store.insert("articles", {**row, "updated": "2026-03-01"})
    mail = floor.writes(channel="email", address="kiana@example.com")
    text = floor.writes(channel="sms", address="+4755501022")
    visitor = floor.writes(address="dev-1")
    for talk, helpful in ((mail, True), (text, True), (visitor, True), (visitor, False)):
        floor.do("knowledge.rate", article=key, helpful=helpful, conversation=talk)
    found = floor.do("knowledge.get", article=key)
    assert (found.helpful, found.unhelpful) == (1, 1)
    floor.do("conversation.link_customer", conversation=visitor, customer=1)
    found = floor.do("knowledge.get", article=key)
    assert (found.helpful, found.unhelpful) == (0, 1)
    given = {"article": key, "helpful": True, "conversation": mail}
    assert floor.refused("knowledge.rate", ada, **given).code == "permission.denied"
