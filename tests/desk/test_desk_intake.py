"""What customers write is taken in once, cleaned, in order, in the conversation it belongs to."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.conversation import ConversationState, Speaker
from omnitui.model.errors import DataError
from omnitui.model.sentiment import Sentiment

START = 1_772_442_000_000
PORTAL = Actor(ActorKind.CUSTOMER, name="portal")


def test_a_first_message_opens_a_conversation_with_all_that_a_list_shows(floor: Any) -> None:
    talk = floor.talk(floor.writes("My router  drops\nevery evening", address="dev-1"))
    assert (talk.state, talk.channel, talk.address) == (ConversationState.OPEN, "chat", "dev-1")
    assert (talk.name, talk.customer_id, talk.agent_id) == ("Visitor 1001", None, None)
    assert (talk.last_text, talk.last_speaker) == (
        "My router drops every evening",
        Speaker.CUSTOMER,
    )
    assert talk.created_at == talk.last_at == talk.waiting_since == START
    assert talk.queue == "General"


def test_unknown_visitors_are_numbered(floor: Any) -> None:
    names = [floor.talk(floor.writes(address=f"dev-{n}")).name for n in range(3)]
    assert names == ["Visitor 1001", "Visitor 1002", "Visitor 1003"]


def test_the_journal_tells_of_the_conversation_and_then_of_the_message(floor: Any) -> None:
    before = floor.desk.last_seq()
    talk = floor.writes()
    assert [(e.kind, e.conversation_id) for e in floor.entries(before)] == [
        ("conversation.created", talk),
        ("message.received", talk),
    ]


def test_what_follows_from_the_same_address_belongs_to_the_same_conversation(floor: Any) -> None:
    talk = floor.writes("one", channel="phone", address="+47 555 01 022")
    assert floor.writes("two", channel="phone", address="0047-555-01022") == talk
    assert floor.lines(talk) == ["one", "two"]


@pytest.mark.parametrize(
    ("channel", "address"), [("chat", "dev-2"), ("email", "dev-1"), ("sms", "dev-1")]
)
def test_another_address_or_channel_is_another_conversation(
    floor: Any, channel: str, address: str
) -> None:
    talk = floor.writes(channel="chat", address="dev-1")
    assert floor.writes(channel=channel, address=address) != talk


def test_a_message_during_wrap_up_or_after_closing_begins_a_new_conversation(
    floor: Any, ada: Actor
) -> None:
    first = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=first)
    second = floor.writes("one more thing")
    assert second != first
    floor.do("conversation.close", ada, conversation=first)
    floor.do("conversation.customer_left", conversation=second)
    assert floor.writes("again") not in (first, second)
    assert floor.lines(first) == ["Hello"]


def test_a_message_to_a_ringing_or_active_conversation_joins_it(floor: Any, ada: Actor) -> None:
    talk = floor.writes("one")
    assert floor.ringing(ada) == [talk]
    assert floor.writes("two") == talk
    floor.do("conversation.accept", ada, conversation=talk)
    assert floor.writes("three") == talk
    assert floor.lines(talk) == ["one", "two", "three"]


def test_a_second_delivery_of_the_same_message_is_answered_with_the_first(floor: Any) -> None:
    given = {"channel": "chat", "address": "dev-1", "text": "Hello", "external_id": "m-1"}
    first = floor.do("conversation.receive", **given)
    before = floor.desk.last_seq()
    assert floor.do("conversation.receive", **given) == first
    assert floor.desk.last_seq() == before
    assert floor.lines(first.conversation_id) == ["Hello"]


def test_other_words_or_another_sender_under_a_known_id_are_another_message(floor: Any) -> None:
    given = {"channel": "email", "address": "one@x.org", "text": "One", "external_id": "<1@m>"}
    one = floor.do("conversation.receive", **given)
    again = floor.do("conversation.receive", **{**given, "text": "One more"})
    other = floor.do("conversation.receive", **{**given, "address": "two@x.org"})
    assert floor.lines(one.conversation_id) == ["One", "One more"]
    assert again.conversation_id == one.conversation_id != other.conversation_id
    assert floor.do("conversation.receive", **{**given, "address": "Ann <ONE@x.org>"}) == one


def test_the_same_id_on_another_channel_is_another_message(floor: Any) -> None:
    first = floor.writes(channel="chat", external_id="m-1")
    assert floor.writes(channel="sms", external_id="m-1") != first


def test_messages_without_an_id_are_each_their_own(floor: Any) -> None:
    talk = floor.writes("same")
    floor.writes("same")
    assert floor.lines(talk) == ["same", "same"]


def test_a_channels_id_is_compared_as_it_came(floor: Any) -> None:
    talk = floor.writes(external_id="m-1\x00\ud800")
    floor.writes(external_id=" m-1 ")
    assert floor.lines(talk) == ["Hello", "Hello"]
    floor.writes(external_id="m-1")
    floor.writes(external_id="m-1\x00\ud800")
    assert floor.lines(talk) == ["Hello", "Hello"]


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x1b[2J", "\u200b\u202e\x00"])
def test_a_message_of_nothing_is_refused(floor: Any, text: str) -> None:
    refusal = floor.refused("conversation.receive", channel="chat", address="dev-1", text=text)
    assert refusal.code == "message.empty"


@pytest.mark.parametrize("address", ["", "  ", "@", "\x00"])
def test_an_address_of_nothing_is_refused(floor: Any, address: str) -> None:
    refusal = floor.refused("conversation.receive", channel="chat", address=address, text="Hi")
    assert refusal.code == "address.empty"
    assert "Live chat" in refusal.message


def test_an_unknown_channel_is_refused_with_the_known_ones(floor: Any) -> None:
    refusal = floor.refused("conversation.receive", channel="pigeon", address="a", text="Hi")
    assert refusal.code == "channel.unknown"
    assert refusal.hint == "Known channels: chat, email, phone, sms."


def test_foreign_text_is_cleaned_wherever_it_is_kept(floor: Any) -> None:
    nasty = "\x1b]0;x\x07a\u202eb\x00[/]"
    talk = floor.talk(
        floor.writes(
            nasty,
            address=nasty,
            context={nasty: nasty, "subject": nasty, "list": [nasty, {nasty: nasty}]},
        )
    )
    assert floor.lines(talk.id) == ["ab[/]"]
    assert (talk.subject, talk.last_text) == ("ab[/]", "ab[/]")
    assert talk.address == "{U+001B}]0;x{U+0007}a{U+202E}b{U+0000}[/]"
    assert talk.context == {
        "ab[/]": "ab[/]",
        "subject": "ab[/]",
        "list": ["ab[/]", {"ab[/]": "ab[/]"}],
    }


@given(text=st.text(), address=st.text(min_size=1), name=st.text())
def test_whatever_a_customer_sends_is_taken_in_or_refused_in_a_sentence(
    one_floor: Any, text: str, address: str, name: str
) -> None:
    given = {"channel": "chat", "address": address, "text": text, "name": name}
    found = one_floor.desk.attempt("conversation.receive", PORTAL, **given)
    code = getattr(found, "code", None)
    assert code in (None, "message.empty", "address.empty")
    if code is None:
        held = one_floor.talk(found.conversation_id)
        assert "\x1b" not in found.text + held.address + held.name


def test_a_very_long_message_is_kept_within_bounds(floor: Any) -> None:
    talk = floor.writes("word " * 100_000)
    assert len(floor.lines(talk)[0]) == 100_000
    assert len(floor.talk(talk).last_text) <= 200


def test_a_message_may_be_of_an_earlier_time_but_waiting_counts_from_its_coming(floor: Any) -> None:
    talk = floor.talk(floor.writes(at=START - 60_000))
    assert talk.last_at == START - 60_000
    assert talk.created_at == talk.waiting_since == START
    assert floor.entries(kind="conversation.created")[0].at == START


def test_the_queue_is_the_one_the_context_names_or_the_first(floor: Any) -> None:
    floor.do("queue.create", name="Billing", priority=200)
    assert floor.talk(floor.writes(address="a", context={"queue": "billing"})).queue == "Billing"
    assert floor.talk(floor.writes(address="b", context={"queue": "Nope"})).queue == "General"
    assert floor.talk(floor.writes(address="c")).queue == "General"


def test_who_waits_has_waited_since_the_first_unanswered_message(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.clock.advance(1_000)
    floor.writes("still there?")
    assert floor.talk(talk).waiting_since == START
    floor.do("conversation.reply", ada, conversation=talk, text="Yes")
    assert floor.talk(talk).waiting_since is None
    floor.clock.advance(1_000)
    floor.writes("good")
    assert floor.talk(talk).waiting_since == START + 2_000


def test_the_row_follows_how_the_customer_sounds(floor: Any) -> None:
    talk = floor.writes("Hello")
    assert floor.talk(talk).sentiment is Sentiment.NEUTRAL
    for _ in range(7):
        floor.writes("This is terrible, horrible and awful, I hate it")
    found = floor.talk(talk)
    assert found.sentiment is Sentiment.VERY_NEGATIVE
    assert len(found.trend) == 6
    assert found.trend[-1] == Sentiment.VERY_NEGATIVE
    message = floor.do("conversation.messages", conversation=talk)[-1]
    assert message.sentiment is not None
    assert message.sentiment < -0.6
    assert "hate" in dict(message.words)


GERMAN = "Guten Tag, die Karte ist kaputt und ich warte seit Wochen"


def test_what_has_no_lexicon_is_kept_and_not_scored(floor: Any) -> None:
    talk = floor.writes(GERMAN)
    message = floor.do("conversation.messages", conversation=talk)[-1]
    assert (message.text, message.sentiment, message.sentiment_scored) == (GERMAN, 0.0, False)
    found = floor.talk(talk)
    assert (found.feeling, found.sentiment, found.trend) == (None, Sentiment.NEUTRAL, ())


def test_only_scored_messages_count_among_the_last_six(floor: Any) -> None:
    talk = floor.writes("This is terrible, horrible and awful, I hate it")
    before = floor.talk(talk)
    assert before.feeling is not None
    for _ in range(8):
        floor.writes(GERMAN)
    after = floor.talk(talk)
    assert (after.feeling, after.trend) == (before.feeling, before.trend)
    floor.writes("Perfect, it works again, thank you so much")
    assert floor.talk(talk).sentiment > before.sentiment


def test_the_first_message_that_is_scored_makes_the_conversation_so(floor: Any) -> None:
    talk = floor.writes(GERMAN)
    floor.writes("Where is my card?")
    assert floor.talk(talk).feeling is Sentiment.NEUTRAL


def test_the_language_a_channel_knows_decides_where_words_do_not(floor: Any) -> None:
    heard = [
        floor.do(
            "conversation.receive",
            channel="chat",
            address=f"l-{language}",
            text="OK 20417",
            context={"language": language},
        ).sentiment_scored
        for language in ("en", "nb", "de", "")
    ]
    assert heard == [True, True, False, True]


def test_no_message_is_lost_for_a_lexicon_that_cannot_be_read(
    floor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise DataError(Path("en.toml"), "line 3", "it is wrong")

    monkeypatch.setattr("omnitui.datafiles.sentiment.shipped", broken)
    talk = floor.writes("This is terrible")
    message = floor.do("conversation.messages", conversation=talk)[-1]
    assert (message.text, message.sentiment_scored) == ("This is terrible", False)


def test_what_agents_say_is_not_scored(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    said = floor.do("conversation.reply", ada, conversation=talk, text="This is terrible")
    assert (said.sentiment, said.sentiment_scored) == (None, False)


def test_a_message_counts_as_unread_in_sessions_nobody_looks_at(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    other = floor.serves(ada, address="dev-2")
    floor.writes("one", address="dev-1")
    floor.writes("two", address="dev-1")
    floor.writes("three", address="dev-2")
    unread = {s.conversation_id: s.unread for s in floor.do("session.list", ada)}
    assert unread == {talk: 2, other: 0}


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_a_rating_out_of_range_is_refused(floor: Any, stars: int) -> None:
    talk = floor.writes()
    refusal = floor.refused("conversation.rate", PORTAL, conversation=talk, stars=stars)
    assert refusal.code == "rating.range"


def test_a_rating_is_kept_with_what_was_said(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    floor.do("conversation.close", ada, conversation=talk)
    floor.do("conversation.rate", PORTAL, conversation=talk, stars=4, comment="Fine\x1b[0m")
    assert floor.talk(talk).rating == 4
    assert floor.entries(kind="conversation.rated")[0].payload["stars"] == 4
    lines = floor.do("conversation.messages", conversation=talk)
    assert lines[-1].text.endswith("gave 4 of 5: Fine")


def test_only_intake_is_open_to_the_customers_own_side(floor: Any) -> None:
    assert floor.do("conversation.receive", PORTAL, channel="chat", address="a", text="Hi")
    assert floor.refused("conversation.get", PORTAL, conversation=1).code == "permission.denied"
    assert floor.refused("conversation.reply", PORTAL, conversation=1, text="x").code == (
        "permission.denied"
    )


def test_administrators_own_channels_work_at_once(floor: Any) -> None:
    floor.do("channel.create", ADMINISTRATOR, key="forum", label="Forum", cost=5)
    talk = floor.talk(floor.writes(channel="forum", address="@kiana"))
    assert talk.channel == "forum"
