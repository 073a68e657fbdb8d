"""Looking at what a virtual agent does, taking over from it, and asking it for advice."""

from typing import Any

from omnitui.desk import thread
from omnitui.desk.bot import articles, hearing, memory
from omnitui.desk.call import Call
from omnitui.desk.offers import pick
from omnitui.desk.registry import command, query
from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.errors import DataError, Refused
from omnitui.model.ids import ConversationId
from omnitui.model.topic import Status, StepKind, Topic
from omnitui.rules.bot import engine
from omnitui.rules.bot.state import Knows, State
from omnitui.rules.bot.steps import filled
from omnitui.store import bots, messages

MOST = 2
"""The most topics that are recommended to an agent."""
_LINES = 6


@query("bot.state")
def state(call: Call, conversation: ConversationId) -> dict[str, Any] | None:
    """What the virtual agent does in a conversation, or did; None if it never had it.

    `status` is talking, handed_over, ended or silent (a person took over), `topics` what it was
    about, `answers` what the customer said, `asking` the answer that it waits for, `reason` why it
    was handed over.
    """
    kept = bots.state(call.store, conversation)
    if kept is None:
        return None
    known = memory.state(kept)
    return {
        "bot": kept.bot,
        "status": _status(call, conversation, kept.status),
        "topics": list(known.about),
        "answers": known.answers,
        "asking": _asking(call, kept.bot, known),
        "misses": known.misses,
        "reason": kept.reason,
    }


def _status(call: Call, conversation: int, status: str) -> str:
    """Its status; what was closed while it talked has ended, whoever closed it."""
    over = thread.get(call, conversation).state is ConversationState.CLOSED
    return Status.ENDED.value if over and status == Status.TALKING else status


def _asking(call: Call, bot: str, known: State) -> str:
    if not known.asking or not known.talks:
        return ""
    try:
        topic = hearing.topics(call, bot).topic(known.topic)
    except (Refused, DataError):
        return ""
    if topic is None or known.step >= len(topic.steps):
        return ""
    return topic.steps[known.step].slot or "choice"


@query("bot.held")
def held(call: Call, limit: int = 100) -> list[dict[str, Any]]:
    """The conversations that virtual agents have now, the one that was active last first."""
    return [
        {
            "conversation": row["conversation_id"],
            "name": row["name"],
            "channel": row["channel"],
            "bot": row["bot"],
            "topic": row["topic"],
            "last_at": row["last_at"],
        }
        for row in bots.held(call.store, min(max(limit, 1), 1_000))
    ]


@command("bot.take_over")
def take_over(call: Call, conversation: ConversationId, anyway: bool = False) -> Conversation:
    """Take a conversation over from the virtual agent; it is silent from then on.

    Picking it does the same. More than your capacity (`capacity.beyond`) is refused unless `anyway`
    is yes.
    """
    item = thread.get(call, conversation)
    if item.state is not ConversationState.BOT:
        where = f"is with {item.agent_name}" if item.agent_name else f"is {item.state.label}"
        raise Refused(
            "bot.not_there",
            f"The conversation with {item.name} {where}, not with a virtual agent.",
            "Pick it instead." if item.state is ConversationState.OPEN else "",
        )
    return pick(call, conversation, anyway=anyway)


@query("bot.recommend")
def recommend(call: Call, conversation: ConversationId) -> list[dict[str, Any]]:
    """What the topics of the work stream's virtual agent would answer, for the agent to use.

    Two at most, surest first, and nothing that is less sure than `bot_confidence`: each with the
    topic, its `text`, the `article` that goes with it, its `confidence` (0 to 1) and the words that
    decided (`because`).
    """
    item = thread.get(call, conversation)
    bot = call.stream(item.channel).bot
    said = _last_words(call, item)
    if not bot or not said:
        return []
    try:
        topics = hearing.topics(call, bot)
    except (Refused, DataError):
        return []
    knows = memory.knows(call, item, said, topics)
    guesses = hearing.guess(call, bot)(said)
    found = engine.recommend(topics, guesses, knows, memory.policy(call), len(guesses))
    answers = [
        {
            "topic": topic.key,
            "title": topic.title,
            "confidence": round(guessed.confidence, 3),
            "because": list(guessed.words),
            **_answer(topic, call, knows),
        }
        for topic, guessed in found
    ]
    return [one for one in answers if one["text"] or one["article"]][:MOST]


def _last_words(call: Call, item: Conversation) -> str:
    """What the customer wrote last, since anybody answered."""
    said: list[str] = []
    for line in reversed(messages.before(call.store, item.id, None, _LINES * 2)):
        if line.speaker is Speaker.CUSTOMER:
            said.insert(0, line.text)
        elif said and line.speaker in (Speaker.AGENT, Speaker.BOT):
            break
    return "\n".join(said[-_LINES:])


def _answer(topic: Topic, call: Call, knows: Knows) -> dict[str, str]:
    """The first text of a topic that can be said, and the first article that it sends."""
    texts = [
        text
        for step in topic.steps
        if step.kind in (StepKind.SAY, StepKind.ASK)
        for text, missing in [filled(step.text, State(), knows)]
        if not missing
    ]
    slugs = [step.text for step in topic.steps if step.kind is StepKind.ARTICLE]
    article = next((slug for slug in slugs if articles.public(call, slug) is not None), "")
    return {"text": texts[0] if texts else "", "article": article}
