"""Quick replies: find one as you type, fill its slots, count its use."""

from contextlib import AbstractContextManager

from omnitui.desk import retired, thread, undo_rows
from omnitui.desk.call import Call, page_size
from omnitui.desk.convert import Exact
from omnitui.desk.filling.content import put_reply
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId, ReplyId
from omnitui.model.knowledge import QuickReply
from omnitui.rules.keys import Use
from omnitui.rules.replies import best
from omnitui.rules.slots import Filled, fill, slots_of, unfilled
from omnitui.safetext import clean_line
from omnitui.store import agents, cases, customers, knowledge, scripts
from omnitui.store.images import Watched


@query("reply.search")
def find(call: Call, query: str = "", language: str = "", limit: int = 50) -> list[QuickReply]:
    """Quick replies for a key, title, `#tag` or text as you type; those in `language` first."""
    known = knowledge.replies(call.store, call.agent_or_none or 0)
    known = retired.those(call, "reply", known)
    return best(known, query, language)[: page_size(limit, 1_000)]


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
    """Count that a reply was inserted into a composer; the most used ones are shown first."""
    found = knowledge.reply(call.store, reply)
    assert found is not None
    call.store.update("replies", reply, {"uses": found.uses + 1})
    call.journal("reply.used", conversation=conversation, reply=reply)


@command("reply.create")
def create(
    call: Call,
    key: Exact,
    title: str,
    text: str,
    language: str = "en",
    tags: list[str] | None = None,
    personal: bool = True,
) -> QuickReply:
    """Create a quick reply: your own, or one for everybody (administrators only)."""
    owner = call.agent if personal and call.agent_or_none is not None else None
    if owner is None and not call.actor.may(Permission.ADMINISTER):
        raise Refused(
            "permission.denied", "Only an administrator can add quick replies for everybody."
        )
    key = _own_key(call, key)
    _check_in_use(call, key, language, owner)
    what, named = f"saved the quick reply {key}", f"the quick reply {key}"
    watched = Watched("replies", "owner_id", owner or 0)
    with undo_rows.rows(call, "reply", what, named, watched):
        made = put_reply(call, key, title, text, language, tags or [], owner)
        call.journal("reply.created", reply=made, key=key)
    found = knowledge.reply(call.store, made)
    assert found is not None
    return found


def _own_key(call: Call, given: str) -> str:
    """The key of a reply; an existing one is kept, with its languages."""
    there = {one.key: one.id for one in knowledge.replies(call.store, call.agent_or_none or 0)}
    key = clean_line(given)
    if key in there or not key:
        return key
    return own_name(call, "reply", "a quick reply", given, there, use=Use.KEY)


def _check_in_use(call: Call, key: str, language: str, owner: int | None) -> None:
    """Refuse to overwrite a retired reply, because nobody would see the new one."""
    for one in knowledge.replies_of_key(call.store, clean_line(key), owner or 0):
        same = (one.language, one.owner_id) == (clean_line(language), owner)
        if same and not retired.in_use(call, "reply", one.id):
            said = f"A quick reply {one.key} exists already."
            raise retired.taken(call, "reply", one.id, said, "Choose another key.")


@command("reply.update")
def update(
    call: Call,
    reply: ReplyId,
    title: str | None = None,
    text: str | None = None,
    tags: list[str] | None = None,
) -> QuickReply:
    """Change a quick reply of your own, or one of everybody's as an administrator."""
    before = _own(call, reply)
    body = before.text if text is None else text
    tagged = list(before.tags) if tags is None else tags
    said = before.title if title is None else title
    with _kept(call, f"changed the quick reply {before.key}", before):
        put_reply(call, before.key, said, body, before.language, tagged, before.owner_id)
        call.journal("reply.updated", reply=reply, key=before.key)
    return _found(call, reply)


@command("reply.retire")
def retire(call: Call, reply: ReplyId) -> QuickReply:
    """Retire a quick reply of your own, or one of everybody's as an administrator."""
    found = _own(call, reply)
    retired.retire(call, "reply", reply, f"The quick reply {found.key}")
    call.journal("reply.retired", reply=reply, name=found.key)
    return found


@command("reply.restore")
def restore(call: Call, reply: ReplyId) -> QuickReply:
    """Restore a retired quick reply."""
    found = _own(call, reply)
    retired.restore(call, "reply", reply, f"The quick reply {found.key}")
    call.journal("reply.restored", reply=reply, name=found.key)
    return found


def _found(call: Call, reply: int) -> QuickReply:
    found = knowledge.reply(call.store, reply)
    assert found is not None
    return found


def _own(call: Call, reply: int) -> QuickReply:
    """A quick reply that the caller may change."""
    found = _found(call, reply)
    mine = found.owner_id is not None and found.owner_id == call.agent_or_none
    if not mine and not call.actor.may(Permission.ADMINISTER):
        whose = "everybody's" if found.owner_id is None else "another agent's"
        raise Refused(
            "permission.denied",
            f"The quick reply {found.key} is {whose}; only an administrator can change it.",
            "Create your own instead.",
        )
    return found


def _kept(call: Call, what: str, reply: QuickReply) -> AbstractContextManager[None]:
    watched = Watched("replies", "id", reply.id)
    return undo_rows.rows(call, "reply", what, f"the quick reply {reply.key}", watched)


undo_rows.declare("reply")
