"""What is used of a profile is what was taken and not given back, whatever happens in between."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.profile import Reset
from omnitui.store import agents
from omnitui.store.engine import Store
from omnitui.store.routing import profiles

DAYS = ("2026-03-02", "2026-03-03", "2026-03-04")
NAMES = ("Chats", "Visits")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["take", "recount", "return_unused", "next_day"]),
        st.lists(st.sampled_from(NAMES), unique=True),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("profiles") / "profiles.db"
    store = Store(path)
    agents.add(store, "ada", "Ada Byron", 100, 0)
    profiles.add(store, "Chats", {"most": 3, "reset": Reset.IMMEDIATE})
    profiles.add(store, "Visits", {"most": 3, "reset": Reset.END_OF_DAY})
    yield store
    store.close()


@given(STEPS)
def test_what_is_used_is_what_is_held(store: Store, steps: list[tuple[str, list[str]]]) -> None:
    for profile in profiles.every(store):
        profiles.take_away(store, 1, profile.id)
        profiles.give(store, 1, profile.id, 0, DAYS[0])
    days = list(DAYS)
    used = dict.fromkeys(NAMES, 0)
    for what, names in steps:
        if what == "next_day" and len(days) > 1:
            del days[0]
            used["Visits"] = 0
        elif what == "take":
            profiles.take(store, 1, names, days[0])
            used |= {name: used[name] + 1 for name in names}
        elif what == "recount":
            held = {name: max(used[name] - 1, 0) for name in names}
            profiles.recount(store, 1, held)
            used["Chats"] = held.get("Chats", 0)
        elif what == "return_unused":
            profiles.return_unused(store, 1, names, days[0])
            used |= {name: max(used[name] - 1, 0) for name in names}
        found = profiles.of_agent(store, 1, days[0])
        assert {name: profile.used for name, profile in found.items()} == used
        assert profiles.of_agent(store, 1, "2026-03-09")["Visits"].used == 0
