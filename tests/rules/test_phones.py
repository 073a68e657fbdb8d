"""Phone numbers are compared in one form, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.channel import AddressKind
from omnitui.rules.addresses import kept_address, looks_right, several
from omnitui.rules.phones import MOST_DIGITS, is_country, normalise_phone, phone_numbers


@pytest.mark.parametrize(
    ("written", "country", "key"),
    [
        ("+1 555 010 0100 ext. 12", "", "+15550100100"),
        ("+1 555 010 0100x12", "", "+15550100100"),
        ("+1 (555) 010-0100 #12", "", "+15550100100"),
        ("tel:+1-555-010-0100;ext=12", "", "+15550100100"),
        ("+47 555 01 022, 12", "", "+4755501022"),
        ("+49 (0)171 1234567", "", "+491711234567"),
        ("+44 (0)20 7946 0000", "", "+442079460000"),
        ("+39 (0)6 1234567", "", "+39061234567"),
        ("0171/1234567", "DE", "+491711234567"),
        ("(020) 7946 0000", "GB", "+442079460000"),
        ("555 01 022", "NO", "+4755501022"),
        ("4755501022", "NO", "+4755501022"),
        ("555 01 022", "", "55501022"),
        ("112", "NO", "112"),
        ("sip:+4755501022@carrier.example", "", "+4755501022"),
        ("Jo <+47 55501022>", "", "+4755501022"),
        ("+47 55501022 (mobile)", "", "+4755501022"),
        ("٠٠٤٧ ٥٥٥ ٠١ ٠٢٢", "", "+4755501022"),
        ("1-800-FLOWERS", "US", ""),
        ("+47 55501444 / +47 55501555", "", ""),
        ("55501444 55501555", "", ""),
        ("4.755550E+09", "", ""),
        ("", "NO", ""),
    ],
)
def test_a_number_has_one_form(written: str, country: str, key: str) -> None:
    assert normalise_phone(written, country) == key


@given(st.text(max_size=30), st.sampled_from(["", "NO", "DE", "US", "IT"]))
def test_the_form_is_its_own_form_and_never_too_long(written: str, country: str) -> None:
    key = normalise_phone(written, country)
    assert len(key.removeprefix("+")) <= MOST_DIGITS
    assert not key.startswith("+") or normalise_phone(key, country) == key


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("+47 55501444 / +47 55501555", ["+47 55501444", "+47 55501555"]),
        ("55501444, 55501555", ["55501444", "55501555"]),
        ("55501444 or 55501555", ["55501444", "55501555"]),
        ("+4755501444 +4755501555", ["+4755501444", "+4755501555"]),
        ("55501444;55501555\n55501666", ["55501444", "55501555", "55501666"]),
        ("0171/1234567", ["0171/1234567"]),
        ("55 50 14 44/45", ["55 50 14 44", "55 50 14 45"]),
        ("+49 171/1234567/12", ["+49 171/1234567/12"]),
        ("+47 555 01 022, 12", ["+47 555 01 022, 12"]),
        ("Skerry / Fjord", ["Skerry / Fjord"]),
        ("", [""]),
    ],
)
def test_numbers_in_one_cell_are_told_apart(cell: str, parts: list[str]) -> None:
    assert phone_numbers(cell) == several(AddressKind.PHONE, cell) == parts


@pytest.mark.parametrize(
    ("written", "right"),
    [("+1 555 010 0100 ext. 12", True), ("55501444 55501555", False), ("12", False), ("x", False)],
)
def test_what_is_no_number_does_not_look_like_one(written: str, right: bool) -> None:
    assert looks_right(AddressKind.PHONE, written) is right


def test_an_extension_stays_with_the_number() -> None:
    assert (
        kept_address(AddressKind.PHONE, "tel:+1 555 010 0100 ext. 12") == "+1 555 010 0100 ext. 12"
    )


def test_only_countries_have_a_code() -> None:
    assert [is_country(code) for code in ("NO", "DE", "ZZ", "no", "")] == [True, True, *[False] * 3]
