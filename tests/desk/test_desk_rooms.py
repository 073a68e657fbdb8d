"""What needs a whole agent gets one: room that is kept, agents who stay free, calls first."""

from typing import Any

import pytest

from omnitui.model.agent import Presence
from omnitui.model.conversation import ConversationState

SECOND, MINUTE = 1_000, 60_000
OPEN = ConversationState.OPEN


def explain(floor: Any, talk: int) -> str:
    said: str = floor.do("routing.explain", conversation=talk).sentence
    return said


def calls(floor: Any, address: str = "+47 1") -> int:
    talk: int = floor.writes(channel="phone", address=address)
    return talk


def closes(floor: Any, agent: Any, talk: int) -> None:
    floor.do("conversation.end", agent, conversation=talk)
    floor.do("conversation.close", agent, conversation=talk)


def busy_with_two_chats(floor: Any) -> tuple[Any, list[int]]:
    ada = floor.hire("ada", capacity=100)
    talks = [floor.serves(ada, address=f"a{number}") for number in range(2)]
    return ada, talks


def test_what_comes_free_is_kept_for_a_call_that_has_waited(floor: Any) -> None:
    ada, (first, second) = busy_with_two_chats(floor)
    call = calls(floor)
    assert floor.person(ada).presence_reason == "50 of 100 units in use"
    floor.wait(15 * SECOND)
    chat = floor.writes(address="late")
    assert floor.talk(chat).state is OPEN
    kept = "50 of 100 units in use; free capacity is kept for Visitor 1003"
    assert floor.person(ada).presence_reason == f"{kept}"
    assert "Capacity of Ada Test is kept for it." in explain(floor, call)
    assert "kept free" in explain(floor, chat)
    closes(floor, ada, first)
    assert floor.ringing(ada) == []
    closes(floor, ada, second)
    assert floor.ringing(ada) == [call]
    assert "kept" not in floor.person(ada).presence_reason
    floor.do("conversation.accept", ada, conversation=call)
    closes(floor, ada, call)
    assert floor.ringing(ada) == [chat]


def test_before_its_time_a_call_keeps_nothing(floor: Any) -> None:
    ada, (first, _) = busy_with_two_chats(floor)
    calls(floor)
    floor.wait(14 * SECOND)
    chat = floor.writes(address="late")
    assert floor.ringing(ada) == [chat]
    closes(floor, ada, first)


def test_a_caller_who_gives_up_gives_the_room_back(floor: Any) -> None:
    ada, _ = busy_with_two_chats(floor)
    call = calls(floor)
    floor.wait(MINUTE)
    chats = [floor.writes(address=f"late-{number}") for number in range(2)]
    assert floor.ringing(ada) == []
    floor.do("conversation.customer_left", conversation=call)
    assert floor.ringing(ada) == chats
    assert "kept" not in floor.person(ada).presence_reason


def test_somebody_else_keeps_it_when_the_first_one_goes(floor: Any) -> None:
    bo = floor.hire("bo")
    for number in range(3):
        floor.serves(bo, address=f"b{number}")
    floor.do("agent.set_presence", bo, presence="away")
    ada, _ = busy_with_two_chats(floor)
    floor.do("agent.set_presence", bo, presence="available")
    call = calls(floor)
    floor.wait(MINUTE)
    assert "Capacity of Ada Test is kept" in explain(floor, call)
    floor.do("agent.set_presence", ada, presence="away")
    assert "Capacity of Bo Test is kept" in explain(floor, call)
    chat = floor.writes(address="late")
    assert floor.talk(chat).state is OPEN
    floor.do("queue.remove_member", queue="General", agent="bo")
    assert "frees" not in explain(floor, call)


@pytest.mark.parametrize(("after", "kept"), [(0, True), (300, False)])
def test_a_stream_says_from_when_on(floor: Any, after: int, kept: bool) -> None:
    floor.do("workstream.create", name="Voice", channels=["phone"], hold_room_after=after)
    ada, _ = busy_with_two_chats(floor)
    calls(floor)
    floor.wait(MINUTE)
    chat = floor.writes(address="late")
    assert (floor.talk(chat).state is OPEN) is kept
    assert (chat in floor.ringing(ada)) is not kept


