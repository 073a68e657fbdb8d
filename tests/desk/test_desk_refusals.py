"""What a refusal advises can be done by who reads it: every hint here is followed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import omnitui
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import Actor

SOURCE = Path(omnitui.__file__).parent


@pytest.fixture
def ben(floor: Any) -> Actor:
    return floor.hire("ben")


def sentences() -> Iterator[tuple[str, str]]:
    """Every text of desk and rules that is not a docstring, with where it stands."""
    for folder in ("desk", "rules"):
        for path in sorted((SOURCE / folder).rglob("*.py")):
            tree = ast.parse(path.read_text())
            alone = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
            for node in ast.walk(tree):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and id(node) not in alone:
                    yield f"{path.name}:{node.lineno}", text


def test_commands_that_sentences_name_exist() -> None:
    areas = {command.area for command in COMMANDS.values()}
    for where, text in sentences():
        for name in re.findall(r"`(?:omnitui call )?([a-z]+\.[a-z_]+)[^`]*`", text):
            if name.partition(".")[0] in areas:
                assert name in COMMANDS, where


def test_no_sentence_of_the_desk_names_a_key_of_the_console() -> None:
    for where, text in sentences():
        assert not re.search(
            r"(?:^|[.:;,] )[a-zA-Z] (creates|links|copies|undoes|opens)\b", text
        ), where
        assert not re.search(r"\b[Pp]ress \W?\w\W?(?: |$)|Ctrl\+|\^[a-z]\b", text), where


def test_a_reply_to_what_somebody_else_has_advises_a_note_or_to_ask(
    floor: Any, ada: Actor, ben: Actor
) -> None:
    talk = floor.serves(ada)
    hint = floor.refused("conversation.reply", ben, conversation=talk, text="Hi").hint
    assert hint == "Add a note, or ask Ada Test to transfer it to you."
    floor.do("conversation.note", ben, conversation=talk, text="Hi")


def test_a_reply_to_what_rings_advises_to_accept_it_where_it_rings(
    floor: Any, ada: Actor, ben: Actor
) -> None:
    talk = floor.writes()
    mine, other = (ada, ben) if talk in floor.ringing(ada) else (ben, ada)
    hint = floor.refused("conversation.reply", mine, conversation=talk, text="Hi").hint
    assert hint == "Accept it before you reply."
    hint = floor.refused("conversation.reply", other, conversation=talk, text="Hi").hint
    assert hint == "Try again when the offer is accepted or has run out."
    floor.do("conversation.accept", mine, conversation=talk)
    floor.do("conversation.reply", mine, conversation=talk, text="Hi")


def test_a_reply_to_what_nobody_has_advises_to_pick_it(floor: Any) -> None:
    cyd = floor.hire("cyd", presence="offline")
    talk = floor.writes()
    hint = floor.refused("conversation.reply", cyd, conversation=talk, text="Hi").hint
    assert hint == "Pick it before you reply."
    floor.prepares("agent.set_presence", cyd, presence="away")
    floor.do("conversation.pick", cyd, conversation=talk)
    floor.do("conversation.reply", cyd, conversation=talk, text="Hi")


def test_what_is_over_is_not_to_be_picked(floor: Any, ada: Actor, ben: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    for state in ("wrap-up", "closed"):
        for name, given in (
            ("conversation.consult", {"agent": "ben"}),
            ("conversation.escalate", {"channel": "phone"}),
            ("conversation.reply", {"text": "Hi"}),
        ):
            hint = floor.refused(name, ada, conversation=talk, **given).hint
            assert "ick it" not in hint, (state, name)
            assert "another channel" not in hint
        floor.do("conversation.note", ada, conversation=talk, text="They called.")
        if state == "wrap-up":
            floor.do("conversation.close", ada, conversation=talk)


def test_a_reply_that_has_left_cannot_be_corrected_in_what_is_over(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    said = floor.do("conversation.reply", ada, conversation=talk, text="Hi")
    floor.wait(60_000)
    (claimed,) = floor.takes()
    floor.fares(claimed)
    assert floor.refused("conversation.unsend", ada, message=said.id).hint.startswith("Send")
    floor.do("conversation.end", ada, conversation=talk)
    assert floor.refused("conversation.unsend", ada, message=said.id).hint == ""


def test_a_default_that_was_set_after_a_merge_goes_back_as_the_default(floor: Any) -> None:
    one, other = (floor.do("customer.create", name=name).id for name in ("Ann", "Bea"))
    terms = {"starts": "2026-01-01", "ends": "2027-01-01", "total": 5}
    first, second = (
        floor.do("entitlement.create", customer=one, name=name, **terms).id
        for name in ("First", "Second")
    )
    for key in (first, second):
        floor.do("entitlement.activate", entitlement=key)
    floor.do("entitlement.set_default", entitlement=first)
    floor.do("customer.merge", **{"from": one, "into": other})
    floor.do("entitlement.set_default", entitlement=second)
    floor.do("customer.unmerge", customer=other)
    found = {e.name: e.is_default for e in floor.do("entitlement.list", customer=one)}
    assert found == {"First": False, "Second": True}
