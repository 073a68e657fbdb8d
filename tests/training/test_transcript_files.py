import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.errors import DataError
from omnitui.training.mood import Act, Heard, Leave, Say
from omnitui.training.reader import Reader
from omnitui.training.transcripts import Transcript, Turn, read


def line(**changed: Any) -> str:
    turns = [{"role": "customer", "text": "hi"}, {"role": "agent", "text": "hello"}]
    return json.dumps({"id": "a", "source": "s", "topic": "t", "turns": turns, **changed})


def written(tmp_path: Path, *lines: str, name: str = "t.jsonl") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_line_is_one_conversation(tmp_path: Path) -> None:
    path = written(tmp_path, line(), "", line(id="b", more="ignored"))
    found = list(read([path]))
    assert [one.id for one in found] == ["a", "b"]
    assert found[0].turns[0] == Turn("customer", "hi")
    assert found[0].customer_turns == 1


WRONG = [
    ("{", "line 2", "not JSON"),
    ("[]", "line 2", "Expected `object`"),
    (line(id=""), "line 2, id", "length >= 1"),
    (line(id="b", turns=[{"role": "robot", "text": "x"}]), "line 2, turns[0].role", "robot"),
    (line(id="b", turns=[{"role": "customer"}]), "line 2, turns[0]", "text"),
    (
        line(id="b", turns=[{"role": "agent", "text": "x"}]),
        "line 2",
        "no turn is the customer's, so no customer arrives",
    ),
    (line(id="b", turns=[]), "line 2", "no turn is the customer's, so no customer arrives"),
    (
        line(id="b", turns=[{"role": "customer", "text": "\u200b "}]),
        "line 2, turns[0].text",
        "empty",
    ),
    (line(), "line 2", "used in t.jsonl line 1 already"),
]


@pytest.mark.parametrize(("bad", "where", "problem"), WRONG)
def test_a_bad_line_is_named_with_file_and_line(
    tmp_path: Path, bad: str, where: str, problem: str
) -> None:
    path = written(tmp_path, line(), bad)
    with pytest.raises(DataError) as wrong:
        list(read([path]))
    assert wrong.value.path == path
    assert wrong.value.where == where
    assert problem in wrong.value.problem


def test_bytes_that_are_not_utf8_are_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.jsonl"
    path.write_bytes(line().encode() + b'\n{"id": "b\xe6"}\n')
    with pytest.raises(DataError, match="line 2"):
        list(read([path]))


def test_the_same_id_in_two_files_is_said_with_both_places(tmp_path: Path) -> None:
    first, second = written(tmp_path, line()), written(tmp_path, line(), name="u.jsonl")
    with pytest.raises(DataError, match=r"u\.jsonl: line 1: .*t\.jsonl line 1"):
        list(read([first, second]))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        list(read([tmp_path / "none.jsonl"]))


ROLES = st.lists(st.sampled_from(["customer", "agent"]), min_size=1, max_size=12).filter(
    lambda roles: "customer" in roles
)


@given(ROLES, st.booleans(), st.integers(0, 99), st.lists(st.sampled_from("hew"), max_size=40))
def test_a_reader_says_every_word_once_and_in_order_whatever_happens(
    roles: list[str], live: bool, seed: int, events: list[str]
) -> None:
    random = Random(seed)
    turns = [
        Turn("customer" if role == "customer" else "agent", f"{n}") for n, role in enumerate(roles)
    ]
    mind, acts = Reader(Transcript("x", turns), live).begin(random)
    said: list[str] = []
    pending = list(acts)
    at = 0
    left = False

    def think(step: tuple[Reader, tuple[Act, ...]]) -> None:
        nonlocal mind
        mind = step[0]
        pending.extend(step[1])

    for event in [*events, *("d" * 80)]:
        at += 1_000
        if event == "h":
            think(mind.hears(Heard("ok", at), random))
        elif event == "e":
            pending.clear()
            think(mind.ended(at, random))
        elif event == "w" or not pending:
            at = max(at, mind.impatient_at or at)
            think(mind.waited(at, random))
        else:
            act = pending.pop(0)
            left = left or isinstance(act, Leave)
            if isinstance(act, Say):
                said.append(act.text)
                think(mind.said(at, random))
    assert said == [turn.text for turn in turns if turn.role == "customer"]


def test_what_the_agent_of_the_file_said_is_known_at_its_place() -> None:
    turns = [Turn("customer", "hi"), Turn("agent", "hello there"), Turn("customer", "bye")]
    mind, _ = Reader(Transcript("x", turns), live=True).begin(Random(1))
    mind, _ = mind.said(0, Random(1))
    assert mind.prompt.text == "hello there"
    assert mind.prompt.verbatim
    mind, _ = mind.hears(Heard("hello there", 1_000), Random(1))
    mind, _ = mind.said(2_000, Random(1))
    assert mind.prompt.text == ""
    assert mind.prompt.more is False
