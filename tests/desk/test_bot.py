"""The virtual agent at the desk: takes first, hands over with all it knows, then is silent."""

from typing import Any

import pytest

from omnitui.datafiles import folder
from omnitui.model.actor import SYSTEM, Actor, ActorKind
from omnitui.model.conversation import ConversationState, Delivery, MessageKind, Speaker

MINUTE = 60_000
TOPICS = (folder() / "topics" / "support.toml").read_text(encoding="utf-8")
S = ConversationState


@pytest.fixture
def bot(floor: Any) -> Any:
    floor.do("bot.set", bot="support", topics=TOPICS)
    floor.do("workstream.create", name="Live", channels=["chat", "email", "sms"], bot="support")
    return floor


def says(floor: Any, text: str, **given: Any) -> int:
    """A customer writes, and what is due is done."""
    key = floor.writes(text, **given)
    floor.wait(1_000)
    return key


def bot_lines(floor: Any, key: int) -> list[str]:
    found = floor.do("conversation.messages", conversation=key, limit=1_000)
    return [line.text for line in found if line.speaker is Speaker.BOT]


def test_it_takes_first_and_is_nobody_for_capacity(bot: Any, ada: Actor) -> None:
    key = says(bot, "my internet is slow")
    talk = bot.talk(key)
    assert (talk.state, talk.agent_id, talk.offered_to) == (S.BOT, None, None)
    assert talk.waiting_since is None
    assert bot.person(ada).used == 0
    assert bot.ringing(ada) == []
    assert bot_lines(bot, key)[0].startswith("When is it slow?")


@pytest.mark.parametrize("channel", ["chat", "email", "sms"])
def test_it_answers_on_every_channel_of_its_work_stream(bot: Any, channel: str) -> None:
    address = {"chat": "dev-9", "email": "kim@example.com", "sms": "+4755501234"}[channel]
    key = says(bot, "my internet is slow", channel=channel, address=address)
    assert bot_lines(bot, key)
    left = bot.takes()
    assert left, "it goes out by the couriers, like every reply"
    assert bot.fares(left[0]).delivery is Delivery.SENT


def test_channels_without_one_are_as_before(bot: Any, ada: Actor) -> None:
    key = says(bot, "my internet is slow", channel="phone", address="+4755501234")
    assert bot.talk(key).offered_to == ada.id
    assert bot.do("bot.state", conversation=key) is None
    assert bot.entries(kind="bot.began") == []


def test_it_is_an_agent_for_the_journal(bot: Any) -> None:
    says(bot, "my internet is slow")
    turned = bot.entries(kind="bot.turned")[0]
    assert (turned.actor_kind, turned.actor_name) == (ActorKind.BOT, "Skerry bot")
    assert "slow-internet" in turned.payload["reason"]


def test_a_hand_over_carries_what_it_knows_and_is_routed(bot: Any, ada: Actor) -> None:
    bot.do("agent.set_skill", agent="ada", skill="fibre", level=5)
    key = says(bot, "is there an outage in my area")
    for text in ("20417", "yes it is"):
        says(bot, text)
    talk = bot.talk(key)
    assert talk.offered_to == ada.id
    assert talk.skills["fibre"] == 2
    assert talk.context["account"] == "20417"
    about = bot.do("conversation.about", conversation=key)
    assert about.hand_over.by == "Skerry bot"
    assert about.hand_over.reason == "the line may be down"
    assert "is there an outage in my area" in about.hand_over.summary
    assert dict(about.hand_over.facts)["account"] == "20417"
    assert about.asked == "Outage"
    reply = bot.do(
        "reply.create", key="acc", title="Account", text="Account {context.account}", personal=False
    )
    bot.do("conversation.accept", ada, conversation=key)
    filled = bot.do("reply.render", ada, reply=reply.id, conversation=key)
    assert filled.text == "Account 20417"
    events = bot.lines(key, MessageKind.EVENT)
    assert "bot handed over: the line may be down" in events


def test_rules_see_the_answers_and_the_topic(bot: Any) -> None:
    bot.do(
        "classification.create",
        name="Where accounts begin with 2",
        conditions=[{"field": "context.account", "operator": "starts_with", "value": "2"}],
        result={"labels": ["twos"], "priority": 3},
    )
    key = says(bot, "is there an outage in my area")
    says(bot, "20417")
    assert bot.talk(key).labels == ()
    says(bot, "yes")
    assert (bot.talk(key).labels, bot.talk(key).priority) == (("twos",), 3)


