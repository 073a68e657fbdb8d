"""What a channel told, in its places; nothing is lost, whatever shape it has."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.engagement import Engagement, HandOver, Visit, VisitKind
from omnitui.rules.engagement import engagement


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({}, Engagement()),
        ({"asked": "Router drops"}, Engagement(asked="Router drops")),
        ({"authenticated": True}, Engagement(signed_in=True)),
        ({"authenticated": "no"}, Engagement(signed_in=False)),
        ({"authenticated": "maybe"}, Engagement(variables=(("authenticated", "maybe"),))),
        (
            {"browser": "Firefox", "device": "Phone", "os": None},
            Engagement(device=(("device", "Phone"), ("browser", "Firefox"))),
        ),
        (
            {"answers": {"Since when?": "Monday", "Tried?": ["restart", "cable"]}},
            Engagement(answers=(("Since when?", "Monday"), ("Tried?", "restart, cable"))),
        ),
        (
            {"answers": [{"question": "Since when?", "answer": "Monday"}, "Yes"]},
            Engagement(answers=(("Since when?", "Monday"), ("2", "Yes"))),
        ),
        ({"answers": "Monday"}, Engagement(answers=(("answer", "Monday"),))),
        (
            {"basket_value": 412.5, "queue": "Billing", "vip": True},
            Engagement(variables=(("basket value", "412.5"), ("queue", "Billing"), ("vip", "yes"))),
        ),
        ({"bot": "Could not help"}, Engagement(hand_over=HandOver(summary="Could not help"))),
        (
            {"bot": {"name": "Skerry", "reason": "asked for a person", "last_intent": "bill"}},
            Engagement(
                hand_over=HandOver("Skerry", "asked for a person", facts=(("last intent", "bill"),))
            ),
        ),
        ({"bot": {}}, Engagement()),
    ],
)
def test_everything_has_its_place(context: dict[str, Any], expected: Engagement) -> None:
    assert engagement(context) == expected


def test_visits_are_newest_first_by_time_where_all_have_one() -> None:
    timed = {
        "pages": [{"at": 1, "title": "Prices"}, {"at": 4, "url": "/help"}],
        "searched": [{"at": 3, "phrase": "slow router"}],
        "articles": [{"at": 2, "title": "Restart it"}],
        "actions": [{"at": 5, "name": "Cart", "value": 4}],
    }
    assert engagement(timed).visits == (
        Visit(VisitKind.ACTION, "Cart (value: 4)", 5),
        Visit(VisitKind.PAGE, "/help", 4),
        Visit(VisitKind.PHRASE, "slow router", 3),
        Visit(VisitKind.ARTICLE, "Restart it", 2),
        Visit(VisitKind.PAGE, "Prices", 1),
    )


def test_without_times_the_last_told_is_first() -> None:
    told = {"pages": ["/a", "/b", ""], "searched": "slow router"}
    assert engagement(told).visits == (
        Visit(VisitKind.PAGE, "/b"),
        Visit(VisitKind.PAGE, "/a"),
        Visit(VisitKind.PHRASE, "slow router"),
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("abc", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["at", "title", "answer", "name", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(
    "asked answers authenticated bot device pages searched articles actions queue other".split()
)


@given(st.dictionaries(NAMES, JSON, max_size=5))
def test_no_shape_is_too_odd(context: dict[str, Any]) -> None:
    found = engagement(context)
    assert all(visit.text for visit in found.visits)
    assert all(value for _name, value in (*found.answers, *found.device, *found.variables))


@given(NAMES, st.text("abc", min_size=1, max_size=4))
def test_no_word_is_lost(name: str, word: str) -> None:
    assert word in repr(engagement({name: word}))
