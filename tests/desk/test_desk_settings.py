"""Every setting has bounds, says them when it is refused, and never locks anybody out."""

from typing import Any

import pytest
from msgspec.structs import fields

from omnitui.desk.settings import BOUNDS, WORDS, DeskSettings
from omnitui.store import settings as stored

NUMBERS = [
    field.name
    for field in fields(DeskSettings)
    if isinstance(field.default, int) and not isinstance(field.default, bool)
]


def test_every_number_has_bounds_and_starts_within_them() -> None:
    assert sorted(BOUNDS) == sorted(NUMBERS)
    outside = [
        name
        for name, (lowest, highest) in BOUNDS.items()
        if not lowest <= getattr(DeskSettings(), name) <= highest
    ]
    assert outside == []


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_beyond_its_bounds_is_refused_with_them(floor: Any, name: str) -> None:
    lowest, highest = BOUNDS[name]
    before = floor.do("settings.list")
    for value in (lowest - 1, highest + 1, 10**30, -(10**30)):
        refusal = floor.refused("settings.set", key=name, value=str(value))
        assert refusal.code == "settings.invalid"
        assert refusal.message == (
            f"{name} must be a number from {lowest} to {highest}, not {value}."
        )
    for value in ("", "soon", "1.5", "nan", "yes"):
        assert floor.refused("settings.set", key=name, value=value).code == "settings.invalid"
    assert floor.do("settings.list") == before


@pytest.mark.parametrize("name", NUMBERS)
def test_both_ends_of_the_bounds_can_be_set(floor: Any, name: str) -> None:
    for value in BOUNDS[name]:
        assert floor.do("settings.set", key=name, value=str(value))[name] == value


def test_an_offer_cannot_ring_for_no_time_at_all(floor: Any) -> None:
    assert floor.refused("settings.set", key="offer_seconds", value="0").code == "settings.invalid"


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_are_named_where_another_is_given(floor: Any, name: str) -> None:
    refusal = floor.refused("settings.set", key=name, value="nonsense")
    assert all(word in refusal.message for word in WORDS[name])


def test_what_an_earlier_version_kept_beyond_the_bounds_counts_as_not_set(floor: Any) -> None:
    stored.put(floor.desk.store, "offer_seconds", "0")
    assert floor.do("settings.list")["offer_seconds"] == DeskSettings().offer_seconds
