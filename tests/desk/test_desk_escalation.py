"""A conversation goes on on a richer channel: what is kept, what is refused, what is taken back."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from owed import KIANA, active, case, left, settle_in

from omnitui.channels.courier import ANY, pump
from omnitui.model.actor import Actor
from omnitui.model.conversation import Conversation, ConversationState, Delivery, Message
from omnitui.model.conversation import MessageKind as Kind
from omnitui.model.errors import Refused

MINUTE = 60_000


@pytest.fixture
def company(floor: Any) -> Any:
    settle_in(floor)
    return floor


@pytest.fixture
def talk(company: Any, ada: Actor) -> int:
    """Kiana in a chat with Ada; she has a phone number."""
    company.do("customer.add_address", customer=KIANA, channel="phone", address="+47 555 01 22")
    company.do("customer.add_address", customer=KIANA, channel="chat", address="dev-1")
    key: int = company.serves(ada, text="My router is broken again, this is terrible!")
    return key


def escalate(floor: Any, agent: Actor, talk: int, **given: Any) -> Conversation:
    found = floor.do(
        "conversation.escalate", agent, conversation=talk, **{"channel": "phone", **given}
    )
    assert isinstance(found, Conversation)
    return found


def no(floor: Any, agent: Actor, talk: int, **given: Any) -> Any:
    return floor.refused(
        "conversation.escalate", agent, conversation=talk, **{"channel": "phone", **given}
    )


def options(floor: Any, talk: int, agent: Actor) -> dict[str, Any]:
    found = floor.do("conversation.escalations", agent, conversation=talk)
    return {one.channel: one for one in found}


class Recorder:
    """Carries everything, and remembers where to."""

    idempotent = True

    def __init__(self) -> None:
        self.took: list[tuple[str, str, str]] = []

    def deliver(self, message: Message, conversation: Conversation) -> None:
        self.took.append((conversation.channel, conversation.address, message.text))


def test_it_keeps_everything_that_belongs_to_it(company: Any, ada: Actor, talk: int) -> None:
    made = case(company, None, "chat", conversation=talk)
    before = company.talk(talk)
    after = escalate(company, ada, talk)
    assert (after.channel, after.address, after.escalation_count) == ("phone", "+47 555 01 22", 1)
    same = "id customer_id case_id agent_id state sentiment trend waiting_since name".split()
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert company.lines(talk) == ["My router is broken again, this is terrible!"]
    assert company.do("case.get", case=made.id).origin == "chat"
    assert company.person(ada).used == 100
    assert [one.conversation_id for one in company.do("session.list", ada)] == [talk]
    said = "Ada Test escalated from Live chat to Phone, +47 555 01 22"
    assert company.lines(talk, Kind.EVENT)[-1] == said
    (entry,) = company.entries(kind="conversation.escalated")
    assert (entry.payload["before"], entry.payload["channel"]) == ("chat", "phone")
    assert (entry.conversation_id, entry.case_id) == (talk, made.id)


def test_what_was_written_before_goes_where_it_was_to_go(
    company: Any, ada: Actor, talk: int
) -> None:
    company.do("conversation.reply", ada, conversation=talk, text="I call you")
    escalate(company, ada, talk)
    company.do("conversation.reply", ada, conversation=talk, text="Hello on the phone")
    company.wait(MINUTE)
    courier = Recorder()
    assert pump(company.desk, {ANY: courier}) == 2
    assert courier.took == [
        ("chat", "dev-1", "I call you"),
        ("phone", "+47 555 01 22", "Hello on the phone"),
    ]
    found = company.do("conversation.messages", conversation=talk)
    sent = {one.channel for one in found if one.delivery is Delivery.SENT}
    assert sent == {"chat", "phone"}


def test_what_the_customer_still_writes_there_belongs_to_it(
    company: Any, ada: Actor, talk: int
) -> None:
    escalate(company, ada, talk)
    assert company.writes("The line is bad", external_id="m7") == talk
    assert company.writes("The line is bad", external_id="m7") == talk
    assert company.lines(talk)[1:] == ["The line is bad"]
    assert company.lines(talk, Kind.EVENT)[-1] == "Kiana Anderson wrote on Live chat"
    assert company.talk(talk).channel == "phone"
    # When it is over, the window begins another one, as ever.
    company.do("conversation.end", ada, conversation=talk)
    assert company.writes("One more thing") != talk


def test_the_window_may_be_closed_once_the_call_has_begun(
    company: Any, ada: Actor, talk: int
) -> None:
    company.do("conversation.customer_gone", conversation=talk)
    escalate(company, ada, talk)
    company.wait(60 * MINUTE)
    company.do("conversation.customer_gone", conversation=talk, channel="chat")
    company.do("conversation.customer_left", conversation=talk, channel="chat")
    found = company.talk(talk)
    assert (found.state, found.customer_gone_at) == (ConversationState.ACTIVE, None)
    company.do("conversation.customer_left", conversation=talk, channel="phone")
    assert company.talk(talk).state is ConversationState.WRAP_UP


def test_a_call_beside_other_work_is_asked_about(company: Any, ada: Actor, talk: int) -> None:
    other = company.serves(ada, address="dev-2")
    found = no(company, ada, talk)
    assert (found.code, found.message) == (
        "capacity.beyond",
        "You would go beyond your capacity with Kiana Anderson."
        " It needs an agent without other live work (1 live).",
    )
    option = options(company, talk, ada)["phone"]
    assert option.allowed
    assert option.says.endswith(found.message)
    company.do("conversation.end", ada, conversation=other)
    company.do("conversation.close", ada, conversation=other)
    mail = company.serves(ada, channel="email", address="bo@example.com")
    assert "85 of 100 units are free, and it needs 100" in no(company, ada, talk).message
    company.do("conversation.close", ada, conversation=mail)
    assert escalate(company, ada, talk).channel == "phone"


def test_who_may_and_when(company: Any, ada: Actor, talk: int) -> None:
    bo = company.hire("bo")
    assert no(company, bo, talk).code == "conversation.not_yours"
    assert no(company, ada, talk, channel="email").code == "escalation.not_up"
    assert no(company, ada, talk, channel="pigeon").code == "channel.unknown"
    company.do("conversation.end", ada, conversation=talk)
    assert no(company, ada, talk).code == "escalation.state"
    waiting = company.writes(address="dev-9")
    assert no(company, ada, waiting, address="+47 1").code in (
        "escalation.state",
        "conversation.not_yours",
    )


def test_where_nobody_knows_it_has_to_be_given_and_is_kept(company: Any, ada: Actor) -> None:
    company.do("customer.add_address", customer=KIANA, channel="web", address="v-7")
    talk = company.serves(ada, channel="web", address="v-7")
    assert options(company, talk, ada)["chat"].addresses == ("v-7",)
    assert options(company, talk, ada)["phone"].addresses == ()
    assert no(company, ada, talk).code == "escalation.address"
    company.do("customer.create", name="Bo", phone="+47 999")
    assert no(company, ada, talk, address="0047 999").code == "address.taken"
    assert no(company, ada, talk, address="  ").code == "escalation.address"
    assert escalate(company, ada, talk, address="+47 555 01 22").address == "+47 555 01 22"
    known = [one.value for one in company.do("customer.get", customer=KIANA).addresses]
    assert known == [KIANA, "v-7", "+47 555 01 22"]


def test_up_the_whole_ladder(company: Any, ada: Actor) -> None:
    talk = company.serves(ada, channel="web", address="v-7", context={"phone": "+47 1"})
    escalate(company, ada, talk, channel="chat")
    assert company.person(ada).used == 25
    after = escalate(company, ada, talk)
    assert (after.channel, after.address, after.escalation_count) == ("phone", "+47 1", 2)
    assert options(company, talk, ada) == {}
    for channel in ("web", "chat"):
        assert company.writes("Still here", channel=channel, address="v-7") == talk
    company.do("undo.last", ada)
    assert (company.talk(talk).channel, company.talk(talk).address) == ("chat", "v-7")
    company.do("conversation.as_it_was", conversation=talk, channel="web")


def test_a_customer_with_another_call_is_not_called_twice(
    company: Any, ada: Actor, talk: int
) -> None:
    company.writes("Hello?", channel="phone", address="+47 555 01 22")
    found = no(company, ada, talk)
    assert found.code == "escalation.under_way"
    assert "already has a conversation on Phone" in found.message


# What is owed ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channels", "restrict", "code"),
    [
        ({}, True, ""),
        ({"phone": 2}, True, ""),
        ({"phone": 0}, True, "entitlement.channel_forbidden"),
        ({"phone": 0}, False, "entitlement.channel_forbidden"),
        ({"phone": 1}, True, "entitlement.channel_exhausted"),
        ({"phone": 1}, False, ""),
    ],
)
def test_the_entitlement_of_the_case_decides(
    company: Any, ada: Actor, talk: int, channels: dict[str, int], restrict: bool, code: str
) -> None:
    gold = active(company, total=2, channels=channels, restrict=restrict)
    if channels.get("phone"):
        case(company, gold, "phone")
    made = case(company, gold, "chat", conversation=talk)
    before = left(company, gold)
    offered = options(company, talk, ada)["phone"]
    assert (offered.allowed, offered.code, offered.without) == (not code, code, bool(code))
    assert offered.entitlement == "Gold"
    if code:
        assert no(company, ada, talk).code == code
        assert offered.says == offered.why
    escalate(company, ada, talk, without_entitlement=bool(code))
    (entry,) = company.entries(kind="conversation.escalated")
    assert entry.payload["without"] == code
    ended = company.lines(talk, Kind.EVENT)[-1].endswith(", without Gold")
    assert ended is bool(code)
    # The case keeps its origin and what it is given, and no terms move.
    kept = company.do("case.get", case=made.id)
    assert (kept.origin, kept.entitlement_id) == ("chat", gold)
    assert left(company, gold) == before


def test_what_is_left_is_said_and_that_the_case_has_its_own(
    company: Any, ada: Actor, talk: int
) -> None:
    gold = active(company, total=5, restrict=True, channels={"phone": 3})
    case(company, gold, "phone")
    case(company, gold, "chat", conversation=talk)
    found = options(company, talk, ada)["phone"]
    assert (found.total, found.remaining) == (5, 3)
    assert (found.channel_total, found.channel_remaining) == (3, 2)
    assert found.says == ("Gold: 3 of 5 cases left, 2 of 3 on Phone. This case is counted already.")
    assert (found.units, found.addresses) == (100, ("+47 555 01 22",))


def test_a_case_that_used_the_last_terms_can_still_be_called_about(
    company: Any, ada: Actor, talk: int
) -> None:
    gold = active(company, total=1, restrict=True)
    case(company, gold, "chat", conversation=talk)
    assert left(company, gold)[0] == 0
    assert escalate(company, ada, talk).channel == "phone"


def test_without_a_case_the_default_decides_and_without_either_nothing_does(
    company: Any, ada: Actor, talk: int
) -> None:
    assert options(company, talk, ada)["phone"].says.startswith("No entitlement applies")
    gold = active(company, channels={"phone": 0})
    company.do("entitlement.set_default", entitlement=gold)
    assert no(company, ada, talk).code == "entitlement.channel_forbidden"
    assert "escalate without the entitlement" in no(company, ada, talk).hint
    case(company, "none", "chat", conversation=talk)
    assert options(company, talk, ada)["phone"].allowed
    assert escalate(company, ada, talk).channel == "phone"


# Taking back -------------------------------------------------------------------------------------


def row(floor: Any, talk: int) -> dict[str, Any]:
    found = dict(floor.desk.store.row("SELECT * FROM conversations WHERE id = ?", (talk,)))
    return {k: v for k, v in found.items() if not k.startswith("sla_") and k != "routing"}


def test_it_is_taken_back_whole(company: Any, ada: Actor, talk: int) -> None:
    before, used = row(company, talk), company.person(ada).used
    escalate(company, ada, talk)
    done = company.do("undo.last", ada)
    assert (done.what, done.why_not) == ("escalated Kiana Anderson to Phone", "")
    assert row(company, talk) == before
    assert company.person(ada).used == used
    assert company.desk.store.value("SELECT count(*) FROM escalations") == 0
    assert company.writes("Are you there?") == talk
    company.do("conversation.reply", ada, conversation=talk, text="Yes")
    company.wait(MINUTE)
    courier = Recorder()
    pump(company.desk, {ANY: courier})
    assert courier.took == [("chat", "dev-1", "Yes")]


@pytest.mark.parametrize(
    ("channel", "address", "back"), [("chat", "dev-1", True), ("phone", "+47 555 01 22", False)]
)
def test_until_something_was_said_on_the_new_channel(
    company: Any, ada: Actor, talk: int, channel: str, address: str, back: bool
) -> None:
    escalate(company, ada, talk)
    assert company.writes("Please do not call", channel=channel, address=address) == talk
    found = company.do("undo.what", ada)
    assert found.why_not == ("" if back else "Kiana Anderson has written again")
    if back:
        company.do("undo.last", ada)
        assert company.talk(talk).channel == "chat"
        assert company.talk(talk).waiting_since is not None


def test_not_after_a_reply(company: Any, ada: Actor, talk: int) -> None:
    escalate(company, ada, talk)
    said = company.do("conversation.reply", ada, conversation=talk, text="Hello")
    company.wait(MINUTE)
    company.takes()
    company.fares(said.id)
    reply = company.do("undo.what", ada)
    assert (reply.why_not, reply.before) == ("it has left", "escalated Kiana Anderson to Phone")
    assert " answered " in company.do("undo.what", ada, passing=reply.key).why_not


def test_after_a_reply_that_was_undone_too(company: Any, ada: Actor, talk: int) -> None:
    escalate(company, ada, talk)
    company.do("conversation.reply", ada, conversation=talk, text="Hello")
    company.do("undo.last", ada)
    company.do("undo.last", ada)
    assert company.talk(talk).channel == "chat"


# Whatever happens ---------------------------------------------------------------------------------

DOING = ("chat", "phone", "beyond", "undo", "write", "case", "resolve", "reopen", "cancel")
OWED = {"phone": 1, "chat": 3}


class _Shift:
    """One conversation of a customer who is owed little by phone, and what was done with it."""

    def __init__(self, floor: Any, number: int) -> None:
        self.floor = floor
        self.who, self.window = f"k{number}@example.com", f"v-{number}"
        floor.do("customer.create", name="Kiana", email=self.who, phone=f"+47 {number}")
        given = {"customer": self.who, "name": f"Gold {number}", "total": 4, "restrict": True}
        self.gold = active(floor, channels=OWED, **given)
        self.ada = floor.hire(f"ada{number}", queue=None)
        self.talk = floor.serves(self.ada, channel="web", address=self.window)
        floor.do("conversation.link_customer", conversation=self.talk, customer=self.who)
        self.cases: list[int] = []

    def tried(self, name: str, **given: Any) -> Any:
        with suppress(Refused):
            return self.floor.do(name, self.ada, **given)

    def step(self, what: str) -> int:
        """Do it; returns by how much the conversation has been escalated."""
        if what in ("chat", "phone", "beyond"):
            given = {"channel": "chat" if what == "chat" else "phone"}
            given |= {"without_entitlement": what == "beyond"}
            return 1 if self.tried("conversation.escalate", conversation=self.talk, **given) else 0
        if what == "undo":
            was = self.floor.do("undo.what", self.ada)
            if was is not None and was.what.startswith("escalated"):
                return -1 if self.tried("undo.last") else 0
        elif what == "write":
            assert self.floor.writes("Hm", channel="web", address=self.window) == self.talk
        elif what == "case":
            origin = self.floor.talk(self.talk).channel
            given = {"origin": origin, "conversation": self.talk, "entitlement": self.gold}
            made = self.tried("case.create", customer=self.who, title="A", **given)
            self.cases += [] if made is None else [made.id]
        elif self.cases:
            given = {"resolution": "Done"} if what == "resolve" else {}
            self.tried(f"case.{what}", case=self.cases[-1], **given)
        return 0


@settings(max_examples=12)
@given(steps=st.lists(st.sampled_from(DOING), max_size=14))
def test_terms_are_conserved_over_escalations_and_taking_back(
    one_floor: Any, steps: list[str]
) -> None:
    if not one_floor.do("customer.list"):
        settle_in(one_floor)
    shift = _Shift(one_floor, len(one_floor.do("customer.list", limit=1_000)))
    floor, gold, times = shift.floor, shift.gold, 0
    for what in steps:
        before = left(floor, gold)
        times += shift.step(what)
        total, lines = left(floor, gold)
        if what in ("chat", "phone", "beyond", "undo", "write"):
            assert (total, lines) == before
        assert floor.talk(shift.talk).escalation_count == times
        used = floor.do("entitlement.ledger", entitlement=gold, limit=1_000)
        assert total == 4 - sum(one.amount for one in used)
        for origin, most in OWED.items():
            on = sum(one.amount for one in used if one.origin == origin)
            assert 0 <= lines[origin] == most - on