def test_only_the_wait_after_the_hand_over_counts(bot: Any, ada: Actor) -> None:
    bot.do(
        "sla.create",
        name="First response",
        kpi="first_response",
        subject="conversation",
        warn_minutes=1,
        fail_minutes=2,
    )
    key = says(bot, "is there an outage in my area")
    bot.wait(10 * MINUTE)
    assert bot.talk(key).sla_status == ""
    says(bot, "agent please")
    handed = bot.clock.now()
    talk = bot.talk(key)
    assert talk.handed_over_at == handed
    assert talk.waiting_since == handed
    assert talk.sla_fail_at == handed + 2 * MINUTE
    bot.do("conversation.accept", ada, conversation=key)
    bot.do("conversation.reply", ada, conversation=key, text="Hello")
    assert bot.talk(key).first_reply_at == bot.clock.now()


def _take_over(floor: Any, agent: Actor, key: int) -> None:
    floor.do("bot.take_over", agent, conversation=key)


def _pick(floor: Any, agent: Actor, key: int) -> None:
    floor.do("conversation.pick", agent, conversation=key)


def _reply(floor: Any, agent: Actor, key: int) -> None:
    floor.do("conversation.reply", agent, conversation=key, text="Hello")


def _assign(floor: Any, agent: Actor, key: int) -> None:
    floor.do("supervisor.assign", conversation=key, agent=agent.id)


@pytest.mark.parametrize("take", [_take_over, _pick, _reply, _assign])
def test_a_person_can_take_over_at_any_time(bot: Any, ada: Actor, take: Any) -> None:
    key = says(bot, "is there an outage in my area")
    says(bot, "20417")
    bot.writes("yes it is")  # its turn is due, and a person is faster
    before = len(bot_lines(bot, key))
    take(bot, ada, key)
    bot.wait(60 * MINUTE)
    says(bot, "are you there")
    talk = bot.talk(key)
    assert (talk.state, talk.agent_id) == (S.ACTIVE, ada.id)
    assert len(bot_lines(bot, key)) == before
    assert bot.do("bot.state", conversation=key)["status"] == "silent"
    assert talk.context["bot"]["reason"] == "Ada Test took over" or take is _assign
    assert talk.context["account"] == "20417"
    assert bot.person(ada).used > 0


def test_who_is_no_agent_and_replies_hands_it_over_too(bot: Any, ada: Actor) -> None:
    key = says(bot, "my internet is slow")
    bot.do("conversation.reply", conversation=key, text="Hello from the office")
    bot.wait(MINUTE)
    assert bot.talk(key).offered_to is not None or bot.talk(key).state is S.OPEN
    before = len(bot_lines(bot, key))
    says(bot, "all day")
    assert len(bot_lines(bot, key)) == before


def test_taking_over_what_it_does_not_have_is_refused(bot: Any, ada: Actor) -> None:
    key = bot.serves(ada, text="hello", channel="phone", address="+4755501234")
    refusal = bot.refused("bot.take_over", ada, conversation=key)
    assert refusal.code == "bot.not_there"


def test_undoing_a_take_over_leaves_it_silent_and_nothing_strands(bot: Any, ada: Actor) -> None:
    key = says(bot, "is there an outage in my area")
    says(bot, "20417")
    bot.do("bot.take_over", ada, conversation=key)
    bot.do("undo.last", ada)
    assert bot.talk(key).state is S.OPEN
    before = len(bot_lines(bot, key))
    says(bot, "yes")
    assert len(bot_lines(bot, key)) == before
    assert bot.talk(key).context["account"] == "20417"


def test_an_agent_who_is_asked_for_comes_before_it(bot: Any, ada: Actor) -> None:
    key = says(bot, "my internet is slow", agent=ada.id)
    assert bot.talk(key).offered_to == ada.id


def test_messages_of_one_breath_are_one_turn(bot: Any) -> None:
    bot.writes("hello")
    key = bot.writes("my internet is down")
    bot.wait(1_000)
    assert len(bot.entries(kind="bot.turned")) == 1
    assert any("account number" in line for line in bot_lines(bot, key))


