"""What comes in from outside: lookalike senders, other clocks, messages without words."""

from typing import Any

import pytest

from omnitui.clock import ManualClock
from omnitui.model.actor import Actor

START, HOUR = 1_772_442_000_000, 3_600_000


@pytest.mark.parametrize(
    ("owned", "sender"),
    [
        ("mike@x.org", "mi\u212ae@x.org"),
        ("max@strasse.example", "max@stra\u00dfe.example"),
        ("ada@x.org", "\u0430da@x.org"),
        ("a" * 250 + "@x.org", "a" * 250 + "@x.orgy"),
    ],
)
def test_who_only_looks_like_a_customer_is_not_known(floor: Any, owned: str, sender: str) -> None:
    floor.do("customer.create", name="Owner", account="1")
    if len(owned) < 250:
        floor.do("customer.add_address", customer="account:1", channel="email", address=owned)
        assert floor.talk(floor.writes(channel="email", address=owned)).customer_id == 1
    assert floor.talk(floor.writes(channel="email", address=sender)).customer_id is None


def test_the_address_is_kept_without_what_a_mail_client_puts_around_it(floor: Any) -> None:
    one = floor.do("customer.create", name="Jo Berg", email="Jo Berg <jo@x.org>")
    assert [address.value for address in one.addresses] == ["jo@x.org"]
    talk = floor.talk(floor.writes(channel="email", address='"J." <JO@x.org>'))
    assert (talk.customer_id, talk.address) == (one.id, "JO@x.org")


def test_the_desks_country_makes_national_numbers_whole(floor: Any) -> None:
    one = floor.do("customer.create", name="Jo", phone="555 01 022").id
    assert floor.talk(floor.writes(channel="phone", address="+4755501022")).customer_id is None
    assert floor.do("settings.set", key="country", value="no")["country"] == "NO"
    assert floor.do("customer.get", customer="+47 555 01 022").id == one
    assert floor.talk(floor.writes(channel="sms", address="0047 55501022")).customer_id == one
    assert floor.refused("settings.set", key="country", value="zz").code == "settings.invalid"
    floor.do("settings.set", key="country", value="")
    assert floor.refused("customer.get", customer="+47 555 01 022").code == "customer.unknown"


def test_another_country_merges_nobody_and_says_whose_address_is_in_doubt(floor: Any) -> None:
    one = floor.do("customer.create", name="One", phone="+4755501022").id
    two = floor.do("customer.create", name="Two", phone="555 01 022").id
    floor.do("settings.set", key="country", value="NO")
    assert floor.talk(floor.writes(channel="phone", address="555 01 022")).customer_id == one
    (entry,) = floor.entries(kind="customer.address_shared")
    assert (entry.customer_id, entry.payload["owner"]) == (two, one)
    assert [s.customer_id for s in floor.do("customer.duplicates", customer=two)] == [one]


@pytest.mark.parametrize("at", ["2036-01-01T00:00:00Z", "9999-12-31", "1970-01-01", "0001-01-01"])
def test_no_clock_reaches_the_deadlines(floor: Any, at: Any) -> None:
    floor.do("sla.create", name="R", kpi="first_response", warn_minutes=30, fail_minutes=60)
    talk = floor.talk(floor.writes(channel="email", address="a@x.org", at=at))
    assert talk.waiting_since == talk.created_at == talk.last_at == START
    (line,) = floor.do("sla.of", conversation=talk.id)
    assert line.remaining_ms == HOUR


def test_what_was_said_first_stands_first_and_last_words_stay_last(floor: Any, ada: Actor) -> None:
    floor.clock.advance(10 * 60_000)
    talk = floor.writes("second", at=START + 300_000)
    floor.writes("first", at=START)
    assert floor.lines(talk) == ["first", "second"]
    item = floor.talk(talk)
    assert (item.last_text, item.last_at) == ("second", START + 300_000)
    lines = floor.do("conversation.messages", conversation=talk, limit=1)
    assert [line.text for line in lines] == ["second"]


def test_waiting_after_a_reply_is_taken_back_counts_from_the_coming(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, at=START - HOUR)
    floor.clock.advance(1_000)
    reply = floor.do("conversation.reply", ada, conversation=talk, text="Hi")
    floor.do("conversation.unsend", ada, message=reply.id)
    assert floor.talk(talk).waiting_since == START


@pytest.mark.parametrize(
    ("attachments", "text"),
    [
        (["photo.jpg"], "Sent photo.jpg"),
        ([{"type": "image/png"}, "scan.pdf"], "Sent a picture and scan.pdf"),
        (["evil\x1b]52;c;x\x07.jpg"], "Sent evil.jpg"),
    ],
)
def test_a_message_without_words_says_what_came(
    floor: Any, attachments: list[Any], text: str
) -> None:
    talk = floor.writes(" \u200b", context={"attachments": attachments})
    assert floor.lines(talk) == [text]
    item = floor.talk(talk)
    assert (item.last_text, item.waiting_since, int(item.sentiment)) == (text, START, 0)


def test_what_came_with_words_is_told_beside_them(floor: Any) -> None:
    talk = floor.writes("Here it is")
    floor.writes("And this", context={"attachments": ["bill.pdf"]})
    lines = floor.do("conversation.messages", conversation=talk)
    assert [line.text for line in lines][-2:] == ["And this", "Visitor 1001 attached bill.pdf"]


def test_nothing_with_nothing_attached_is_still_refused(floor: Any) -> None:
    given = {"channel": "chat", "address": "a", "text": "", "context": {"attachments": []}}
    assert floor.refused("conversation.receive", **given).code == "message.empty"


