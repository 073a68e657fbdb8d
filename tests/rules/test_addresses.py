"""Addresses as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.errors import Refusal
from omnitui.rules.addresses import written_address
from shipped import SHIPPED

CHANNELS = {
    **{key: SHIPPED[key] for key in ("email", "phone", "sms")},
    "kiosk": Channel("kiosk", "Lobby kiosk", ChannelMode.ASYNCHRONOUS, 1, False, "#", "#", 4),
}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ada@example.com", ("email", "ada@example.com")),
        ("  ada@example.com ", ("email", "ada@example.com")),
        ("+47 555 01 22", ("phone", "+47 555 01 22")),
        ("(0047) 555-01-22", ("phone", "(0047) 555-01-22")),
        ("sms: 555 01 22", ("sms", "555 01 22")),
        ("SMS:555 01 22", ("sms", "555 01 22")),
        ("lobby KIOSK: 12", ("kiosk", "12")),
        ("phone: 12", ("phone", "12")),
        ("kiosk: a:b", ("kiosk", "a:b")),
    ],
)
def test_the_channel_is_named_or_told_by_the_address(written: str, meant: tuple[str, str]) -> None:
    assert written_address(written, CHANNELS) == meant


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("somewhere", "“somewhere” has no channel."),
        ("1234", "“1234” has no channel."),
        ("ada@home", "“ada@home” has no channel."),
        ("pigeon: Oslo 4", "There is no channel “pigeon”."),
        ("sms:  ", "The address on SMS is missing."),
    ],
)
def test_what_says_no_channel_is_refused_with_what_to_do(written: str, said: str) -> None:
    refusal = written_address(written, CHANNELS)
    assert isinstance(refusal, Refusal)
    assert refusal.message == said


def test_the_hint_names_the_channels() -> None:
    refusal = written_address("somewhere", CHANNELS)
    assert isinstance(refusal, Refusal)
    assert (
        refusal.hint == "Write the channel first, as in sms: 555 01 22 (email, phone, sms, kiosk)."
    )


@given(st.sampled_from(sorted(CHANNELS)), st.text(min_size=1).filter(str.strip))
def test_an_address_with_its_channel_is_taken_as_it_is(key: str, value: str) -> None:
    assert written_address(f"{key}: {value}", CHANNELS) == (key, value.strip())
