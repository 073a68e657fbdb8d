"""Notices: what customers are told by the desk itself when nobody is free, or somebody joins.

What is said is data. At each occasion a customer is told once, until an agent has them again.
"""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from omnitui.desk import thread
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
    """Say what customers are told at an occasion, on some channels or on all of them.

    `{customer.first_name}`, `{agent.first_name}` and `{conversation.queue}` are filled. It replaces
    what was said at the same occasion in the same language on the same channels.
    """
    for channel in channels or ():
        call.channel(channel)
    key = put(call, occasion, language, text, channels or [])
    call.journal("notice.set", occasion=occasion, language=language)
    return next(notice for notice in notices.every(call.store) if notice.id == key)


@query("notice.list")
def list_(call: Call) -> list[Notice]:
    """What customers are told by the desk itself."""
    return notices.every(call.store)


@command("notice.delete", Permission.ADMINISTER)
def delete(call: Call, notice: int) -> None:
    """Say that no longer."""
    if not notices.delete(call.store, notice):
        known = ", ".join(str(one.id) for one in notices.every(call.store)) or "none"
        raise Refused("notice.unknown", f"There is no notice {notice}.", f"There are: {known}.")
    call.journal("notice.deleted", notice=notice)


def put(call: Call, occasion: Occasion, language: str, text: str, channels: list[str]) -> NoticeId:
    """Keep a notice; refused when it cannot be sent as it is."""
    said = clean(text).strip()
    for problem in unfit(said):
        raise Refused("notice.text", f"A notice cannot be sent like that: {problem}.")
    for channel in channels:
        refuse(too_long(call.place(channel), said))
    return notices.add(call.store, occasion, clean_line(language).strip(), said, sorted(channels))


def tell(call: Call, item: Conversation, occasion: Occasion, agent: AgentId | None = None) -> None:
    """Tell the customer what is written for an occasion, unless they have been told."""
    _tell(call, item, occasion, _written(call, occasion), agent)


def _written(call: Call, occasion: Occasion) -> Sequence[Notice]:
    """What is written for an occasion."""
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
    """What the customer is told at an occasion of what is written for it; empty for nothing."""
    if not written or occasion in notices.told(call.store, item.id):
        return ""
    found = choose(written, item.channel, thread.language(call, item) or FALLBACK)
    return "" if found is None else filled(call, item, found.text, agent)


def filled(call: Call, item: Conversation, text: str, agent: AgentId | None = None) -> str:
    """A text of the desk's own with its slots filled; empty where one cannot be.

    A hole is never sent: names are left out, and where something else is not known nothing is said.
    Nor is what is more than the channel takes at once.
    """
    known = values(replace(call, actor=SYSTEM), item.id) | _about(call, agent)
    found = fill(text, known)
    if found.missing:
        found = fill(without_names(text, found.missing), known)
    over = too_long(call.place(item.channel), found.text)
    return "" if found.missing or unfilled(found.text) or over else found.text


@query("notice.preview")
def preview(call: Call, conversations: list[ConversationId], occasion: Occasion) -> list[str]:
    """What the desk would tell customers at an occasion, for each of them who would be told.

    Names of agents that are not known yet are left out.
    """
    written = notices.every(call.store, occasion)
    found = (_what(call, thread.get(call, key), occasion, written) for key in conversations)
    return [text for text in found if text]


def waits(call: Call, conversation: int, occasion: Occasion) -> None:
    """Tell a customer whose conversation rings nowhere now."""
    written = _written(call, occasion)
    if not written:
        return
    item = thread.get(call, conversation)
    if item.state is ConversationState.OPEN and item.offered_to is None:
        _tell(call, item, occasion, written)


def joined(call: Call, item: Conversation, agent: AgentId) -> None:
    """An agent has the conversation: what was told of waiting may be told again another time."""
    told = notices.told(call.store, item.id)
    again = [one for one in told if one == Occasion.JOINED and item.last_agent_id == agent]
    if again != told:
        notices.set_told(call.store, item.id, again)
    tell(call, item, Occasion.JOINED, agent)


def say(call: Call, item: Conversation, text: str) -> None:
    """Say something to the customer at once; there is nobody who could take it back."""
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
