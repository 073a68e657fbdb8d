"""How many agents stay free for calls, whose room is kept, and what counts for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.agent import Presence
from omnitui.rules.routing import (
    Candidate,
    Item,
    Match,
    QueueRules,
    agents_for_calls,
    assign_all,
    explain,
    keeper_of,
    kept_for_calls,
    rank,
)
from omnitui.rules.routing.nouns import Assign
from omnitui.rules.routing.reserve import MOST_LOST

CALL = Item("call", cost=100, exclusive=True, live=True, holds_room_at=0)
CHAT = Item("chat", cost=25, live=True)


@pytest.mark.parametrize(
    ("per_hour", "minutes", "agents"),
    [(0, 6, 0), (1, 6, 1), (2, 6, 1), (4, 6, 2), (10, 6, 2), (20, 6, 4), (60, 3, 5), (120, 6, 12)],
)
def test_it_takes_so_many_agents_to_answer_so_many_calls(
    per_hour: int, minutes: int, agents: int
) -> None:
    assert agents_for_calls(per_hour, minutes) == agents


@given(st.integers(1, 300), st.integers(1, 30))
def test_one_agent_less_would_lose_too_many(per_hour: int, minutes: int) -> None:
    def lost(agents: int) -> float:
        load, found = per_hour * minutes / 60, 1.0
        for n in range(1, agents + 1):
            found = load * found / (n + load * found)
        return found

    agents = agents_for_calls(per_hour, minutes)
    assert lost(agents) <= MOST_LOST < lost(agents - 1)


def test_who_takes_calls_first_stays_free_first_and_one_always_does_other_work() -> None:
    people = [Candidate("ada"), Candidate("bo", calls_first=True), Candidate("cai", used=25)]
    kept = [kept_for_calls(people, [QueueRules("Internet", for_calls=n)]) for n in (1, 2, 9)]
    assert [sorted(one) for one in kept] == [["bo"], ["ada", "bo"], ["ada", "bo"]]
    assert kept_for_calls(people[:1], [QueueRules("Internet", for_calls=5)]) == {}


def test_whoever_is_on_a_call_counts_as_one_of_them() -> None:
    people = [Candidate("ada"), Candidate("bo"), Candidate("cai", used=100, on_call=True)]
    assert kept_for_calls(people, [QueueRules("Internet", for_calls=1)]) == {}
    assert sorted(kept_for_calls(people, [QueueRules("Internet", for_calls=2)])) == ["ada"]


def test_nobody_who_is_away_is_kept_free() -> None:
    people = [Candidate("ada"), Candidate("bo", Presence.AWAY), Candidate("cai", used=25)]
    assert "bo" not in kept_for_calls(people, [QueueRules("Internet", for_calls=2)])


def test_room_is_kept_with_who_is_free_the_soonest_of_those_who_could() -> None:
    people = [
        Candidate("ada", used=75),
        Candidate("bo", used=25),
        Candidate("cai", used=0, presence=Presence.AWAY),
        Candidate("dag", capacity=50),
        Candidate("elin", used=100, presence=Presence.DO_NOT_DISTURB, full=True),
        Candidate("farah", used=10, kept_for="another"),
    ]
    assert keeper_of(CALL, people, Match.EXACT, Assign.ROUND_ROBIN) == "bo"
    assert keeper_of(CALL, people[2:], Match.EXACT, Assign.ROUND_ROBIN) == "elin"
    assert keeper_of(CALL, people[2:4], Match.EXACT, Assign.ROUND_ROBIN) == ""
    assert keeper_of(CHAT, people, Match.EXACT, Assign.ROUND_ROBIN) == ""


def test_a_call_that_may_keep_room_is_served_before_chats_that_have_waited_longer() -> None:
    chats = [Item(str(n), cost=25, live=True) for n in range(4)]
    call = Item("call", cost=100, exclusive=True, waiting_since=5, holds_room_at=10)
    people = [Candidate("ada"), Candidate("bo", used=25)]
    early = assign_all([*chats, call], people, now=9)
    assert "call" not in early.agents
    late = assign_all([*chats, call], people, now=10)
    assert late.agents["call"] == "ada"
    full = assign_all([*chats, call], [Candidate("ada", used=25), Candidate("bo", used=50)], now=10)
    assert full.waiting[0].kept == "ada"
    assert set(full.agents.values()) == {"bo"}


def test_who_has_let_it_pass_comes_after_who_has_not() -> None:
    item = Item("1", passed={"ada": 1, "bo": 2})
    people = [Candidate("ada"), Candidate("bo"), Candidate("cai", used=50)]
    ranking = rank(item, people)
    assert ranking.logins == ("cai", "ada", "bo")
    assert "declined or missed it less often" in explain(item, ranking)


@pytest.mark.parametrize(("exclusive", "fits"), [(False, True), (True, False)])
def test_affinity_looks_past_room_and_presence_but_never_makes_two_calls(
    exclusive: bool, fits: bool
) -> None:
    item = Item("1", cost=100, live=True, exclusive=exclusive, last_agent="ada", affinity=True)
    people = [Candidate("ada", Presence.AWAY, used=100, live=1), Candidate("bo")]
    assert (rank(item, people).logins[0] == "ada") is fits
