"""What is said before a key is pressed is what happens then."""

from collections.abc import Callable
from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.conversation import ConversationState
from omnitui.model.errors import Refusal

S = ConversationState


def open_one(floor: Any, _: Actor, channel: str) -> int:
    return floor.writes(channel=channel, context={"queue": "Nobody's"})


def ringing_one(floor: Any, agent: Actor, channel: str) -> int:
    floor.do("queue.add_member", queue="Nobody's", agent="ada")
    return open_one(floor, agent, channel)


def active_one(floor: Any, agent: Actor, channel: str) -> int:
    talk = open_one(floor, agent, channel)
    floor.do("conversation.pick", agent, conversation=talk)
    return talk


def ended_one(floor: Any, agent: Actor, channel: str) -> int:
    talk = active_one(floor, agent, channel)
    floor.do("conversation.end", agent, conversation=talk)
    return talk


def left_one(floor: Any, agent: Actor, channel: str) -> int:
    talk = active_one(floor, agent, channel)
    floor.do("conversation.close", agent, conversation=talk)
    return talk


def closed_one(floor: Any, agent: Actor, channel: str) -> int:
    talk = ended_one(floor, agent, channel)
    floor.do("conversation.close", agent, conversation=talk)
    return talk


MEANS = {
    "Closes it for good": S.CLOSED,
    "opens wrap-up": S.WRAP_UP,
    "Puts it to waiting": S.WAITING,
    "goes back to the open ones": S.OPEN,
}


@pytest.mark.parametrize("way", ["end", "close"])
@pytest.mark.parametrize("channel", ["chat", "email"])
@pytest.mark.parametrize(
    "reach", [open_one, ringing_one, active_one, ended_one, left_one, closed_one]
)
def test_what_is_said_before_is_what_happens_then(
    floor: Any, ada: Actor, way: str, channel: str, reach: Callable[[Any, Actor, str], int]
) -> None:
    floor.do("queue.create", name="Nobody's")
    talk = reach(floor, ada, channel)
    said = floor.do("conversation.consequences", ada, conversation=talk)[way]
    found = floor.desk.attempt(f"conversation.{way}", ada, conversation=talk)
    if isinstance(found, Refusal):
        assert str(found) == said
        return
    assert [state for words, state in MEANS.items() if words in said] == [found.state]
