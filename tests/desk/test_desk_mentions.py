"""A colleague who is named in a note is told, and has it on their list until they have seen it."""

from typing import Any

from omnitui.model.actor import Actor


def test_whoever_a_note_names_is_told_until_they_have_seen_it(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    talk = floor.serves(ada)
    floor.do("conversation.note", ada, conversation=talk, text="@bo do you know this? @ada too")
    (entry,) = floor.entries(kind="agent.mentioned")
    assert (entry.payload["agent"], entry.conversation_id) == (bo.id, talk)
    assert floor.do("home.status", bo).mentions == 1
    assert floor.do("home.status", ada).mentions == 0
    (mention,) = floor.do("mention.mine", bo)
    assert (mention.by, mention.conversation_id) == ("Ada Test", talk)
    assert mention.seen_at is None
    floor.reopen()
    assert floor.do("home.status", bo).mentions == 1
    assert floor.do("mention.seen", bo, mention=mention.id).seen_at == floor.clock.now()
    seen = floor.desk.last_seq()
    floor.do("mention.seen", bo, mention=mention.id)
    assert floor.desk.last_seq() == seen
    assert floor.do("home.status", bo).mentions == 0
    assert [one.id for one in floor.do("mention.mine", bo)] == [mention.id]


def test_nobody_sees_the_mentions_of_others(floor: Any, ada: Actor) -> None:
    floor.hire("bo")
    talk = floor.serves(ada)
    floor.do("conversation.note", ada, conversation=talk, text="@bo look")
    assert floor.do("mention.mine", ada) == []
    assert floor.refused("mention.seen", ada, mention=1).code == "mention.not_yours"
    assert floor.refused("mention.seen", ada, mention=9).code == "mention.unknown"


def test_a_note_that_is_undone_mentions_nobody(floor: Any, ada: Actor) -> None:
    bo = floor.hire("bo")
    talk = floor.serves(ada)
    floor.do("conversation.note", ada, conversation=talk, text="@bo look")
    floor.do("undo.last", ada)
    assert floor.do("mention.mine", bo) == []
    (entry,) = floor.entries(kind="agent.mention_withdrawn")
    assert entry.payload["agent"] == bo.id


def test_what_customers_write_mentions_nobody(floor: Any, ada: Actor) -> None:
    floor.writes("@ada hello")
    assert floor.do("mention.mine", ada) == []