def test_a_conversation_that_it_ended_is_closed_and_the_next_begins_anew(bot: Any) -> None:
    key = says(bot, "thanks, bye")
    talk = bot.talk(key)
    assert (talk.state, talk.disposition) == (S.CLOSED, "Thanks and goodbye")
    timers = bot.desk.store.rows("SELECT kind FROM timers WHERE subject = ?", (key,))
    assert [row["kind"] for row in timers if row["kind"].startswith("bot")] == []
    other = says(bot, "my internet is slow")
    assert other != key
    assert bot.talk(other).state is S.BOT


def test_silence_closes_it_after_a_while(bot: Any) -> None:
    bot.do("settings.set", key="bot_idle_minutes", value="5")
    key = says(bot, "my internet is slow")
    bot.wait(4 * MINUTE)
    assert bot.talk(key).state is S.BOT
    bot.wait(2 * MINUTE)
    assert bot.talk(key).state is S.CLOSED


def test_a_customer_who_leaves_it_is_not_abandoned(bot: Any) -> None:
    key = says(bot, "my internet is slow")
    bot.do("conversation.customer_left", SYSTEM, conversation=key)
    assert bot.talk(key).state is S.CLOSED
    assert bot.entries(kind="conversation.customer_left")[0].payload["abandoned"] is False
    assert bot.do("bot.state", conversation=key)["status"] == "ended"


def test_a_virtual_agent_that_breaks_down_hands_over(
    bot: Any, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from omnitui.rules.bot import engine

    def broken(*_: Any) -> None:
        raise ValueError("broken")

    key = says(bot, "is there an outage in my area")
    monkeypatch.setattr(engine, "hear", broken)
    says(bot, "20417")
    assert bot.talk(key).offered_to == ada.id
    assert bot.talk(key).context["bot"]["reason"] == "the bot could not answer"
    assert "ValueError" in bot.entries(kind="bot.failed")[0].payload["problem"]
    assert bot.lines(key)[-1] == "20417"


def test_internal_articles_never_leave(bot: Any) -> None:
    topics = TOPICS.replace('article = "late-fee"', 'article = "internal-credit-authority"')
    from omnitui.desk.filling.company import fill_basics

    fill_basics(bot.desk)
    bot.do("bot.set", bot="support", topics=topics)
    key = says(bot, "I got a reminder fee")
    assert bot_lines(bot, key) == ["Have you paid the invoice by now?"]
    assert "internal-credit-authority" in bot.entries(kind="bot.turned")[0].payload["reason"]


@pytest.mark.parametrize("verb", ["retire", "update"])
def test_what_customers_may_not_read_is_not_linked_either(bot: Any, verb: str) -> None:
    from omnitui.desk.filling.company import fill_basics

    fill_basics(bot.desk)
    link = "https://help.example.com/late-fee"
    topics = TOPICS.replace("Have you paid the invoice by now?", f"Have you read {link}?")
    bot.do("bot.set", bot="support", topics=topics)
    more = {"audience": "internal"} if verb == "update" else {}
    bot.do(f"knowledge.{verb}", article="late-fee", **more)
    lines = bot_lines(bot, says(bot, "I got a reminder fee"))
    assert not any("Reminder fee and late payment" in line for line in lines)
    assert verb == "retire" or not any(link in line for line in lines)


def test_what_is_too_long_for_the_channel_is_shortened_or_goes_in_parts(bot: Any) -> None:
    from omnitui.desk.filling.company import fill_basics

    fill_basics(bot.desk)
    bot.do("channel.update", channel="sms", segments=1)
    key = says(bot, "I got a reminder fee", channel="sms", address="+4755501234")
    article = bot_lines(bot, key)[0]
    assert article.startswith("Reminder fee and late payment\n")
    assert len(article) <= 160
    bot.do("channel.update", channel="email", longest=40)
    key = says(bot, "hello there", channel="email", address="kim@example.com")
    greeting = bot_lines(bot, key)
    assert len(greeting) > 3
    assert max(map(len, greeting)) <= 40
    assert " ".join(greeting).startswith("Hello! I am the Skerry bot.")


def test_it_recommends_from_the_same_topics_while_a_person_answers(bot: Any, ada: Actor) -> None:
    key = says(bot, "agent please")
    bot.do("conversation.accept", ada, conversation=key)
    assert bot.do("bot.recommend", ada, conversation=key) == []
    says(bot, "my internet is slow, pages take ages to load")
    found = bot.do("bot.recommend", ada, conversation=key)
    assert found[0]["topic"] == "slow-internet"
    assert found[0]["confidence"] >= 0.6
    assert found[0]["text"] == "When is it slow?"
    assert found[0]["because"]
    assert len(found) <= 2
    shown = bot.do("suggestion.for", ada, conversation=key)
    topic = next(one for one in shown.found if one.kind == "topic")
    assert (topic.label, topic.text) == ("slow-internet", "When is it slow?")
    bot.do("suggestion.dismiss", ada, conversation=key, kind="topic", label=topic.label)
    shown = bot.do("suggestion.for", ada, conversation=key)
    assert [one.kind for one in shown.found if one.kind == "topic"] == []
    given = {"conversation": key, "kind": "topic", "label": "no-such"}
    assert bot.refused("suggestion.accept", ada, **given).code == "suggestion.unknown"


def test_supervisors_see_what_it_does(bot: Any) -> None:
    key = says(bot, "is there an outage in my area")
    assert [row["conversation"] for row in bot.do("bot.held")] == [key]
    state = bot.do("bot.state", conversation=key)
    assert (state["status"], state["asking"], state["topics"]) == ("talking", "account", ["outage"])


def test_set_up_is_checked(bot: Any) -> None:
    refusal = bot.refused("bot.set", bot="other", topics="name = 3")
    assert refusal.code == "bot.topics"
    assert "name" in refusal.message
    assert bot.refused("bot.delete", bot="support").code == "bot.used"
    assert bot.refused("bot.delete", bot="nobody").code == "bot.unknown"
    stream = bot.do("workstream.list")[0]
    assert stream.bot == "support"
    assert bot.refused("workstream.update", workstream=stream.id, bot="x").code == "bot.unknown"
    bot.do("workstream.update", workstream=stream.id, reset=["bot"])
    assert bot.do("workstream.list")[0].bot == ""
    assert bot.do("bot.delete", bot="support") == {"deleted": "support"}
    assert bot.do("bot.list") == []


def test_agents_cannot_set_it_up(bot: Any, ada: Actor) -> None:
    assert bot.refused("bot.set", ada, bot="mine", topics=TOPICS).code == "permission.denied"


def test_a_new_program_goes_on_where_it_was(bot: Any) -> None:
    key = says(bot, "is there an outage in my area")
    bot.reopen()
    says(bot, "20417")
    assert bot.do("bot.state", conversation=key)["answers"] == {"account": "20417"}


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("conversation.close", {}),
        ("conversation.end", {}),
        ("conversation.transfer", {"to_queue": "General"}),
        ("conversation.release", {}),
        ("conversation.snooze", {"until": "2h"}),
    ],
)
def test_only_who_has_taken_over_can_do_more(
    bot: Any, ada: Actor, command: str, more: dict[str, Any]
) -> None:
    key = says(bot, "my internet is slow")
    refusal = bot.refused(command, ada, conversation=key, **more)
    assert refusal.message
    assert bot.talk(key).state is S.BOT
    says(bot, "all day")
    assert len(bot_lines(bot, key)) > 1


