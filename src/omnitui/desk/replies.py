"""Quick replies: find one as you type, fill its slots, count its use."""

from omnitui.desk import retired, thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, ReplyId
from omnitui.model.knowledge import QuickReply
from omnitui.rules.replies import best
from omnitui.rules.slots import Filled, fill, slots_of, unfilled
from omnitui.store import agents, cases, customers, knowledge, scripts


@query("reply.search")
def find(
    call: Call,
    query: str = "",
    language: str = "",
    limit: int = 50,
    conversation: ConversationId | None = None,
) -> list[QuickReply]:
    """Quick replies for a key, title, `#tag` or text as you type, best first.

    Those in `language` come first, then those that match best, then those that are used often and
    lately. With a `conversation` it is the customer's language, and what is only for other work
    streams is left out.
    """
    stream: int | None = None
    if conversation is not None:
        item = thread.get(call, conversation)
        language = language or thread.language(call, item)
        stream = item.workstream_id or call.stream(item.channel).id
    found = best(usable(call), query, language, call.now, stream)
    return found[: page_size(limit, 1_000)]


def usable(call: Call) -> list[QuickReply]:
    """The quick replies that the caller can use: everybody's, their teams', their own."""
    every = call.agent_or_none is None
    known = knowledge.replies(call.store, call.agent_or_none or 0, every=every)
    return retired.those(call, "reply", known)


@query("reply.render")
def render(call: Call, reply: ReplyId, conversation: ConversationId) -> Filled:
    """A reply with its slots filled from the conversation; missing values stay as prompts."""
    found = knowledge.reply(call.store, reply)
    assert found is not None
    return fill(found.text, values(call, conversation))


def values(call: Call, conversation: ConversationId) -> dict[str, str | None]:
    """The values of slots in this conversation."""
    item = thread.get(call, conversation)
    known: dict[str, str | None] = {
        "conversation.queue": item.queue or None,
        "conversation.channel": call.channel(item.channel).label,
        **{f"context.{key}": str(value) for key, value in item.context.items()},
    }
    customer = None if item.customer_id is None else customers.get(call.store, item.customer_id)
    if customer is not None:
        known |= {
            "customer.name": customer.name,
            "customer.first_name": customer.first_name,
            "customer.account": customer.account or None,
            "customer.company": customer.company or None,
        }
    agent = None if call.agent_or_none is None else agents.get(call.store, call.agent)
    if agent is not None:
        known |= {"agent.name": agent.name, "agent.first_name": agent.first_name}
    case = None if item.case_id is None else cases.get(call.store, item.case_id)
    if case is not None:
        known |= {"case.number": case.number, "case.title": case.title}
    return known


def check_filled(call: Call, text: str) -> None:
    """Refuse text for a customer that still has a slot or a prompt."""
    if "{" not in text and "[" not in text:
        return
    left = _unfilled(call, text)
    if left:
        raise Refused(
            "reply.unfilled",
            f"Fill {left[0]} first; nothing was sent.",
            "Write the text for it, or delete it.",
        )


def prompts_in(call: Call, text: str) -> list[str]:
    """The labels of the prompts in a text that are to be filled: `[date of visit]`."""
    return [field[1:-1] for field in _unfilled(call, text) if field.startswith("[")]


def _unfilled(call: Call, text: str) -> tuple[str, ...]:
    return unfilled(text, _labels(call) if "[" in text else ())


def _labels(call: Call) -> set[str]:
    """What prompts ask for, in quick replies and in scripts."""
    texts = [one.text for one in knowledge.replies(call.store, call.agent_or_none or 0)]
    texts += [step.text for one in scripts.every(call.store) for step in one.steps]
    return {slot[1:].strip() for text in texts for slot in slots_of(text) if slot[0] == "?"}


@command("reply.use")
def use(call: Call, reply: ReplyId, conversation: ConversationId | None = None) -> None:
    """Count that a reply was inserted into a composer; those used often and lately come first."""
    found = knowledge.reply(call.store, reply)
    assert found is not None
    call.store.update("replies", reply, {"uses": found.uses + 1, "used_at": call.now})
    call.journal("reply.used", conversation=conversation, reply=reply)
