"""A macro may do what its caller may, and no more; internal words go to nobody."""

from typing import Any

import pytest
from test_desk_macros import HERE, LABEL, NOTE, REPLY, Place

from omnitui.desk.macros.steps import StepOutcome
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refused
from omnitui.rules.macro_checks import NOT_IN_MACROS


@pytest.fixture
def place(floor: Any) -> Place:
    return Place(floor)


@pytest.mark.parametrize("verb", ["create", "update", "retire", "restore"])
def test_only_administrators_write_macros(place: Place, verb: str) -> None:
    place.write(LABEL)
    given = {"key": "n", "title": "N", "steps": [NOTE]} if verb == "create" else {"macro": "own"}
    assert place.floor.refused(f"macro.{verb}", place.ada, **given).code == "permission.denied"


def test_an_administrator_runs_it_too_and_has_nothing_to_undo(place: Place) -> None:
    place.write(
        {"command": "settings.set", "with": {"key": "undo_seconds", "value": "30"}},
        {"command": "channel.create", "with": {"key": "kiosk", "label": "Kiosk"}},
        {
            "command": "conversation.receive",
            "with": {"channel": "kiosk", "address": "k-1", "text": "Hello"},
        },
    )
    tried = place.run(ADMINISTRATOR, dry_run=True)
    assert tried.complete
    assert "kiosk" not in place.desk.channels
    assert place.run(ADMINISTRATOR).complete
    assert "kiosk" in place.desk.channels
    assert place.desk.settings.undo_seconds == 30
    assert place.desk.store.value("SELECT count(*) FROM undo") == 0


def test_words_of_internal_articles_are_sent_to_nobody(place: Place) -> None:
    article = {"slug": "a", "title": "Line test", "body": "Secret", "audience": "internal"}
    row = {**article, "language": "en", "updated": "2026-03-01"}
    place.desk.store.insert("articles", row)
    read = {"key": "read", "command": "knowledge.get", "with": {"article": "a"}}
    sends = [
        {**REPLY, "with": {**HERE, "text": "{read.body}"}},
        {"console": "insert_text", "with": {"text": "{read.title}"}},
        {
            "command": "bulk.reply",
            "with": {"conversations": ["{conversation.id}"], "text": "{read.body}"},
        },
    ]
    for number, step in enumerate(sends):
        place.write(read, step, key=f"own-{number}")
        ran = place.run(macro=f"own-{number}")
        assert ran.steps[1].refused.code == "article.internal"
    place.write(read, {**NOTE, "with": {**HERE, "text": "{read.body}"}}, key="note")
    assert place.run(macro="note").complete


EVERY = sorted(name for name in COMMANDS if name not in NOT_IN_MACROS)


@pytest.mark.parametrize("kind", [ActorKind.AGENT, ActorKind.BOT])
def test_a_macro_may_call_nothing_that_its_caller_may_not(place: Place, kind: ActorKind) -> None:
    """Every command, with nothing given, is refused as calling it is; or done where that is."""
    actor = place.ada if kind is ActorKind.AGENT else Actor(kind, 0, "Bot")
    macro = place.write(LABEL)
    different = []
    for name in EVERY:
        called = place.desk.attempt(name, actor)
        step = f'[{{"command": "{name}", "with": {{}}}}]'
        place.desk.store.update("macros", macro.id, {"steps": step})
        try:
            ran = place.desk.call(
                "macro.run", actor, macro=macro.id, conversation=place.talk, dry_run=True
            )
        except Refused as refused:
            different.append((name, str(refused)))
            continue
        again = ran.steps[0].refused
        refusal = called if type(called).__name__ == "Refusal" else None
        if again != refusal:
            different.append((name, f"{again} instead of {refusal}"))
    assert different == []


def test_administrators_commands_are_refused_for_agents(place: Place) -> None:
    place.write(LABEL, {"command": "settings.set", "with": {"key": "undo_seconds", "value": "1"}})
    ran = place.run()
    assert ran.steps[1].refused.code == "permission.denied"
    assert ran.steps[1].refused.message == "Ada Test may not call settings.set."
    assert StepOutcome.REFUSED is ran.steps[1].outcome
