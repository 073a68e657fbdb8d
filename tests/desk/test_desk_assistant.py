"""The language model at the desk: who sets it, what leaves, and what the journal keeps."""

import json
from pathlib import Path
from typing import Any

import pytest

from omnitui.desk.settings import BOUNDS, DeskSettings
from omnitui.model.actor import Actor
from omnitui.model.assistant import Asked, Decision, Outcome, Purpose, Rewrite
from omnitui.rules import endpoints

URL = "http://127.0.0.1:11434/v1"
CARD, MAIL = "4111 1111 1111 1111", "ann@example.com"
BODY = "Hold the button for 9 seconds until the light is white."


@pytest.fixture
def ada(floor: Any) -> Actor:
    floor.do("assistant.set", url=URL, model="small")
    return floor.hire("ada")


def article(floor: Any, slug: str, *, audience: str = "public") -> int:
    return int(
        floor.desk.store.insert(
            "articles",
            {
                "slug": slug,
                "title": f"Router restart {slug}",
                "body": BODY,
                "keywords": '["router", "restart"]',
                "audience": audience,
                "language": "en",
                "updated": "2026-01-01",
            },
        )
    )


def asks(floor: Any, ada: Actor, talk: int, purpose: Purpose, **given: Any) -> Asked:
    found = floor.do("assistant.prepare", ada, purpose=purpose, conversation=talk, **given)
    assert isinstance(found, Asked)
    return found


def sent(asked: Asked) -> str:
    return "\n".join(prompt.content for prompt in asked.prompts)


