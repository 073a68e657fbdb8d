"""Timers that nothing can be done for: they are set aside, and are in nobody's way."""

from typing import Any

import pytest

from omnitui.desk import due
from omnitui.model.actor import Actor
from omnitui.model.errors import Fault, Refused
from omnitui.store import health, timers
from omnitui.store.timers import Timer

MINUTE = 60_000


def aside(floor: Any) -> dict[str, str]:
    rows = floor.desk.store.rows("SELECT kind, aside FROM timers WHERE aside <> ''")
    return {row["kind"]: row["aside"] for row in rows}


def poison(floor: Any, kind: str, subject: int = 999) -> None:
    timers.start(floor.desk.store, kind, subject, floor.clock.now() - 1)


def test_a_timer_of_an_unknown_kind_is_set_aside_and_those_behind_it_come(
    floor: Any, ada: Actor
) -> None:
    talk = floor.writes()
    poison(floor, "moon_phase")
    assert floor.ringing(ada) == [talk]
    floor.wait(10 * MINUTE)
    assert floor.ringing(ada) == []
    assert aside(floor) == {"moon_phase": "This version does not know this kind."}
    assert health.set_aside(floor.desk.store) == {"moon_phase": 1}
    assert floor.do("agent.list")


@pytest.mark.parametrize("kind", sorted(due._SUBJECTS))
def test_a_timer_about_nothing_is_set_aside(floor: Any, kind: str) -> None:
    poison(floor, kind)
    floor.wait(0)
    assert list(aside(floor)) == [kind]
    assert "Row 999 of" in aside(floor)[kind]


@pytest.mark.parametrize("kind", sorted(set(due._HANDLERS) - set(due._SUBJECTS)))
def test_a_timer_about_what_may_have_been_removed_meanwhile_is_over(floor: Any, kind: str) -> None:
    poison(floor, kind)
    floor.wait(0)
    assert aside(floor) == {}
    assert not timers.runs(floor.desk.store, kind, 999)


@pytest.mark.parametrize("error", [KeyError("x"), Refused("some.code", "No."), ValueError()])
def test_a_timer_that_breaks_down_changes_nothing_and_is_set_aside(
    floor: Any, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def breaks(call: Any, subject: int) -> None:
        call.store.insert("queues", {"name": "Half done"})
        raise error

    monkeypatch.setitem(due._HANDLERS, "follow_up", breaks)
    monkeypatch.setattr(due, "broke_down", REAL)
    poison(floor, "follow_up")
    floor.wait(0)
    assert type(error).__name__ in aside(floor)["follow_up"]
    assert floor.desk.store.rows("SELECT 1 FROM queues WHERE name = 'Half done'") == []


REAL = due.broke_down


@pytest.mark.parametrize("error", [Fault("The disk is full."), OSError(28, "full")])
def test_what_is_wrong_with_the_store_is_not_the_timers_fault(
    floor: Any, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def breaks(call: Any, subject: int) -> None:
        raise error

    monkeypatch.setitem(due._HANDLERS, "follow_up", breaks)
    poison(floor, "follow_up")
    with pytest.raises(type(error)):
        floor.wait(0)
    assert timers.runs(floor.desk.store, "follow_up", 999)


def test_a_timer_that_is_set_again_is_no_longer_aside(floor: Any) -> None:
    store = floor.desk.store
    for again in (timers.start, timers.ensure):
        with store.transaction():
            timers.set_aside(store, Timer(0, 1, "grace", 5), "Why not.")
        assert not timers.runs(store, "grace", 5)
        assert timers.next_due(store) is None
        again(store, "grace", 5, 70)
        assert timers.next_due(store) == 70
        timers.stop(store, "grace", 5)
