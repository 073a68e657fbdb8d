"""What Home and the status line show."""

from msgspec import Struct

from omnitui.desk import couriers
from omnitui.desk.call import Call
from omnitui.desk.convert import Moment
from omnitui.desk.registry import query
from omnitui.model.agent import Agent
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refused
from omnitui.store import activities, agents, conversations, mentions, outbox
from omnitui.store.routing import sla_targets

DAY = 86_400_000


class Status(Struct, frozen=True):
    """The status line. `queued` wait with nobody, the oldest since `oldest_since` (epoch ms).

    `late` and `near` count the deadlines of what you have and of what is open in your queues;
    `late` is None where nothing is promised. `due` counts your follow-ups that are due.
    `undelivered` are labels of channels that nothing delivers on, each with how many replies wait
    there; `uncertain` counts replies of yours of which nobody knows whether they arrived.
    `mentions` counts notes that mention you and that you have not seen.
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


@query("home.stream")
def stream(call: Call, stream: str, since: Moment | None = None) -> list[int]:
    """The keys of one of Home's lists (mine, open, closed, all) in its own order.

    `since` is when today began (epoch ms), for the closed ones.
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
    """Who you are, what you hold, what waits."""
    me = agents.get(call.store, call.agent)
    assert me is not None
    queued, oldest = conversations.queue_state(call.store)
    held = conversations.held_by(call.store, call.agent)
    calls = sum(call.channel(item.channel).exclusive for item in held)
    start = call.now - DAY if since is None else since
    counts = conversations.stream_counts(call.store, call.agent, start)
    late, near = sla_targets.lateness(call.store, call.agent, call.now) or (None, 0)
    due = activities.due_count(call.store, call.agent, call.now)
    uncertain = outbox.uncertain_of(call.store, call.agent)
    return Status(
        me,
        len(held) - calls,
        calls,
        queued,
        oldest,
        counts,
        late,
        near,
        due,
        couriers.undelivered(call),
        uncertain,
        mentions.unseen(call.store, call.agent),
    )
