"""Claims of couriers: one has a reply, who dies loses it, and what is doubtful a person decides."""

from typing import Any

import pytest

from omnitui.model.actor import Actor
from omnitui.model.conversation import Delivery, Message

SECOND, DAY = 1_000, 86_400_000
LEASE = 120 * SECOND
SILENT = "The courier did not report whether it arrived."


@pytest.fixture
def talk(floor: Any, ada: Actor) -> int:
    return floor.serves(ada)


def says(floor: Any, ada: Actor, talk: int, text: str = "Hi") -> int:
    """A reply whose undo window is over."""
    made = floor.do("conversation.reply", ada, conversation=talk, text=text).id
    floor.wait(8 * SECOND)
    return made


def line(floor: Any, message: int) -> Message:
    talk = floor.desk.store.value("SELECT conversation_id FROM messages WHERE id = ?", (message,))
    return floor.do("conversation.messages", conversation=talk, after=message - 1, limit=1)[0]


def delivery(floor: Any, message: int) -> Delivery:
    return line(floor, message).delivery


def test_a_claimed_reply_is_nobody_elses(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    assert floor.takes(by="one") == [made]
    found = line(floor, made)
    assert (found.delivery, found.claimed_by) == (Delivery.SENDING, "one")
    assert found.claimed_until == floor.clock.now() + LEASE
    assert floor.takes(by="one") == floor.takes(by="two") == []
    for given in ({}, {"error": "no"}):
        verb = "failed" if given else "sent"
        refusal = floor.refused(f"message.{verb}", message=made, by="two", **given)
        assert refusal.code == "message.not_claimed"
        assert "one has claimed this one" in refusal.message
    assert floor.fares(made, by="one").delivery is Delivery.SENT
    told = [entry.kind for entry in floor.entries(kind="message.")][-3:]
    assert told == ["message.queued", "message.sending", "message.sent"]


def test_nothing_is_settled_that_nobody_has_claimed(floor: Any, ada: Actor, talk: int) -> None:
    made = says(floor, ada, talk)
    customers = floor.do("conversation.messages", conversation=talk)[0].id
    for message in (made, customers):
        for by in ("post", "", " "):
            refusal = floor.refused("message.sent", message=message, by=by)
            assert refusal.code == "message.not_claimed"
    assert floor.refused("message.claim", by=" \x1b[1m").code == "message.by"
    assert delivery(floor, made) is Delivery.QUEUED


@pytest.mark.parametrize("repeatable", [False, True])
def test_who_dies_loses_the_claim(floor: Any, ada: Actor, talk: int, repeatable: bool) -> None:
    made = says(floor, ada, talk)
    floor.takes(by="one", repeatable=repeatable)
    floor.wait(LEASE - 1)
    assert delivery(floor, made) is Delivery.SENDING
    floor.reopen()
    floor.wait(1)
    found = line(floor, made)
    assert (found.error, found.attempts, found.doubtful) == (SILENT, 1, True)
    if not repeatable:
        assert found.delivery is Delivery.UNCERTAIN
        assert floor.wait(DAY) == 0
        assert floor.takes() == []
        return
    assert found.delivery is Delivery.FAILED
    assert found.held_until == floor.clock.now() + 15 * SECOND
    floor.wait(15 * SECOND)
    assert floor.takes(by="two", repeatable=True) == [made]
    assert floor.refused("message.sent", message=made, by="one").code == "message.not_claimed"
    assert floor.fares(made, by="two").delivery is Delivery.SENT


def test_a_claim_lasts_as_long_as_is_set(floor: Any, ada: Actor, talk: int) -> None:
    for value in ("9", "3601", "soon", "-1"):
        assert floor.refused("settings.set", key="lease_seconds", value=value).code == (
            "settings.invalid"
        )
    floor.do("settings.set", key="lease_seconds", value="10")
    made = says(floor, ada, talk)
    floor.takes()
    floor.wait(10 * SECOND)
    assert delivery(floor, made) is Delivery.UNCERTAIN


@pytest.mark.parametrize("repeatable", [False, True])
def test_a_courier_that_is_late_still_has_the_truth(
    floor: Any, ada: Actor, talk: int, repeatable: bool
) -> None:
    made = says(floor, ada, talk)
    floor.takes(repeatable=repeatable)
    floor.wait(LEASE)
    assert floor.fares(made, "it certainly did not").delivery is not Delivery.SENT
    assert floor.fares(made).delivery is Delivery.SENT
    assert floor.wait(DAY) == 0
    assert line(floor, made).doubtful is False


def test_what_may_have_arrived_is_tried_again_only_where_that_can_be_told(
    floor: Any, ada: Actor, talk: int
) -> None:
    made = says(floor, ada, talk)
    floor.takes(repeatable=True)
    found = floor.fares(made, "no answer", uncertain=True)
    assert (found.delivery, found.doubtful) == (Delivery.FAILED, True)
    floor.wait(15 * SECOND)
    # Meanwhile the channel was set up with a courier that cannot tell.
    assert floor.takes(repeatable=False) == []
    found = line(floor, made)
    assert (found.delivery, found.attempts) == (Delivery.UNCERTAIN, 1)
    assert (
        "An earlier attempt may have arrived, and this courier does not recognise a repeated reply"
        in found.error
    )


def test_after_the_last_try_what_may_have_arrived_is_uncertain(
    floor: Any, ada: Actor, talk: int
) -> None:
    floor.do("settings.set", key="delivery_attempts", value="2")
    made = says(floor, ada, talk)
    floor.takes(repeatable=True)
    floor.fares(made, "no answer", uncertain=True)
    floor.wait(15 * SECOND)
    floor.takes(repeatable=True)
    found = floor.fares(made, "refused")
    assert (found.delivery, found.error) == (Delivery.UNCERTAIN, "refused")
    (told,) = floor.entries(kind="message.uncertain")
    name = floor.talk(talk).name
    assert told.payload == {"message": made, "error": "refused", "agent": ada.id, "name": name}


@pytest.fixture
def uncertain(floor: Any, ada: Actor, talk: int) -> int:
    made = says(floor, ada, talk)
    floor.takes()
    floor.fares(made, "no answer", uncertain=True)
    return made


def test_a_person_says_that_it_arrived(floor: Any, ada: Actor, uncertain: int) -> None:
    found = floor.do("message.confirm", ada, message=uncertain)
    assert (found.delivery, found.error, found.doubtful) == (Delivery.SENT, "", False)
    (told,) = floor.entries(kind="message.confirmed")
    assert (told.actor_id, told.payload["arrived"]) == (ada.id, True)
    assert floor.refused("message.confirm", ada, message=uncertain).code == "message.not_uncertain"


def test_a_person_says_that_it_did_not_arrive(floor: Any, ada: Actor, uncertain: int) -> None:
    found = floor.do("message.confirm", ada, message=uncertain, arrived=False)
    assert (found.delivery, found.error) == (Delivery.FAILED, "Ada Test confirmed it.")
    assert floor.wait(DAY) == 0
    assert floor.takes() == []
    assert floor.refused("message.sent", message=uncertain, by="post").code == "message.not_claimed"
    assert floor.do("message.retry", ada, message=uncertain).delivery is Delivery.QUEUED


def test_a_person_sends_it_again_although_it_may_be_read_twice(
    floor: Any, ada: Actor, uncertain: int
) -> None:
    assert floor.refused("conversation.unsend", ada, message=uncertain).code == "message.gone"
    assert floor.do("message.retry", ada, message=uncertain).delivery is Delivery.QUEUED
    assert floor.takes(by="two") == [uncertain]
    assert floor.fares(uncertain, by="two").delivery is Delivery.SENT


@pytest.mark.parametrize("how", ["held", "queued", "sending", "sent", "unsent"])
def test_only_what_is_uncertain_or_failed_is_decided(
    floor: Any, ada: Actor, talk: int, how: str
) -> None:
    made = floor.do("conversation.reply", ada, conversation=talk, text="Hi").id
    if how == "unsent":
        floor.do("conversation.unsend", ada, message=made)
    elif how != "held":
        floor.wait(8 * SECOND)
        if how != "queued":
            floor.takes()
        if how == "sent":
            floor.fares(made)
    assert delivery(floor, made) == how
    for name, code in (("retry", "message.not_failed"), ("confirm", "message.not_uncertain")):
        refusal = floor.refused(f"message.{name}", ada, message=made)
        assert (refusal.code, refusal.hint) == (code, f"This one is {how}.")


def test_later_replies_wait_for_earlier_ones_and_no_longer(
    floor: Any, ada: Actor, talk: int
) -> None:
    floor.do("settings.set", key="delivery_attempts", value="2")
    first, second = says(floor, ada, talk, "1"), says(floor, ada, talk, "2")
    other = floor.serves(ada, address="b")
    apart = says(floor, ada, other)
    assert floor.takes() == [first, apart]
    floor.fares(first, "no answer")
    assert floor.takes() == []
    floor.wait(15 * SECOND)
    assert floor.takes() == [first]
    floor.fares(first, "no answer")
    # Given up: the agent has been told, and what they wrote since is not held up for ever.
    assert floor.takes() == [second]


def test_an_uncertain_reply_holds_up_what_follows_until_it_is_decided(
    floor: Any, ada: Actor, talk: int, uncertain: int
) -> None:
    later = says(floor, ada, talk, "2")
    assert floor.takes() == []
    floor.do("message.confirm", ada, message=uncertain)
    assert floor.takes() == [later]


def test_a_notice_never_overtakes_a_reply_that_is_held(floor: Any, ada: Actor, talk: int) -> None:
    floor.do("notice.set", occasion="transferred", text="Somebody else goes on.")
    floor.hire("bo")
    floor.do("conversation.reply", ada, conversation=talk, text="I pass you on.")
    floor.do("conversation.transfer", ada, conversation=talk, to_agent="bo")
    floor.clock.advance(7 * SECOND)
    assert floor.takes() == []
    floor.wait(SECOND)
    order = []
    while taken := floor.takes():
        order += [line(floor, one).text for one in taken]
        for one in taken:
            floor.fares(one)
    assert order[0] == "I pass you on."
    assert order.count("Somebody else goes on.") == (len(order) > 1)


@pytest.mark.parametrize("how", ["queued", "failed", "given up"])
def test_what_certainly_has_not_left_can_be_taken_back(
    floor: Any, ada: Actor, talk: int, how: str
) -> None:
    floor.do("settings.set", key="delivery_attempts", value="1" if how == "given up" else "5")
    made = says(floor, ada, talk, "Go away")
    if how != "queued":
        floor.takes()
        floor.fares(made, "no answer")
    assert floor.do("conversation.unsend", ada, message=made).delivery is Delivery.UNSENT
    assert floor.do("session.list", ada)[0].draft_reply == "Go away"
    assert floor.wait(DAY) == 0
    assert floor.takes() == []


def test_without_anybody_who_delivers_a_reply_waits_and_nothing_is_counted(
    floor: Any, ada: Actor, talk: int
) -> None:
    made = says(floor, ada, talk)
    floor.wait(DAY)
    found = line(floor, made)
    assert (found.delivery, found.attempts, found.error) == (Delivery.QUEUED, 0, "")
    assert floor.takes(channels=["sms", "email"]) == []
    assert floor.takes(channels=["chat"]) == [made]
