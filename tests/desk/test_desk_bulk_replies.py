"""One text to many conversations, and one case for many."""

from typing import Any

import pytest

from omnitui.model.actor import Actor

MAIL = ("kiana@example.com", "marcus@example.com")


@pytest.fixture
def known(floor: Any, ada: Actor) -> list[int]:
    """Two conversations of customers that are known, one of a stranger, one that nobody has."""
    for name, mail in zip(("Kiana Berg", "Marcus Lee"), MAIL, strict=True):
        floor.do("customer.create", name=name, email=mail)
    talks = [floor.serves(ada, channel="email", address=mail) for mail in MAIL]
    talks.append(floor.serves(ada, channel="chat", address="dev-9"))
    talks.append(floor.writes(channel="email", address="who@example.com"))
    return talks


TEXT = "Dear {customer.first_name}, it works again."


def test_one_text_goes_to_many_filled_for_each(floor: Any, ada: Actor, known: list[int]) -> None:
    floor.do("agent.set_presence", ada, presence="away")
    floor.do("session.draft", ada, conversation=known[0], text="Half a thought", kind="reply")
    seen = floor.do("bulk.reply_preview", ada, conversations=known, text=TEXT)
    assert (seen.gets, seen.example_name) == (tuple(known[:2]), "Kiana Berg")
    assert seen.example == "Dear Kiana, it works again."
    assert [one.code for one in seen.refused] == ["reply.unfilled", "conversation.not_yours"]
    done = floor.do("bulk.reply", ada, conversations=known, text=TEXT)
    assert (done.done, done.refused) == (seen.gets, seen.refused)
    assert floor.lines(known[0])[-1] == "Dear Kiana, it works again."
    assert floor.lines(known[1])[-1] == "Dear Marcus, it works again."
    (kept_draft,) = [
        one.draft_reply for one in floor.do("session.list", ada) if one.conversation_id == known[0]
    ]
    assert kept_draft == "Half a thought"
    assert floor.do("undo.what", ada).what == "replied to 2 conversations"
    floor.do("undo.last", ada)
    sent = [floor.do("conversation.messages", conversation=key)[-1] for key in known[:2]]
    assert {one.delivery for one in sent} == {"unsent"}
    floor.wait(600_000)
    assert floor.takes() == []


def test_what_has_left_of_one_text_to_many_stays_and_is_named(
    floor: Any, ada: Actor, known: list[int]
) -> None:
    floor.do("bulk.reply", ada, conversations=known, text=TEXT)
    first = floor.do("conversation.messages", conversation=known[0])[-1]
    floor.do("conversation.unsend", ada, message=first.id)
    undone = floor.do("undo.last", ada)
    assert undone.left == (known[0],)
    assert "Kiana Berg" in undone.why_left
    assert undone.conversations == (known[1],)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "message.empty"),
        ("It is {customer.shoe_size}.", "reply.slots"),
        ("From {?date} on.", "reply.slots"),
        ("A { alone", "reply.slots"),
    ],
)
def test_a_text_that_nobody_can_get_is_refused_for_all(
    floor: Any, ada: Actor, known: list[int], text: str, code: str
) -> None:
    given: dict[str, Any] = {"conversations": known, "text": text}
    assert floor.refused("bulk.reply", ada, **given).code == code
    assert floor.refused("bulk.reply_preview", ada, **given).code == code


def test_nothing_is_sent_to_nobody(floor: Any, ada: Actor, known: list[int]) -> None:
    given: dict[str, Any] = {"conversations": known[2:], "text": TEXT}
    assert floor.refused("bulk.reply", ada, **given).code == "bulk.nothing"


def test_one_case_is_linked_to_all_of_its_customer(
    floor: Any, ada: Actor, known: list[int]
) -> None:
    made = floor.do("case.create", customer=MAIL[0], title="Outage", origin="email")
    done = floor.do("bulk.link_case", ada, conversations=known, case=made.number)
    assert done.done == (known[0],)
    codes = [one.code for one in done.refused]
    assert codes == ["case.other_customer", *["conversation.no_customer"] * 2]
    assert floor.talk(known[0]).case_id == made.id
    assert floor.do("undo.what", ada).what.startswith(f"linked {made.number} to Kiana Berg")
    floor.do("undo.last", ada)
    assert floor.talk(known[0]).case_id is None
