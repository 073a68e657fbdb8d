"""What replies are delivered by, who delivers now, and what is said where nobody does."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.courier import ChannelDelivery
from omnitui.model.errors import Refused

SECOND, DAY = 1_000, 86_400_000
URL = "https://gateway.example.com/sms"


def channel(floor: Any, key: str = "chat") -> ChannelDelivery:
    return next(one for one in floor.do("courier.list") if one.channel == key)


def test_a_courier_is_set_up_by_channel_and_keeps_no_token(floor: Any) -> None:
    made = floor.do("courier.set", channel="SMS", url=f" {URL} ", token_env="SMS_TOKEN")
    assert (made.channel, made.kind, made.url, made.token_env) == (
        "sms",
        "webhook",
        URL,
        "SMS_TOKEN",
    )
    again = floor.do("courier.set", channel="sms", url=f"{URL}/2")
    assert floor.do("courier.configured") == [again]
    assert [entry.payload for entry in floor.entries(kind="courier.")] == [
        {"channel": "sms", "by": "webhook"}
    ] * 2
    floor.do("courier.delete", channel="sms")
    assert floor.do("courier.configured") == []
    assert floor.refused("courier.delete", channel="sms").code == "courier.unknown"
    assert floor.refused("courier.delete", channel="*").code == "courier.unknown"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "gateway",
        "ftp://gateway.example.com",
        "https://",
        "https://user:secret@gateway.example.com/sms",
        "https://gateway.example.com/{customer.name}",
        "https://gateway.example.com/a b",
        "https://gateway.example.com:99999/",
    ],
)
def test_an_address_that_cannot_be_posted_to_is_refused(floor: Any, url: str) -> None:
    refusal = floor.refused("courier.set", channel="sms", url=url)
    assert refusal.code == "courier.url"
    assert "secret" not in f"{refusal.message} {refusal.hint}"


def test_a_kind_of_an_installed_package_says_itself_what_its_url_is(floor: Any) -> None:
    made = floor.do("courier.set", channel="sms", kind="smstools", url="file:///var/spool/sms")
    assert (made.kind, made.url) == ("smstools", "file:///var/spool/sms")
    assert floor.do("courier.configured") == [made]
    assert floor.do("courier.set", channel="sms", kind="modem").url == ""


@pytest.mark.parametrize("kind", ["", "simulated", "Web hook", "../x", "x" * 51])
def test_what_is_no_kind_is_refused(floor: Any, kind: str) -> None:
    assert floor.refused("courier.set", channel="sms", url=URL, kind=kind).code == "courier.kind"


@pytest.mark.parametrize("token", ["sk-live-1", "Bearer x", "1TOKEN", "a=b", "Æ"])
def test_a_token_itself_is_refused_and_not_repeated(floor: Any, token: str) -> None:
    refusal = floor.refused("courier.set", channel="sms", url=URL, token_env=token)
    assert refusal.code == "courier.token_env"
    assert token not in f"{refusal.message} {refusal.hint}"


def test_setting_up_is_the_administrators(floor: Any, ada: Actor) -> None:
    for name, given in (
        ("courier.set", {"channel": "sms", "url": URL}),
        ("courier.delete", {"channel": "sms"}),
        ("courier.simulate", {}),
        ("courier.configured", {}),
    ):
        assert floor.refused(name, ada, **given).code == "permission.denied"
    assert len(floor.do("courier.list", ada)) == 4


def test_who_delivers_is_believed_until_they_are_silent(floor: Any) -> None:
    floor.do("courier.beat", name="one", channels=["chat", "Live chat", "sms"], seconds=20)
    assert channel(floor).by == ("one",)
    floor.wait(19 * SECOND)
    floor.do("courier.beat", name="one", channels=["chat"], seconds=20)
    assert (channel(floor).by, channel(floor, "sms").by) == (("one",), ())
    floor.wait(20 * SECOND - 1)
    assert channel(floor).by == ("one",)
    floor.clock.advance(1)
    assert channel(floor).by == ()
    floor.wait(0)
    told = [(e.kind, e.payload["channel"]) for e in floor.entries(kind="courier.")]
    assert told == [
        ("courier.started", "chat"),
        ("courier.started", "sms"),
        ("courier.stopped", "sms"),
        ("courier.stopped", "chat"),
    ]
    assert floor.desk.next_due() is None


def test_who_leaves_delivers_no_more_and_others_go_on(floor: Any) -> None:
    floor.do("courier.beat", name="one", channels=["*"])
    floor.do("courier.beat", name="two", channels=["chat"])
    assert channel(floor).by == ("one", "two")
    assert channel(floor, "phone").by == ("one",)
    floor.do("courier.leave", name="one")
    floor.do("courier.leave", name="never heard of")
    assert channel(floor).by == ("two",)
    assert channel(floor, "phone").by == ()


def test_a_sign_of_life_is_journaled_only_when_it_changes_something(floor: Any) -> None:
    floor.do("courier.beat", name="one", channels=["chat"])
    before = floor.desk.last_seq()
    for _ in range(3):
        floor.clock.advance(SECOND)
        floor.do("courier.beat", name="one", channels=["chat"])
    assert floor.desk.last_seq() == before


def test_signs_of_life_that_cannot_be_are_refused(floor: Any) -> None:
    given: dict[str, Any] = {"name": "one", "channels": ["chat"]}
    assert floor.refused("courier.beat", **given, seconds=0).code == "courier.seconds"
    assert floor.refused("courier.beat", **given, seconds=1_000_001).code == "courier.seconds"
    assert floor.refused("courier.beat", **given | {"name": " "}).code == "courier.name"
    assert floor.refused("courier.beat", **given | {"channels": ["fax"]}).code == "channel.unknown"


def test_what_waits_is_told_with_what_to_do(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.reply", ada, conversation=talk, text="Hi")
    assert channel(floor).queued == 0
    written = floor.clock.now()
    floor.clock.advance(8 * SECOND)
    # Nobody has looked at the clock yet: it waits all the same.
    assert channel(floor).queued == 1
    floor.wait(0)
    found = channel(floor)
    assert (found.queued, found.oldest, found.courier) == (1, written, "")
    assert "courier.set channel=chat url=" in found.hint
    floor.do("courier.set", channel="chat", url=URL)
    found = channel(floor)
    assert (found.courier, found.by) == ("webhook", ())
    assert "while a console is open" in found.hint
    floor.do("courier.beat", name="one", channels=["chat"])
    assert channel(floor).hint == ""


def test_a_store_of_simulated_customers_and_one_of_real_ones_are_two(floor: Any) -> None:
    floor.do("courier.simulate")
    before = floor.desk.last_seq()
    floor.do("courier.simulate")
    assert floor.desk.last_seq() == before
    refusal = floor.refused("courier.set", channel="sms", url=URL)
    assert refusal.code == "courier.simulated"
    assert "`omnitui demo`" in channel(floor).hint
    floor.do("courier.delete", channel="*")
    floor.do("courier.set", channel="sms", url=URL)
    refusal = floor.refused("courier.simulate")
    assert refusal.code == "courier.real"
    assert "(sms)" in refusal.message
    assert floor.refused("courier.simulate", anyway=True).code == "courier.real"


def test_replies_that_wait_for_real_customers_are_not_made_to_seem_sent(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.reply", ada, conversation=talk, text="Hi")
    floor.wait(8 * SECOND)
    assert floor.refused("courier.simulate").code == "courier.waiting"
    floor.do("courier.simulate", anyway=True)
    with pytest.raises(Refused):
        floor.do("courier.set", channel="chat", url=URL)
