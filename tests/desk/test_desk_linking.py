"""Saying who is writing, and that it is not them: the address goes with the person."""

from typing import Any

import pytest

from omnitui.model.actor import Actor

FROM = "x@example.org"


@pytest.fixture
def people(floor: Any, ada: Actor) -> tuple[int, int]:
    wrong = floor.do("customer.create", name="A Wrong").id
    floor.do("case.create", customer=wrong, title="Theirs", origin="email")
    return wrong, floor.do("customer.create", name="B Right").id


def writes(floor: Any, name: str = "X.") -> Any:
    return floor.talk(floor.writes(channel="email", address=FROM, name=name))


def again(floor: Any, talk: Any, name: str = "X.") -> Any:
    floor.do("conversation.close", conversation=talk.id)
    return writes(floor, name)


def link(floor: Any, by: Actor, talk: Any, customer: int) -> Any:
    return floor.do("conversation.link_customer", by, conversation=talk.id, customer=customer)


def owner(floor: Any) -> int | None:
    found = floor.do("customer.search", query=FROM)
    return found[0].id if found else None


@pytest.mark.parametrize("name", ["X.", "", "Somebody Else", "B Right"])
def test_an_address_linked_once_is_known_whatever_name_it_carries(
    floor: Any, ada: Actor, people: tuple[int, int], name: str
) -> None:
    talk = writes(floor)
    assert talk.customer_id is None
    link(floor, ada, talk, people[1])
    assert again(floor, talk, name).customer_id == people[1]


def test_a_linked_customer_from_the_books_is_known_the_next_time(floor: Any, ada: Actor) -> None:
    kiana = floor.do("customer.create", name="Kiana Anderson", email=FROM).id
    talk = writes(floor, "K. Anderson")
    assert talk.customer_id is None
    link(floor, ada, talk, kiana)
    assert again(floor, talk, "K. Anderson").customer_id == kiana


def test_a_name_that_is_not_theirs_still_speaks_against_who_was_never_linked(floor: Any) -> None:
    floor.do("customer.create", name="Kiana Anderson", email=FROM)
    assert writes(floor, "K. Anderson").customer_id is None


def test_correcting_a_link_moves_the_address_and_takes_the_case_off(
    floor: Any, ada: Actor, people: tuple[int, int]
) -> None:
    wrong, right = people
    talk = writes(floor)
    assert link(floor, ada, talk, wrong).case_id is not None
    assert link(floor, ada, talk, right).case_id is None
    assert owner(floor) == right
    after = again(floor, talk)
    assert (after.customer_id, after.case_id, after.name) == (right, None, "B Right")


def test_undoing_a_correction_gives_the_address_back_as_it_was(
    floor: Any, ada: Actor, people: tuple[int, int]
) -> None:
    wrong, right = people
    talk = writes(floor)
    link(floor, ada, talk, wrong)
    link(floor, ada, talk, right)
    floor.do("undo.last", ada)
    assert (owner(floor), floor.talk(talk.id).customer_id) == (wrong, wrong)
    floor.do("undo.last", ada)
    assert (owner(floor), floor.talk(talk.id).customer_id) == (None, None)


def test_unlinking_makes_the_next_one_unknown_and_can_be_undone(
    floor: Any, ada: Actor, people: tuple[int, int]
) -> None:
    wrong, _right = people
    talk = writes(floor)
    link(floor, ada, talk, wrong)
    undone = floor.do("conversation.unlink_customer", ada, conversation=talk.id)
    assert (undone.customer_id, undone.case_id, undone.name) == (None, None, talk.name)
    assert owner(floor) is None
    floor.do("undo.last", ada)
    item = floor.talk(talk.id)
    assert (item.customer_id, item.name, owner(floor)) == (wrong, "A Wrong", wrong)
    assert item.case_id is not None
    floor.do("conversation.unlink_customer", ada, conversation=talk.id)
    assert again(floor, talk).customer_id is None


def test_unlinking_leaves_what_the_books_say(floor: Any, ada: Actor) -> None:
    kiana = floor.do("customer.create", name="Kiana", email=FROM).id
    talk = writes(floor, "")
    assert talk.customer_id == kiana
    unlinked = floor.do("conversation.unlink_customer", ada, conversation=talk.id)
    assert unlinked.name == "Visitor 1001"
    assert owner(floor) == kiana


def test_nobody_linked_cannot_be_unlinked(floor: Any, ada: Actor) -> None:
    talk = writes(floor)
    refusal = floor.refused("conversation.unlink_customer", ada, conversation=talk.id)
    assert refusal.code == "conversation.no_customer"


def test_nobody_is_known_by_a_withheld_number(floor: Any, ada: Actor) -> None:
    one = floor.do("customer.create", name="One").id
    talk = floor.talk(floor.writes(channel="phone", address="Withheld"))
    link(floor, ada, talk, one)
    floor.do("conversation.close", conversation=talk.id)
    assert floor.talk(floor.writes(channel="phone", address="Withheld")).customer_id is None


