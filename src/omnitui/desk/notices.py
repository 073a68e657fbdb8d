"""Notices: automatic messages to customers, when no agent is free or an agent joins.

Their text is data. Each occasion has one notice to a customer, until an agent takes the
conversation.
"""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from omnitui.desk import knowledge, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.replies import values
from omnitui.model.actor import SYSTEM, Permission
from omnitui.model.conversation import (
    Conversation,
    ConversationState,
    Delivery,
    MessageKind,
    Speaker,
)
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import AgentId, ConversationId, NoticeId
from omnitui.model.notice import Notice, Occasion
from omnitui.rules.limits import too_long
from omnitui.rules.notices import FALLBACK, choose, unfit
from omnitui.rules.slots import fill, unfilled, without_names
from omnitui.safetext import clean, clean_line
from omnitui.store import agents
from omnitui.store.routing import notices

AUTHOR = "system"


@command("notice.set", Permission.ADMINISTER)
def set_(
    call: Call,
    occasion: Occasion,
    text: str,
    language: str = FALLBACK,
    channels: list[str] | None = None,
) -> Notice:
    """Set the notice for an occasion, on some channels or on all of them.

    `{customer.first_name}`, `{agent.first_name}` and `{conversation.queue}` are filled. It replaces
    the notice for the same occasion, language and channels.
    """
    for channel in channels or ():
        call.channel(channel)
    key = put(call, occasion, language, text, channels or [])
    call.journal("notice.set", occasion=occasion, language=language)
    return next(notice for notice in notices.every(call.store) if notice.id == key)


@query("notice.list")
def list_(call: Call) -> list[Notice]:
    """All notices to customers."""
    return notices.every(call.store)


@command("notice.delete", Permission.ADMINISTER)
def delete(call: Call, notice: int) -> None:
    """Delete a notice."""
    if not notices.delete(call.store, notice):
        known = ", ".join(str(one.id) for one in notices.every(call.store)) or "none"
        raise Refused("notice.unknown", f"There is no notice {notice}.", f"There are: {known}.")
    call.journal("notice.deleted", notice=notice)


def put(call: Call, occasion: Occasion, language: str, text: str, channels: list[str]) -> NoticeId:
    """Save a notice; refused if it cannot be sent."""
    said = clean(text).strip()
    for problem in unfit(said):
        raise Refused("notice.text", f"The notice is not valid: {problem}.")
    knowledge.check_public(call, said)
    for channel in channels:
        refuse(too_long(call.place(channel), said))
    return notices.add(call.store, occasion, clean_line(language).strip(), said, sorted(channels))


def tell(call: Call, item: Conversation, occasion: Occasion, agent: AgentId | None = None) -> None:
    """Send the notice for an occasion, unless the customer has got it."""
    _tell(call, item, occasion, _written(call, occasion), agent)


def _written(call: Call, occasion: Occasion) -> Sequence[Notice]:
    """The notice for an occasion."""
    find = partial(notices.every, call.store, occasion)
    return call.lasting.get(("notices", occasion), find)


def _tell(
    call: Call,
    item: Conversation,
    occasion: Occasion,
    written: Sequence[Notice],
    agent: AgentId | None = None,
) -> None:
    text = _what(call, item, occasion, written, agent)
    if text:
        say(call, item, text)
        notices.set_told(call.store, item.id, [*notices.told(call.store, item.id), occasion])


def _what(
    call: Call,
    item: Conversation,
    occasion: Occasion,
    written: Sequence[Notice],
    agent: AgentId | None = None,
) -> str:
    """The text of the notice for an occasion; empty for none."""
    if not written or occasion in notices.told(call.store, item.id):
        return ""
    found = choose(written, item.channel, thread.language(call, item) or FALLBACK)
    return "" if found is None else filled(call, item, found.text, agent)


def filled(call: Call, item: Conversation, text: str, agent: AgentId | None = None) -> str:
    """A notice with its slots filled; empty if one cannot be filled.

    Names may be left out; a text with another empty slot is not sent, nor one that is too long for
    the channel, or links to an article that is internal.
    """
    known = values(replace(call, actor=SYSTEM), item.id) | _about(call, agent)
    found = fill(text, known)
    if found.missing:
        found = fill(without_names(text, found.missing), known)
    over = too_long(call.place(item.channel), found.text) or knowledge.internal_in(call, found.text)
    return "" if found.missing or unfilled(found.text) or over else found.text


@query("notice.preview")
def preview(call: Call, conversations: list[ConversationId], occasion: Occasion) -> list[str]:
    """The notice at an occasion for each customer who would get one.

    Unknown names of agents are left out.
    """
    written = notices.every(call.store, occasion)
    found = (_what(call, thread.get(call, key), occasion, written) for key in conversations)
    return [text for text in found if text]


def waits(call: Call, conversation: int, occasion: Occasion) -> None:
    """Notify a customer whose conversation is offered to nobody now."""
    written = _written(call, occasion)
    if not written:
        return
    item = thread.get(call, conversation)
    if item.state is ConversationState.OPEN and item.offered_to is None:
        _tell(call, item, occasion, written)


def joined(call: Call, item: Conversation, agent: AgentId) -> None:
    """An agent has the conversation: notices about waiting may be sent again later."""
    told = notices.told(call.store, item.id)
    again = [one for one in told if one == Occasion.JOINED and item.last_agent_id == agent]
    if again != told:
        notices.set_told(call.store, item.id, again)
    tell(call, item, Occasion.JOINED, agent)


def say(call: Call, item: Conversation, text: str) -> None:
    """Send a notice to the customer at once; it cannot be undone."""
    desk = replace(call, actor=SYSTEM)
    message = thread.write(
        desk,
        item,
        Speaker.SYSTEM,
        MessageKind.MESSAGE,
        AUTHOR,
        text,
        delivery=Delivery.QUEUED,
    )
    desk.journal(
        "message.queued", conversation=item.id, customer=item.customer_id, message=message.id
    )


def _about(call: Call, agent: AgentId | None) -> dict[str, str | None]:
    them = None if agent is None else agents.get(call.store, agent)
    return {} if them is None else {"agent.name": them.name, "agent.first_name": them.first_name}
