"""Channels as an administrator makes and changes them: what they may be, and what follows."""

from typing import Any

import pytest


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
