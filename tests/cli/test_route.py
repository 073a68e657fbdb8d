"""`omnitui route`: agents and items in, who gets what and why out."""

import json
from pathlib import Path
from typing import Any

import pytest
from told import Run

QUESTION: dict[str, Any] = {
    "match": "exact",
    "assign": "highest_capacity",
    "now": "13:20",
    "agents": [
        {"login": "ada", "capacity": 100, "used": 50, "skills": {"router": 5}},
        {"login": "bo", "used": 25, "queues": ["Internet"], "last_assigned": "10:30"},
        {"login": "chidi", "presence": "Do not disturb"},
    ],
    "items": [
        {"id": "chat", "queue": "Internet", "cost": 25, "waiting_since": "13:00"},
        {"id": 7, "cost": 25, "skills": {"router": 3}},
        {"id": "call", "cost": 100, "priority": 5},
    ],
}
TOML = """
assign = "round robin"
[[agents]]
login = "ada"
last_assigned = "10:30"
[[agents]]
login = "bo"
last_assigned = "09:15"
[[items]]
id = "a"
[[items]]
id = "b"
at = "13:25"
"""


def asked(tmp_path: Path, question: Any) -> str:
    path = tmp_path / "question.json"
    path.write_text(question if isinstance(question, str) else json.dumps(question), "utf-8")
    return str(path)


def test_it_says_who_gets_what_who_waits_and_who_else_fits(omnitui: Run, tmp_path: Path) -> None:
    told = omnitui("route", asked(tmp_path, QUESTION), "--json")
    assert told.code == 0
    given = {row["item"]: row["agent"] for row in told.data["assignments"]}
    assert given == {"7": "ada", "chat": "bo"}
    assert all(row["because"] for row in told.data["assignments"] + told.data["waiting"])
    assert [row["item"] for row in told.data["waiting"]] == ["call"]
    assert told.data["ranking"] == {"7": ["ada"], "chat": ["bo", "ada"], "call": []}


def test_it_speaks_to_people_too(omnitui: Run, tmp_path: Path) -> None:
    lines = omnitui("route", asked(tmp_path, QUESTION)).out.splitlines()
    assert lines[0].startswith("7 -> ada: ")
    assert lines[2].startswith("call waits: ")


def test_a_question_may_be_toml(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "question.toml"
    path.write_text(TOML, "utf-8")
    told = omnitui("route", str(path), "--json")
    given = {row["item"]: row["agent"] for row in told.data["assignments"]}
    assert given == {"a": "bo", "b": "ada"}
    assert told.data["ranking"]["a"] == ["bo", "ada"]


def test_no_store_is_made(omnitui: Run, tmp_path: Path, store_path: Path) -> None:
    omnitui("route", asked(tmp_path, QUESTION))
    assert not store_path.exists()


def test_an_empty_question_is_answered(omnitui: Run, tmp_path: Path) -> None:
    path = asked(tmp_path, {})
    assert omnitui("route", path, "--json").data == {
        "assignments": [],
        "waiting": [],
        "ranking": {},
    }
    assert omnitui("route", path).out == "No items.\n"


def test_profiles_are_counted_in_items(omnitui: Run, tmp_path: Path) -> None:
    question = {
        "agents": [{"login": "ada", "profiles": {"voice": {"limit": 1}}}],
        "items": [{"id": "a", "profiles": ["voice"]}, {"id": "b", "profiles": ["voice"]}],
    }
    told = omnitui("route", asked(tmp_path, question), "--json")
    assert [row["item"] for row in told.data["assignments"]] == ["a"]
    assert [row["item"] for row in told.data["waiting"]] == ["b"]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("{", "line 1, column 2: it is not JSON"),
        ("[]", "it needs a table, not a list"),
        ({"agent": []}, "agent: there is no such key; did you mean agents?"),
        ({"agents": [{}]}, "agents[0].login: this key is missing"),
        ({"assign": "by luck"}, "assign: it cannot be 'by_luck'; use one of highest_capacity,"),
        ({"now": "noon"}, "now: 'noon' is not a time"),
        ({"items": [{"id": "a", "at": "25:00"}]}, "items[0].at: '25:00' is not a time"),
        ({"items": [{"id": "a", "cost": -1}]}, "items[0].cost: -1 units is below 0"),
        ({"items": [{"id": "a"}, {"id": "a"}]}, "items[1].id: an item a exists already"),
        (
            {"agents": [{"login": "ada"}, {"login": "ada"}]},
            "agents[1].login: an agent ada exists already",
        ),
        (
            {"items": [{"id": "a", "allowed_presence": ["asleep"]}]},
            "items[0].allowed_presence[0]: it cannot be 'asleep'",
        ),
        (
            {"agents": [{"login": "a", "profiles": {"voice": {"limit": "x"}}}]},
            "agents[0].profiles.voice.limit: it needs a whole number, not text",
        ),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(
    omnitui: Run, tmp_path: Path, question: Any, says: str
) -> None:
    path = asked(tmp_path, question)
    told = omnitui("route", path, "--json")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"{path}: ")
    assert says in told.err
    assert told.err.count("\n") == 1


def test_what_is_wrong_in_toml_is_told_with_its_line(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "question.toml"
    path.write_text(TOML.replace('"13:25"', '"later"'), "utf-8")
    told = omnitui("route", str(path))
    assert (told.code, told.err) == (
        2,
        f"{path}: line 13, items[1].at: 'later' is not a time; write for example 13:20 or"
        " 2026-03-02T13:20\n",
    )


def test_a_file_that_is_not_there_is_wrong_usage(omnitui: Run, tmp_path: Path) -> None:
    told = omnitui("route", str(tmp_path / "gone.json"))
    assert told.code == 2
    assert "gone.json" in told.err


def test_times_are_said_with_the_day_where_it_is_another(omnitui: Run, tmp_path: Path) -> None:
    agents = [{"login": "ada", "last_assigned": "10:30"}, {"login": "bo", "last_assigned": "09:15"}]
    question = QUESTION | {"agents": agents, "assign": "round_robin"}
    said = omnitui("route", asked(tmp_path, question)).out
    assert "last assigned 09:15, the longest ago" in said
    agents[1]["last_assigned"] = "2026-01-02T11:05:00Z"
    question["now"] = "2026-01-03T13:20:00Z"
    agents[0]["last_assigned"] = "2026-01-03T10:30:00Z"
    said = omnitui("route", asked(tmp_path, question)).out
    assert "last assigned 2026-01-02 11:05, the longest ago" in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"agents": [{"login": " "}]}, "an agent needs a login"),
        ({"agents": [{"login": "a", "capacity": -5}]}, "-5 units is below 0"),
        ({"agents": [{"login": "a", "skills": {"x": -1}}]}, "-1 is not a level"),
        ({"items": [{"id": ""}]}, "an item needs an id"),
        ({"items": [{"id": 1, "skills": {"x": -2}}]}, "-2 is not a level"),
    ],
)
def test_what_cannot_be_asked_is_said(
    omnitui: Run, tmp_path: Path, question: dict[str, Any], said: str
) -> None:
    path = tmp_path / "question.json"
    path.write_text(json.dumps(question), "utf-8")
    told = omnitui("route", str(path))
    assert (told.code, said in told.err) == (2, True)


def test_a_mark_of_byte_order_is_no_matter(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "question.json"
    path.write_text(json.dumps({"agents": [{"login": "a"}], "items": [{"id": 1}]}), "utf-8-sig")
    assert "1 -> a" in omnitui("route", str(path)).out