def test_members_stay_free_for_the_calls_that_are_expected(floor: Any) -> None:
    ada, bo, cai = (floor.hire(login) for login in ("ada", "bo", "cai"))
    floor.do("agent.set_calls_first", agent="bo", first=True)
    shown = floor.do("queue.update", queue="General", calls_per_hour=2)
    assert (shown["for_calls"], shown["kept_free"]) == (1, ["bo"])
    chats = [floor.writes(address=f"a{number}") for number in range(9)]
    assert floor.ringing(bo) == []
    assert len(floor.ringing(ada)) == len(floor.ringing(cai)) == 4
    assert "1 is kept free for calls" in explain(floor, chats[-1])
    call = calls(floor)
    assert floor.ringing(bo) == [call]
    assert 'An agent\'s "calls first" was changed' in explain(floor, call) or "only one" in explain(
        floor, call
    )
    floor.do("queue.update", queue="General", calls_per_hour=0)
    assert floor.talk(chats[-1]).state is OPEN
    floor.do("conversation.customer_left", conversation=call)
    assert floor.ringing(bo) == [chats[-1]]


def test_the_only_one_who_is_there_does_not_sit_and_wait_for_calls(floor: Any) -> None:
    floor.do("queue.update", queue="General", calls_per_hour=30)
    ada = floor.hire("ada")
    chat = floor.writes(address="a")
    assert floor.ringing(ada) == [chat]


def test_who_takes_calls_first_has_other_work_when_nobody_else_has_room(floor: Any) -> None:
    ada, bo = floor.hire("ada"), floor.hire("bo", capacity=25)
    floor.do("agent.set_calls_first", agent="ada", first=True)
    first, second = floor.writes(address="a"), floor.writes(address="b")
    assert (floor.ringing(bo), floor.ringing(ada)) == ([first], [second])
    assert "others take calls first" in floor.talk(first).routing


@pytest.mark.parametrize("affinity", [False, True])
def test_nobody_is_given_a_second_call(floor: Any, affinity: bool) -> None:
    floor.do(
        "workstream.create", name="Voice", channels=["phone"], cost=10, affinity=affinity,
        hold_room_after=0,
    )  # fmt: skip
    floor.do("customer.create", name="Kiana Anderson", phone="+47 555 01 234")
    ada = floor.hire("ada", capacity=500)
    first = calls(floor, "+47 555 01 234")
    floor.do("conversation.accept", ada, conversation=first)
    closes(floor, ada, first)
    held = calls(floor, "+47 2")
    floor.do("conversation.accept", ada, conversation=held)
    again = calls(floor, "+47 555 01 234")
    assert floor.talk(again).state is OPEN
    told = floor.do("routing.explain", conversation=again)
    assert told.excluded[0].because.startswith("ada is on a call")
    closes(floor, ada, held)
    assert floor.ringing(ada) == [again]


@pytest.mark.parametrize("presence", ["busy", "do_not_disturb", "away"])
def test_affinity_looks_at_neither_room_nor_presence(floor: Any, presence: str) -> None:
    floor.do("workstream.create", name="Texts", channels=["sms"], affinity=True, cost=60)
    ada, bo = floor.hire("ada"), floor.hire("bo", presence="away")
    talk = floor.serves(ada, channel="sms", address="+47 3")
    floor.do("conversation.close", ada, conversation=talk)
    for number in range(4):
        floor.serves(ada, address=f"a{number}")
    floor.do("agent.set_presence", ada, presence=presence)
    floor.do("agent.set_presence", bo, presence="available")
    floor.writes("And?", channel="sms", address="+47 3")
    assert floor.ringing(ada) == [talk]
    assert floor.person(ada).used > 100
    floor.do("conversation.decline", ada, conversation=talk)
    assert floor.ringing(bo) == [talk]


def test_without_affinity_room_and_presence_count(floor: Any) -> None:
    ada, bo = floor.hire("ada"), floor.hire("bo", presence="away")
    talk = floor.serves(ada, channel="sms", address="+47 3")
    floor.do("conversation.close", ada, conversation=talk)
    floor.do("agent.set_presence", ada, presence="away")
    floor.do("agent.set_presence", bo, presence="available")
    floor.writes("And?", channel="sms", address="+47 3")
    assert floor.ringing(bo) == [talk]
    assert floor.presence(ada) is Presence.AWAY
