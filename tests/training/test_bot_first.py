"""A shift on which the virtual agent answers first: the same every time, and nobody is lost."""

from pathlib import Path
from random import Random

import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.model.errors import Fault
from omnitui.store.engine import Store
from omnitui.training.bots import answer_first
from omnitui.training.options import SimulateOptions
from omnitui.training.run import simulate
from omnitui.training.scenario import load


def journal(path: Path) -> list[tuple[int, str, str]]:
    desk = Desk(Store(path), ManualClock(0), Random(1))
    found = [(one.at, one.kind, str(one.payload)) for one in desk.follow(0, 100_000)]
    desk.close()
    return found


def test_the_virtual_agent_answers_some_and_hands_over_the_others(tmp_path: Path) -> None:
    first, second = tmp_path / "a.db", tmp_path / "b.db"
    report = simulate(SimulateOptions("bot-first", seed=3, store=first))
    simulate(SimulateOptions("bot-first", seed=3, store=second))
    told = journal(first)
    assert told == journal(second)
    kinds = [kind for _, kind, _ in told]
    handed, began = kinds.count("bot.handed_over"), kinds.count("bot.began")
    assert 0 < handed < began
    assert "bot.failed" not in kinds
    assert (report.abandoned, report.open) == (0, {})
    assert report.written == report.stored
    assert report.answered == handed


def test_agents_see_the_collected_answers(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    simulate(SimulateOptions("bot-first", seed=3, store=path))
    desk = Desk(Store(path), ManualClock(0), Random(1))
    found = [
        item.context
        for item in desk.call("conversation.list", SYSTEM, limit=100)
        if "account" in item.context
    ]
    desk.close()
    assert found
    assert all(context["bot"]["account"] == context["account"] for context in found)


def test_a_store_without_the_virtual_agent_says_so(tmp_path: Path) -> None:
    desk = Desk(Store(tmp_path / "a.db"), ManualClock(0), Random(1))
    with pytest.raises(Fault, match="virtual agent 'support'"):
        answer_first(desk, load("bot-first"))
    desk.close()