def test_a_supervisor_can_close_it(bot: Any) -> None:
    key = says(bot, "my internet is slow")
    bot.do("supervisor.force_close", conversation=key)
    assert bot.talk(key).state is S.CLOSED
    assert bot.do("bot.state", conversation=key)["status"] == "ended"
    bot.wait(60 * MINUTE)
    assert len(bot_lines(bot, key)) == 1


def test_an_entitlement_can_decide_who_answers(bot: Any, ada: Actor) -> None:
    rule = """
[[person]]
name = "who has a support plan is answered by a person"
condition = [{ field = "context.entitled", operator = "is", value = "yes" }]
"""
    bot.do("bot.set", bot="support", topics=TOPICS.replace("[[person]]", f"{rule}[[person]]", 1))
    for number, has in enumerate((False, True)):
        customer = bot.do("customer.create", name=f"Kim Reed {number}").id
        bot.do("customer.add_address", customer=customer, channel="chat", address=f"dev-{number}")
        if has:
            made = bot.do(
                "entitlement.create",
                customer=customer,
                name="Support",
                total=5,
                starts=bot.clock.now(),
                ends=bot.clock.now() + 9_000_000_000,
            )
            bot.do("entitlement.activate", entitlement=made.id)
        key = says(bot, "my internet is slow", address=f"dev-{number}")
        assert (bot.talk(key).state is not S.BOT) is has
