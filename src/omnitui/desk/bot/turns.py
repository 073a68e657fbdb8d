"""A virtual agent's turns: they are due right after a customer has written.

Intake only starts the timer `bot`. So a message is kept whatever happens here, and a mistake in a
turn hands the conversation over instead of losing it.
"""

from msgspec.structs import replace

from omnitui.desk import knowledge, thread
from omnitui.desk.bot import articles, deeds, handing_over, hearing, memory
from omnitui.desk.call import Call
from omnitui.model.actor import Actor, ActorKind
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    Message,
    MessageKind,
    Speaker,
)
from omnitui.model.errors import Fault, Refused
from omnitui.model.topic import Status, TopicSet
from omnitui.rules.bot import engine
from omnitui.rules.bot.state import Said, State, Turn
from omnitui.rules.lifecycle import Happening
from omnitui.rules.limits import too_long
from omnitui.store import bots, messages, timers
from omnitui.store.bots import Kept
from omnitui.store.engine import Damage
from omnitui.store.faults import BUSY

_MOST_DEEDS = 10
"""The most deeds in one turn."""


def begins(call: Call, item: Conversation) -> Conversation:
    """Let the work stream's virtual agent answer a new conversation first."""
    bot = call.stream(item.channel).bot
    bots.begin(call.store, item.id, bot)
    call.store.update(
        "conversations", item.id, {"state": thread.move(call, item, Happening.BOT_BEGAN)}
    )
    timers.stop(call.store, "not_taken", item.id)
    timers.start(call.store, "bot", item.id, call.now)
    call.journal("bot.began", conversation=item.id, customer=item.customer_id, bot=bot)
    return thread.get(call, item.id)


def due(call: Call, conversation: int) -> None:
    """Take a turn: answer what the customer has written since the last one."""
    item = thread.get(call, conversation)
    kept = bots.state(call.store, conversation)
    if item.state is not ConversationState.BOT or kept is None:
        return
    try:
        with call.store.transaction():
            _turn(call, item, kept)
            hearing.keep_learnt(call, kept.bot)
    except Refused as refused:
        if refused.refusal.code == BUSY:
            raise
        _give_up(call, item, kept, refused.refusal.message)
    except (Damage, Fault, OSError):
        raise  # the store's own trouble is not the virtual agent's
    except Exception as error:
        _give_up(call, item, kept, f"{type(error).__name__}: {error}")


def _turn(call: Call, item: Conversation, kept: Kept) -> None:
    topics = hearing.topics(call, kept.bot)
    me = as_bot(call, topics)
    new = _unheard(me, item, kept)
    if not new:
        return
    said = "\n".join(line.text for line in new)
    before = memory.state(kept)
    turn = engine.hear(
        topics,
        before,
        said,
        memory.knows(me, item, said, topics),
        memory.policy(call),
        hearing.guess(call, kept.bot),
    )
    for _ in range(_MOST_DEEDS):
        item = _carry_out(me, item, turn, new[-1].id)
        if turn.wants is None:
            break
        ran = deeds.do(me, item.id, turn.wants)
        item = thread.get(me, item.id)
        after = engine.resume(topics, turn.state, ran, memory.knows(me, item, said, topics))
        turn = after
    _settle(me, item, turn.state)


def _unheard(call: Call, item: Conversation, kept: Kept) -> list[Message]:
    """The customer's messages since the last turn, in their order."""
    lines = messages.since(call.store, item.id, kept.seen_id, 100)
    return [
        line
        for line in lines
        if line.speaker is Speaker.CUSTOMER and line.kind is MessageKind.MESSAGE
    ]


def _carry_out(call: Call, item: Conversation, turn: Turn, seen: int) -> Conversation:
    """Say what a turn says, keep its state, and journal why."""
    reasons = [turn.reason] if turn.reason else []
    language = turn.state.language
    left_out = [one for one in turn.said if not _say(call, item.id, one, language)]
    reasons += [f"leaves {one.article} out: customers may not read it" for one in left_out]
    memory.keep(call, thread.get(call, item.id), turn.state, seen=seen)
    call.journal(
        "bot.turned",
        conversation=item.id,
        customer=item.customer_id,
        reason="; ".join(reasons),
        said=len(turn.said) - len(left_out),
    )
    return thread.get(call, item.id)


def _settle(call: Call, item: Conversation, after: State) -> None:
    """Hand over, end, or wait for the customer."""
    if after.status is Status.HANDED_OVER:
        handing_over.hand_over(call, item, after)
    elif after.status is Status.ENDED:
        why = _answered(call, item, after)
        handing_over.end(call, item, after, happening=Happening.BOT_ENDED, why=why)
    else:
        call.store.update("conversations", item.id, {"waiting_since": None})
        until = call.now + call.settings.bot_idle_minutes * 60_000
        timers.start(call.store, "bot_idle", item.id, until)


def _answered(call: Call, item: Conversation, after: State) -> str:
    kept = bots.state(call.store, item.id)
    topics = hearing.topics(call, kept.bot) if kept else None
    titles = [one.title for key in after.about if topics and (one := topics.topic(key))]
    return ", ".join(titles) or "answered by the bot"


def idle(call: Call, conversation: int) -> None:
    """The customer has not written for a while: close it."""
    item = thread.get(call, conversation)
    kept = bots.state(call.store, conversation)
    if item.state is not ConversationState.BOT or kept is None:
        return
    before = memory.state(kept)
    why = _answered(call, item, before)
    handing_over.end(
        call,
        item,
        replace(before, status=Status.ENDED),
        happening=Happening.IDLE_EXPIRED,
        why=f"no answer to a question: {why}" if before.asking else why,
    )


def _give_up(call: Call, item: Conversation, kept: Kept, problem: str) -> None:
    """Hand over because a turn was not possible; its reason is in the journal."""
    call.journal("bot.failed", conversation=item.id, bot=kept.bot, problem=problem)
    before = memory.state(kept)
    after = replace(
        before, status=Status.HANDED_OVER, asking=False, reason="the bot could not answer"
    )
    me = replace(call, actor=Actor(ActorKind.BOT, name=kept.bot))
    handing_over.hand_over(me, thread.get(call, item.id), after)


def as_bot(call: Call, topics: TopicSet) -> Call:
    """The call with the virtual agent as its caller."""
    return replace(call, actor=Actor(ActorKind.BOT, name=topics.name))


def _say(call: Call, conversation: int, said: Said, language: str) -> bool:
    """Send a message at once; what is too long for the channel goes in several.

    False if it is an article that customers may not read, or that is not there, or links to one.
    """
    item = thread.get(call, conversation)
    found = articles.text(call, item, said.article, language) if said.article else None
    text = found if said.article else _with_choices(said)
    if text is None or knowledge.internal_in(call, text) is not None:
        return False
    where = call.place(item.channel)
    for part in articles.parts(text, lambda one: too_long(where, one) is None):
        message = thread.write(
            call,
            thread.get(call, item.id),
            Speaker.BOT,
            MessageKind.MESSAGE,
            call.actor.name,
            part,
            {"waiting_since": None},
            delivery=Delivery.QUEUED,
        )
        call.journal(
            "message.queued",
            conversation=item.id,
            customer=item.customer_id,
            message=message.id,
        )
    return True


def _with_choices(said: Said) -> str:
    rows = [f"{number}. {label}" for number, label in enumerate(said.choices, 1)]
    return "\n".join([said.text, *rows])
