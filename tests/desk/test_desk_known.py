"""What a command has found out holds as long as nothing is written, and no longer."""

from contextlib import suppress
from typing import Any

import pytest

from omnitui.desk.call import Call
from omnitui.model.actor import SYSTEM


def names(call: Call) -> list[str]:
    return [row["name"] for row in call.store.rows("SELECT name FROM queues ORDER BY name")]


def add(call: Call, name: str) -> None:
    call.store.insert("queues", {"name": name})


@pytest.fixture
def call(floor: Any) -> Call:
    return floor.desk.at_work(SYSTEM)


def test_it_is_asked_once_while_nothing_is_written(call: Call) -> None:
    asked: list[int] = []
    for _ in range(3):
        found = call.known.get(call.store, "queues", lambda: asked.append(1) or names(call))
        assert found == ["General"]
    assert len(asked) == 1
    assert call.known.get(call.store, "other", lambda: 7) == 7


def test_it_is_asked_anew_after_whatever_is_written(call: Call) -> None:
    call.known.get(call.store, "queues", lambda: names(call))
    with call.store.transaction():
        add(call, "Billing")
        assert call.known.get(call.store, "queues", lambda: names(call)) == ["Billing", "General"]


def test_it_is_asked_anew_after_what_was_written_is_taken_back(call: Call) -> None:
    def refused() -> None:
        with call.store.transaction():
            add(call, "Billing")
            assert "Billing" in call.known.get(call.store, "queues", lambda: names(call))
            raise ValueError

    with call.store.transaction():
        with suppress(ValueError):
            refused()
        assert call.known.get(call.store, "queues", lambda: names(call)) == ["General"]
    with suppress(ValueError):
        refused()
    assert call.known.get(call.store, "queues", lambda: names(call)) == ["General"]


def test_what_is_found_while_something_is_written_is_not_kept(call: Call) -> None:
    def writes() -> list[str]:
        before = names(call)
        add(call, "Billing")
        return before

    assert call.known.get(call.store, "queues", writes) == ["General"]
    assert call.known.get(call.store, "queues", lambda: names(call)) == ["Billing", "General"]
