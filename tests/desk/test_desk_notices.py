"""What the desk itself tells customers: when nobody is free, when it is passed on, who joined."""

from typing import Any

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refused

CUSTOMER = Actor(ActorKind.CUSTOMER, name="customer")


class Floor:
    """Two agents of one queue, and short ways to write, take and read."""

    def __init__(self, desk: Desk, clock: ManualClock) -> None:
        self.desk, self.clock = desk, clock
        self.agents: dict[str, Actor] = {}
        for login in ("bo", "chidi"):
            made = self.do("agent.create", login=login, name=login.title(), capacity=100)
            self.do("queue.add_member", queue="General", agent=login)
            self.agents[login] = Actor(ActorKind.AGENT, made.id, made.name)

    def do(self, command: str, by: Actor = ADMINISTRATOR, **given: Any) -> Any:
        return self.desk.call(command, by, **given)

    def there(self, *logins: str) -> None:
        for login in logins:
            self.do("agent.set_presence", self.agents[login], presence="available")

    def says(self, text: str = "hello", address: str = "kiana@example.com", **given: Any) -> int:
        got = self.do(
            "conversation.receive", CUSTOMER, channel="chat", address=address, text=text, **given
        )
        key: int = got.conversation_id
        return key

    def told(self, talk: int) -> list[str]:
        """What the desk has said to the customer."""
        rows = self.do("conversation.messages", conversation=talk)
        return [m.text for m in rows if m.speaker == "system" and m.kind == "message"]


@pytest.fixture
def floor(desk: Desk, clock: ManualClock) -> Floor:
    made = Floor(desk, clock)
    for one in made.do("notice.list"):  # nothing is said but what a test says
        made.do("notice.delete", notice=one.id)
    return made


def test_who_writes_when_nobody_is_free_is_told_once(floor: Floor) -> None:
    floor.do("notice.set", occasion="waiting", text="We will be with you.")
    talk = floor.says()
    floor.says("anybody?")
    assert floor.told(talk) == ["We will be with you."]


def test_nobody_is_told_to_wait_who_rings_somewhere(floor: Floor) -> None:
    floor.do("notice.set", occasion="waiting", text="We will be with you.")
    floor.there("bo")
    assert floor.told(floor.says()) == []


def test_a_decline_is_told_once_nobody_else_rings(floor: Floor) -> None:
    floor.do("notice.set", occasion="declined", text="Everybody is busy.")
    floor.there("bo", "chidi")
    talk = floor.says()
    first = floor.do("conversation.get", conversation=talk).offered_to
    by = {actor.id: actor for actor in floor.agents.values()}
    floor.do("conversation.decline", by[first], conversation=talk)
    assert floor.told(talk) == [], "it rings at the other one"
    second = floor.do("conversation.get", conversation=talk).offered_to
    assert second not in (None, first)
    floor.do("agent.set_presence", by[first], presence="away")
    floor.clock.advance(121_000)
    floor.desk.run_due()
    assert floor.told(talk) == ["Everybody is busy."]


def test_it_is_told_again_when_it_was_helped_between(floor: Floor) -> None:
    floor.do("notice.set", occasion="declined", text="Everybody is busy.")
    floor.there("bo")
    bo = floor.agents["bo"]
    talk = floor.says()
    floor.do("conversation.decline", bo, conversation=talk)
    floor.do("conversation.pick", bo, conversation=talk)
    floor.do("conversation.release", bo, conversation=talk)
    floor.do("agent.set_presence", bo, presence="away")
    floor.there("bo")
    floor.do("conversation.decline", bo, conversation=talk)
    assert floor.told(talk) == ["Everybody is busy."] * 2


def test_the_one_who_joins_is_named_and_not_again_after_a_pause(floor: Floor) -> None:
    floor.do("notice.set", occasion="joined", text="{agent.first_name} is here.")
    floor.there("bo")
    bo, chidi = floor.agents["bo"], floor.agents["chidi"]
    talk = floor.says()
    floor.do("conversation.accept", bo, conversation=talk)
    assert floor.told(talk) == ["Bo is here."]
    floor.there("chidi")
    floor.do("conversation.transfer", bo, conversation=talk, to_agent="chidi")
    floor.do("conversation.accept", chidi, conversation=talk)
    assert floor.told(talk) == ["Bo is here.", "Chidi is here."]


