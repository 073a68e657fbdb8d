"""Entitlements as a script has them: numbers in and out, refusals, and a store that is sound."""

from contextlib import closing
from pathlib import Path

from told import Run, Told

from omnitui.store.engine import Store

GOLD = (
    "customer=kiana@example.com",
    "name=Gold",
    "total=2.5",
    "starts=2026-01-01",
    "ends=2026-12-31",
    "restrict=yes",
)
NOW = ("--now", "2026-03-02T09:00")


def call(omnitui: Run, *arguments: str) -> Told:
    return omnitui("call", *arguments, *NOW)


def kiana(omnitui: Run) -> None:
    call(omnitui, "customer.create", "name=Kiana", "email=kiana@example.com")


def test_channels_may_be_pairs_or_params(omnitui: Run) -> None:
    kiana(omnitui)
    one = call(omnitui, "entitlement.create", *GOLD, 'channels={"phone": 1.5, "email": 0}')
    params = '{"channels": {"phone": 1.5, "email": 0}, "contacts": ["kiana@example.com"]}'
    other = call(omnitui, "entitlement.create", *GOLD, "--params", params)
    for told in (one, other):
        assert told.code == 0, told.out
        assert (told.data["id"] > 0, told.data["state"]) == (True, "draft")
        assert (told.data["total"], told.data["remaining"]) == (2.5, 2.5)
        assert told.data["channels"] == {
            "phone": {"total": 1.5, "remaining": 1.5, "held": 0, "available": 1.5},
            "email": {"total": 0, "remaining": 0, "held": 0, "available": 0},
        }
    assert other.data["contacts"] == [1]


def test_a_refusal_is_data_with_exit_1(omnitui: Run) -> None:
    kiana(omnitui)
    call(omnitui, "entitlement.create", *GOLD)
    case = ("case.create", "customer=kiana@example.com", "title=Drops", "origin=phone")
    told = call(omnitui, *case, "entitlement=Gold")
    assert (told.code, told.data["refused"]["code"]) == (1, "entitlement.not_active")
    call(omnitui, "entitlement.activate", "entitlement=Gold")
    assert [call(omnitui, *case, "entitlement=1").code for _ in range(3)] == [0, 0, 1]
    found = call(omnitui, "entitlement.get", "entitlement=Gold").data
    assert found["remaining"] == 0.5
    later = omnitui("call", "entitlement.get", "entitlement=1", "--now", "2027-01-01")
    assert later.data["state"] == "expired"


def test_the_doctor_compares_what_is_used_with_the_ledger(omnitui: Run, store_path: Path) -> None:
    kiana(omnitui)
    call(omnitui, "entitlement.create", *GOLD, 'channels={"phone": 2}')
    call(omnitui, "entitlement.activate", "entitlement=Gold")
    case = ("case.create", "customer=kiana@example.com", "title=Drops", "origin=phone")
    call(omnitui, *case, "entitlement=Gold")
    assert omnitui("doctor", "--json").data["problems"] == []
    with closing(Store(store_path)) as store:
        store.execute("UPDATE entitlements SET used = 0")
        store.execute("UPDATE entitlement_channels SET used = 0")
    told = omnitui("doctor", "--json")
    assert told.code == 1
    assert told.data["problems"] == [
        "entitlement 1 (Gold) does not agree with its ledger",
        "entitlement 1 (Gold) does not agree with its ledger on phone",
    ]
