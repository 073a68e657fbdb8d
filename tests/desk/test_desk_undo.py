"""Taking back what was done, and what keeps it from being taken back."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.conversation import ConversationState
from omnitui.model.session import DraftKind
from omnitui.store import timers

S = ConversationState
MINUTE = 60_000


def columns(floor: Any, talk: int) -> dict[str, Any]:
    row = dict(floor.desk.store.row("SELECT * FROM conversations WHERE id = ?", (talk,)))
    return {k: v for k, v in row.items() if not k.startswith("sla_") and k != "routing"}


def running(floor: Any, talk: int) -> dict[str, int]:
    return {
        row["kind"]: row["due_at"]
        for row in floor.desk.store.rows("SELECT * FROM timers WHERE subject = ?", (talk,))
    }


def tabs(floor: Any, agent: Actor) -> list[int]:
    return [session.conversation_id for session in floor.do("session.list", agent)]


@pytest.mark.parametrize("channel", ["chat", "email"])
@pytest.mark.parametrize("way", ["end", "close", "release"])
def test_finishing_is_taken_back_whole(floor: Any, ada: Actor, channel: str, way: str) -> None:
    talk = floor.serves(ada, channel=channel)
    before, used = columns(floor, talk), floor.person(ada).used
    floor.do(f"conversation.{way}", ada, conversation=talk)
    assert columns(floor, talk) != before
    done = floor.do("undo.last", ada)
    assert (done.conversations, done.why_not) == ((talk,), "")
    assert columns(floor, talk) == before
    assert running(floor, talk) == {}
    assert tabs(floor, ada) == [talk]
    assert floor.person(ada).used == used
    assert floor.do("undo.what", ada) is None


def test_closing_after_the_end_is_taken_back_to_wrap_up_with_the_time_it_had_left(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    left = running(floor, talk)["wrap_up"] - floor.clock.now()
    floor.do("conversation.close", ada, conversation=talk, disposition="Solved")
    floor.wait(20 * MINUTE)
    floor.do("undo.last", ada)
    assert floor.talk(talk).state is S.WRAP_UP
    assert floor.talk(talk).disposition == ""
    assert running(floor, talk) == {"wrap_up": floor.clock.now() + left}
    floor.do("undo.last", ada)
    assert floor.talk(talk).state is S.ACTIVE
    assert running(floor, talk) == {}


def test_a_draft_in_a_tab_comes_back_with_it(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    for kind in DraftKind:
        floor.do("session.draft", ada, conversation=talk, text=f"a {kind}", kind=kind)
    floor.do("session.layout", ada, conversation=talk, layout={"scroll": 4})
    (before,) = floor.do("session.list", ada)
    floor.do("conversation.close", ada, conversation=talk)
    floor.do("undo.last", ada)
    (after,) = floor.do("session.list", ada)
    assert (after.draft_reply, after.draft_note, after.layout) == (
        before.draft_reply,
        before.draft_note,
        before.layout,
    )


def test_an_offer_that_rings_elsewhere_is_withdrawn(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo = floor.hire("bo")
    floor.do("conversation.release", ada, conversation=talk)
    assert floor.ringing(bo) == [talk]
    seq = floor.desk.last_seq()
    floor.do("undo.last", ada)
    assert floor.ringing(bo) == []
    assert floor.person(bo).used == 0
    assert floor.talk(talk).agent_id == ada.id
    assert "offer" not in running(floor, talk)
    assert [e.payload["agent"] for e in floor.entries(seq, "conversation.offer_withdrawn")] == [
        bo.id
    ]


def test_closing_stays_when_the_customer_has_written_again(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    floor.prepares("agent.set_presence", ada, presence="away")
    other = floor.writes("Me again")
    assert other != talk
    floor.do("undo.last", ada)
    assert floor.talk(talk).state is S.WRAP_UP
    refusal = floor.refused("undo.last", ada)
    assert refusal.code == "undo.changed"
    assert "another conversation" in refusal.message
    assert floor.do("undo.what", ada).why_not in str(refusal)


def test_what_followed_is_said(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo = floor.hire("bo")
    floor.do("conversation.release", ada, conversation=talk)
    floor.do("conversation.accept", bo, conversation=talk)
    refusal = floor.refused("undo.last", ada)
    name = floor.talk(talk).name
    assert f"Bo Test has accepted {name}" in refusal.message


def test_a_waiting_one_stays_when_the_customer_has_written(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada, channel="email")
    floor.do("conversation.close", ada, conversation=talk)
    floor.writes("And another thing", channel="email")
    assert "has written again" in floor.refused("undo.last", ada).message


def test_a_priority_is_taken_back_although_the_customer_wrote(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.set_priority", ada, conversation=talk, priority=5)
    floor.writes("Hurry")
    floor.do("undo.last", ada)
    item = floor.talk(talk)
    assert (item.priority, item.state, item.agent_id) == (0, S.ACTIVE, ada.id)


def test_a_priority_that_somebody_else_has_set_since_stays(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.set_priority", ada, conversation=talk, priority=5)
    floor.do("conversation.set_priority", conversation=talk, priority=7)
    assert "priority changed" in floor.refused("undo.last", ada).message
    assert floor.talk(talk).priority == 7


def test_the_newest_comes_first_and_each_only_once(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    for priority in (1, 2, 3):
        floor.do("conversation.set_priority", ada, conversation=talk, priority=priority)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("undo.last", ada)
    for left in (2, 1, 0):
        floor.do("undo.last", ada)
        assert floor.talk(talk).priority == left
    assert floor.refused("undo.last", ada).code == "undo.nothing"


def test_what_changed_nothing_is_not_kept(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.set_priority", ada, conversation=talk, priority=0)
    assert floor.do("undo.what", ada) is None


def test_linking_somebody_is_taken_back_with_the_address(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    name = floor.talk(talk).name
    kiana = floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=kiana.id)
    assert len(floor.do("customer.get", customer=kiana.id).addresses) == 2
    floor.do("undo.last", ada)
    item = floor.talk(talk)
    assert (item.customer_id, item.name) == (None, name)
    assert len(floor.do("customer.get", customer=kiana.id).addresses) == 1


def test_everybody_takes_back_their_own(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    bo = floor.hire("bo", presence="away")
    floor.do("conversation.set_priority", ada, conversation=talk, priority=1)
    assert floor.refused("undo.last", bo).code == "undo.nothing"
    assert floor.refused("undo.last").code == "actor.not_an_agent"


def test_a_grace_that_ran_runs_on(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.customer_gone", conversation=talk)
    floor.wait(MINUTE)
    floor.do("conversation.end", ada, conversation=talk)
    floor.wait(MINUTE)
    floor.do("undo.last", ada)
    assert running(floor, talk) == {"grace": floor.clock.now() + 2 * MINUTE}
    floor.wait(2 * MINUTE)
    assert floor.talk(talk).state is S.WRAP_UP


def test_what_is_too_long_ago_is_forgotten(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    for turn in range(60):
        floor.do("conversation.set_priority", ada, conversation=talk, priority=turn % 2 + 1)
    undone = 0
    while floor.do("undo.what", ada):
        floor.do("undo.last", ada)
        undone += 1
    assert undone == 50
    assert timers.next_due(floor.desk.store) is None