def test_passing_on_names_whom_it_goes_to(floor: Floor) -> None:
    floor.do("notice.set", occasion="transferred", text="{agent.first_name} takes over.")
    floor.there("bo", "chidi")
    talk = floor.says()
    owner = floor.do("conversation.get", conversation=talk).offered_to
    giver, taker = sorted(floor.agents, key=lambda login: floor.agents[login].id != owner)
    floor.do("conversation.accept", floor.agents[giver], conversation=talk)
    floor.do("conversation.transfer", floor.agents[giver], conversation=talk, to_agent=taker)
    assert floor.told(talk) == [f"{taker.title()} takes over."]


def test_a_hole_is_never_sent(floor: Floor) -> None:
    floor.do("notice.set", occasion="waiting", text="It is about {case.number}, please wait.")
    assert floor.told(floor.says()) == []
    floor.do("notice.set", occasion="waiting", text="Hello {customer.first_name}, please wait.")
    assert floor.told(floor.says(address="new@example.com")) == ["Hello, please wait."]
    floor.do("customer.create", name="Kiana Anderson", email="k@example.com")
    made = floor.do("customer.create", name="Bea Lund", email="bea@example.com")
    floor.do("customer.add_address", customer=made.id, channel="chat", address="bea@example.com")
    assert floor.told(floor.says(address="bea@example.com")) == ["Hello Bea, please wait."]


def test_customers_are_told_in_their_language(floor: Floor) -> None:
    floor.do("notice.set", occasion="waiting", text="Please wait.")
    floor.do("notice.set", occasion="waiting", language="nb", text="Vent litt.")
    talk = floor.says(address="x@example.com", context={"language": "nb-NO"})
    assert floor.told(talk) == ["Vent litt."]
    assert floor.told(floor.says(address="y@example.com")) == ["Please wait."]


def test_ending_says_goodbye_only_where_it_is_written_for(floor: Floor) -> None:
    floor.do("notice.set", occasion="ended", text="Goodbye.", channels=["email"])
    floor.there("bo")
    bo = floor.agents["bo"]
    talk = floor.says()
    floor.do("conversation.accept", bo, conversation=talk)
    floor.do("conversation.end", bo, conversation=talk)
    assert floor.told(talk) == []
    floor.do("notice.set", occasion="ended", text="Goodbye.", channels=["chat"])
    floor.do("conversation.close", bo, conversation=talk)
    again = floor.says()
    floor.do("conversation.accept", bo, conversation=again)
    floor.do("conversation.end", bo, conversation=again)
    assert floor.told(again) == ["Goodbye."]


