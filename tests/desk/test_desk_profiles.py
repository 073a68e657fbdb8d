"""Capacity profiles: who has them, what counts, when it counts no more."""

from typing import Any

import pytest

from omnitui.model.profile import Profile, Reset, day_of
from omnitui.store.routing import profiles

TODAY, TOMORROW = "2026-03-02", "2026-03-03"


@pytest.fixture
def made(floor: Any, ada: Any) -> Any:
    floor.do("profile.create", name="Chats", most=3)
    floor.do("profile.create", name="Visits", most=2, reset="end_of_day", blocking=True)
    for name in ("chats", "visits"):
        floor.do("profile.give", agent="ada", profile=name)
    return floor


def room(floor: Any, ada: Any, today: str = TODAY) -> dict[str, int]:
    found = profiles.of_agent(floor.desk.store, ada.id, today)
    return {name: profile.used for name, profile in found.items()}


def test_an_agent_has_what_they_were_given(made: Any, ada: Any) -> None:
    assert made.do("profile.of_agent", ada) == {
        "Chats": Profile(3, daily=False),
        "Visits": Profile(2, blocking=True, daily=True),
    }
    assert [(p.name, p.most, p.reset, p.agents) for p in made.do("profile.list")] == [
        ("Chats", 3, Reset.IMMEDIATE, 1),
        ("Visits", 2, Reset.END_OF_DAY, 1),
    ]
    nobody = made.hire("bo")
    assert profiles.of_agents(made.desk.store, [ada.id, nobody.id], TODAY).keys() == {ada.id}


def test_room_comes_back_with_the_work_or_with_the_day(made: Any, ada: Any) -> None:
    store = made.desk.store
    profiles.take(store, ada.id, ["Chats", "Visits", "Nobody's"], TODAY)
    assert room(made, ada) == {"Chats": 1, "Visits": 1}
    profiles.recount(store, ada.id, {"Visits": 0})
    assert room(made, ada) == {"Chats": 0, "Visits": 1}
    assert room(made, ada, TOMORROW) == {"Chats": 0, "Visits": 0}
    profiles.take(store, ada.id, ["Visits"], TOMORROW)
    assert room(made, ada, TOMORROW) == {"Chats": 0, "Visits": 1}


def test_an_offer_that_came_to_nothing_does_not_count_for_the_day(made: Any, ada: Any) -> None:
    store = made.desk.store
    for _ in range(2):
        profiles.take(store, ada.id, ["Chats", "Visits"], TODAY)
    profiles.return_unused(store, ada.id, ["Chats", "Visits"], TODAY)
    assert room(made, ada) == {"Chats": 1, "Visits": 1}
    profiles.return_unused(store, ada.id, ["Visits"], TOMORROW)
    assert room(made, ada, TOMORROW) == {"Chats": 1, "Visits": 0}


def test_work_of_the_day_before_stays_in_hand_where_it_counts_at_once(made: Any, ada: Any) -> None:
    profiles.take(made.desk.store, ada.id, ["Chats"], TODAY)
    assert room(made, ada, TOMORROW) == {"Chats": 1, "Visits": 0}
    profiles.recount(made.desk.store, ada.id, {})
    assert room(made, ada, TOMORROW) == {"Chats": 0, "Visits": 0}


def test_what_is_held_counts_when_a_profile_is_given_or_counted_otherwise(
    floor: Any, ada: Any
) -> None:
    floor.do("profile.create", name="Chats", most=3)
    talk = floor.serves(ada)
    floor.desk.store.update("conversations", talk, {"profiles": '["Chats"]'})
    given = floor.do("profile.give", agent="ada", profile="Chats")
    assert given["Chats"].left == 2
    profiles.take(floor.desk.store, ada.id, ["Chats"], TODAY)
    floor.do("profile.update", profile="Chats", reset="end_of_day", most=5)
    assert floor.do("profile.of_agent", ada)["Chats"] == Profile(5, used=1, daily=True)


def test_what_was_taken_away_is_gone(made: Any, ada: Any) -> None:
    assert made.do("profile.take_away", agent="ada", profile="Chats").keys() == {"Visits"}
    assert [e.kind for e in made.entries(kind="profile")][-1] == "profile.taken_away"


@pytest.mark.parametrize(
    ("name", "given", "code", "says"),
    [
        (
            "create",
            {"name": "", "most": 1},
            "profile.name",
            "'' is not a valid name for a capacity",
        ),
        (
            "create",
            {"name": "chats", "most": 1},
            "profile.exists",
            "capacity profile chats exists alr",
        ),
        ("create", {"name": "New", "most": 0}, "profile.most", "0 is not a valid number of items."),
        ("update", {"profile": "Chats"}, "profile.nothing", "Nothing to change."),
        ("update", {"profile": "Chats", "most": -1}, "profile.most", "-1 is not a valid number of"),
        ("update", {"profile": "Nil", "most": 1}, "profile.unknown", "There is no profile 'Nil'."),
        ("give", {"agent": "ada", "profile": "Chats"}, "profile.given", "profile Chats already."),
        ("take_away", {"agent": "bo", "profile": "Chats"}, "profile.not_given", "profile Chats."),
    ],
)
def test_what_does_not_fit_is_refused(
    made: Any, name: str, given: dict[str, Any], code: str, says: str
) -> None:
    made.hire("bo")
    refusal = made.refused(f"profile.{name}", **given)
    assert refusal.code == code
    assert says in refusal.message


def test_a_day_ends_at_midnight() -> None:
    midnight = 1_772_496_000_000
    assert (day_of(midnight - 1), day_of(midnight)) == (TODAY, TOMORROW)
