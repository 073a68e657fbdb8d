"""Channels as an administrator makes and changes them: what they may be, and what follows."""

from typing import Any

import pytest

HOUR = 3_600_000


def made(floor: Any, **given: Any) -> Any:
    return floor.do("channel.create", **{"key": "kiosk", "label": "Kiosk", **given})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"key": ""}, "channel.key"),
        ({"key": "a b"}, "channel.key"),
        ({"key": "none"}, "channel.key"),
        ({"key": "7"}, "channel.key"),
        ({"key": "k" * 41}, "channel.key"),
        ({"key": "CHAT"}, "channel.exists"),
        ({"label": "live CHAT"}, "channel.label"),
        ({"label": "x" * 201}, "channel.label"),
        ({"glyph": "two"}, "channel.glyph"),
        ({"ascii": "é"}, "channel.glyph"),
        ({"ascii": "ab"}, "channel.glyph"),
        ({"origin": -5}, "channel.origin"),
        ({"origin": 2**40}, "channel.origin"),
        ({"cost": -1}, "channel.cost"),
        ({"cost": 10**9}, "channel.cost"),
        ({"rung": 10}, "channel.rung"),
        ({"address_kind": "pigeon"}, "parameter.invalid"),
        ({"threading": "any"}, "parameter.invalid"),
        ({"starts": "nobody"}, "parameter.invalid"),
        ({"window_hours": 0}, "channel.limit"),
        ({"longest": -1}, "channel.limit"),
        ({"segments": 256}, "channel.limit"),
        ({"word": "w" * 41}, "channel.word"),
    ],
)
def test_what_no_channel_can_be_is_refused_with_what_to_do(
    floor: Any, given: dict[str, Any], code: str
) -> None:
    before = floor.do("channel.list")
    refusal = floor.refused("channel.create", **{"key": "kiosk", "label": "Kiosk", **given})
    assert (refusal.code, bool(refusal.hint)) == (code, True)
    assert floor.do("channel.list") == before


def test_what_was_mistyped_can_be_mended(floor: Any) -> None:
    made(floor, label="Kiosc", cost=3)
    after = floor.do("channel.update", channel="kiosk", label="Kiosk", glyph="▤", ascii="#")
    assert (after.label, after.glyph, after.ascii, after.cost) == ("Kiosk", "▤", "#", 3)
    assert floor.do("channel.list")[-1] == after
    assert floor.refused("channel.update", channel="kiosk").code == "channel.nothing"
    assert floor.refused("channel.update", channel="kiosk", label="E-mail").code == "channel.label"
    assert floor.refused("channel.update", channel="kiosk", label=" ").code == "channel.label"


def test_a_new_cost_counts_at_once_for_what_agents_have(floor: Any, ada: Any) -> None:
    floor.serves(ada)
    before = floor.do("agent.get", ada).used
    cost = next(c.cost for c in floor.do("channel.list") if c.key == "chat")
    floor.do("channel.update", channel="chat", cost=cost + 7)
    assert floor.do("agent.get", ada).used == before + 7


@pytest.mark.parametrize("named", ["kiosk", "Kiosk", " KIOSK ", "Talk at the Door"])
def test_a_channel_is_named_by_key_or_label_in_any_case(floor: Any, named: str) -> None:
    made(floor, label="Talk at the door")
    floor.do("customer.create", name="Ann", email="ann@x.org")
    case = floor.do("case.create", customer="Ann", title="Drops", origin=named)
    assert case.origin == "kiosk"


def test_another_kind_of_address_counts_at_once_for_those_there_are(floor: Any) -> None:
    """Somebody whose channel was there before it could be said what people are known by."""
    made(floor, key="whatsapp", label="WhatsApp")
    kiana = floor.do("customer.create", name="Kiana", phone="+47 555 01 022").id
    marcus = floor.do("customer.create", name="Marcus").id
    add = {"channel": "whatsapp", "address": "47 555 01 099"}
    floor.do("customer.add_address", customer=marcus, **add)
    talk = floor.writes(channel="whatsapp", address="004755501022")
    assert floor.talk(talk).customer_id is None
    floor.do("channel.update", channel="whatsapp", address_kind="phone")
    assert [a.key for a in floor.do("customer.get", customer=marcus).addresses] == [
        "phone:4755501099"
    ]
    assert floor.writes(channel="whatsapp", address="+47 555 01 022") == talk
    floor.do("channel.update", channel="whatsapp", threading="contact")
    again = floor.writes(channel="whatsapp", address="+47 555 01 022")
    assert (again != talk, floor.talk(again).customer_id) == (True, kiana)


