"""Internal articles never leave, whichever way out is tried; public ones leave as they fit."""

from collections.abc import Callable
from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind

SITE = "https://help.example.com"
BOT = Actor(ActorKind.BOT, name="helper")
BODY = "Customers never read this.\n\n- one\n- two\n"


class Desk:
    """A conversation of Ada's, an internal article and a public one."""

    def __init__(self, floor: Any, ada: Actor) -> None:
        self.floor, self.ada = floor, ada
        self.talk = floor.serves(ada)
        made = floor.do("knowledge.create", title="Secret credits", body=BODY, audience="internal")
        self.article = made.id
        self.link = f"{SITE}/{made.slug}"
        floor.do("knowledge.create", title="Lights", body="Wait.", slug="lights")

    def reply_before(self) -> int:
        """A quick reply with a link to an article that was public then."""
        self.floor.do("knowledge.update", article=self.article, audience="public")
        given = {"key": "c", "title": "C", "text": f"See {self.link}"}
        made = self.floor.do("reply.create", self.ada, **given)
        self.floor.do("knowledge.update", article=self.article, audience="internal")
        return int(made.id)


@pytest.fixture
def desk(floor: Any, ada: Actor) -> Desk:
    return Desk(floor, ada)


Way = Callable[[Desk], tuple[str, Actor, dict[str, Any]]]


def by_quick_reply(desk: Desk) -> tuple[str, Actor, dict[str, Any]]:
    reply = desk.reply_before()
    text = desk.floor.do("reply.render", desk.ada, reply=reply, conversation=desk.talk).text
    return "conversation.reply", desk.ada, {"conversation": desk.talk, "text": text}


WAYS: dict[str, Way] = {
    "as text": lambda d: (
        "knowledge.render",
        d.ada,
        {"article": d.article, "conversation": d.talk},
    ),
    "as a link": lambda d: (
        *("knowledge.render", d.ada),
        {"article": d.article, "conversation": d.talk, "form": "link"},
    ),
    "sent": lambda d: ("knowledge.send", d.ada, {"article": d.article, "conversation": d.talk}),
    "sent by an administrator": lambda d: (
        *("knowledge.send", ADMINISTRATOR),
        {"article": d.article, "conversation": d.talk, "form": "short"},
    ),
    "counted as sent": lambda d: (
        *("knowledge.use", d.ada),
        {"article": d.article, "conversation": d.talk},
    ),
    "its link, by hand": lambda d: (
        *("conversation.reply", d.ada),
        {"conversation": d.talk, "text": f"Look at {d.link}, please."},
    ),
    "its link in capitals": lambda d: (
        *("conversation.reply", d.ada),
        {"conversation": d.talk, "text": d.link.removeprefix("https://").upper()},
    ),
    "its link, by a bot": lambda d: (
        *("conversation.reply", BOT),
        {"conversation": d.talk, "text": f"{d.link}?x=1", "anyway": True},
    ),
    "a quick reply with its link": lambda d: (
        *("reply.create", d.ada),
        {"key": "c", "title": "C", "text": f"See {d.link}"},
    ),
    "a quick reply that had it before": by_quick_reply,
    "a notice with its link": lambda d: (
        *("notice.set", ADMINISTRATOR),
        {"occasion": "waiting", "text": f"Read {d.link}"},
    ),
    "read by a bot": lambda d: ("knowledge.get", BOT, {"article": d.article}),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_internal_article_leaves_no_way(desk: Desk, way: str) -> None:
    name, by, given = WAYS[way](desk)
    assert desk.floor.refused(name, by, **given).code == "article.internal"
    assert desk.floor.lines(desk.talk) == ["Hello"]


def test_to_many_at_once_it_leaves_for_none(desk: Desk) -> None:
    given = {"conversations": [desk.talk], "text": f"See {desk.link}"}
    (refused,) = desk.floor.do("bulk.reply_preview", desk.ada, **given).refused
    assert refused.code == "article.internal"
    assert (
        "Secret credits is internal" in desk.floor.refused("bulk.reply", desk.ada, **given).message
    )
    assert desk.floor.lines(desk.talk) == ["Hello"]


def test_a_notice_that_links_to_what_is_internal_by_now_is_not_sent(desk: Desk) -> None:
    floor = desk.floor
    floor.do("notice.set", occasion="waiting", text=f"Read {SITE}/lights")
    floor.do("knowledge.update", article="lights", audience="internal")
    talk = floor.writes(address="dev-2")
    assert not any("lights" in line for line in floor.lines(talk))


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("knowledge.search", {"query": "credits"}),
        ("knowledge.search", {}),
        ("knowledge.suggest", {"words": ["credits", "customers"]}),
        ("knowledge.related", {"article": "lights"}),
        ("search.all", {"query": "credits"}),
    ],
)
def test_a_bot_finds_public_articles_only(desk: Desk, name: str, given: dict[str, Any]) -> None:
    desk.floor.do("knowledge.update", article="lights", title="Credits", body="For customers.")
    assert "Secret" not in repr(desk.floor.do(name, BOT, **given))
    assert "Secret" in repr(desk.floor.do(name, desk.ada, **given))


