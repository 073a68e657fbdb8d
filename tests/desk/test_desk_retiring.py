"""What is retired: said before what hangs on it, moved where it goes, kept in history by name."""

from typing import Any

import pytest
from owed import KIANA, case, settle_in

from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.conversation import ConversationState

S = ConversationState


@pytest.fixture
def bo(floor: Any) -> Actor:
    return floor.hire("bo", presence="away")


def test_an_agent_who_is_retired_leaves_nothing_behind(floor: Any, ada: Actor, bo: Actor) -> None:
    whose = floor.do("customer.create", name="Kiana Berg", email=KIANA).id
    chat = floor.serves(ada)
    ended = floor.serves(ada, address="dev-2")
    floor.do("conversation.end", ada, conversation=ended)
    floor.do("timeline.add", ada, customer=whose, kind="task", title="Ring", due_at="2h")
    owned = floor.do("case.create", ada, customer=whose, title="Drops", origin="chat")
    no = floor.do("agent.consequences", agent="ada")
    assert "Give another agent with to=LOGIN." in no.why_not
    assert floor.refused("agent.retire", agent="ada").code == "agent.needed"
    said = floor.do("agent.consequences", agent="ada", to="bo")
    assert said.why_not == ""
    assert said.says == (
        "1 active conversation: back to the queue.",
        "1 conversation in wrap-up: closed.",
        "1 open follow-up: to Bo Test.",
        "1 active case: owned by Bo Test.",
        "Ada Test leaves General; 1 other member.",
    )
    before = floor.desk.last_seq()
    assert floor.do("agent.consequences", agent="ada", to="bo") == said
    assert floor.desk.last_seq() == before
    assert floor.do("agent.retire", agent="ada", to="bo") == said
    assert (floor.talk(chat).state, floor.talk(chat).agent_id) == (S.OPEN, None)
    assert floor.talk(ended).state is S.CLOSED
    assert [one.title for one in floor.do("timeline.mine", bo)] == ["Ring"]
    assert floor.do("case.get", case=owned.id).owner_id == bo.id
    assert [one.login for one in floor.do("agent.list")] == ["bo"]
    assert [one.login for one in floor.do("agent.list", retired=True)] == ["ada"]
    assert floor.do("agent.get", agent="ada").queues == ()
    assert floor.desk.store.problems() == []


