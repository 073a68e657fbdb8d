"""What is said before a key is pressed is what happens then."""

from collections.abc import Callable
from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.conversation import ConversationState, MessageKind
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
    "Closes it": S.CLOSED,
    "opens wrap-up": S.WRAP_UP,
    "Sets it to waiting": S.WAITING,
    "returns to Open": S.OPEN,
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


def stuck(floor: Any, agent: Actor, talk: int) -> list[str]:
    found: list[str] = floor.do("conversation.consequences", agent, conversation=talk)["stuck"]
    return found


def test_nothing_hangs_on_what_is_done(floor: Any, ada: Actor) -> None:
    assert stuck(floor, ada, floor.serves(ada)) == []


def test_what_hangs_on_it_is_said_before(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo = floor.hire("bo", queue=None)
    floor.do("session.draft", ada, conversation=talk, text="Dear " + "x" * 90, kind="reply")
    floor.do("conversation.consult", ada, conversation=talk, agent="bo")
    floor.do("conversation.accept", bo, conversation=talk)
    lost = floor.do("conversation.reply", ada, conversation=talk, text="One")
    floor.do("session.draft", ada, conversation=talk, text="Dear " + "x" * 90, kind="reply")
    floor.wait(8_000)
    late = floor.do("conversation.reply", ada, conversation=talk, text="Two")
    floor.takes()
    assert "The reply “One” is being delivered." in stuck(floor, ada, talk)
    floor.fares(lost.id, "The line is down.")
    floor.do("session.draft", ada, conversation=talk, text="Dear " + "x" * 90, kind="reply")
    draft, held, failed, beside = stuck(floor, ada, talk)
    assert draft.startswith("You have unsent text: “Dear xxx")
    assert "…”. Closing keeps it as a note." in draft
    assert held == "The reply “Two” is held, and leaves in 8 s."
    assert failed == "The reply “One” is not delivered: “The line is down”."
    assert beside == "Bo Test still reads along."
    floor.wait(8_000)
    waits = "The reply “Two” is queued and not delivered yet"
    assert f"{waits}: no courier for Live chat." in stuck(floor, ada, talk)
    floor.do("courier.beat", name="post", channels=["*"])
    assert f"{waits}." in stuck(floor, ada, talk)
    floor.do("settings.set", key="delivery_attempts", value="1")
    floor.wait(15_000)
    floor.takes()
    floor.fares(lost.id, "The line is down.")
    floor.takes()
    floor.fares(late.id)
    floor.do("conversation.end_consult", ada, conversation=talk)
    assert len(stuck(floor, ada, talk)) == 2


def test_closing_loses_no_draft(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("session.draft", ada, conversation=talk, text="half a thought", kind="note")
    floor.wait(20 * 60_000)
    assert floor.talk(talk).state is S.CLOSED
    notes = floor.do("conversation.messages", conversation=talk)
    assert [(m.text, m.author) for m in notes if m.kind is MessageKind.NOTE] == [
        ("half a thought", "Ada Test")
    ]
