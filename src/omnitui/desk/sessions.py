"""Sessions: an agent's tabs, their drafts and what the screen wants back. All of it is stored."""

import json
from typing import Any

from msgspec import Struct, field

from omnitui.desk import couriers, thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign, load
from omnitui.desk.sla import standing
from omnitui.model.case import Case
from omnitui.model.conversation import Conversation, Message
from omnitui.model.customer import Customer
from omnitui.model.engagement import Engagement
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.model.participant import ConsultRequest, Participant
from omnitui.model.session import DraftKind, Session
from omnitui.model.sla import Standing
from omnitui.rules.engagement import engagement
from omnitui.safetext import clean
from omnitui.store import (
    cases,
    consult_requests,
    conversations,
    customers,
    messages,
    participants,
    sessions,
)
from omnitui.store.reading import json_of


class SessionView(Struct, frozen=True):
    """Everything a session's screen shows, read in one go.

    `unserved` are the labels of the channels that nothing delivers on now, by key.
    """

    session: Session
    conversation: Conversation
    customer: Customer | None
    case: Case | None
    messages: tuple[Message, ...]
    has_older: bool
    promises: tuple[Standing, ...] = ()
    beside: tuple[Participant, ...] = ()
    asked: tuple[ConsultRequest, ...] = ()
    about: Engagement = field(default_factory=Engagement)
    unserved: dict[str, str] = field(default_factory=dict)


@query("session.list")
def list_(call: Call) -> list[Session]:
    """The calling agent's sessions in the order of their tabs."""
    return sessions.of_agent(call.store, call.agent)


@query("session.tabs")
def tabs(call: Call) -> list[tuple[Session, Conversation]]:
    """The calling agent's sessions with what their tabs show."""
    held = sessions.of_agent(call.store, call.agent)
    rows = conversations.many(call.store, [s.conversation_id for s in held])
    by_key = {row.id: row for row in rows}
    return [(s, by_key[s.conversation_id]) for s in held]


@query("session.view")
def view(call: Call, conversation: ConversationId, lines: int = 100) -> SessionView:
    """A session with its customer, its case and the last lines of its transcript."""
    session = _mine(call, conversation)
    item = thread.get(call, conversation)
    lines = page_size(lines, 1_000)
    window = messages.before(call.store, conversation, None, lines + 1)
    customer = None if item.customer_id is None else customers.get(call.store, item.customer_id)
    case = None if item.case_id is None else cases.get(call.store, item.case_id)
    return SessionView(
        session,
        item,
        customer,
        case,
        tuple(window[-lines:]),
        len(window) > lines,
        tuple(standing.of(call, conversation)),
        tuple(participants.of_conversation(call.store, conversation)),
        tuple(consult_requests.of_conversation(call.store, conversation)),
        engagement(item.context),
        couriers.unserved(call),
    )


def _mine(call: Call, conversation: ConversationId) -> Session:
    found = sessions.get(call.store, call.agent, conversation)
    if found is None:
        raise Refused(
            "session.unknown",
            f"Conversation {conversation} is not open in a session of yours.",
            "Open it from Home.",
        )
    return found


@command("session.open")
def open_(call: Call, conversation: ConversationId, focus: bool = True) -> Session:
    """Open a conversation as a session without taking it; one that is open is only focused."""
    last = messages.last_id(call.store, conversation)
    sessions.open_(call.store, call.agent, conversation, call.now, last)
    if focus:
        sessions.focus(call.store, call.agent, conversation)
    load.refresh(call, call.agent)
    call.journal("session.opened", conversation=conversation)
    return _mine(call, conversation)


@command("session.focus")
def focus(call: Call, conversation: ConversationId | None = None) -> None:
    """Look at one session, or at Home; what was unread there is read."""
    if conversation is not None:
        _mine(call, conversation)
    sessions.focus(call.store, call.agent, conversation)


@command("session.close")
def close(call: Call, conversation: ConversationId) -> None:
    """Close a tab and leave the conversation as it is. `conversation.close` is the other thing."""
    _mine(call, conversation)
    sessions.shut(call.store, call.agent, conversation)
    call.journal("session.closed", conversation=conversation)
    load.refresh(call, call.agent)
    assign.fill(call, call.agent)


@command("session.draft")
def draft(call: Call, conversation: ConversationId, text: str, kind: DraftKind) -> None:
    """Keep what is typed but not sent; a reply draft and a note draft live side by side."""
    _mine(call, conversation)
    sessions.set_draft(call.store, call.agent, conversation, kind, clean(text))


@command("session.layout")
def layout(call: Call, layout: dict[str, Any], conversation: ConversationId | None = None) -> None:
    """Keep what the screen wants back after a restart: open tabs, scroll, composer mode.

    Without a `conversation` it is Home's.
    """
    kept = json.dumps(layout, ensure_ascii=False)
    if conversation is None:
        sessions.set_home_layout(call.store, call.agent, kept)
        return
    _mine(call, conversation)
    sessions.set_layout(call.store, call.agent, conversation, kept)


@query("session.home_layout")
def home_layout(call: Call) -> dict[str, Any]:
    """What the screen wants back beside Home's lists."""
    kept: dict[str, Any] = json_of(sessions.home_layout(call.store, call.agent), {})
    return kept


@command("session.move")
def move(call: Call, order: list[ConversationId]) -> list[Session]:
    """Put the tabs into this order."""
    sessions.move(call.store, call.agent, [int(key) for key in order])
    return sessions.of_agent(call.store, call.agent)