def test_what_is_said_anew_replaces_what_was_said(floor: Floor) -> None:
    floor.do("notice.set", occasion="ended", text="Bye.", channels=["sms", "chat"])
    floor.do("notice.set", occasion="ended", text="Goodbye.", channels=["chat", "sms"])
    listed = floor.do("notice.list")
    assert [(n.text, n.channels) for n in listed] == [("Goodbye.", ("chat", "sms"))]
    floor.do("notice.delete", notice=listed[0].id)
    assert floor.do("notice.list") == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text": ""}, "notice.text"),
        ({"text": "Back in {?minutes}"}, "notice.text"),
        ({"text": "Hello {nobody.knows}"}, "notice.text"),
        ({"text": "Hi", "channels": ["telegram"]}, "channel.unknown"),
        ({"text": "Hi", "occasion": "birthday"}, "parameter.invalid"),
    ],
)
def test_what_cannot_be_sent_is_refused(floor: Floor, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        floor.do("notice.set", **{"occasion": "waiting", **given})
    assert refused.value.refusal.code == code
    assert floor.do("notice.list") == []


def test_a_notice_that_is_not_there_is_named(floor: Floor) -> None:
    with pytest.raises(Refused, match="no notice 7"):
        floor.do("notice.delete", notice=7)


def row(floor: Floor, talk: int) -> Any:
    return floor.do("conversation.get", conversation=talk)


def test_a_notice_is_nobody_s_last_word(floor: Floor) -> None:
    floor.do("notice.set", occasion="waiting", text="We will be with you.")
    floor.do("notice.set", occasion="joined", text="You speak with {agent.first_name}.")
    talk = floor.says("my router drops")
    assert floor.told(talk) == ["We will be with you."]
    assert (row(floor, talk).last_text, row(floor, talk).last_speaker) == (
        "my router drops",
        "customer",
    )
    floor.there("bo")
    bo = floor.agents["bo"]
    floor.do("conversation.accept", bo, conversation=talk)
    assert len(floor.told(talk)) == 2
    assert row(floor, talk).last_text == "my router drops"
    floor.do("conversation.reply", bo, conversation=talk, text="Hello Kiana")
    assert row(floor, talk).last_text == "Hello Kiana"


def test_a_reply_that_is_taken_back_leaves_the_customer_s_words_not_a_notice(floor: Floor) -> None:
    floor.do("notice.set", occasion="joined", text="You speak with {agent.first_name}.")
    floor.there("bo")
    talk, bo = floor.says("my router drops"), floor.agents["bo"]
    floor.do("conversation.accept", bo, conversation=talk)
    reply = floor.do("conversation.reply", bo, conversation=talk, text="Hello Kiana")
    floor.do("conversation.unsend", bo, message=reply.id)
    assert (row(floor, talk).last_text, row(floor, talk).last_speaker) == (
        "my router drops",
        "customer",
    )


def test_the_question_is_what_the_customer_wrote_before_anybody_answered(floor: Floor) -> None:
    floor.do("notice.set", occasion="waiting", text="We will be with you.")
    talk = floor.says("hi")
    floor.says("my router drops")

    def question() -> list[str]:
        return [line.text for line in floor.do("conversation.question", conversation=talk)]

    assert question() == ["hi", "my router drops"]
    floor.there("bo")
    bo = floor.agents["bo"]
    floor.do("conversation.accept", bo, conversation=talk)
    floor.do("conversation.note", bo, conversation=talk, text="third time")
    floor.says("anybody?")
    assert question() == ["hi", "my router drops", "anybody?"]
    floor.do("conversation.reply", bo, conversation=talk, text="Hello")
    floor.says("at last")
    assert question() == ["hi", "my router drops", "anybody?"]


def test_undoing_says_what_a_customer_was_told_meanwhile(floor: Floor) -> None:
    floor.do("notice.set", occasion="joined", text="{agent.first_name} is here.")
    talk = floor.says()
    floor.do("conversation.pick", floor.agents["bo"], conversation=talk)
    floor.do("conversation.note", floor.agents["bo"], conversation=talk, text="calm")
    assert floor.do("undo.what", floor.agents["bo"]).told == "", "nobody is told of a note"
    floor.do("undo.last", floor.agents["bo"])
    name = floor.do("conversation.get", conversation=talk).name
    said = f"{name} has been told “Bo is here.”. That cannot be undone."
    assert floor.do("undo.what", floor.agents["bo"]).told == said
    assert floor.do("undo.last", floor.agents["bo"]).told == said
    assert floor.told(talk) == ["Bo is here."]


def test_what_many_customers_were_told_is_counted(floor: Floor) -> None:
    floor.do("notice.set", occasion="transferred", text="A colleague takes over.")
    floor.do("queue.create", name="Billing")
    floor.do("queue.add_member", queue="Billing", agent="chidi")
    talks = [floor.says(address=f"{name}@example.com") for name in ("x", "y")]
    bo = floor.agents["bo"]
    assert (
        floor.do("notice.preview", conversations=talks, occasion="transferred")
        == ["A colleague takes over."] * 2
    )
    floor.do("bulk.transfer", bo, conversations=talks, to_queue="Billing")
    assert floor.do("notice.preview", conversations=talks, occasion="transferred") == []
    told = floor.do("undo.last", bo).told
    assert told == "2 customers have been told “A colleague takes over.”. That cannot be undone."


def test_a_reply_that_was_sent_meanwhile_is_no_notice(floor: Floor) -> None:
    talk = floor.says()
    bo = floor.agents["bo"]
    floor.do("conversation.pick", bo, conversation=talk)
    floor.do("conversation.reply", bo, conversation=talk, text="Hello!")
    assert floor.do("undo.what", bo).told == ""
