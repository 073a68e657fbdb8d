"""`omnitui evaluate suggestions --history`: figures of what is learnt, and bad files."""

import csv
import os
from pathlib import Path

import pytest
from told import Run

KINDS = {
    "delivery": [
        "where is my parcel",
        "the parcel is late",
        "has my parcel been sent",
        "no parcel",
    ],
    "refund": ["I want my money back", "give my money back", "is the money back", "money please"],
    "password": ["I forgot my password", "reset my password", "wrong password", "no password"],
}
ROWS = [(text, label) for label, texts in KINDS.items() for text in texts]
NAMES = ["n", "first", "top3", "ms_p50", "ms_p95", "train_s", "reliability"]


def written(path: Path, rows: list[tuple[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "category"), *rows])
    return path


def test_queries_are_guessed_from_a_history(omnitui: Run, tmp_path: Path) -> None:
    history = written(tmp_path / "h.csv", ROWS)
    queries = written(
        tmp_path / "q.csv",
        [("my parcel, please", "delivery"), ("money\nback", "refund"), ("new parcel", "unheard")],
    )
    told = omnitui(
        *("evaluate", "suggestions", "--history", str(history)),
        *("--queries", str(queries), "--json"),
    )
    assert list(told.data) == NAMES
    assert (told.data["n"], told.data["first"], told.data["top3"]) == (3, 0.6667, 0.6667)
    assert 0 < told.data["ms_p50"] <= told.data["ms_p95"] < 20
    assert sum(row["n"] for row in told.data["reliability"]) == 3
    for row in told.data["reliability"]:
        assert list(row) == ["from", "to", "n", "confidence", "right"]
        assert row["from"] <= row["confidence"] <= row["to"]


def test_without_queries_each_part_of_the_history_is_held_out(omnitui: Run, tmp_path: Path) -> None:
    history = written(tmp_path / "h.csv", ROWS)
    told = omnitui("evaluate", "suggestions", "--history", str(history), "--folds", "4", "--json")
    assert (told.data["n"], told.data["first"]) == (12, 1.0)
    shown = omnitui("evaluate", "suggestions", "--history", str(history)).out
    assert "first 100.0%, among three 100.0% of 12 queries" in shown
    assert "confidence   queries   said   right" in shown


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "line 1: needs the columns text and category"),
        ("text,label\na,b\n", "line 1: needs the columns text and category"),
        ("text,text,category\na,b,c\n", "line 1: needs the columns text and category"),
        ("text,category\n", "has no examples"),
        ("text,category\na,b\n\nc,d,e\n", "line 4: has 3 columns, and line 1 has 2"),
        ("text,category\na,b\nc\n", "line 3: has 1 columns"),
        ("text,category\n,b\n", "line 2: needs a text and a category"),
        ("text,category\na,\n", "line 2: needs a text and a category"),
        ('text,category\n"a,b\n', "it is no CSV"),
        ('text,category\n"a\nb",x\nc, \n', "line 4: needs a text and a category"),
        ("text,category\na,b\n", "1 examples are too few for 5 parts"),
    ],
)
def test_a_bad_file_is_told_with_its_line(
    omnitui: Run, tmp_path: Path, text: str, line: str
) -> None:
    path = tmp_path / "h.csv"
    path.write_text(text)
    told = omnitui("evaluate", "suggestions", "--history", str(path))
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"{path}: ")
    assert line in told.err


@pytest.mark.parametrize("given", [[], ["--queries"], ["both"]])
def test_what_is_to_be_measured_must_be_clear(
    omnitui: Run, tmp_path: Path, given: list[str]
) -> None:
    path = str(written(tmp_path / "h.csv", ROWS))
    arguments = {"--queries": ["--queries", path], "both": ["--history", path, path]}
    told = omnitui("evaluate", "suggestions", *arguments.get("".join(given), []))
    assert told.code == 2
    assert "--history" in told.err


PUBLIC_DATA = Path(
    os.environ.get("OMNITUI_PUBLIC_DATA", Path(__file__).parents[3] / "shared" / "data")
)
QUESTIONS = PUBLIC_DATA / "queries" / "banking77-train.csv"
ASKED = 8
"""So many of the 77 intents are learnt and asked for."""


@pytest.mark.slow
def test_real_questions_are_guessed_and_confidence_means_what_it_says(
    omnitui: Run, tmp_path: Path
) -> None:
    if not QUESTIONS.exists():
        pytest.skip("the public questions are not on this machine; set OMNITUI_PUBLIC_DATA")
    with QUESTIONS.open(newline="", encoding="utf-8") as file:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    some = sorted({label for _, label in rows})[:ASKED]
    chosen = [row for row in rows if row[1] in some]
    history = written(tmp_path / "h.csv", chosen[::3])
    queries = written(tmp_path / "q.csv", chosen[1::2])
    told = omnitui(
        *("evaluate", "suggestions", "--history", str(history)),
        *("--queries", str(queries), "--json"),
    )
    assert told.data["first"] > 0.95
    assert told.data["top3"] > 0.98
    assert told.data["ms_p50"] < 20
    for row in told.data["reliability"]:
        if row["n"] >= 40:
            assert abs(row["right"] - row["confidence"]) < 0.1, row
