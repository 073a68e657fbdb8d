"""Quick replies of a person, a team and everybody: who sees them, who writes them, undoing it."""

from typing import Any

import pytest

from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.knowledge import Scope

SHARED: dict[str, Any] = {"title": "Hi", "text": "Hi!", "personal": False}


def keys(floor: Any, by: Actor, **given: Any) -> list[str]:
    return [one.key for one in floor.do("reply.search", by, **given)]


def test_a_teams_replies_are_for_those_who_work_its_queue(floor: Any, ada: Actor) -> None:
    floor.do("queue.create", name="Billing")
    bo = floor.hire("bo", queue="Billing")
    made = floor.do("reply.create", key="refund", title="R", text="R", queue="Billing")
    assert (made.scope, made.owner_id) == (Scope.TEAM, None)
    assert keys(floor, bo) == ["refund"]
    assert keys(floor, ada) == []
    assert keys(floor, ADMINISTRATOR) == ["refund"]
    floor.do("queue.add_member", queue="Billing", agent="ada")
    assert keys(floor, ada) == ["refund"]
    assert floor.do("reply.render", ada, reply="refund", conversation=floor.writes()).text == "R"


def test_the_same_key_may_be_everybodys_a_teams_and_ones_own(floor: Any, ada: Actor) -> None:
    one = floor.do("reply.create", key="hi", **SHARED)
    two = floor.do("reply.create", key="hi", title="Hi", text="Team", queue="General")
    three = floor.do("reply.create", ada, key="hi", title="Hi", text="Mine")
    assert len({one.id, two.id, three.id}) == 3
    assert [r.text for r in floor.do("reply.search", ada)] == ["Mine", "Team", "Hi!"]
    talk = floor.serves(ada)
    assert floor.do("reply.render", ada, reply="hi", conversation=talk).text == "Mine"


@pytest.mark.parametrize("kind", [ActorKind.AGENT, ActorKind.BOT])
@pytest.mark.parametrize("more", [{"personal": False}, {"queue": "General"}])
def test_only_supervisors_write_for_others(
    floor: Any, ada: Actor, kind: ActorKind, more: dict[str, Any]
) -> None:
    by = ada if kind is ActorKind.AGENT else Actor(kind, name="helper")
    given = {"key": "hi", "title": "Hi", "text": "Hi", **more}
    refusal = floor.refused("reply.create", by, **given)
    assert (refusal.code, refusal.hint) == (
        "permission.denied",
        "Save it for yourself (personal).",
    )
    made = floor.do("reply.create", **given)
    for verb, change in (("update", {"text": "x"}), ("retire", {}), ("restore", {})):
        assert floor.refused(f"reply.{verb}", by, reply=made.id, **change).code == (
            "permission.denied"
        )


def test_an_agent_keeps_their_own_and_cannot_share_it(floor: Any, ada: Actor) -> None:
    made = floor.do("reply.create", ada, key="hi", title="Hi", text="Hi", workstreams=[])
    assert floor.refused("reply.update", ada, reply=made.id, scope="shared").code == (
        "permission.denied"
    )
    shared = floor.do("reply.update", reply=made.id, scope="team", queue="General")
    assert (shared.id, shared.scope) == (made.id, Scope.TEAM)
    assert floor.refused("reply.update", reply=made.id, scope="personal").code == (
        "actor.not_an_agent"
    )
    assert floor.do("reply.update", reply=made.id, scope="shared").queue_id is None
    floor.do("reply.create", key="hi", title="Hi", text="x", queue="General")
    taken = floor.refused("reply.update", reply=made.id, scope="team", queue="General")
    assert taken.code == "reply.exists"


def test_one_that_is_there_is_replaced_only_where_that_is_meant(floor: Any, ada: Actor) -> None:
    given = {"key": "hi", "title": "Hi", "text": "Hi"}
    floor.do("reply.create", ada, **given)
    refusal = floor.refused("reply.create", ada, **given, replace=False)
    assert (refusal.code, refusal.message) == ("reply.exists", "A quick reply hi exists already.")
    floor.do("reply.create", ada, **given, language="nb", replace=False)


def test_the_customers_language_and_work_stream_decide_in_a_conversation(
    floor: Any, ada: Actor
) -> None:
    mail = floor.do("workstream.create", name="Letters", channels=["email"])["workstream"].id
    floor.do("reply.create", key="a", **SHARED)
    floor.do("reply.create", key="a", **SHARED, language="nb")
    floor.do("reply.create", key="b", **SHARED, workstreams=["Letters"])
    floor.do("customer.create", name="Kiana Berg", email="kiana@example.com", language="nb")
    letter = floor.serves(ada, channel="email", address="kiana@example.com")
    chat = floor.serves(ada, address="dev-9")
    assert floor.talk(letter).workstream_id == mail
    found = floor.do("reply.search", ada, conversation=letter)
    assert [(one.key, one.language) for one in found] == [("a", "nb"), ("a", "en"), ("b", "en")]
    assert keys(floor, ada, conversation=chat) == ["a", "a"]


def test_what_was_used_last_comes_before_what_was_used_long_ago(floor: Any, ada: Actor) -> None:
    for key in ("a", "b"):
        floor.do("reply.create", key=key, **SHARED)
    for _ in range(3):
        floor.do("reply.use", ada, reply="a")
    floor.clock.advance(90 * 86_400_000)
    for _ in range(2):
        floor.do("reply.use", ada, reply="b")
    assert keys(floor, ada) == ["b", "a"]


def test_a_reply_is_made_of_a_message_that_was_sent(floor: Any, ada: Actor) -> None:
    kiana = floor.do("customer.create", name="Kiana Berg", email="k@example.com", account="20417")
    talk = floor.serves(ada, channel="email", address="k@example.com")
    case = floor.do("case.create", customer=kiana.id, title="Drops", origin="email")
    floor.do("conversation.link_case", conversation=talk, case=case.number)
    said = f"Hi Kiana, your refund for 20417 is on its way ({case.number}). Ada"
    sent = floor.do("conversation.reply", ada, conversation=talk, text=said)
    found = floor.do("reply.propose", ada, message=sent.id)
    assert found.text == (
        "Hi {customer.first_name}, your refund for {customer.account} is on its way"
        " ({case.number}). {agent.first_name}"
    )
    assert (found.key, found.language) == ("refund", "en")
    made = floor.do(
        "reply.create", ada, key=found.key, title=found.title, text=found.text, replace=False
    )
    assert floor.do("reply.render", ada, reply=made.id, conversation=talk).text == said
    assert floor.do("reply.propose", ada, message=sent.id).key == "refund-2"


def test_what_a_customer_said_makes_no_reply(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    heard = floor.do("conversation.messages", conversation=talk)[0].id
    note = floor.do("conversation.note", ada, conversation=talk, text="Kiana is upset").id
    for message in (heard, note):
        assert floor.refused("reply.propose", ada, message=message).code == "reply.not_sent"


def test_retiring_is_undone(floor: Any, ada: Actor) -> None:
    made = floor.do("reply.create", ada, key="hi", title="Hi", text="Hi")
    floor.do("reply.retire", ada, reply=made.id)
    assert keys(floor, ada) == []
    assert floor.do("undo.last", ada).what == "retired the quick reply hi"
    assert keys(floor, ada) == ["hi"]
