"""Whether a case may be given an entitlement, what is left of it, and why not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnitui.model.entitlement import (
    WHOLE,
    Allocation,
    DecreaseOn,
    EntitlementState,
    Line,
    Terms,
)
from omnitui.model.ids import CustomerId, EntitlementId
from omnitui.rules.entitled import Asking, allowances, needed, overdrawn, refusal, short, without

LABELS = {"phone": "Phone", "email": "Email", "web": "Web"}
NOW = 1_772_442_000_000
DAY = 86_400_000
KIANA, MARCUS, BO = CustomerId(1), CustomerId(2), CustomerId(3)
DRAFT, WAITING, ACTIVE, EXPIRED, CANCELLED = EntitlementState


def terms(total: int = 15, used: int = 0, **more: Any) -> Terms:
    lines = {key: Line(a * WHOLE, b * WHOLE) for key, (a, b) in more.pop("lines", {}).items()}
    values: dict[str, Any] = {
        "state": ACTIVE,
        "starts": NOW - DAY,
        "ends": NOW + DAY,
        "restrict": True,
        "lines": lines,
        **more,
    }
    return Terms(
        EntitlementId(1),
        "Gold",
        KIANA,
        "Kiana Anderson",
        total=total * WHOLE,
        used=used * WHOLE,
        **values,
    )


def why(owed: Terms, origin: str = "phone", **more: Any) -> tuple[str, str, str]:
    values = {"customer_id": KIANA, "contact_name": "Kiana Anderson", **more}
    found = refusal(owed, Asking(origin=origin, **values), NOW, LABELS)
    return ("", "", "") if found is None else (found.code, found.message, found.hint)


@pytest.mark.parametrize(
    ("line", "used", "restrict", "code"),
    [
        (None, 0, True, ""),
        (None, 15, True, "exhausted"),
        (None, 15, False, ""),
        ((2, 1), 1, True, ""),
        ((2, 2), 2, True, "channel_exhausted"),
        ((2, 2), 2, False, ""),
        ((15, 15), 15, True, "exhausted"),
        ((0, 0), 0, True, "channel_forbidden"),
        ((0, 0), 0, False, "channel_forbidden"),
        ((0, 0), 15, True, "channel_forbidden"),
        ((30, 14), 14, True, ""),
    ],
)
def test_not_listed_at_most_n_and_forbidden(
    line: tuple[int, int] | None, used: int, restrict: bool, code: str
) -> None:
    owed = terms(used=used, restrict=restrict, lines={} if line is None else {"phone": line})
    assert why(owed)[0] == (f"entitlement.{code}" if code else "")


@pytest.mark.parametrize(
    ("owed", "said", "hint"),
    [
        (
            terms(used=15),
            "Gold is used up: 15 of 15 cases.",
            "Use another entitlement, or create the case without an entitlement.",
        ),
        (
            terms(100, 50, lines={"email": (50, 50), "phone": (3, 0), "web": (0, 0)}),
            "Gold: Email is used up: 50 of 50.",
            "Phone has 3 left; or create the case without an entitlement.",
        ),
        (
            terms(2, 1, lines={"email": (1, 1), "phone": (9, 0)}),
            "Gold: Email is used up: 1 of 1.",
            "Phone has 1 left; channels that are not listed have 1 left;"
            " or create the case without an entitlement.",
        ),
        (
            terms(lines={"email": (0, 0), "phone": (0, 0), "web": (0, 0)}),
            "Gold does not allow Email.",
            "You can create the case without an entitlement.",
        ),
    ],
)
def test_a_refusal_says_what_is_used_up_and_what_is_left(owed: Terms, said: str, hint: str) -> None:
    assert why(owed, "email")[1:] == (said, hint)


def test_half_a_case_is_not_enough_for_one() -> None:
    owed = terms(lines={})
    half = Terms(**{f: getattr(owed, f) for f in Terms.__slots__} | {"total": WHOLE // 2})
    code, said, _ = why(half)
    assert code == "entitlement.exhausted"
    assert said == "Gold has 0.5 left (0 of 0.5 cases used); this case needs 1."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"state": DRAFT}, "Gold is a draft."),
        ({"state": WAITING, "starts": 1_772_496_000_000}, "Gold starts on 2026-03-03."),
        ({"state": EXPIRED}, "Gold has expired."),
        ({"state": CANCELLED}, "Gold is cancelled."),
        # The clock counts, whether or not a timer has told the row.
        ({"ends": NOW}, "Gold has expired."),
        ({"starts": NOW + DAY, "ends": NOW + 2 * DAY}, "Gold starts on 2026-03-03 09:00."),
        ({"state": WAITING}, ""),
    ],
)
def test_only_an_active_one_can_be_given(given: dict[str, Any], said: str) -> None:
    code, message, hint = why(terms(**given))
    assert message == said
    assert code == ("entitlement.not_active" if said else "")
    assert hint.endswith("create the case without an entitlement.") == bool(said)


FOR_BO: dict[str, Any] = {"contacts": (BO,), "contact_names": ("Bo Li",)}
FOR_ROUTERS: dict[str, Any] = {"products": ("Router 6", "Pebble")}


@pytest.mark.parametrize(
    ("owed", "case", "said"),
    [
        ({}, {}, ""),
        ({}, {"contact_id": BO}, ""),
        ({}, {"product": "Anything"}, ""),
        ({}, {"customer_id": MARCUS}, "Gold belongs to Kiana Anderson, not to this case's"),
        (FOR_BO, {"contact_id": BO}, ""),
        (FOR_BO, {"customer_id": BO}, ""),
        (FOR_BO, {}, "Gold is for Bo Li only, not for Kiana Anderson."),
        (FOR_BO, {"contact_id": MARCUS, "contact_name": "Marcus"}, "Gold is for Bo Li only, not"),
        (FOR_BO, {"customer_id": BO, "contact_id": MARCUS}, "Gold is for Bo Li only"),
        (FOR_ROUTERS, {"product": " router  6 "}, ""),
        (FOR_ROUTERS, {"product": "Hub"}, "Gold is for Router 6, Pebble only, not for Hub."),
        (FOR_ROUTERS, {}, "Gold is for Router 6, Pebble only, and the case has no product."),
    ],
)
def test_it_is_for_its_customer_contacts_and_products(
    owed: dict[str, Any], case: dict[str, Any], said: str
) -> None:
    code, message, _ = why(terms(**owed), **case)
    assert code == ("entitlement.not_covered" if said else "")
    assert message.startswith(said)


def test_a_case_that_is_exempt_needs_no_terms_and_no_less_leave() -> None:
    assert why(terms(used=15), exempt=True)[0] == ""
    forbidden = terms(lines={"phone": (0, 0)})
    assert why(forbidden, exempt=True)[0] == "entitlement.channel_forbidden"
    assert why(terms(state=DRAFT), exempt=True)[0] == "entitlement.not_active"


@pytest.mark.parametrize(
    ("decrease_on", "allocation", "least"),
    [
        (DecreaseOn.CREATION, Allocation.CASES, WHOLE),
        (DecreaseOn.RESOLUTION, Allocation.CASES, WHOLE),
        (DecreaseOn.RESOLUTION, Allocation.HOURS, 1),
    ],
)
def test_what_a_case_needs_free_to_be_given_an_entitlement(
    decrease_on: DecreaseOn, allocation: Allocation, least: int
) -> None:
    assert needed(terms(decrease_on=decrease_on, allocation=allocation)) == least


def test_what_open_cases_hold_is_not_free_for_another_one() -> None:
    owed = replace(
        terms(3, 1, lines={"phone": (2, 0)}), decrease_on=DecreaseOn.RESOLUTION, held=WHOLE
    )
    ask = Asking(owed.customer_id, "web")
    assert short(owed, ask, WHOLE, LABELS) is None
    more = short(replace(owed, held=2 * WHOLE), ask, WHOLE, LABELS)
    assert more is not None
    assert more.message == "Gold has nothing available: 1 of 3 cases used, 2 held by open cases."
    phone = replace(owed, lines={"phone": Line(2 * WHOLE, 0, 2 * WHOLE)})
    full = short(phone, replace(ask, origin="phone"), WHOLE, LABELS)
    assert full is not None
    assert full.message == "Gold: Phone has nothing available: 0 of 2 used, 2 held by open cases."
    assert "Phone has" not in full.hint
    assert allowances(phone, LABELS)[0].says == full.message


def test_only_what_is_worse_than_before_is_overdrawn() -> None:
    before = replace(terms(1, 2), restrict=True)
    assert overdrawn(before, LABELS) == "the total (2 used of 1)"
    assert overdrawn(before, LABELS, before) == ""
    assert overdrawn(before, LABELS, replace(before, restrict=False)) != ""
    assert overdrawn(replace(before, total=0), LABELS, before) == "the total (2 used of 0)"


def test_what_an_entitlement_allows_is_said_for_every_channel() -> None:
    owed = terms(100, 50, lines={"email": (50, 50), "phone": (3, 0)})
    assert [(a.origin, a.allowed, a.remaining, a.says) for a in allowances(owed, LABELS)] == [
        ("phone", True, 3, "Phone: 3 left."),
        ("email", False, 0, "Gold: Email is used up: 50 of 50."),
        ("web", True, None, "Web: 50 left (limited by the total)."),
    ]


def test_terms_below_zero_are_named() -> None:
    owed = terms(2, 3, restrict=False, lines={"email": (1, 2), "phone": (1, 1)})
    assert overdrawn(owed, LABELS) == "the total (3 used of 2), Email (2 used of 1)"
    assert overdrawn(terms(), LABELS) == ""


COUNTS = st.integers(0, 20)


@given(
    COUNTS,
    COUNTS,
    st.dictionaries(st.sampled_from([*LABELS]), st.tuples(COUNTS, COUNTS)),
    st.sampled_from([*LABELS]),
    st.booleans(),
    st.integers(1, 500),
)
def test_what_is_not_refused_leaves_nothing_below_zero(
    total: int,
    used: int,
    lines: dict[str, tuple[int, int]],
    origin: str,
    restrict: bool,
    amount: int,
) -> None:
    owed = terms(total, used, restrict=restrict, lines=lines)
    found = short(owed, Asking(KIANA, origin), amount, LABELS)
    after = without(owed, origin, -amount)
    fits = after.left >= 0 and (origin not in lines or after.lines[origin].left >= 0)
    assert (found is None) == (fits or not restrict)
    assert without(after, origin, amount) == owed
    if found is not None:
        assert found.code.startswith("entitlement.")
        assert found.message.endswith(".")
        assert found.hint.endswith(".")
