"""`import scripts`: agent scripts of our own format, and the guidelines of a public data set."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from told import Run, value

GUIDELINES = (
    Path(os.environ.get("OMNITUI_PUBLIC_DATA", Path(__file__).parents[3] / "shared" / "data"))
    / "scripts/abcd-guidelines.json"
)

SMALL = {
    "Returns": {
        "description": "bring something back",
        "subflows": {
            "Wrong Size": {
                "instructions": ["The customer wants another size.", "Be kind."],
                "actions": [
                    {
                        "type": "interaction",
                        "button": "Pull up Account",
                        "text": "Ask for the  full name, for [Pull up Account].",
                        "subtext": [],
                    },
                    {
                        "type": "kb query",
                        "button": "Ask the Oracle",
                        "text": "Is it {really} too small?",
                        "subtext": ["Yes - go on", "", "No - explain > kindly"],
                    },
                    {"type": "interaction", "button": "Update Order", "text": "x", "subtext": []},
                    {
                        "type": "communication",
                        "button": "N/A",
                        "text": "Tell the customer. Do not paste it.",
                        "subtext": [],
                    },
                ],
            },
            "No Reason": {"actions": [{"button": "N/A", "text": "Ask why."}]},
        },
    }
}


@pytest.fixture
def guidelines(tmp_path: Path) -> Path:
    path = tmp_path / "guidelines.json"
    path.write_text(json.dumps(SMALL), "utf-8")
    return path


def test_guidelines_become_scripts_with_their_buttons_in_the_steps(
    omnitui: Run, guidelines: Path
) -> None:
    told = omnitui("import", "scripts", str(guidelines), "--format", "abcd")
    assert (told.code, told.out) == (0, "scripts: 2 new, 0 changed, 0 unchanged.\n")
    found = omnitui("call", "script.get", "script=returns-wrong-size").data
    assert (found["title"], found["language"]) == ("Returns: Wrong Size", "en")
    assert found["description"] == "The customer wants another size.\nBe kind."
    assert [(one["key"], one["title"], one["text"]) for one in found["steps"]] == [
        (
            "pull-up-account",
            "Pull up Account",
            "Ask for the full name, for [Pull up Account].",
        ),
        (
            "ask-the-oracle",
            "Ask the Oracle",
            "Is it {{really}} too small?\n- Yes - go on\n- No - explain > kindly\n"
            "Use [Ask the Oracle].",
        ),
        ("update-order", "Update Order", "Use [Update Order]."),
        (
            "tell-the-customer",
            "Tell the customer",
            "Tell the customer. Do not paste it.",
        ),
    ]


def test_importing_twice_updates_and_never_doubles(omnitui: Run, guidelines: Path) -> None:
    omnitui("import", "scripts", str(guidelines), "--format", "abcd")
    told = omnitui("import", "scripts", str(guidelines), "--format", "abcd", "--json")
    assert told.data == {
        "kind": "scripts",
        "file": str(guidelines),
        "dry_run": False,
        "created": 0,
        "updated": 0,
        "unchanged": 2,
    }
    other: dict[str, Any] = json.loads(json.dumps(SMALL))
    other["Returns"]["subflows"]["No Reason"]["actions"][0]["text"] = "Ask once."
    guidelines.write_text(json.dumps(other))
    told = omnitui("import", "scripts", str(guidelines), "--format", "abcd")
    assert told.out == "scripts: 0 new, 1 changed, 1 unchanged.\n"
    assert len(omnitui("call", "script.list").data) == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"A": {', "line 1, column 8: it is not JSON"),
        ("", "line 1, column 1: it is not JSON"),
        ("[]", "it needs a table, not a list"),
        ("{}", "it has no guidelines"),
        ('{"A": {"subflows": {"B": {"actions": []}}}}', "A.subflows.B.actions: the guideline has"),
        ('{"A": {"subflows": {"B": {}}}}', "A.subflows.B.actions: this key is missing"),
        ('{"A": {"subflows": {"B": {"actions": [{"text": 1}]}}}}', ".text: it needs text"),
        (
            '{"A": {"subflows": {"B": {"actions": [{"text": "yes"}]},'
            ' "b!": {"actions": [{"text": "yes"}]}}}}',
            "A.subflows.b!: another guideline has the key a-b already",
        ),
        (
            '{"!": {"subflows": {"?": {"actions": [{"text": "yes"}]}}}}',
            "!.subflows.?: its name has no letters",
        ),
        ('{"A": {"subflows": {}}, "A": {"subflows": {}}}', "A: this name is given twice"),
        ("[" * 100_000, "it is nested too deeply"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_the_place_and_changes_nothing(
    omnitui: Run, guidelines: Path, text: str, wanted: str
) -> None:
    guidelines.write_text(text)
    told = omnitui("import", "scripts", str(guidelines), "--format", "abcd")
    assert told.code != 0
    assert str(guidelines) in told.err
    assert wanted in told.err
    assert "Traceback" not in told.err
    assert omnitui("call", "script.list").data == []


OWN = """
[[script]]
key = "hello"
title = "Hello"

