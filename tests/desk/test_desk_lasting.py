"""What administrators set up is read once, and anew as soon as anybody has set up something."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest

from omnitui.desk.desk import _EVERYDAY, _EVERYDAY_TOO, Desk, _sets_up
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.conversation import Conversation, MessageKind, Speaker
from omnitui.model.errors import Refusal
from omnitui.store import conversations
from omnitui.store.engine import Store

Sets = Callable[..., Any]


@pytest.fixture(params=["here", "in another process"])
def sets(floor: Any, request: pytest.FixtureRequest) -> Iterator[Sets]:
    """Administrate by the desk that takes messages in, or by one on a connection of its own."""
    if request.param == "here":
        yield lambda does, /, **given: floor.do(does, ADMINISTRATOR, **given)
        return
    desk = Desk(Store(floor.path), floor.clock, Random(2))
    yield lambda does, /, **given: desk.call(does, ADMINISTRATOR, **given)
    desk.close()


def says(floor: Any, address: str = "device-1", channel: str = "chat") -> int:
    """A message comes in, twice, so that whatever is kept has been read; in which conversation."""
    given = {"channel": channel, "address": address, "text": "Hello?"}
    floor.do("conversation.receive", **given)
    return int(floor.do("conversation.receive", **given).conversation_id)


def told(floor: Any, talk: int) -> list[str]:
    lines = floor.do("conversation.messages", conversation=talk)
    return [line.text for line in lines if line.speaker is Speaker.SYSTEM]


def test_a_notice(floor: Any, sets: Sets) -> None:
    talk = says(floor)
    assert told(floor, talk) == []
    notice = sets("notice.set", occasion="waiting", text="All of us are busy.")
    assert told(floor, says(floor)) == ["All of us are busy."]
    sets("notice.delete", notice=notice.id)
    assert told(floor, says(floor, "device-2")) == []


def test_a_channel_that_is_retired_and_restored(floor: Any, sets: Sets) -> None:
    sets("channel.create", key="kiosk", label="Kiosk")
    talk = says(floor, channel="kiosk")
    floor.do("conversation.customer_left", conversation=talk)
    sets("channel.retire", channel="kiosk")
    given = {"channel": "kiosk", "address": "device-1", "text": "Hello?"}
    refused = floor.desk.attempt("conversation.receive", ADMINISTRATOR, **given)
    assert isinstance(refused, Refusal)
    assert refused.code == "channel.retired"
    sets("channel.restore", channel="kiosk")
    assert floor.do("conversation.receive", **given).text == "Hello?"


def test_an_agent_who_is_retired(floor: Any, sets: Sets) -> None:
    floor.hire("ada", presence="away")
    bo = floor.hire("bo", presence="away")
    talk = says(floor)
    floor.do("conversation.note", bo, conversation=talk, text="Still here")
    sets("agent.retire", agent="bo")
    given = {"conversation": talk, "text": "Gone"}
    assert floor.refused("conversation.note", bo, **given).code == "agent.retired"


def test_where_a_queue_overflows_to(floor: Any, sets: Sets) -> None:
    says(floor)
    queue = floor.do("conversation.get", conversation=says(floor)).queue
    sets("queue.create", name="Second line")
    rule = {"when": "waiting_items", "above": 1, "do": "queue", "to": "Second line"}
    sets("queue.update", queue=queue, overflow=[rule])
    assert floor.talk(says(floor, "device-7")).queue == "Second line"


def test_a_target(floor: Any, sets: Sets) -> None:
    assert floor.talk(says(floor)).sla_fail_at is None
    sets("sla.create", name="Soon", kpi="first_response", fail_minutes=5, warn_minutes=3)
    assert floor.talk(says(floor, "device-2")).sla_fail_at is not None


def test_what_is_taken_back_with_its_transaction_was_never_so(floor: Any) -> None:
    says(floor)

    def says_and_fails() -> None:
        with floor.desk.store.transaction():
            floor.do("notice.set", occasion="waiting", text="All of us are busy.")
            assert told(floor, says(floor, "device-2")) == ["All of us are busy."]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        says_and_fails()
    assert told(floor, says(floor, "device-3")) == []


def test_every_area_is_everyday_or_sets_up_something() -> None:
    for command in COMMANDS.values():
        everyday = command.area in _EVERYDAY or command.name in _EVERYDAY_TOO
        assert _sets_up(command) == (command.changes and not everyday)
    assert {name.partition(".")[0] for name in _EVERYDAY_TOO}.isdisjoint(_EVERYDAY)
    everyday = {name for name, one in COMMANDS.items() if one.changes and not _sets_up(one)}
    # None of them is for administrators, but for saying how replies are delivered.
    reserved = {name for name in everyday if COMMANDS[name].permission.value == "administer"}
    assert reserved == {"courier.delete", "courier.set", "courier.simulate"}


@pytest.mark.parametrize("text", ["This is awful, I hate it!", "ok", "дякую", "x" * 500])
def test_a_conversation_is_carried_on_as_its_row_is(floor: Any, ada: Actor, text: str) -> None:
    talk = floor.serves(ada)
    before = floor.talk(talk)
    message = floor.do("conversation.receive", channel="chat", address=before.address, text=text)
    assert message.kind is MessageKind.MESSAGE
    after: Conversation = floor.talk(talk)
    columns = ("customer_gone_at", "sentiment", "sentiment_scored", "trend", "waiting_since")
    said = ", ".join((*columns, "last_text", "last_speaker", "last_at"))
    row = floor.desk.store.row(f"SELECT {said} FROM conversations WHERE id = ?", (talk,))
    assert conversations.changed(before, dict(row)) == after
