"""What the tab of an entitlement shows, as text."""

from datetime import UTC
from typing import Any

import pytest

from omnitui.console.glyphs import ASCII, UNICODE
from omnitui.console.present.records.entitlement import head, keys_line, terms_lines, used_rows
from omnitui.model.channel import Channel, ChannelMode
from omnitui.model.entitlement import (
    ActionOption,
    Allocation,
    ChannelTerms,
    DecreaseOn,
    Entitlement,
    EntitlementState,
    TermsUsed,
)
from omnitui.model.ids import CustomerId, EntitlementId

CHANNELS = {
    key: Channel(key, label, ChannelMode.LIVE, 25, False, "◆", "c", at)
    for at, (key, label) in enumerate([("phone", "Phone"), ("web", "Web portal")])
}


def owed(**more: Any) -> Entitlement:
    values: dict[str, Any] = {
        "id": EntitlementId(1),
        "name": "Gold",
        "customer_id": CustomerId(1),
        "customer_name": "Kiana",
        "state": EntitlementState.ACTIVE,
        "state_code": 1,
        "starts": 0,
        "ends": 1,
        "period": "2026-01-01 to 2026-12-31",
        "total": 15,
        "remaining": 9,
        "held": 0,
        "available": 9,
        "channels": {},
        "restrict": True,
        "decrease_on": DecreaseOn.CREATION,
        "allocation": Allocation.CASES,
        "products": (),
        "contacts": (),
        "contact_names": (),
        "description": "",
        "is_default": False,
        "template_id": None,
        "renewed_from": None,
        "created_at": 0,
        "updated_at": 0,
        "notice": "",
        **more,
    }
    return Entitlement(**values)


def lines(one: Entitlement, width: int = 80, glyphs: Any = UNICODE) -> list[str]:
    found = [line.plain.rstrip() for line in terms_lines(one, CHANNELS, width, glyphs)]
    assert all(len(line) <= width for line in found)
    return found


@pytest.mark.parametrize(
    ("remaining", "total", "words", "full"),
    [
        (9, 15, "9 of 15 left", 14),
        (15, 15, "15 of 15 left", 24),
        (0.5, 100, "0.5 of 100 left", 0),
        (0, 15, "0 of 15 left", 0),
        (-2, 15, "2 over the 15", 0),
        (0, 0, "not allowed", 0),
        (-1, 0, "not allowed, 1 used", 0),
    ],
)
def test_a_bar_shows_what_is_left(remaining: float, total: float, words: str, full: int) -> None:
    found = lines(owed(channels={"phone": ChannelTerms(total, remaining, 0, remaining)}))[3]
    assert found.startswith("   ◆ Phone")
    assert found.endswith(f"  {words}")
    assert found.count("━") == full


def test_what_open_cases_hold_is_told_beside_what_is_left() -> None:
    channels = {"phone": ChannelTerms(4, 3, 2, 1)}
    found = lines(owed(held=3, available=6, channels=channels))
    assert found[2].endswith("9 of 15 left, 3 held")
    assert found[3].endswith("3 of 4 left, 2 held")


def test_what_is_not_listed_is_told_and_so_is_a_sum_that_is_too_large() -> None:
    assert "Every channel is allowed, up to the total." in lines(owed())[-1]
    one = owed(channels={"phone": ChannelTerms(20, 20, 0, 20)}, notice="The channels add up to 20.")
    assert lines(one)[-2:] == [
        "   Web portal: limited by the total only.",
        "   The channels add up to 20.",
    ]
    everything = {key: ChannelTerms(1, 1, 0, 1) for key in CHANNELS}
    assert lines(owed(channels=everything))[-1].endswith("1 of 1 left")


@pytest.mark.parametrize("width", [30, 44, 80, 160])
def test_it_fits_any_width_in_plain_signs(width: int) -> None:
    one = owed(channels={"phone": ChannelTerms(3, 1, 0, 1), "gone": ChannelTerms(2, 2, 0, 2)})
    assert all(line.isascii() for line in lines(one, width, ASCII))


def test_the_keys_are_those_that_can_be_used() -> None:
    can = {"deactivate", "cancel", "set_default"}
    verbs = ("update", "activate", "deactivate", "cancel", "renew", "set_default")
    actions = [ActionOption(verb, verb in can) for verb in verbs]
    assert keys_line(actions, False).plain.split("   ") == [
        "d deactivate",
        "x cancel",
        "s default",
        "o only one channel",
        "",
    ]
    assert "s no default" in keys_line(actions, True).plain
    denied = [ActionOption(verb, False, "permission.denied", "No.", "Ask.") for verb in verbs]
    assert keys_line(denied, False).plain == "No. Ask."


def test_the_ledger_says_which_way_terms_went() -> None:
    used = [
        TermsUsed(2, 0, EntitlementId(1), 7, "CAS-00007", "phone", -1),
        TermsUsed(1, 0, EntitlementId(1), 7, "CAS-00007", "fax", 0.5),
    ]
    rows = used_rows(used, CHANNELS, 70, 0, UTC, UNICODE)
    assert [key for key, _ in rows] == ["used:2", "used:1"]
    first, second = (row[0].plain for _, row in rows)
    assert "CAS-00007  1 returned  on Phone" in first
    assert "CAS-00007  0.5 used  on fax" in second


def test_the_head_tells_state_default_and_days() -> None:
    said = head(owed(is_default=True), UNICODE).plain
    assert said == "Gold  ● active · default · Kiana · 2026-01-01 to 2026-12-31"