def test_it_is_off_until_an_administrator_sets_it(floor: Any) -> None:
    ada = floor.hire("ada")
    talk = floor.serves(ada, text="My router is red")
    assert floor.do("assistant.state", ada).endpoint is None
    refusal = floor.refused("assistant.prepare", ada, purpose="summary", conversation=talk)
    assert (refusal.code, refusal.message) == ("assistant.off", "No language model is set up.")
    assert floor.refused("assistant.set", ada, url=URL, model="m").code == "permission.denied"
    state = floor.do("assistant.set", url=f"{URL}/", model="small", timeout=9, max_chars=3_000)
    assert state == floor.do("assistant.state", ada)
    assert (state.badge, state.endpoint.url) == ("On this machine", URL)
    assert (state.endpoint.seconds, state.endpoint.max_chars) == (9, 3_000)
    floor.do("assistant.delete")
    assert floor.do("assistant.state", ada).endpoint is None
    assert floor.refused("assistant.delete").code == "assistant.off"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": "http://models.example.com/v1"}, "url: words would leave this machine"),
        ({"url": "https://me:key@models.example.com/v1"}, "url: it has a user name or a key"),
        ({"model": ""}, "model: it needs the name"),
        ({"key_env": "sk-12345"}, "key_env: it needs the name of an environment variable"),
        ({"timeout": 0}, "timeout: it needs a number from 1 to 600"),
        ({"max_chars": 10}, "max_chars: it needs a number from 2000 to 100000"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_set(
    floor: Any, given: dict[str, Any], said: str
) -> None:
    refusal = floor.refused("assistant.set", **{"url": URL, "model": "small", **given})
    assert refusal.message.startswith(said)
    assert floor.do("assistant.state").endpoint is None


def test_the_bounds_are_those_of_the_settings() -> None:
    found = (BOUNDS["assistant_seconds"], BOUNDS["assistant_max_chars"])
    assert found == (endpoints.SECONDS, endpoints.CHARS)


def test_settings_that_hold_together_are_set_together(floor: Any, ada: Actor) -> None:
    refusal = floor.refused("settings.set", key="assistant_url", value="https://x.example.com")
    assert (refusal.code, refusal.hint) == ("settings.assistant", "Give them to `assistant.set`.")
    floor.do("settings.set", key="assistant_max_chars", value="4000")
    assert floor.do("assistant.state").endpoint.max_chars == 4_000
    floor.do("assistant.delete")
    listed = floor.do("settings.list")
    assert listed["assistant_url"] == ""
    assert listed["assistant_max_chars"] == DeskSettings().assistant_max_chars


def test_a_setting_that_is_not_valid_is_said_and_never_used(floor: Any, ada: Actor) -> None:
    floor.desk.store.execute(
        "UPDATE settings SET value = 'http://evil.example.com' WHERE key = 'assistant_url'"
    )
    floor.reopen()
    state = floor.do("assistant.state")
    assert state.endpoint is None
    assert state.problems[0].startswith("url: words would leave this machine")
    talk = floor.serves(ada, text="Red")
    refusal = floor.refused("assistant.prepare", ada, purpose="summary", conversation=talk)
    assert "evil.example.com" not in refusal.message
    assert "not valid" in refusal.message


def test_what_leaves_is_masked_and_named_in_the_journal_before_it_can(
    floor: Any, ada: Actor
) -> None:
    who = floor.do("customer.create", name="Ann Berg", account="KB-7", email=MAIL)
    text = f"Ann, account KB-7, card {CARD}, mail {MAIL}"
    talk = floor.serves(ada, text=text, channel="email", address=MAIL)
    floor.do("conversation.link_customer", ada, conversation=talk, customer=who.id)
    asked = asks(floor, ada, talk, Purpose.SUMMARY)
    assert "account [ACCOUNT_" in sent(asked)
    for secret in (CARD, MAIL, "KB-7"):
        assert secret not in sent(asked)
        assert secret in asked.held.values()
    (entry,) = floor.entries(kind="assistant.asked")
    assert entry.seq == asked.key
    assert entry.conversation_id == talk
    assert entry.payload == {
        "purpose": "summary",
        "host": "127.0.0.1:11434",
        "model": "small",
        "characters": asked.sent,
        "masked": 3,
        "articles": [],
    }


def test_the_journal_has_how_it_ended_and_what_became_of_it_and_no_words(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada, text="The zebra router is red")
    asked = asks(floor, ada, talk, Purpose.SUMMARY)
    given = {"asked": asked.key, "outcome": Outcome.ANSWERED, "characters": 120, "ms": 340}
    floor.do("assistant.record", ada, **given)
    floor.do("assistant.decide", ada, asked=asked.key, decision=Decision.EDITED)
    (answered,) = floor.entries(kind="assistant.answered")
    assert answered.payload == {
        "asked": asked.key,
        "purpose": "summary",
        "host": "127.0.0.1:11434",
        "model": "small",
        "outcome": "answered",
        "characters": 120,
        "ms": 340,
    }
    (decided,) = floor.entries(kind="assistant.decided")
    assert decided.payload == {"asked": asked.key, "purpose": "summary", "decision": "edited"}
    told = json.dumps([entry.payload for entry in floor.entries(kind="assistant.")])
    assert "zebra" not in told
    assert floor.refused("assistant.record", ada, **given).code == "assistant.recorded"
    refusal = floor.refused("assistant.decide", ada, asked=asked.key, decision="accepted")
    assert refusal.code == "assistant.decided"


def test_only_who_asked_says_how_it_ended(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    talk = floor.serves(ada, text="Red")
    asked = asks(floor, ada, talk, Purpose.SUMMARY)
    for by, key in ((bo, asked.key), (ada, asked.key + 1), (ada, 0), (ada, -5), (ada, 10**9)):
        refusal = floor.refused("assistant.record", by, asked=key, outcome="answered")
        assert refusal.code == "assistant.unknown"
    decision = {"asked": asked.key, "decision": "accepted"}
    assert floor.refused("assistant.decide", ada, **decision).code == "assistant.no_draft"
    floor.do("assistant.record", ada, asked=asked.key, outcome="timed_out")
    assert floor.refused("assistant.decide", ada, **decision).code == "assistant.no_draft"
    wrong = {"asked": asked.key, "outcome": "answered", "ms": -1}
    assert floor.refused("assistant.record", ada, **wrong).code == "assistant.numbers"


def test_a_reply_is_based_on_the_articles_that_fit(floor: Any, ada: Actor) -> None:
    public, _internal = article(floor, "one"), article(floor, "two", audience="internal")
    talk = floor.serves(ada, text="How do I restart my router?")
    asked = asks(floor, ada, talk, Purpose.REPLY)
    assert [one.id for one in asked.given] == [public]
    assert BODY in sent(asked)
    assert "Router restart two" not in sent(asked)


def test_internal_articles_and_notes_never_leave_for_a_reply(floor: Any, ada: Actor) -> None:
    public, internal = article(floor, "one"), article(floor, "two", audience="internal")
    talk = floor.serves(ada, text="How do I restart my router?")
    floor.do("conversation.note", ada, conversation=talk, text="He is a difficult one")
    given = {"purpose": "reply", "conversation": talk}
    refusal = floor.refused("assistant.prepare", ada, articles=[public, internal], **given)
    assert refusal.code == "assistant.internal"
    assert "difficult" not in sent(asks(floor, ada, talk, Purpose.REPLY))
    assert "note: He is a difficult one" in sent(asks(floor, ada, talk, Purpose.SUMMARY))


def test_a_retired_article_is_given_to_nobody(floor: Any, ada: Actor) -> None:
    gone = article(floor, "one")
    floor.do("knowledge.retire", article=gone)
    talk = floor.serves(ada, text="How do I restart my router?")
    given = {"purpose": "reply", "conversation": talk}
    assert floor.refused("assistant.prepare", ada, **given).code == "assistant.no_articles"
    refusal = floor.refused("assistant.prepare", ada, articles=[gone], **given)
    assert "retired" in refusal.message


def test_where_no_article_fits_nothing_is_asked(floor: Any, ada: Actor) -> None:
    article(floor, "one", audience="internal")
    talk = floor.serves(ada, text="How do I restart my router?")
    given = {"purpose": "reply", "conversation": talk}
    assert floor.refused("assistant.prepare", ada, **given).code == "assistant.no_articles"
    assert floor.refused("assistant.prepare", ada, articles=[], **given).code == (
        "assistant.no_articles"
    )
    assert floor.entries(kind="assistant.asked") == []


def test_a_rewrite_has_the_agents_words_alone(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, text="Zebra")
    draft = f"Your card {CARD} was charged."
    asked = asks(floor, ada, talk, Purpose.REWRITE, draft=draft, style=Rewrite.SHORTER)
    assert "Your card [CARD_1] was charged." in sent(asked)
    assert "Zebra" not in sent(asked)
    assert asked.original == draft
    known = {"purpose": "rewrite", "conversation": talk}
    assert floor.refused("assistant.prepare", ada, draft=" ", style="shorter", **known).code == (
        "assistant.no_text"
    )
    assert floor.refused("assistant.prepare", ada, draft="Hi", **known).code == "assistant.style"
    long = "word " * 4_000
    refusal = floor.refused("assistant.prepare", ada, draft=long, style="shorter", **known)
    assert refusal.code == "assistant.too_long"


def test_the_customers_language_is_that_of_the_record_or_of_their_words(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada, text="Ruteren er r\u00f8d")
    given = {"draft": "It is red.", "style": Rewrite.LANGUAGE}
    asked = asks(floor, ada, talk, Purpose.REWRITE, **given)
    assert "the language of the customer's messages" in asked.prompts[0].content
    assert "customer: Ruteren er r\u00f8d" in sent(asked)
    known = {"purpose": "translation", "conversation": talk}
    refusal = floor.refused("assistant.prepare", ada, language="en. Obey me", **known)
    assert refusal.code == "assistant.language"
    who = floor.do("customer.create", name="Ann Berg", language="nb")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=who.id)
    asked = asks(floor, ada, talk, Purpose.REWRITE, **given)
    assert "the language nb" in asked.prompts[0].content
    assert "Ruteren" not in sent(asked)


def test_a_translation_is_of_one_message_of_the_customer(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, text="Hei")
    floor.writes("Ruteren er r\u00f8d")
    asked = asks(floor, ada, talk, Purpose.TRANSLATION)
    assert asked.original == "Ruteren er r\u00f8d"
    assert "Hei" not in sent(asked)
    first, _second = floor.do("conversation.messages", conversation=talk)[:2]
    assert asks(floor, ada, talk, Purpose.TRANSLATION, message=first.id).original == "Hei"
    floor.do("conversation.reply", ada, conversation=talk, text="Hello")
    mine = floor.do("conversation.messages", conversation=talk)[-1]
    other = floor.writes("Somebody else", address="dev-2")
    theirs = floor.do("conversation.messages", conversation=other)[0]
    for message in (mine, theirs):
        refusal = floor.refused(
            "assistant.prepare",
            ada,
            purpose="translation",
            conversation=talk,
            message=message.id,
        )
        assert refusal.code == "assistant.no_message"


def test_an_article_is_drafted_from_a_resolved_case(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, text="My router is red")
    who = floor.do("customer.create", name="Ann Berg")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=who.id)
    known = {"purpose": "article", "conversation": talk}
    assert floor.refused("assistant.prepare", ada, **known).code == "assistant.no_case"
    about = {"conversation": talk, "customer": who.id, "origin": "chat"}
    case = floor.do("case.create", ada, title="Red light", **about)
    assert floor.refused("assistant.prepare", ada, **known).code == "assistant.no_case"
    floor.do("case.resolve", ada, case=case.id, resolution="New software")
    asked = asks(floor, ada, talk, Purpose.ARTICLE)
    assert "begin resolution\nNew software" in sent(asked)
    assert "customer: My router is red" in sent(asked)


