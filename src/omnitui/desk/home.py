"""What Home and the status line show."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from omnitui.desk import couriers, thread
from omnitui.desk import views as saved
from omnitui.desk.call import Call, page_size
from omnitui.desk.convert import Moment
from omnitui.desk.registry import query
from omnitui.desk.routing import asking
from omnitui.desk.routing.asking import Explanation
from omnitui.desk.views import CountedView
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation, ConversationState, Message
from omnitui.model.customer import Customer
from omnitui.model.errors import Refused
from omnitui.model.ids import ConversationId
from omnitui.model.participant import ConsultRequest
from omnitui.model.session import Session
from omnitui.store import (
    agents,
    consult_requests,
    conversations,
    customers,
    messages,
    sessions,
    triage,
)
from omnitui.store.engine import Row
from omnitui.store.reading import json_of

DAY = 86_400_000


class Status(Struct, frozen=True):
    """The status line. `queued` conversations are unassigned, the oldest since `oldest_since`
    (epoch ms).

    `late` and `near` count the SLA targets of your conversations and of open ones in your queues;
    `late` is None if there are no targets. `due` counts your due follow-ups. `undelivered` are
    labels of channels without a running courier, each with how many replies wait there; `uncertain`
    counts your uncertain replies. `mentions` counts notes that mention you and that you have not
    seen.
    """

    agent: Agent
    chats: int
    calls: int
    queued: int
    oldest_since: int | None
    counts: dict[str, int]
    late: int | None = None
    near: int = 0
    due: int = 0
    undelivered: tuple[tuple[str, int], ...] = ()
    uncertain: int = 0
    mentions: int = 0


Views = tuple[CountedView, ...] | None


class Board(Struct, frozen=True):
    """What a console shows around the lists and sessions.

    `tabs` are your sessions with what their tabs show, `ringing` your offers, `asked` your consult
    requests; `views` is None if they were not counted, and empty if there are none.
    """

    status: Status
    tabs: tuple[tuple[Session, Conversation], ...]
    ringing: tuple[Conversation, ...]
    asked: tuple[ConsultRequest, ...]
    views: Views = None


@query("home.stream")
def stream(call: Call, stream: str, since: Moment | None = None) -> list[int]:
    """The keys of one of Home's lists (mine, open, closed, all) in its default order.

    `since` is the start of today (epoch ms), for the closed ones.
    """
    if stream not in conversations.STREAMS:
        raise Refused(
            "home.stream",
            f"There is no list {stream!r}.",
            f"There are {', '.join(conversations.STREAMS)}.",
        )
    start = call.now - DAY if since is None else since
    return conversations.stream(call.store, stream, call.agent, start)


@query("home.rows")
def rows(call: Call, keys: list[int]) -> list[Conversation]:
    """The rows of some keys, as far as they still exist."""
    return conversations.many(call.store, keys)


@query("home.status")
def status(call: Call, since: Moment | None = None) -> Status:
    """Your presence, your work, and the queues."""
    at_hand = conversations.at_hand(call.store, call.agent)
    return _status(call, at_hand, _counted(call, since))


@query("home.board")
def board(call: Call, since: Moment | None = None, views: bool = False) -> Board:
    """Everything around the lists and sessions of a console.

    `since` is the start of today (epoch ms). With `views` the saved ones are counted as well, which
    takes longer the more there are.
    """
    store, me = call.store, call.agent
    found, counted = conversations.at_hand(store, me), _counted(call, since)
    by_key = {row.id: row for row in found}
    held = sessions.of_agent(store, me)
    ringing = [row for row in found if row.offered_to == me]
    return Board(
        _status(call, found, counted),
        tuple((one, by_key[one.conversation_id]) for one in held if one.conversation_id in by_key),
        tuple(sorted(ringing, key=lambda row: (row.offer_expires_at or 0, row.id))),
        tuple(consult_requests.ringing_at(store, me) if counted["asked"] else ()),
        _views(call, since, counted, views),
    )


def _views(call: Call, since: Moment | None, counted: Row, wanted: bool) -> Views:
    if not counted["views"]:
        return ()
    return tuple(saved.list_(call, since)) if wanted else None


class Peek(Struct, frozen=True):
    """What Home shows of the conversation under the cursor, besides its row.

    `messages` are the last ones, `question` the customer's first messages; `told` explains the
    routing.
    """

    messages: tuple[Message, ...]
    question: tuple[Message, ...]
    customer: Customer | None
    told: Explanation


@query("home.peek")
def peek(call: Call, conversation: ConversationId, lines: int = 12) -> Peek:
    """A conversation's messages, its customer, and the explanation of its routing."""
    item = thread.get(call, conversation)
    customer = None if item.customer_id is None else customers.get(call.store, item.customer_id)
    return Peek(
        tuple(messages.before(call.store, conversation, None, page_size(lines, 1_000))),
        tuple(messages.question(call.store, conversation)),
        customer,
        asking.explain_(call, conversation),
    )


def _counted(call: Call, since: int | None) -> Row:
    start = call.now - DAY if since is None else since
    return triage.numbers(call.store, call.agent, call.now, start)


def _status(call: Call, at_hand: Sequence[Conversation], counted: Row) -> Status:
    me = agents.get(call.store, call.agent)
    assert me is not None
    held = [row for row in at_hand if _held(row, me.id)]
    calls = sum(call.channel(row.channel).exclusive for row in held)
    return Status(
        agent=me,
        chats=len(held) - calls,
        calls=calls,
        queued=counted["open"],
        oldest_since=counted["oldest"],
        counts={name: counted[name] for name in conversations.STREAMS},
        late=counted["late"] if counted["promised"] else None,
        near=counted["near"] if counted["promised"] else 0,
        due=counted["due"],
        undelivered=couriers.undelivered(call) if counted["leaving"] else (),
        uncertain=counted["uncertain"],
        mentions=counted["mentions"],
    )


def _held(row: Conversation, me: int) -> bool:
    """Whether a conversation takes the agent's capacity."""
    taken = row.agent_id == me and row.state in (
        ConversationState.ACTIVE,
        ConversationState.WRAP_UP,
    )
    return taken or row.offered_to == me


@query("home.layout")
def layout(call: Call) -> dict[str, Any]:
    """The saved state of the screen besides Home's lists; `session.layout` saves it."""
    kept: dict[str, Any] = json_of(sessions.home_layout(call.store, call.agent), {})
    return kept