@pytest.mark.parametrize(
    "text",
    [
        "Hello {customer.first_name}",
        "On {?date} then",
        "Hello [customer first name]",
        "On [date] then",
        "Hello {{customer.name}}",
        "It is {context.device}",
        "Hello { customer.first_name }",
        "Hello {Customer.First_Name}",
        "Hello {customer.frist_name}",
        "Hello {{ context.device }}",
        "Hello {?}",
        "Hello [customer.first_name]",
        "On [Date ] then",
    ],
)
def test_a_reply_with_a_hole_never_leaves(floor: Any, ada: Actor, text: str) -> None:
    floor.do("reply.create", key="when", title="When", text="On {?date} then", personal=False)
    talk = floor.serves(ada)
    for _ in range(3):
        refusal = floor.refused("conversation.reply", ada, conversation=talk, text=text)
        assert refusal.code == "reply.unfilled"
    floor.do("conversation.note", ada, conversation=talk, text=text)


@pytest.mark.parametrize("text", ['{"a": {"b": 1}}', "a[date2] {x} {agent}", "{{x}}", "[sic]", "{"])
def test_code_and_asides_in_braces_are_words(floor: Any, ada: Actor, text: str) -> None:
    talk = floor.serves(ada)
    assert floor.do("conversation.reply", ada, conversation=talk, text=text).text == text


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Müller, Hans", "Hello Hans!"),
        ("Dr. Anna Schmidt", "Hello Anna!"),
        ("{?date}", "Hello!"),
        ("Fjord AS", "Hello Fjord AS!"),
    ],
)
def test_the_desk_greets_by_first_names(floor: Any, name: str, told: str) -> None:
    floor.do("notice.set", occasion="waiting", text="Hello {customer.first_name}!")
    floor.do("customer.create", name=name, email="h@x.org")
    talk = floor.writes(channel="email", address="h@x.org")
    lines = floor.do("conversation.messages", conversation=talk)
    assert [line.text for line in lines if line.author == "system"] == [told]


def test_a_reply_stands_last_though_the_clock_was_set_back(floor: Any) -> None:
    ada = floor.hire("ada")
    floor.wait(HOUR)
    talk = floor.serves(ada, text="Are you there?", channel="sms", address="+15550100")
    floor.clock = ManualClock(START)
    floor.reopen()
    floor.do("conversation.reply", ada, conversation=talk, text="I am.")
    floor.do("conversation.note", ada, conversation=talk, text="Glad to be asked.")
    assert floor.lines(talk) == ["Are you there?", "I am."]
    every = floor.do("conversation.messages", conversation=talk, limit=1_000)
    assert [one.id for one in every] == sorted(one.id for one in every)
    assert floor.talk(talk).last_text == "I am."


HIDDEN = (
    "\u200b",
    "\u2060",
    "\u200d",
    "\u200c",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u200e",
    "\u202e",
    "\u2800",
    "\ufe0f",
    "\x00",
    "\x1bc",
)


@pytest.mark.parametrize("sign", HIDDEN)
@pytest.mark.parametrize(
    ("channel", "owned"),
    [("email", "mike@x.org"), ("sms", "+4740000002"), ("chat", "dev-9"), ("phone", "+4740000002")],
)
def test_an_address_with_what_cannot_be_seen_is_another_sender(
    floor: Any, channel: str, owned: str, sign: str
) -> None:
    mike = floor.do("customer.create", name="Mike").id
    floor.do("customer.add_address", customer=mike, channel=channel, address=owned)
    known = floor.writes(channel=channel, address=f" {owned}\n")
    assert floor.talk(known).customer_id == mike
    for address in (f"{owned[:2]}{sign}{owned[2:]}", f"{sign}{owned}", f"{owned}{sign}"):
        talk = floor.talk(floor.writes(channel=channel, address=address))
        assert talk.customer_id is None
        assert talk.id != known
        assert f"{{U+{ord(sign[0]):04X}}}" in talk.address
        assert floor.writes(channel=channel, address=address) == talk.id
        refusal = floor.refused(
            "customer.add_address", customer=mike, channel=channel, address=address
        )
        assert refusal.code == "parameter.invalid"
        assert f"U+{ord(sign[0]):04X}" in refusal.message
        assert f"character {address.index(sign) + 1} " in refusal.message
        written = floor.refused(
            "customer.add_address", customer=mike, channel=channel, address=talk.address
        )
        assert written.code == "address.hidden"


def test_linking_a_sender_with_hidden_letters_makes_them_known_nowhere_else(
    floor: Any, ada: Actor
) -> None:
    mike = floor.do("customer.create", name="Mike", email="mike@x.org").id
    talk = floor.serves(ada, channel="email", address="mi\u200bke@x.org")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=mike)
    (own,) = floor.do("customer.get", customer=mike).addresses
    assert own.value == "mike@x.org"


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "mi\u200bke@x.org"), ("phone", "+47\u200e40000002"), ("case_number", "CAS\u20607")],
)
def test_what_a_channel_says_of_a_sender_is_not_cleaned_into_somebody(
    floor: Any, field: str, value: str
) -> None:
    mike = floor.do("customer.create", name="Mike", email="mike@x.org", phone="+4740000002").id
    floor.do("case.create", customer=mike, title="No light", origin="email")
    floor.desk.store.execute("UPDATE cases SET number = 'CAS7'")
    seen = "".join(letter for letter in value if letter.isascii())
    plain = floor.talk(floor.writes(address="dev-1", context={field: seen}))
    assert plain.customer_id == mike
    assert floor.talk(floor.writes(address="dev-2", context={field: value})).customer_id is None


def test_a_message_is_not_its_like_by_an_id_with_hidden_letters(floor: Any) -> None:
    talk = floor.writes("Hello", external_id="m1")
    floor.writes("Hello", external_id="m1")
    floor.writes("Hello", external_id="m\u200b1")
    assert floor.lines(talk) == ["Hello", "Hello"]
