"""Every command with what somebody hostile would hand it: results and refusals, nothing else."""

from random import Random
from typing import Any

import hostile
import pytest

from listing import each
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.errors import Refusal

CALLS = 1_500
CUSTOMER = Actor(ActorKind.CUSTOMER, name="Kiana")
WITH_TEXT = [
    name
    for name in hostile.NAMES
    if any(map(hostile.is_text, (p.annotation for p in COMMANDS[name].parameters)))
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_calls_at_random_end_in_results_and_refusals(floor: Any, ada: Actor, seed: int) -> None:
    random = Random(seed)
    ben = floor.hire("ben")
    for number in range(4):
        floor.writes(address=f"dev-{number}", channel=random.choice(["chat", "email"]))
    for _ in range(CALLS):
        name = random.choice(hostile.NAMES)
        by = random.choice([ada, ben, ADMINISTRATOR, ADMINISTRATOR, CUSTOMER])
        given = hostile.given_for(random, COMMANDS[name])
        done = floor.desk.attempt(name, by, **given)
        assert not floor.desk.store.connection.in_transaction
        assert not hostile.unsafe_in(hostile.plain(done)), (name, given)
        if random.random() < 0.1:
            floor.clock.advance(random.choice([1_000, 60_000, 3_600_000]))
            floor.desk.run_due()
    assert hostile.unsafe_in_store(floor.desk.store) == []
    assert floor.desk.store.problems() == []
    assert floor.desk.store.rows("SELECT kind, aside FROM timers WHERE aside <> ''") == []


@each("name", WITH_TEXT)
def test_no_text_parameter_keeps_what_a_terminal_obeys(one_floor: Any, name: str) -> None:
    command = COMMANDS[name]
    known = {"channel": "chat", "address": "dev-77", "agent": 1, "customer": 1, "conversation": 1}
    plain = {p.name: known.get(p.name, "x") for p in command.parameters if p.required}
    for parameter in command.parameters:
        if not hostile.is_text(parameter.annotation):
            continue
        given = {**plain, parameter.name: hostile.hostile_of(parameter.annotation)}
        done = one_floor.desk.attempt(name, ADMINISTRATOR, **given)
        said = done if isinstance(done, Refusal) else hostile.plain(done)
        if isinstance(said, Refusal):
            said = [said.message, said.hint]
        assert not hostile.unsafe_in(said), parameter.name
    assert hostile.unsafe_in_store(one_floor.desk.store) == []


def test_a_shared_views_filter_is_not_obeyed_by_a_colleagues_terminal(
    floor: Any, ada: Actor
) -> None:
    floor.do(
        "view.save", name="All", stream="open", filter=f"kiana {hostile.TRICKS[0]}", shared=True
    )
    assert [kept.view.filter for kept in floor.do("view.list", ada)] == ["kiana"]


def test_keys_and_values_at_any_depth_of_json_are_cleaned(floor: Any) -> None:
    deep = {"pl\x1b[31man": [{"\u202ekey": "\x9b31mred\u202e"}]}
    talk = floor.writes(context=deep)
    assert floor.talk(talk).context["plan"] == [{"key": "red"}]