[[script.step]]
title = "Greet"
text = "Hello {customer.first_name}"

[[script.step]]
title = "Go on"
script = "later"

[[script]]
key = "later"
title = "Later"

[[script.step]]
title = "Ask"
text = "What else?"

[[rule]]
name = "In chat"
script = "hello"

[[rule.condition]]
field = "channel"
operator = "is"
value = "chat"
"""


def test_scripts_of_our_own_are_read_with_their_rules(omnitui: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN)
    assert omnitui("import", "scripts", str(path)).out.startswith("scripts: 2 new")
    assert [rule["when"] for rule in omnitui("call", "script.rules").data] == ["channel is chat"]
    path.write_text(OWN.replace('"chat"', '"email"').replace("What else?", "Anything else?"))
    assert omnitui("import", "scripts", str(path)).out == (
        "scripts: 0 new, 1 changed, 1 unchanged.\n"
    )
    assert [rule["when"] for rule in omnitui("call", "script.rules").data] == ["channel is email"]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (('script = "later"', 'script = "layter"'), "line 12, script[0].step[1].script: there is"),
        (("{customer.first_name}", "{customer.nam}"), "line 8, script[0].step[0].text: there is"),
        (('"channel"', '"chanel"'), "rule[0].condition[0].field"),
        (('script = "later"', 'macro = "no-such"'), "there is no macro 'no-such'"),
        (('value = "chat"', 'value = "telex"'), "compares channel with 'telex'"),
    ],
)
def test_what_is_wrong_in_them_is_said_and_nothing_is_written(
    omnitui: Run, tmp_path: Path, change: tuple[str, str], wanted: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN.replace(*change))
    told = omnitui("import", "scripts", str(path))
    assert told.code != 0
    assert wanted in told.err
    assert omnitui("call", "script.list").data == []


def test_a_dry_run_writes_nothing(omnitui: Run, guidelines: Path, store_path: Path) -> None:
    told = omnitui("import", "scripts", str(guidelines), "--format", "abcd", "--dry-run")
    assert told.out == (
        "scripts: it would be 2 new, 0 changed, 0 unchanged. Nothing was written.\n"
    )
    assert not store_path.exists()


def test_the_formats_are_those_of_the_kind(omnitui: Run, guidelines: Path) -> None:
    assert "--format toml or --format abcd" in omnitui("import", "scripts", str(guidelines)).err
    told = omnitui("import", "customers", str(guidelines), "--format", "abcd")
    assert "for scripts only" in told.err
    given = ("import", "scripts", str(guidelines), "--format", "csv")
    assert "--format toml or --format abcd" in omnitui(*given).err
    given = ("import", "scripts", str(guidelines), "--format", "abcd", "--keep-going")
    assert "for tables" in omnitui(*given).err


def test_every_guideline_of_the_data_set_can_be_used(omnitui: Run, store_path: Path) -> None:
    if not GUIDELINES.exists():
        pytest.skip("the guidelines of the ABCD data set are not here (shared/data/scripts)")
    told = omnitui("import", "scripts", str(GUIDELINES), "--format", "abcd")
    assert (told.code, told.out) == (0, "scripts: 55 new, 0 changed, 0 unchanged.\n")
    told = omnitui("import", "scripts", str(GUIDELINES), "--format", "abcd")
    assert told.out == "scripts: 0 new, 0 changed, 55 unchanged.\n"
    found = omnitui("call", "script.list").data
    assert len({script["key"] for script in found}) == 55
    assert value(store_path, "SELECT count(*) FROM scripts") == 55
    read = json.loads(GUIDELINES.read_text("utf-8"))
    actions = [a for flow in read.values() for s in flow["subflows"].values() for a in s["actions"]]
    assert sum(len(script["steps"]) for script in found) == len(actions)
    buttons = {a["button"] for a in actions} - {"N/A"}
    texts = "\n".join(step["text"] for script in found for step in script["steps"])
    assert [one for one in buttons if f"[{one.casefold()}]" not in texts.casefold()] == []
    for script in found:
        assert script["description"]
        assert len(script["steps"]) >= 3
        for step in script["steps"]:
            assert 3 <= len(step["title"]) <= 64, step
            assert len(step["text"].split()) >= 3, step
            assert step["macro"] + step["script"] == ""
        assert len({step["key"] for step in script["steps"]}) == len(script["steps"])