def test_a_note_may_name_an_internal_article(desk: Desk) -> None:
    given = {"conversation": desk.talk, "text": f"See {desk.link}"}
    desk.floor.do("conversation.note", desk.ada, **given)


def test_a_public_article_is_sent_as_it_fits_and_unsent(desk: Desk) -> None:
    floor = desk.floor
    given = {"article": "lights", "conversation": desk.talk}
    assert floor.do("knowledge.send", desk.ada, **given).text == "Wait."
    assert floor.do("knowledge.get", article="lights").uses == 1
    floor.do("undo.last", desk.ada)
    assert floor.do("conversation.messages", conversation=desk.talk)[-1].delivery == "unsent"
    link = floor.do("knowledge.send", desk.ada, **given, form="link").text
    assert link == f"Lights: {SITE}/lights"


def test_a_text_message_gets_the_short_version(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, channel="sms", address="+4790000001")
    floor.do("knowledge.create", title="Lights", body="Wait a minute. " * 99, slug="lights")
    found = floor.do("knowledge.render", ada, article="lights", conversation=talk)
    assert found.text.startswith("Lights\nWait a minute. Wait")
    assert found.text.endswith(f"\n{SITE}/lights")
    assert (found.form, found.cut) == ("short", True)


def test_links_follow_the_help_site_of_the_company(desk: Desk) -> None:
    floor = desk.floor
    floor.do("settings.set", key="help_site", value="https://hjelp.example.no/kb/")
    given = {"article": "lights", "conversation": desk.talk, "form": "link"}
    text = floor.do("knowledge.render", desk.ada, **given).text
    assert text == "Lights: https://hjelp.example.no/kb/lights"
    internal = {"conversation": desk.talk, "text": "https://hjelp.example.no/kb/secret-credits"}
    assert floor.refused("conversation.reply", desk.ada, **internal).code == "article.internal"


@pytest.mark.parametrize("site", ["help", "ftp://x.example", "https://a b", "https://x.example?a"])
def test_what_is_no_site_is_refused(floor: Any, site: str) -> None:
    assert floor.refused("settings.set", key="help_site", value=site).code == "settings.invalid"


def test_what_is_written_around_a_letter_does_not_link_to_what_is_internal(desk: Desk) -> None:
    floor, ada = desk.floor, desk.ada
    floor.do("channel.update", channel="email", letters=True)
    talk = floor.serves(ada, channel="email", address="nora@example.com")
    given = {"conversation": talk, "text": "Hello"}
    refused = floor.refused("conversation.reply", ada, **given, subject=f"See {desk.link}")
    assert refused.code == "article.internal"
    floor.do("signature.set", ada, channel="email", text=f"Read {desk.link}")
    assert floor.refused("conversation.reply", ada, **given).code == "article.internal"


@pytest.mark.parametrize("enclosed", [False, True])
def test_a_command_leaves_another_draft_unless_it_sends_it(desk: Desk, enclosed: bool) -> None:
    floor, ada = desk.floor, desk.ada
    typed = {"conversation": desk.talk, "text": "My draft", "kind": "reply"}
    floor.do("session.draft", ada, **typed)
    given = {"conversation": desk.talk, "text": "Sent by a script", "enclosed": enclosed}
    floor.do("conversation.reply", ada, **given)
    (session,) = floor.do("session.list", ada)
    assert session.draft_reply == ("" if enclosed else "My draft")