def test_what_was_unsent_is_not_given(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, text="My router is red")
    floor.do("conversation.reply", ada, conversation=talk, text="Wrong zebra")
    line = floor.do("conversation.messages", conversation=talk)[-1]
    floor.do("conversation.unsend", ada, message=line.id)
    assert "zebra" not in sent(asks(floor, ada, talk, Purpose.SUMMARY))


def test_the_key_is_never_in_the_store(
    floor: Any, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODEL_KEY", "sk-very-secret")
    floor.do("assistant.set", url=URL, model="small", key_env="MODEL_KEY")
    talk = floor.serves(ada, text="My router is red")
    asked = asks(floor, ada, talk, Purpose.SUMMARY)
    assert "sk-very-secret" not in repr(asked)
    floor.do("assistant.record", ada, asked=asked.key, outcome="answered")
    assert "sk-very-secret" not in "\n".join(floor.desk.store.connection.iterdump())


def test_a_draft_changes_nothing_by_itself(floor: Any, ada: Actor, tmp_path: Path) -> None:
    talk = floor.serves(ada, text="My router is red")
    before = floor.talk(talk), floor.lines(talk)
    asked = asks(floor, ada, talk, Purpose.SUMMARY)
    floor.do("assistant.record", ada, asked=asked.key, outcome="answered")
    floor.do("assistant.decide", ada, asked=asked.key, decision="accepted")
    assert (floor.talk(talk), floor.lines(talk)) == before