def test_whose_an_address_is_stays_where_two_turn_out_to_be_one(floor: Any) -> None:
    made(floor, key="whatsapp", label="WhatsApp")
    kiana = floor.do("customer.create", name="Kiana", phone="555 01 022").id
    marcus = floor.do("customer.create", name="Marcus").id
    where = {"channel": "whatsapp", "address": "55501022"}
    floor.do("customer.add_address", customer=marcus, **where)
    floor.do("channel.update", channel="whatsapp", address_kind="phone")
    (shared,) = floor.entries(kind="customer.address_shared")
    assert (shared.customer_id, shared.payload["owner"]) == (marcus, kiana)
    assert floor.talk(floor.writes(**where)).customer_id == kiana


@pytest.mark.parametrize("key", ["email2", "phone2"])
def test_the_first_channel_in_use_of_a_kind_is_where_an_address_goes(floor: Any, key: str) -> None:
    kind = key[:-1]
    made(floor, key=key, label=f"Other {kind}", address_kind=kind)
    value = {"email": "kiana@example.com", "phone": "+47 555 01 022"}[kind]

    def channel(name: str, address: str) -> str:
        (found,) = floor.do("customer.create", name=name, **{kind: address}).addresses
        return str(found.channel)

    assert channel("Kiana", value) == kind
    for retired in ("phone", "sms") if kind == "phone" else ("email",):
        floor.do("channel.retire", channel=retired)
    assert channel("Marcus", value.replace("1", "2").replace("kiana", "marcus")) == key


def test_a_channel_is_what_it_is_told_to_be_whatever_it_is_called(desk_of: Any) -> None:
    """A channel called like a kind of address is none of that kind."""
    floor = desk_of(("email", "handle"), ("phone", "device"), ("letters", "email"))
    who = floor.do("customer.create", name="Kiana", email="kiana@example.com")
    assert [(a.channel, a.key) for a in who.addresses] == [("letters", "email:kiana@example.com")]
    talk = floor.talk(floor.writes(channel="email", address="kiana@example.com"))
    assert (talk.customer_id, talk.match_reason) == (None, "No customer has this address")
    talk = floor.talk(floor.writes(channel="letters", address="Kiana@Example.com"))
    assert talk.customer_id == who.id
    refusal = floor.refused("customer.create", name="Marcus", phone="+47 555 01 099")
    assert (refusal.code, "address_kind=phone" in refusal.hint) == ("address.channel", True)


@pytest.fixture
def desk_of(floor: Any) -> Any:
    """Makes an empty desk with these channels instead."""

    def made_of(*channels: tuple[str, str]) -> Any:
        floor.desk.store.execute("DELETE FROM channels")
        floor.desk.reread()
        for key, kind in channels:
            floor.do("channel.create", key=key, label=f"The {key}", address_kind=kind)
        return floor

    return made_of


def test_the_word_for_a_channel_goes_with_its_label_unless_it_is_another(floor: Any) -> None:
    made(floor, label="Fax", word="fax")
    assert floor.do("channel.update", channel="kiosk", label="Telefax").word == "telefax"
    floor.do("channel.update", channel="kiosk", word="fax machine")
    assert floor.do("channel.update", channel="kiosk", label="Fax").word == "fax machine"
    assert floor.do("channel.update", channel="kiosk", word="").word == ""


def test_where_addresses_say_nothing_everybody_is_a_stranger(floor: Any) -> None:
    made(floor, address_kind="none")
    kiana = floor.do("customer.create", name="Kiana", email="kiana@example.com").id
    where = {"channel": "kiosk", "address": "counter 3"}
    one, other = floor.writes(**where), floor.writes(**where)
    assert one != other
    called = {**where, "context": {"call_id": "7", "email": "kiana@example.com"}}
    talk = floor.writes(**called)
    assert floor.writes(**called) == talk
    assert floor.talk(talk).customer_id == kiana
    refusal = floor.refused("customer.add_address", customer=kiana, **where)
    assert (refusal.code, "Kiosk" in refusal.message) == ("address.none", True)


def test_messages_of_one_contact_belong_together(floor: Any) -> None:
    made(floor, threading="contact", address_kind="phone")
    where = {"channel": "kiosk", "address": "+47 555 01 022"}
    calls = ["1", "2", "1", None, None, "2"]
    talks = [floor.writes(**where, context={"call_id": call} if call else {}) for call in calls]
    assert [talks.index(talk) for talk in talks] == [0, 1, 0, 3, 4, 1]


