"""Undo and what others do; and what leaves a mark: an offer that is over, a struck out reply."""

from typing import Any

from test_desk_undo_commands import Place, ring


def test_what_was_accepted_goes_back_to_the_open_ones_and_to_others_first(floor: Any) -> None:
    place = Place(floor)
    floor.do("conversation.accept", place.ada, **ring(place))
    floor.do("undo.last", place.ada)
    talk = floor.talk(place.open)
    assert (talk.state, talk.agent_id, talk.offered_to) == ("open", None, None)
    assert place.open not in [one.conversation_id for one in floor.do("session.list", place.ada)]


def test_a_reply_is_undone_while_it_is_held(floor: Any) -> None:
    place = Place(floor)
    said = floor.do("conversation.reply", place.ada, conversation=place.mail, text="Hello")
    assert floor.do("undo.what", place.ada).reply == said.id
    floor.do("undo.last", place.ada)
    assert floor.lines(place.mail)[-1] == "Hello"
    drafts = [session.draft_reply for session in floor.do("session.list", place.ada)]
    assert "Hello" in drafts
    again = floor.do("conversation.reply", place.ada, conversation=place.mail, text="Again")
    floor.wait(60_000)
    floor.takes()
    floor.fares(again.id)
    what = floor.do("undo.what", place.ada)
    assert (what.why_not, what.reply) == ("it has left", None)


def test_what_others_did_and_undid_to_a_customer_keeps_them(floor: Any) -> None:
    place = Place(floor)
    cyd = floor.do("customer.create", place.ada, name="Cyd").id
    floor.do("customer.update", place.bo, customer=cyd, city="Oslo")
    floor.do("undo.last", place.bo)
    assert floor.do("undo.what", place.ada).why_not == "Bo Test has worked with Cyd since"