def test_only_active_cases_identify(floor: Any) -> None:
    one = floor.do("customer.create", name="One", email=FROM).id
    case = floor.do("case.create", customer=one, title="Drops", origin="chat").number
    context = {"case_number": case}
    assert floor.talk(floor.writes(address="a", context=context)).customer_id == one
    floor.do("case.resolve", case=case, resolution="Done")
    assert floor.talk(floor.writes(address="b", context=context)).customer_id is None
    known = floor.writes(channel="email", address=FROM, context=context)
    assert floor.talk(known).customer_id == one


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("phone", "anonymous"),
        ("phone", ""),
        ("phone", "Private number"),
        ("sms", "unknown"),
        ("sms", "restricted"),
        ("chat", "anonymous"),
        ("email", "anonymous@anonymous.invalid"),
    ],
)
def test_who_withholds_their_address_is_a_stranger_each_time(
    floor: Any, ada: Actor, channel: str, address: str
) -> None:
    one = floor.do("customer.create", name="One").id
    first = floor.talk(floor.writes("One", channel=channel, address=address))
    second = floor.talk(floor.writes("Two", channel=channel, address=address))
    assert first.id != second.id
    assert first.address
    link(floor, ada, first, one)
    assert floor.talk(second.id).customer_id is None
    assert floor.do("customer.get", customer=one).addresses == ()
    assert floor.talk(floor.writes(channel=channel, address=address)).customer_id is None
    given = {"customer": one, "channel": channel, "address": address}
    assert floor.refused("customer.add_address", **given).code.startswith("address.")


def test_a_withheld_call_stays_one_call_and_one_message(floor: Any) -> None:
    given = {"channel": "phone", "address": "anonymous", "context": {"call_id": "c-1"}}
    talk = floor.writes("Hello", **given)
    assert floor.writes("Are you there?", **given) == talk
    assert floor.writes("Me too", **{**given, "context": {"call_id": "c-2"}}) != talk
    again = {"channel": "sms", "address": "unknown", "external_id": "m-1"}
    assert floor.writes("Hello", **again) == floor.writes("Hello", **again)
    floor.do("settings.set", key="country", value="NO")
    floor.reopen()
    assert floor.writes("Still me", **given) == talk


def whose(floor: Any, *talks: int) -> list[int | None]:
    return [floor.talk(talk).customer_id for talk in talks]


def test_what_else_is_under_way_from_there_goes_with_a_corrected_address(
    floor: Any, ada: Actor
) -> None:
    ann, ben = (floor.do("customer.create", name=name).id for name in ("Ann", "Ben"))
    sms = floor.serves(ada, channel="sms", address="+4755501022")
    floor.do("conversation.link_customer", ada, conversation=sms, customer=ann)
    call = floor.writes(channel="phone", address="+47 555 01 022")
    given = {"customer": ann, "title": "Drops", "origin": "phone", "conversation": call}
    case = floor.do("case.create", **given).id
    assert whose(floor, sms, call) == [ann, ann]
    floor.do("conversation.link_customer", ada, conversation=sms, customer=ben)
    assert whose(floor, sms, call) == [ben, ben]
    assert (floor.talk(call).case_id, floor.talk(call).name) == (None, "Ben")
    floor.do("undo.last", ada)
    assert whose(floor, sms, call) == [ann, ann]
    assert floor.talk(call).case_id == case
    floor.do("conversation.unlink_customer", ada, conversation=sms)
    assert whose(floor, sms, call) == [None, None]
    floor.do("undo.last", ada)
    assert whose(floor, sms, call) == [ann, ann]
    # What was said of a conversation itself stays.
    floor.do("conversation.link_customer", conversation=call, customer=ann)
    floor.do("conversation.link_customer", ada, conversation=sms, customer=ben)
    assert whose(floor, sms, call) == [ben, ann]


def test_a_link_says_who_writes_in_all_that_is_under_way_from_there(floor: Any, ada: Actor) -> None:
    ann = floor.do("customer.create", name="Ann").id
    call = floor.writes(channel="phone", address="+4755501022")
    sms = floor.serves(ada, channel="sms", address="+4755501022")
    other = floor.writes(channel="sms", address="+4755501023")
    floor.do("conversation.link_customer", ada, conversation=sms, customer=ann)
    assert whose(floor, sms, call, other) == [ann, ann, None]


def test_a_correction_is_undone_for_all_that_is_from_there_or_for_none(
    floor: Any, ada: Actor
) -> None:
    ann, ben = (floor.do("customer.create", name=name).id for name in ("Ann", "Ben"))
    sms = floor.serves(ada, channel="sms", address="+4755501022")
    floor.do("conversation.link_customer", ada, conversation=sms, customer=ann)
    call = floor.writes(channel="phone", address="+4755501022")
    floor.do("conversation.link_customer", ada, conversation=sms, customer=ben)
    given = {"customer": ben, "title": "Drops", "origin": "phone", "conversation": call}
    floor.do("case.create", **given)
    assert floor.refused("undo.last", ada).code == "undo.changed"
    assert whose(floor, sms, call) == [ben, ben]


@pytest.mark.parametrize("verb", ["link_customer", "unlink_customer"])
def test_a_correction_takes_every_address_that_the_conversation_has_been_at(
    floor: Any, ada: Actor, verb: str
) -> None:
    ann, ben = (floor.do("customer.create", name=name).id for name in ("Ann", "Ben"))
    talk = floor.serves(ada, channel="chat", address="device")
    floor.do("conversation.link_customer", ada, conversation=talk, customer=ann)
    where = {"channel": "phone", "address": "+4755501022"}
    floor.do("conversation.escalate", ada, conversation=talk, **where)

    def known(who: int) -> set[str]:
        return {one.channel for one in floor.do("customer.get", customer=who).addresses}

    assert known(ann) == {"chat", "phone"}
    given = {"customer": ben} if verb == "link_customer" else {}
    floor.do(f"conversation.{verb}", ada, conversation=talk, **given)
    assert known(ann) == set()
    assert known(ben) == ({"chat", "phone"} if given else set())
    floor.do("undo.last", ada)
    assert (known(ann), known(ben)) == ({"chat", "phone"}, set())
    floor.do("undo.last", ada)
    assert known(ann) == {"chat"}
    floor.do(f"conversation.{verb}", ada, conversation=talk, **given)
    floor.do("conversation.finish", ada, conversation=talk)
    assert whose(floor, floor.writes(channel="chat", address="device")) == [given.get("customer")]
