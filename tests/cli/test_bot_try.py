"""`omnitui bot`: what `docs/bot.md` shows is what happens, and what `--json` prints for tests."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_walkthroughs import fits

from omnitui.cli.root import root
from omnitui.datafiles import folder

PAGE = (Path(__file__).parents[2] / "docs" / "bot.md").read_text("utf-8")
_BLOCK = re.compile(r"^```console\n\$ (.*?) <<END\n(.*?)^END\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SURE = re.compile(r"\(\d\.\d\d: [^)]*\)")


def run(*arguments: str, given: str = "") -> tuple[int, str, str]:
    found = CliRunner().invoke(root, list(arguments), prog_name="omnitui", input=given)
    return found.exit_code, found.stdout, found.stderr


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    """The file that the page shows."""
    found = _FILE.search(PAGE)
    assert found is not None
    there = tmp_path / "topics" / "bakery.toml"
    there.parent.mkdir()
    there.write_text(found[1], encoding="utf-8")
    return there


def examples() -> Iterator[tuple[str, str, str]]:
    yield from _BLOCK.findall(PAGE)


@pytest.mark.parametrize("example", list(examples()), ids=lambda one: one[0])
def test_the_page_says_what_happens(example: tuple[str, str, str], bakery: Path) -> None:
    line, given, answer = example
    command, *arguments = shlex.split(line.replace("bakery.toml", str(bakery)))
    assert command == "omnitui"
    code, out, err = run(*arguments, given=given)
    assert (code, err) == (0, "")
    shown = _SURE.sub("(...)", answer).splitlines()
    assert fits(_SURE.sub("(...)", out).splitlines(), shown), out


def test_the_page_has_several_examples_and_a_file_without_errors(bakery: Path) -> None:
    assert len(list(examples())) >= 4
    code, out, _ = run("check", str(bakery.parent))
    assert (code, out) == (0, "1 file, no errors.\n")


def test_json_is_an_object_a_turn() -> None:
    code, out, _ = run("bot", "try", "--json", given="my internet is down\n\n20417\nagent please\n")
    turns = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [turn["status"] for turn in turns] == ["talking", "talking", "handed_over"]
    assert turns[1]["answers"] == {"account": "20417"}
    assert turns[2]["handed_over"] == "asked for a person"
    assert all(turn["reason"] for turn in turns)


def test_no_words_are_no_turn() -> None:
    assert run("bot", "try", "--json", given="") == (0, "", "")


def test_a_customer_of_the_store_is_known_and_the_store_does_not_change(tmp_path: Path) -> None:
    from omnitui.clock import ManualClock
    from omnitui.desk.desk import Desk
    from omnitui.desk.filling.company import fill
    from omnitui.store.engine import Store

    path = tmp_path / "own.db"
    desk = Desk(Store(path), ManualClock(1_772_442_000_000))
    fill(desk)
    before = desk.last_seq()
    given = ("--store", str(path), "--customer", "Kiana Anderson", "--channel", "chat")
    _, out, _ = run("bot", "try", "--json", *given, given="what is the status of my case\n")
    assert "CAS-" in json.loads(out.splitlines()[0])["bot"][0]
    assert desk.last_seq() == before
    desk.close()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('go = "x"', 'go = "x"', "line 6"),
        ('key = "hours"', 'key = "cake"', "exists already"),
        ('answer = "number"', 'answer = "numbre"', "cannot be"),
        ('slot = "people"\n', "", "slot"),
        ('choices = ["Chocolate", "Fruit"]', 'choices = ["Chocolate"]', "two answers"),
        ('say = "We are', 'say = "{?name} We are', "prompt"),
        ("least = 4", "least = 99", "less than"),
        ("skills = { baking = 2 }", "skills = { baking = 20 }", "not a level"),
        ('field = "tier"', 'field = "rank"', "cannot have 'rank' as field"),
        ('ask = "For which day?"', 'ask = "For which day?"\nend = "Bye"', "ask and end"),
        ('hand_over = "a cake', 'retries = 3\nhand_over = "a cake', "takes no retries"),
        ('name = "Bakery bot"', 'nmae = "Bakery bot"', "name"),
    ],
)
def test_check_names_file_line_and_key(bakery: Path, old: str, new: str, said: str) -> None:
    text = bakery.read_text("utf-8")
    if old == 'go = "x"':
        text = text.replace('say = "We are open', 'go = "nowhere"\n#')
        said = "leads nowhere"
    else:
        assert old in text
        text = text.replace(old, new)
    bakery.write_text(text, encoding="utf-8")
    code, out, err = run("check", str(bakery))
    told = out + err
    assert code != 0
    assert str(bakery.name) in told
    assert said in told
    assert re.search(r"line \d+", told) or "name" in told


def test_topics_that_are_wrong_are_not_tried(bakery: Path) -> None:
    bakery.write_text("name = 3", encoding="utf-8")
    code, out, err = run("bot", "try", "--topics", str(bakery), given="hi\n")
    assert code != 0
    assert "bakery.toml" in out + err


def test_loaded_topics_are_in_the_store(bakery: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "own.db")
    code, out, _ = run("bot", "load", str(bakery), "--store", store)
    assert (code, out) == (0, "Bakery bot (bakery) knows 2 topics.\n")
    _, out, _ = run("call", "bot.list", "--store", store)
    assert [one["bot"] for one in json.loads(out)] == ["bakery"]


def test_evaluate_compares_what_is_in_scope_with_what_is_not(tmp_path: Path) -> None:
    rows = ["text,category"]
    for topic, words in (("tea", "tea kettle leaf"), ("car", "engine wheel brake")):
        for number in range(14):
            rows.append(f"{words} number {number % 3} {words.split()[number % 3]},{topic}")
    taught = tmp_path / "taught.csv"
    taught.write_text("\n".join(rows), encoding="utf-8")
    asked = tmp_path / "asked.csv"
    asked.write_text(
        "text,category\nkettle and leaf,tea\nthe brake of a wheel,car\ntea leaf,tea\nengine,car\n"
        "zebra crossing xylophone,other\nviolin orchestra,other\n",
        encoding="utf-8",
    )
    code, out, _ = run(
        "evaluate", "bot", "--history", str(taught), "--queries", str(asked), "--json"
    )
    found = json.loads(out)
    assert code == 0
    assert (found["in"], found["out"]) == (4, 2)
    assert found["at_coverage"]["coverage"] >= 0.9
    assert found["at_coverage"]["right"] == 1
    assert found["at_setting"]["handed_over"] >= 0.5


def test_evaluate_says_what_is_missing(tmp_path: Path) -> None:
    taught = tmp_path / "taught.csv"
    taught.write_text("text,category\n" + "tea,tea\n" * 12, encoding="utf-8")
    code, _, err = run("evaluate", "bot", "--history", str(taught), "--queries", str(taught))
    assert code != 0
    assert "out of scope" in err


def test_the_shipped_topics_hand_over_what_is_out_of_scope() -> None:
    code, out, _ = run("evaluate", "bot", "--json")
    found = json.loads(out)["at_setting"]
    assert code == 0
    assert found["coverage"] >= 0.6
    assert found["right"] >= 0.9
    assert found["handed_over"] >= 0.8
    assert (folder() / "topics" / "support.toml").exists()
