"""Several desks on one store: whoever is first has it, and nothing is carried out twice."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.conversation import ConversationState, Delivery
from omnitui.model.errors import Refusal
from omnitui.store.engine import Store

SECOND = 1_000
SHARE_TIMERS = """
import sys
from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.store.engine import Store
desk = Desk(Store(sys.argv[1]), ManualClock(int(sys.argv[2])))
print("ready", flush=True)
sys.stdin.readline()
print(desk.run_due())
"""


@pytest.fixture
def other(floor: Any) -> Iterator[Desk]:
    """Another desk, as another console has it."""
    desk = Desk(Store(floor.path), floor.clock, Random(2))
    yield desk
    desk.close()


def test_one_accept_settles_an_offer(floor: Any, ada: Actor, other: Desk) -> None:
    talk = floor.writes()
    assert [o.id for o in other.call("conversation.offers", ada)] == [talk]
    floor.do("conversation.accept", ada, conversation=talk)
    found = other.attempt("conversation.accept", ada, conversation=talk)
    assert isinstance(found, Refusal)
    assert found.code == "offer.gone"
    assert len(floor.entries(kind="conversation.accepted")) == 1
    assert other.call("conversation.offers", ada) == []


def test_one_pick_settles_who_has_it(floor: Any, other: Desk) -> None:
    talk = floor.writes()
    ada, bo = (floor.hire(login, presence="away") for login in ("ada", "bo"))
    other.call("conversation.pick", bo, conversation=talk)
    assert floor.refused("conversation.pick", ada, conversation=talk).code == "conversation.state"
    assert floor.talk(talk).agent_id == bo.id


def test_each_timer_is_carried_out_once(floor: Any, ada: Actor, other: Desk) -> None:
    talk = floor.serves(ada)
    for number in range(6):
        floor.do("conversation.reply", ada, conversation=talk, text=str(number))
    floor.writes(address="b")
    floor.clock.advance(120 * SECOND)
    done = [desk.run_due(limit=1) for desk in (floor.desk, other) * 5]
    assert sum(done) == 7
    kinds = Counter(entry.kind for entry in floor.entries())
    assert kinds["message.queued"] == 6
    assert kinds["conversation.offer_expired"] == 1
    assert floor.desk.run_due() == other.run_due() == 0


def test_processes_that_run_what_is_due_at_once_share_it(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    with floor.desk.store.transaction():
        for number in range(200):
            floor.do("conversation.reply", ada, conversation=talk, text=str(number))
    command = [sys.executable, "-c", SHARE_TIMERS, str(floor.path)]
    command.append(str(floor.clock.now() + 8 * SECOND))
    pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    racers = [subprocess.Popen(command, text=True, **pipes) for _ in range(2)]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 2
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [racer.communicate() for racer in racers]
    assert [errors for _, errors in said] == ["", ""]
    assert sum(int(found) for found, _ in said) == 200
    queued = [entry.payload["message"] for entry in floor.entries(kind="message.queued")]
    assert len(queued) == len(set(queued)) == 200
    lines = floor.do("conversation.messages", conversation=talk, after=1, limit=500)
    assert {m.delivery for m in lines[-200:]} == {Delivery.QUEUED}


def test_accepting_and_running_out_exclude_each_other(floor: Any, ada: Actor, other: Desk) -> None:
    talk = floor.writes()
    floor.clock.advance(120 * SECOND)
    other.call("conversation.accept", ada, conversation=talk)
    assert floor.desk.run_due() == 0
    assert floor.talk(talk).state is ConversationState.ACTIVE


def test_both_follow_the_same_journal(floor: Any, ada: Actor, other: Desk) -> None:
    seen = floor.desk.last_seq()
    floor.writes(address="a")
    other.call("conversation.receive", ADMINISTRATOR, channel="chat", address="b", text="Hi")
    assert other.follow(seen) == floor.desk.follow(seen) != []


def test_a_message_delivered_through_both_is_kept_once(floor: Any, other: Desk) -> None:
    given = {"channel": "chat", "address": "a", "text": "Hi", "external_id": "m-1"}
    first = floor.do("conversation.receive", **given)
    assert other.call("conversation.receive", ADMINISTRATOR, **given) == first
    assert floor.lines(first.conversation_id) == ["Hi"]


def test_a_new_channel_is_known_to_the_other_at_its_next_call(floor: Any, other: Desk) -> None:
    assert "forum" not in other.channels
    floor.do("channel.create", key="forum", label="Forum")
    assert "forum" in other.channels


def test_capacity_is_counted_across_desks(floor: Any, other: Desk) -> None:
    ada = floor.hire("ada", capacity=50)
    for number, desk in enumerate((floor.desk, other, floor.desk, other)):
        given = {"channel": "chat", "address": f"dev-{number}", "text": "Hi"}
        desk.call("conversation.receive", ADMINISTRATOR, **given)
    assert len(floor.ringing(ada)) == 2
    assert floor.person(ada).used == 50
