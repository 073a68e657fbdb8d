"""Sessions: an agent's tabs, their drafts and the state of the screen, all saved."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from omnitui.desk import conversations as talks
from omnitui.desk import couriers, home, scripts, thread, timeline
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign, load
from omnitui.desk.sla import standing
from omnitui.model.case import Case, CaseSort
from omnitui.model.conversation import Conversation, Message
from omnitui.model.customer import Customer
from omnitui.model.engagement import Engagement
from omnitui.model.envelope import Scheduled
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.model.participant import ConsultRequest, Participant
from omnitui.model.session import DraftKind, Session
from omnitui.model.sla import Standing
from omnitui.model.timeline import USUAL_KINDS, Activity, Missed
from omnitui.rules.engagement import engagement
from omnitui.safetext import clean
from omnitui.store import cases as case_rows
from omnitui.store import (
    composing,
    consult_requests,
    conversations,
    customers,
    messages,
    participants,
    sessions,
)

if TYPE_CHECKING:
    from omnitui.model.script import ScriptState

_MOST_SUGGESTED = 4


class SessionPage(Struct, frozen=True):
    """Everything a session's screen shows, read at once.

    The fields up to `about` change with every line; the others are empty if they were not
    requested. `unserved` are the labels of the channels without a running courier, by key. `cases`
    and `activities` are the customer's first ones, `missed` what others did with them since you
    looked, `suggested` who an unknown visitor may be and why, `script` how far the session is with
    its agent script, and `scheduled` the replies for later.
    """

    session: Session
    conversation: Conversation
    messages: tuple[Message, ...]
    has_older: bool
    promises: tuple[Standing, ...] = ()
    about: Engagement = field(default_factory=Engagement)
    customer: Customer | None = None
    case: Case | None = None
    beside: tuple[Participant, ...] = ()
    asked: tuple[ConsultRequest, ...] = ()
    unserved: dict[str, str] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    sort: CaseSort = CaseSort.NEWEST
    more_cases: bool = False
    activities: tuple[Activity, ...] = ()
    more_activities: bool = False
    missed: Missed = Missed(None)
    suggested: tuple[tuple[Customer, str], ...] = ()
    script: "ScriptState | None" = None
    scheduled: tuple[Scheduled, ...] = ()


BESIDE = (
    "customer",
    "case",
    "beside",
    "asked",
    "unserved",
    "cases",
    "sort",
    "more_cases",
    "activities",
    "more_activities",
    "missed",
    "suggested",
    "scheduled",
)
"""The details of a session's page besides its messages."""


@query("session.list")
def list_(call: Call) -> list[Session]:
    """Your sessions in the order of their tabs."""
    return sessions.of_agent(call.store, call.agent)


@query("session.tabs")
def tabs(call: Call) -> list[tuple[Session, Conversation]]:
    """Your sessions with what their tabs show."""
    held = sessions.of_agent(call.store, call.agent)
    rows = conversations.many(call.store, [s.conversation_id for s in held])
    by_key = {row.id: row for row in rows}
    return [(s, by_key[s.conversation_id]) for s in held]


@query("session.page")
def page(
    call: Call,
    conversation: ConversationId,
    lines: int = 100,
    whole: bool = True,
    cases: int = 12,
    sort: CaseSort = CaseSort.NEWEST,
    activities: int = 20,
    script: bool = False,
) -> SessionPage:
    """A session with the last lines of its transcript, its customer, its case and their records.

    Without `whole` only what changes with every line: the session, the conversation, its lines and
    its targets. `cases` and `activities` are how many of the customer's are read; with `script` the
    agent script is read too, see `script.state`.
    """
    session, item = mine(call, conversation), thread.get(call, conversation)
    lines = page_size(lines, 1_000)
    window = messages.before(call.store, conversation, None, lines + 1)
    said = SessionPage(
        session,
        item,
        tuple(window[-lines:]),
        len(window) > lines,
        tuple(standing.on(call, conversation, item.case_id)),
        engagement(item.context),
        script=scripts.state(call, conversation) if script else None,
    )
    if not whole:
        return said
    store = call.store
    found = replace(
        said,
        case=None if item.case_id is None else case_rows.get(store, item.case_id),
        beside=tuple(participants.of_conversation(store, conversation)),
        asked=tuple(consult_requests.of_conversation(store, conversation)),
        unserved=couriers.unserved(call),
        scheduled=tuple(composing.scheduled_open(store, conversation=conversation)),
    )
    customer = None if item.customer_id is None else customers.get(store, item.customer_id)
    if customer is None:
        return replace(found, suggested=tuple(_suggested(call, conversation)))
    key, most = customer.id, page_size(cases, 1_000)
    theirs = case_rows.of_customer(store, key, sort=sort, limit=most + 1)
    happened = timeline.list_(call, key, limit=activities)
    return replace(
        found,
        customer=customer,
        cases=tuple(theirs[:most]),
        sort=sort,
        more_cases=len(theirs) > most,
        activities=tuple(happened),
        more_activities=len(happened) >= activities,
        missed=timeline.missed(call, key, list(USUAL_KINDS)),
    )


def _suggested(call: Call, conversation: ConversationId) -> Iterator[tuple[Customer, str]]:
    for one in talks.suggest_customers(call, conversation)[:_MOST_SUGGESTED]:
        person = customers.get(call.store, one.customer_id)
        if person is not None:
            yield person, one.because


def mine(call: Call, conversation: ConversationId) -> Session:
    """The caller's session of a conversation; refused where it is not open."""
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
    """Open a conversation as a session, without assigning it; an open one is only focused."""
    last = messages.last_id(call.store, conversation)
    sessions.open_(call.store, call.agent, conversation, call.now, last)
    if focus:
        sessions.focus(call.store, call.agent, conversation)
    load.refresh(call, call.agent)
    call.journal("session.opened", conversation=conversation)
    return mine(call, conversation)


@command("session.focus")
def focus(call: Call, conversation: ConversationId | None = None) -> None:
    """Focus a session or Home; its messages are read."""
    if conversation is not None:
        mine(call, conversation)
    sessions.focus(call.store, call.agent, conversation)


@command("session.close")
def close(call: Call, conversation: ConversationId) -> None:
    """Close a tab; the conversation does not change. To close that, use `conversation.close`."""
    mine(call, conversation)
    sessions.shut(call.store, call.agent, conversation)
    call.journal("session.closed", conversation=conversation)
    load.refresh(call, call.agent)
    assign.fill(call, call.agent)


@command("session.draft")
def draft(call: Call, conversation: ConversationId, text: str, kind: DraftKind) -> None:
    """Save what is typed but not sent; a reply draft and a note draft are kept separately."""
    mine(call, conversation)
    sessions.set_draft(call.store, call.agent, conversation, kind, clean(text), call.now)


@command("session.layout")
def layout(call: Call, layout: dict[str, Any], conversation: ConversationId | None = None) -> None:
    """Save the state of the screen for a restart: open tabs, scroll, composer mode.

    Without a `conversation` it is Home's.
    """
    kept = json.dumps(layout, ensure_ascii=False)
    if conversation is None:
        sessions.set_home_layout(call.store, call.agent, kept)
        return
    mine(call, conversation)
    sessions.set_layout(call.store, call.agent, conversation, kept)


@query("session.home_layout")
def home_layout(call: Call) -> dict[str, Any]:
    """The first name of `home.layout`."""
    return home.layout(call)


@command("session.move")
def move(call: Call, order: list[ConversationId]) -> list[Session]:
    """Put the tabs into this order."""
    sessions.move(call.store, call.agent, [int(key) for key in order])
    return sessions.of_agent(call.store, call.agent)
