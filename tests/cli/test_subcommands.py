"""The other sub-commands: what they print, what they return."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from told import Run, value

from omnitui import __version__
from omnitui.cli import docs
from omnitui.cli.root import SUBCOMMANDS
from omnitui.desk.registry import COMMANDS
from omnitui.store import terms
from omnitui.store.engine import Store


def test_help_names_every_subcommand(omnitui: Run) -> None:
    told = omnitui("--help")
    assert told.code == 0
    assert all(f"\n  {name} " in told.out for name in SUBCOMMANDS)


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_explains_itself(omnitui: Run, name: str) -> None:
    told = omnitui(name, "--help")
    assert (told.code, told.out.startswith(f"Usage: omnitui {name} ")) == (0, True)


def test_the_version_is_told(omnitui: Run) -> None:
    assert omnitui("--version").out == f"omnitui {__version__}\n"


def test_commands_are_listed_for_people(omnitui: Run) -> None:
    told = omnitui("commands")
    assert "case.create(customer?, title?, origin?, priority?, product?" in told.out


def test_commands_are_listed_for_scripts(omnitui: Run) -> None:
    listed = {command["name"]: command for command in omnitui("commands", "--json").data}
    assert set(listed) == set(COMMANDS)
    (presence,) = [p for p in listed["agent.set_presence"]["parameters"] if p["name"] == "presence"]
    assert presence["required"] is True
    assert presence["takes"].startswith("one of available, busy")
    assert listed["queue.list"]["changes"] is False


def test_shipped_data_is_right(omnitui: Run) -> None:
    told = omnitui("check")
    assert (told.code, told.out.endswith("no errors.\n")) == (0, True), told.out


def test_wrong_data_is_told_with_file_line_and_key(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "replies.toml"
    path.write_text('[[reply]]\nkey = "a"\ntitle = 3\nlanguage = "en"\ntext = "x"\n')
    told = omnitui("check", str(tmp_path))
    assert told.code == 1
    assert told.out == f"{path}: line 3, reply[0].title: it needs text, not a whole number\n"


def test_scenarios_are_checked_too(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "shift.toml"
    path.write_text("titel = 'A shift'\n")
    told = omnitui("check", str(path))
    assert told.code == 1
    assert str(path) in told.out
    assert "titel" in told.out


def test_a_backup_is_a_whole_store(omnitui: Run, tmp_path: Path) -> None:
    omnitui("call", "queue.create", "name=Billing")
    target = tmp_path / "copy.db"
    assert omnitui("backup", str(target)).code == 0
    assert value(target, "SELECT count(*) FROM queues") == 2
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_backup_replaces_nothing_unasked(omnitui: Run, tmp_path: Path) -> None:
    omnitui("call", "queue.list")
    target = tmp_path / "copy.db"
    target.write_text("precious")
    assert omnitui("backup", str(target)).code == 2
    assert target.read_text() == "precious"
    assert omnitui("backup", str(target), "--force").code == 0
    assert value(target, "PRAGMA integrity_check") == "ok"


def test_a_backup_is_not_mixed_with_what_the_one_before_left_unfinished(
    omnitui: Run, store_path: Path, tmp_path: Path
) -> None:
    """A process that died leaves its log beside the store; SQLite would replay it."""
    omnitui("call", "customer.create", "name=Mine")
    target, dead = tmp_path / "copy.db", tmp_path / "dead.db"
    omnitui("call", "customer.create", "name=Theirs", "--store", str(dead))
    holding = sqlite3.connect(dead)
    terms.give(holding)
    holding.execute("UPDATE customers SET name = 'Theirs still'")
    holding.commit()
    for name in ("", "-wal"):
        shutil.copy(f"{dead}{name}", f"{target}{name}")
    holding.close()
    assert Path(f"{target}-wal").stat().st_size > 0
    told = omnitui("backup", str(target), "--force")
    assert (told.code, told.err) == (0, "")
    names = [c["name"] for c in omnitui("call", "customer.list", "--store", str(target)).data]
    assert names == ["Mine"]


def test_a_store_in_use_is_not_replaced_by_a_backup(omnitui: Run, tmp_path: Path) -> None:
    omnitui("call", "customer.create", "name=Mine")
    target = tmp_path / "live.db"
    omnitui("call", "customer.create", "name=Theirs", "--store", str(target))
    using = sqlite3.connect(target)
    using.execute("SELECT count(*) FROM customers").fetchone()
    told = omnitui("backup", str(target), "--force")
    assert told.code == 3
    assert f"{target} is in use" in told.err
    assert using.execute("SELECT name FROM customers").fetchall() == [("Theirs",)]
    using.close()


def test_a_backup_through_a_link_reaches_the_file(
    omnitui: Run, store_path: Path, tmp_path: Path
) -> None:
    omnitui("call", "customer.create", "name=Mine")
    target, link = tmp_path / "copy.db", tmp_path / "link.db"
    target.write_bytes(b"")
    link.symlink_to(target)
    assert omnitui("backup", str(link), "--force").code == 0
    assert link.is_symlink()
    assert target.stat().st_size > 0
    link.unlink()
    link.symlink_to(store_path)
    told = omnitui("backup", str(link), "--force")
    assert (told.code, "cannot be its own backup" in told.err) == (3, True)


def test_a_simulation_says_whose_store_it_writes_into(omnitui: Run, store_path: Path) -> None:
    omnitui("call", "customer.create", "name=Mine")
    given = ("simulate", "quiet-morning", "--for", "1m", "--store")
    told = omnitui(*given, str(store_path))
    assert told.code == 0
    assert told.err == f"{store_path} has 1 customers; simulated ones are added to them.\n"
    assert omnitui(*given, str(store_path.with_name("new.db"))).err == ""


@pytest.mark.parametrize("arguments", [["doctor"], ["backup", "copy.db"]])
def test_looking_after_no_store_makes_none(
    omnitui: Run, arguments: list[str], store_path: Path
) -> None:
    told = omnitui(*arguments)
    assert (told.code, store_path.exists()) == (3, False)
    assert f"There is no store at {store_path}" in told.err


def test_the_doctor_says_what_runs_and_what_is_there(omnitui: Run, store_path: Path) -> None:
    omnitui("call", "queue.list")
    told = omnitui("doctor", "--json")
    assert (told.code, told.data["problems"], told.data["store"]) == (0, [], str(store_path))
    assert told.data["counts"]["queues"] == 1
    assert told.data["versions"]["omnitui"] == __version__
    assert "problems: none" in omnitui("doctor").out


def test_the_doctor_says_what_nothing_delivers(omnitui: Run, store_path: Path) -> None:
    for words in (
        ("agent.create", "login=ada", "name=Ada Byron"),
        ("queue.add_member", "queue=General", "agent=ada"),
        ("conversation.receive", "channel=email", "address=kim@example.com", "text=Hello"),
        ("conversation.pick", "conversation=1", "--as", "ada"),
        ("conversation.reply", "conversation=1", "text=Hello Kim", "--as", "ada"),
        ("settings.set", "key=undo_seconds", "value=0"),
        ("conversation.reply", "conversation=1", "text=Once more", "--as", "ada"),
    ):
        assert omnitui("call", *words).code == 0
    told = omnitui("call", "message.undelivered", "conversation=1", "--now", "+1m").data
    assert [line["delivery"] for line in told] == ["queued", "queued"]
    found = omnitui("doctor", "--json").data["delivery"]
    email = next(one for one in found if one["channel"] == "email")
    assert (email["by"], email["queued"], email["courier"]) == ([], 2, "")
    out = omnitui("doctor").out
    assert "2 not sent: no courier for Email." in out
    assert "omnitui call courier.set channel=email url=" in out
    assert "no courier for Live chat." not in out
    set_up = ("courier.set", "channel=email", "url=https://a.example/b", "token_env=NO_SUCH_TOKEN")
    assert omnitui("call", *set_up).code == 0
    out = omnitui("doctor").out
    assert "NO_SUCH_TOKEN is not set, so nothing is delivered from here." in out
    told = omnitui("simulate", "quiet-morning", "--store", str(store_path))
    assert told.code == 1
    assert "This store delivers to real customers (email)" in told.err


def test_the_doctor_finds_what_is_broken(omnitui: Run, store_path: Path) -> None:
    omnitui("call", "queue.list")
    store = Store(store_path)
    store.execute("PRAGMA foreign_keys = OFF")
    store.execute("INSERT INTO queue_members VALUES (99, 99)")
    store.close()
    told = omnitui("doctor")
    assert told.code == 1
    assert "refers to a missing row of" in told.out


def test_sentiment_is_compared_with_people(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "rated.tsv"
    path.write_text("1\t3.1\tI love it, thank you!\n2\t-2.5\tThis is terrible\n3\t0\tIt is there\n")
    told = omnitui("evaluate", "sentiment", str(path), "--json")
    assert told.data["n"] == 3
    assert told.data["pearson_r"] > 0.9
    assert told.data["vader_r"] > 0.9
    assert "VADER" in omnitui("evaluate", "sentiment", str(path)).out


def test_sentiment_is_judged_by_labelled_messages(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    rows = [
        '{"text": "nobody answers", "label": -1, "split": "judge"}',
        '{"text": "please help", "label": 0, "split": "judge"}',
        '{"text": "works again", "label": -1, "split": "dev"}',
        '{"text": "die Karte ist kaputt", "label": null, "split": "judge"}',
    ]
    path.write_text("\n".join(rows) + "\n")
    told = omnitui("evaluate", "sentiment", str(path), "--split", "judge", "--json")
    assert told.data == {
        "right": 1.0,
        "vader_right": 0.0,
        "n": 2,
        "not_scored": 1,
        "not_to_be_scored": 1,
    }
    whole = omnitui("evaluate", "sentiment", str(path)).out
    assert "sign right 66.7% (VADER 0.0%) over 3 messages" in whole
    assert "rightly not scored 1 of 1" in whole


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"text": 1, "label": 0}',
        '{"text": "a"}',
        '{"text": "a", "label": 2}',
        "[" * 99_999,
    ],
)
def test_labelled_messages_that_cannot_be_read_are_told(
    omnitui: Run, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text(text)
    told = omnitui("evaluate", "sentiment", str(path))
    assert (told.code, told.err.startswith(f"{path}: ")) == (2, True)


@pytest.mark.parametrize("text", ["1\tnot a number\tx\n", "1\t2\n", "", "1\t2\tx\n1\t2\ty\n"])
def test_ratings_that_cannot_be_read_are_told(omnitui: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "rated.tsv"
    path.write_text(text)
    told = omnitui("evaluate", "sentiment", str(path))
    assert (told.code, told.err.startswith(f"{path}: ")) == (2, True)


def test_suggestions_are_measured(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    questions = ["my router drops,router", "the bill is wrong,bill", "the router is slow,router"]
    path.write_text("text,category\n" + "\n".join(questions * 4) + "\n")
    told = omnitui("evaluate", "suggestions", str(path), "--every", "3", "--json")
    assert told.data == {"questions": 12, "asked": 4, "hit_at_1": 1.0, "hit_at_3": 1.0}


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "text,category\n", "text,category\nx,y\n"])
def test_questions_that_cannot_be_read_are_told(omnitui: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "asked.csv"
    path.write_text(text)
    told = omnitui("evaluate", "suggestions", str(path))
    assert (told.code, told.err.startswith(f"{path}: ")) == (2, True)


def test_scenarios_are_listed(omnitui: Run) -> None:
    told = omnitui("demo", "--list")
    assert told.code == 0
    assert "quiet-morning" in told.out


def test_an_unknown_scenario_is_told_before_anything_opens(omnitui: Run) -> None:
    told = omnitui("demo", "quite-morning")
    assert (told.code, told.out) == (3, "")
    assert "Did you mean quiet-morning?" in told.err


@pytest.mark.slow
def test_a_shift_is_simulated_the_same_each_time(omnitui: Run) -> None:
    arguments = ["simulate", "quiet-morning", "--seed", "7", "--for", "5m", "--json"]
    first, again = omnitui(*arguments), omnitui(*arguments)
    assert (first.code, first.data["seed"]) == (0, 7)
    assert first.out == again.out
    assert first.out != omnitui(*arguments[:3], "8", *arguments[4:]).out


@pytest.mark.parametrize("given", [["--for", "soon"], ["--agents", "-1"], ["--seed", "x"]])
def test_a_shift_that_cannot_be_run_is_wrong_usage(omnitui: Run, given: list[str]) -> None:
    assert omnitui("simulate", "quiet-morning", *given).code == 2


def test_a_breakdown_is_a_sentence(omnitui: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("the roof is gone")

    monkeypatch.setattr("omnitui.desk.opening.open_desk", break_down)
    told = omnitui("call", "queue.list")
    assert (told.code, told.out) == (3, "")
    assert "RuntimeError: the roof is gone" in told.err
    monkeypatch.setenv("OMNITUI_DEBUG", "1")
    assert omnitui("call", "queue.list").code == 1


def test_a_process_ends_with_the_code_and_one_sentence(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "omnitui", "call", "agent.get", "--store", str(tmp_path / "a.db")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 1
    assert json.loads(told.stdout)["refused"]["code"] == "actor.not_an_agent"
    assert told.stderr == ""


def test_the_reference_is_made_on_the_command_line() -> None:
    assert docs.main(["--wrong"]) == 2


def test_a_store_named_before_the_subcommand_is_the_one_worked_on(
    omnitui: Run, tmp_path: Path, store_path: Path
) -> None:
    named = tmp_path / "named.db"
    assert omnitui("--store", str(named), "call", "queue.list").code == 0
    assert (named.exists(), store_path.exists()) == (True, False)
    told = omnitui("--store", str(named), "doctor", "--json")
    assert told.data["store"] == str(named)


def test_a_store_named_after_the_subcommand_wins(omnitui: Run, tmp_path: Path) -> None:
    early, late = tmp_path / "early.db", tmp_path / "late.db"
    assert omnitui("--store", str(early), "call", "queue.list", "--store", str(late)).code == 0
    assert (early.exists(), late.exists()) == (False, True)


def test_an_option_that_a_subcommand_does_not_take_is_not_passed_over(omnitui: Run) -> None:
    told = omnitui("--agent", "ada", "doctor")
    assert (told.code, "doctor has no option --agent" in told.err) == (2, True)
