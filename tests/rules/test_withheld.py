"""Who withholds their number is nobody, and two of them are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.channel import AddressKind
from omnitui.rules.addresses import is_nobodys, is_withheld, looks_right, nobodys_key
from omnitui.rules.identify import normalise_address
from shipped import SHIPPED


@pytest.mark.parametrize(
    "address",
    [
        "anonymous",
        " Anonymous ",
        "WITHHELD",
        "unknown",
        "Private Number",
        "private",
        "restricted",
        "No Caller ID",
        "unavailable",
        "unterdrückt",
        "ａｎｏｎｙｍｏｕｓ",
        "Anonymous <sip:anonymous@anonymous.invalid>",
        "sip:anonymous@anonymous.invalid",
        "tel:anonymous",
        "+266696687",
        "",
        "  ",
        "+",
        "-",
        "0",
        "00",
        "N/A",
    ],
)
def test_a_withheld_number_is_one(address: str) -> None:
    assert all(is_withheld(SHIPPED[key].address_kind, address) for key in ("phone", "sms"))
    assert not looks_right(AddressKind.PHONE, address)


@pytest.mark.parametrize(
    ("channel", "address", "withheld"),
    [
        ("phone", "+4740000002", False),
        ("phone", "112", False),
        ("sms", "SKERRY24", False),
        ("sms", "PrivateBank", False),
        ("email", "anonymous@x.org", False),
        ("email", "anonymous", True),
        ("email", "anonymous@anonymous.invalid", True),
        ("email", "<>", True),
        ("chat", "anonymous", True),
        ("chat", "unknown", True),
        ("chat", "dev-1", False),
        ("chat", "", False),
        ("twitter", "@private", False),
    ],
)
def test_what_says_who_it_is_is_none(channel: str, address: str, withheld: bool) -> None:
    assert is_withheld(SHIPPED[channel].address_kind, address) is withheld


@given(st.sampled_from(["phone", "email", "chat", "forum"]), st.text(max_size=30))
def test_no_address_is_ever_nobodys(channel: str, written: str) -> None:
    assert not is_nobodys(normalise_address(SHIPPED[channel], written))
    assert is_nobodys(nobodys_key(channel, "call 1"))
