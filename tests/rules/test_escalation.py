"""To which channels a conversation goes up, and where the customer is reached there."""

from typing import Any

import pytest

from omnitui.model.channel import Channel, ChannelMode, usual_rung
from omnitui.model.customer import Address
from omnitui.model.entitlement import Allocation, EntitlementState, Line, Terms
from omnitui.model.ids import CustomerId, EntitlementId
from omnitui.rules.escalation import ladder, left_words, not_up, reached_at
from omnitui.rules.identify import normalise_address
from shipped import SHIPPED


def channel(key: str, rung: int) -> Channel:
    kind = SHIPPED[key].address_kind
    return Channel(key, key.capitalize(), ChannelMode.LIVE, 10, False, "*", "*", rung, rung, kind)


WEB, EMAIL, SMS = channel("web", 1), channel("email", 1), channel("sms", 1)
CHAT, PHONE = channel("chat", 2), channel("phone", 3)
ALL = (PHONE, CHAT, EMAIL, SMS, WEB)


def at(key: str, value: str) -> Address:
    return Address(key, value, normalise_address(SHIPPED[key], value))


@pytest.mark.parametrize(
    ("mode", "exclusive", "rung"),
    [
        (ChannelMode.ASYNCHRONOUS, False, 1),
        (ChannelMode.LIVE, False, 2),
        (ChannelMode.LIVE, True, 3),
        (ChannelMode.ASYNCHRONOUS, True, 3),
    ],
)
def test_what_a_channel_is_says_its_rung(mode: ChannelMode, exclusive: bool, rung: int) -> None:
    assert usual_rung(mode, exclusive) == rung


@pytest.mark.parametrize(
    ("here", "higher"),
    [(WEB, ["chat", "phone"]), (SMS, ["chat", "phone"]), (CHAT, ["phone"]), (PHONE, [])],
)
def test_the_ladder_goes_up(here: Channel, higher: list[str]) -> None:
    assert [one.key for one in ladder(ALL, here)] == higher


@pytest.mark.parametrize(
    ("here", "there", "code", "hint"),
    [
        (WEB, PHONE, "", ""),
        (CHAT, CHAT, "escalation.same", "From Chat it can be escalated to Phone."),
        (CHAT, SMS, "escalation.not_up", "From Chat it can be escalated to Phone."),
        (EMAIL, SMS, "escalation.not_up", "From Email it can be escalated to Chat, Phone."),
        (PHONE, CHAT, "escalation.not_up", "Phone is the highest channel level."),
    ],
)
def test_only_a_step_up_is_one(here: Channel, there: Channel, code: str, hint: str) -> None:
    found = not_up(here, there, ALL)
    assert (found.code if found else "", found.hint if found else "") == (code, hint)


@pytest.mark.parametrize(
    ("there", "known", "context", "here", "address", "reached"),
    [
        # Phone and SMS share their numbers; the same number written otherwise is one.
        (PHONE, [at("phone", "+47 1"), at("sms", "+47 2")], {}, CHAT, "win", ("+47 1", "+47 2")),
        (PHONE, [at("sms", "+47 2")], {"phone": "0047 2"}, WEB, "v", ("+47 2",)),
        (PHONE, [], {"phone": " +47 9 "}, CHAT, "win", ("+47 9",)),
        (PHONE, [], {"phone": 7, "email": "a@b"}, CHAT, "win", ()),
        (PHONE, [], {}, SMS, "+47 3", ("+47 3",)),
        (PHONE, [at("email", "a@b")], {}, EMAIL, "a@b", ()),
        # Windows and browsers are known by what they write from; mail says nothing of them.
        (CHAT, [], {}, WEB, "visitor-7", ("visitor-7",)),
        (CHAT, [at("chat", "win")], {}, WEB, "visitor-7", ("win", "visitor-7")),
        (CHAT, [], {}, EMAIL, "a@b", ()),
    ],
)
def test_where_the_customer_is_reached(
    there: Channel,
    known: list[Address],
    context: dict[str, Any],
    here: Channel,
    address: str,
    reached: tuple[str, ...],
) -> None:
    assert reached_at(there, known, context, here, address) == reached


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({}, "Gold: 12.5 of 15 hours left; Phone has no limit of its own."),
        ({"phone": Line(900, 300)}, "Gold: 12.5 of 15 hours left, 2 of 3 on Phone."),
    ],
)
def test_what_is_left_is_said(lines: dict[str, Line], said: str) -> None:
    terms = Terms(
        EntitlementId(1),
        "Gold",
        CustomerId(1),
        "Kiana",
        EntitlementState.ACTIVE,
        0,
        1,
        total=4_500,
        used=750,
        allocation=Allocation.HOURS,
        lines=lines,
    )
    assert left_words(terms, "phone", "Phone") == said