def test_who_is_retired_can_do_nothing_and_be_given_nothing(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    floor.do("agent.retire", agent="ada")
    talk = floor.serves(bo)
    refusal = floor.refused("agent.set_presence", ada, presence="available")
    assert refusal.code == "agent.retired"
    for name, given in (
        ("conversation.transfer", {"conversation": talk, "to_agent": "ada"}),
        ("supervisor.assign", {"conversation": talk, "agent": "ada"}),
        ("queue.add_member", {"queue": "General", "agent": "ada"}),
        ("conversation.consult", {"conversation": talk, "agent": "ada"}),
    ):
        by = bo if name.startswith("conversation") else ADMINISTRATOR
        assert floor.refused(name, by, **given).code == "agent.retired"
    targets = floor.do("conversation.transfer_targets", bo, conversation=talk)
    assert "ada" not in [one.login for one in targets.agents]
    floor.do("conversation.note", bo, conversation=talk, text="@ada look")
    assert floor.entries(kind="agent.mentioned") == []
    assert floor.refused("agent.create", login="ada", name="Ada Two").code == "agent.exists"
    assert floor.refused("agent.retire", agent="ada").code == "agent.retired"
    floor.do("agent.restore", agent="ada")
    floor.do("agent.set_presence", ada, presence="available")
    assert floor.refused("agent.restore", agent="ada").code == "agent.in_use"


def test_an_agent_is_changed_and_more_room_is_filled_at_once(floor: Any) -> None:
    ada = floor.hire("ada", capacity=0)
    talk = floor.writes()
    assert floor.ringing(ada) == []
    changed = floor.do("agent.update", agent="ada", name="Ada King", capacity=50)
    assert (changed.name, changed.capacity, changed.login) == ("Ada King", 50, "ada")
    assert floor.ringing(ada) == [talk]
    assert floor.refused("agent.update", agent="ada").code == "agent.nothing"
    assert floor.refused("agent.update", agent="ada", capacity=-1).code == "agent.capacity"
    assert floor.refused("agent.update", agent="ada", name=" ").code == "agent.name"


def test_the_last_who_works_a_queue_where_somebody_waits_stays(floor: Any, ada: Actor) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    floor.writes()
    refusal = floor.refused("agent.retire", agent="ada")
    assert "Ada Test is the only member of General" in refusal.message
    assert floor.refused("agent.retire", agent="ada", to="ada").code == "agent.needed"


def test_a_name_with_a_dot_is_not_the_end_of_the_sentence(floor: Any, ada: Actor) -> None:
    floor.do("agent.update", agent="ada", name="J. Doe")
    whose = floor.do("customer.create", name="Kiana Berg", email=KIANA).id
    floor.do("timeline.add", ada, customer=whose, kind="task", title="Ring", due_at="2h")
    refusal = floor.refused("agent.retire", agent="ada")
    said = "J. Doe has 1 open follow-up that would remind nobody."
    assert (refusal.code, refusal.message) == ("agent.needed", said)
    assert refusal.hint == "Give another agent with to=LOGIN."
    assert floor.do("agent.consequences", agent="ada").why_not == f"{said} {refusal.hint}"


def test_a_queue_that_is_retired_hands_over_what_waits_there(floor: Any, bo: Actor) -> None:
    floor.do("queue.create", name="Billing")
    waits = floor.writes()
    floor.do("workstream.create", name="Chats", channels=["sms"], queue="General")
    no = floor.do("queue.consequences", queue="General")
    assert no.says[0] == "1 waiting conversation: to no queue yet."
    assert floor.refused("queue.retire", queue="General").code == "queue.needed"
    empty = floor.refused("queue.retire", queue="General", to="Billing")
    assert "Billing has no members" in empty.message
    floor.do("queue.add_member", queue="Billing", agent="bo")
    said = floor.do("queue.retire", queue="General", to="Billing")
    assert "Billing becomes the fallback of Chats." in said.says
    assert floor.talk(waits).queue == "Billing"
    assert [one["name"] for one in floor.do("queue.list")] == ["Billing"]
    assert [one["name"] for one in floor.do("queue.list", retired=True)] == ["General"]
    given = {"conversation": waits, "to_queue": "General"}
    assert floor.refused("conversation.transfer", **given).code == "queue.retired"
    assert floor.refused("queue.create", name="General").code == "queue.exists"
    assert floor.talk(floor.writes(address="dev-2")).queue == "Billing"
    assert floor.talk(floor.writes(channel="sms", address="+4755501022")).queue == "Billing"
    floor.do("queue.restore", queue="General")
    assert len(floor.do("queue.list")) == 2


def test_a_queue_that_others_send_to_is_named_by_them(floor: Any, bo: Actor) -> None:
    rule = {"when": "waiting_items", "above": 3, "do": "queue", "to": "General"}
    floor.do("queue.create", name="Billing", overflow=[rule])
    refusal = floor.refused("queue.retire", queue="General", to="Billing")
    assert refusal.message == "Billing overflows to General."
    floor.do("queue.update", queue="Billing", overflow=[])
    floor.do("queue.retire", queue="General", to="Billing")
    overflow = floor.refused("queue.update", queue="Billing", overflow=[rule])
    assert overflow.code == "queue.overflow"


def test_a_channel_is_retired_when_nothing_goes_on_there(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, channel="sms", address="+4755501022")
    assert floor.refused("channel.retire", channel="sms").code == "channel.needed"
    floor.do("conversation.finish", ada, conversation=talk)
    floor.do("channel.retire", channel="sms")
    given = {"channel": "sms", "address": "+4755501022", "text": "Hello"}
    assert floor.refused("conversation.receive", **given).code == "channel.retired"
    assert "sms" not in [one.key for one in floor.do("channel.list")]
    assert floor.talk(talk).channel == "sms"
    floor.do("channel.restore", channel="sms")
    floor.do("conversation.receive", **given)


def test_a_template_is_changed_and_retired_and_leaves_what_was_made_of_it(floor: Any) -> None:
    settle_in(floor)
    made = floor.do("entitlement.template_create", name="Bronze", total=3, channels={"phone": 2})
    given = {"template": "Bronze", "customer": KIANA}
    one = floor.do("entitlement.from_template", **given)
    changed = floor.do("entitlement.template_update", template="Bronze", total=5, days=30)
    assert (changed.total, changed.days, changed.channels) == (5, 30, {"phone": 2})
    assert floor.do("entitlement.get", entitlement=one.id).total == 3
    floor.do("entitlement.template_create", name="Silver", total=1)
    taken = floor.refused("entitlement.template_update", template="Silver", name="bronze")
    assert taken.code == "template.exists"
    floor.do("entitlement.template_retire", template="Bronze")
    assert [t.name for t in floor.do("entitlement.template_list")] == ["Silver"]
    assert [t.id for t in floor.do("entitlement.template_list", retired=True)] == [made.id]
    assert floor.refused("entitlement.from_template", **given).code == "template.retired"
    refusal = floor.refused("entitlement.template_create", name="Bronze", total=3)
    assert refusal.code == "template.exists"
    floor.do("entitlement.template_restore", template="Bronze")
    floor.do("entitlement.from_template", **given)
    assert case(floor, "none").entitlement_id is None


def test_quick_replies_are_changed_and_retired_by_those_they_are_of(
    floor: Any, ada: Actor, bo: Actor
) -> None:
    own = floor.do("reply.create", ada, key="hi", title="Hi", text="Hi!")
    shared = floor.do("reply.create", key="bye", title="Bye", text="Bye!", personal=False)
    changed = floor.do("reply.update", ada, reply=own.id, text="Hi {customer.first_name}!")
    assert (changed.text, changed.title, changed.key) == ("Hi {customer.first_name}!", "Hi", "hi")
    wrong = floor.refused("reply.update", ada, reply=own.id, text="{nothing.known}")
    assert wrong.code == "reply.slots"
    for by, reply in ((bo, own.id), (ada, shared.id)):
        for verb in ("update", "retire", "restore"):
            given: dict[str, Any] = {"reply": reply}
            refusal = floor.refused(f"reply.{verb}", by, **given)
            assert refusal.code == "permission.denied"
    floor.do("reply.retire", ada, reply=own.id)
    floor.do("reply.retire", reply=shared.id)
    assert floor.do("reply.search", ada, query="") == []
    assert floor.refused("reply.use", ada, reply=own.id).code == "reply.retired"
    floor.do("reply.restore", ada, reply=own.id)
    assert [one.key for one in floor.do("reply.search", ada, query="")] == ["hi"]


def test_a_work_stream_hands_over_its_channels(floor: Any) -> None:
    floor.do("workstream.create", name="Mail", channels=["email"])
    floor.do("workstream.create", name="Letters", channels=["sms"])
    refusal = floor.refused("workstream.retire", workstream="Mail")
    assert refusal.message == "Mail is used by email."
    assert floor.refused("workstream.retire", workstream="Mail", to="Mail")
    floor.do("workstream.retire", workstream="Mail", to="Letters")
    (left,) = floor.do("workstream.list")
    assert (left.name, sorted(left.channels)) == ("Letters", ["email", "sms"])
    assert [one.name for one in floor.do("workstream.list", retired=True)] == ["Mail"]
    given = {"workstream": "Mail", "cost": 10}
    assert floor.refused("workstream.update", **given).code == "workstream.retired"
    floor.do("workstream.restore", workstream="Mail")
    floor.do("workstream.update", **given)


def test_a_capacity_profile_that_somebody_has_stays(floor: Any, bo: Actor) -> None:
    floor.do("profile.create", name="Calls", most=2)
    floor.do("profile.give", agent="bo", profile="Calls")
    assert "1 agent" in floor.refused("profile.retire", profile="Calls").message
    floor.do("profile.take_away", agent="bo", profile="Calls")
    floor.do("profile.retire", profile="Calls")
    assert floor.do("profile.list") == []
    given = {"agent": "bo", "profile": "Calls"}
    assert floor.refused("profile.give", **given).code == "profile.retired"
    floor.do("profile.restore", profile="Calls")
    floor.do("profile.give", **given)


def test_hours_that_a_queue_goes_by_stay(floor: Any) -> None:
    floor.do(
        "calendar.create", name="Office", zone="Europe/Oslo", weekly={"monday": ["09:00-17:00"]}
    )
    floor.do("queue.update", queue="General", hours="Office")
    refusal = floor.refused("calendar.retire", calendar="Office")
    assert refusal.message == "Office is used by the queue General."
    floor.do("queue.update", queue="General", hours="")
    floor.do("calendar.retire", calendar="Office")
    assert floor.do("calendar.list") == []
    given = {"queue": "General", "hours": "Office"}
    assert floor.refused("queue.update", **given).code == "calendar.retired"
    floor.do("calendar.restore", calendar="Office")
    floor.do("queue.update", **given)