def test_where_subjects_thread_something_else_is_another_conversation(floor: Any) -> None:
    floor.do("channel.update", channel="email", threading="subject")
    where = {"channel": "email", "address": "kiana@example.com"}
    ada = floor.hire("ada", presence="away")
    bill = floor.writes(**where, context={"subject": "Bill"})
    router = floor.writes(**where, context={"subject": "Router"})
    assert bill != router
    assert floor.writes(**where, context={"subject": "RE: Bill"}) == bill
    assert floor.writes(**where) == router
    floor.do("conversation.pick", ada, conversation=bill)
    floor.do("conversation.end", ada, conversation=bill)
    floor.do("conversation.close", ada, conversation=bill)
    assert floor.writes(**where, context={"subject": "Re: Bill"}) not in (bill, router)


def test_an_answer_that_is_too_long_is_refused_and_kept_nowhere(floor: Any, ada: Any) -> None:
    made(floor, longest=20, mode="live")
    talk = floor.serves(ada, channel="kiosk", address="k1")
    refusal = floor.refused("conversation.reply", ada, conversation=talk, text="x" * 25)
    assert refusal.code == "message.too_long"
    assert "20 characters" in refusal.message
    assert "5 too many" in refusal.message
    seen = floor.do("bulk.reply_preview", ada, conversations=[talk], text="x" * 25)
    assert [one.code for one in seen.refused] == ["message.too_long"]
    refusal = floor.refused("bulk.reply", ada, conversations=[talk], text="x" * 25)
    assert "5 too many" in refusal.message
    given = {"occasion": "waiting", "text": "x" * 25, "channels": ["kiosk"]}
    assert floor.refused("notice.set", **given).code == "message.too_long"
    assert floor.lines(talk) == ["Hello"]
    floor.do("conversation.note", ada, conversation=talk, text="x" * 25)
    floor.do("conversation.reply", ada, conversation=talk, text="x" * 20)


def test_what_is_said_everywhere_is_not_said_where_it_is_too_long(floor: Any) -> None:
    made(floor, longest=20)
    floor.do("notice.set", occasion="waiting", text="Somebody will be with you soon.")
    told, chat = floor.writes(channel="kiosk", address="k1"), floor.writes()
    assert (len(floor.lines(told)), len(floor.lines(chat))) == (1, 2)


def test_in_a_window_agents_may_write_for_a_while(floor: Any, ada: Any) -> None:
    made(floor, starts="window", window_hours=2)
    talk = floor.serves(ada, channel="kiosk", address="k1")
    floor.clock.advance(2 * HOUR)
    floor.do("conversation.reply", ada, conversation=talk, text="Just in time")
    floor.clock.advance(1)
    refusal = floor.refused("conversation.reply", ada, conversation=talk, text="Too late")
    assert (refusal.code, "for 2 h" in refusal.message) == ("channel.window", True)
    refusal = floor.refused("bulk.reply", ada, conversations=[talk], text="Too late")
    assert "for 2 h" in refusal.message
    assert floor.writes("Are you there?", channel="kiosk", address="k1") == talk
    floor.do("conversation.reply", ada, conversation=talk, text="Yes")


@pytest.mark.parametrize(
    ("starts", "wrote", "code"),
    [
        ("agent", False, ""),
        ("customer", False, "channel.customers_begin"),
        ("customer", True, "channel.customers_begin"),
        ("window", False, "channel.window"),
        ("window", True, ""),
    ],
)
def test_agents_begin_where_they_may(
    floor: Any, ada: Any, starts: str, wrote: bool, code: str
) -> None:
    """Escalation is how an agent begins on another channel."""
    made(floor, starts=starts, rung=9)
    if wrote:
        before = floor.serves(ada, channel="kiosk", address="k1")
        floor.do("conversation.end", ada, conversation=before)
        floor.do("conversation.close", ada, conversation=before)
    talk = floor.serves(ada)
    option = floor.do("conversation.escalations", ada, conversation=talk)[-1]
    given = {"conversation": talk, "channel": "kiosk", "address": "k1"}
    answer = floor.desk.attempt("conversation.escalate", ada, **given)
    assert getattr(answer, "code", "") == code
    if code:
        assert "Kiosk" in answer.message
        assert answer.hint
    assert (option.channel, option.code) == ("kiosk", code if not wrote or code else option.code)
