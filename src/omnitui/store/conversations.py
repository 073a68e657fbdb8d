"""Conversations: rows as the lists show them, and the pages of those lists."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from omnitui.model.conversation import Conversation, ConversationState, Speaker
from omnitui.model.ids import ConversationId
from omnitui.model.profile import day_of
from omnitui.model.sentiment import Sentiment
from omnitui.store import escalations
from omnitui.store.engine import Row, Store
from omnitui.store.reading import each, json_in, json_of, one

_PLAIN = (
    "id channel name address created_at subject customer_id case_id queue_id agent_id offered_to"
    " offer_expires_at accepted_at priority last_text last_at waiting_since first_reply_at ended_at"
    " closed_at customer_gone_at rating disposition transfer_count escalation_count match_reason"
    " workstream_id last_agent_id snoozed_until handed_over_at sla_status sla_warn_at sla_fail_at"
).split()
_NAMES = ("queue", "agent_name", "offered_name")
_FIELDS = (*_PLAIN, *_NAMES)
# Rows are read by place: a row that is asked by name for fifty columns takes longer than its query.
_SELECT = f"""SELECT {", ".join(f"c.{name}" for name in _PLAIN)},
    coalesce(q.name, ''), coalesce(a.name, ''), coalesce(o.name, ''),
    c.state, CASE WHEN c.state = 'active' AND c.routed_to = coalesce(c.offered_to, c.agent_id)
    THEN c.routing ELSE '' END, c.sentiment, c.sentiment_scored, c.trend, c.last_speaker,
    c.context, c.skills, c.profiles, c.labels
    FROM conversations c LEFT JOIN queues q ON q.id = c.queue_id
    LEFT JOIN agents a ON a.id = c.agent_id LEFT JOIN agents o ON o.id = c.offered_to"""


def _conversation(row: Row) -> Conversation:
    (state, routing, level, scored, trend, speaker, context, skills, profiles, labels) = row[
        len(_FIELDS) :
    ]
    return Conversation(
        **dict(zip(_FIELDS, row, strict=False)),
        state=ConversationState(state),
        # Why it went to somebody is told only while they have it.
        routing=routing,
        sentiment=Sentiment(level),
        sentiment_scored=bool(scored),
        trend=tuple(_json(trend, [])),
        last_speaker=None if speaker is None else Speaker(speaker),
        context=_json(context, {}),
        skills=_json(skills, {}),
        profiles=tuple(_json(profiles, [])),
        labels=tuple(_json(labels, [])),
    )


def _json(text: str, nothing: Any) -> Any:
    # Most rows hold nothing here, and a list reads many rows.
    return nothing if text in ("{}", "[]") else json_of(text, nothing)


def get(store: Store, conversation: int) -> Conversation | None:
    """One conversation."""
    row = store.row(f"{_SELECT} WHERE c.id = ?", (conversation,))
    return one(_conversation, row)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "sentiment": Sentiment,
    "sentiment_scored": bool,
    "trend": lambda text: tuple(_json(text, [])),
    "last_speaker": Speaker,
}
"""How columns are read that a message changes."""


def changed(item: Conversation, values: Mapping[str, Any]) -> Conversation:
    """A conversation as it is when some of its own columns have been set, as they are kept."""
    return replace(item, **{name: _READ.get(name, _plain)(value) for name, value in values.items()})


def _plain(value: Any) -> Any:
    return value


def many(store: Store, keys: Sequence[int]) -> list[Conversation]:
    """Several conversations in the order of `keys`; unknown keys are left out."""
    marks = ",".join("?" * len(keys))
    rows = store.rows(f"{_SELECT} WHERE c.id IN ({marks})", list(keys))
    found = {int(one.id): one for one in each(_conversation, rows)}
    return [found[key] for key in keys if key in found]


def thread(store: Store, address_key: str, channel: str) -> ConversationId | None:
    """The conversation that a new message from this address on this channel belongs to."""
    key: ConversationId | None = store.value(
        "SELECT id FROM conversations WHERE address_key = ? AND channel = ?"
        " AND state IN ('bot', 'open', 'active', 'waiting') ORDER BY id DESC LIMIT 1",
        (address_key, channel),
    )
    return escalations.thread(store, address_key, channel) if key is None else key


def under_way_from(store: Store, address_key: str) -> list[Conversation]:
    """The conversations from an address that are not closed, the oldest first."""
    rows = store.rows(
        f"{_SELECT} WHERE c.address_key = ? AND c.state <> 'closed' ORDER BY c.id", (address_key,)
    )
    return each(_conversation, rows)


MINE = "(c.agent_id = :agent AND c.state IN ('active', 'waiting', 'wrap_up'))"
OPEN = "c.state = 'open'"
CLOSED = "(c.closed_by = :agent AND c.closed_at >= :since)"
EVERYTHING = "c.state <> 'closed'"
WITH_CLOSED = (
    "c.id > 0",
    "c.state = 'closed', c.waiting_since IS NULL, c.waiting_since, c.last_at DESC",
)
"""All conversations, closed ones last."""

IN_ORDER = {
    # What needs the agent soonest is first: the customer who has waited longest.
    "mine": (MINE, "c.waiting_since IS NULL, c.waiting_since, c.last_at DESC"),
    "open": (OPEN, "c.priority DESC, ifnull(c.waiting_since, c.created_at), c.id"),
    "closed": (CLOSED, "c.closed_at DESC"),
    "all": (EVERYTHING, "c.waiting_since IS NULL, c.waiting_since, c.last_at DESC"),
}
STREAMS = tuple(IN_ORDER)
"""The lists of Home: mine, open, closed (by me, today) and all that are not closed."""


def stream(store: Store, name: str, agent: int, since: int, limit: int = 20_000) -> list[int]:
    """The keys of one of Home's lists, in its own order. Rows are fetched as they show."""
    where, order = IN_ORDER[name]
    return [
        row[0]
        for row in store.rows(
            f"SELECT c.id FROM conversations c WHERE {where} ORDER BY {order} LIMIT :limit",
            {"agent": agent, "since": since, "limit": limit},
        )
    ]


_SKILLED = (
    "(c.skills = '{}' OR q.match = 'closest' OR NOT EXISTS ("
    f"SELECT 1 FROM {json_in('c.skills')} n WHERE n.value >"
    " ifnull((SELECT s.level FROM agent_skills s WHERE s.agent_id = :agent AND s.skill = n.key),"
    " 0)))"
)
_PROFILED = (
    f"(c.profiles = '[]' OR NOT EXISTS (SELECT 1 FROM {json_in('c.profiles')} n"
    " WHERE NOT EXISTS ("
    "SELECT 1 FROM agent_profiles a JOIN profiles p ON p.id = a.profile_id"
    " WHERE a.agent_id = :agent AND p.name = n.value AND (a.used < p.most"
    " OR (p.reset = 'end_of_day' AND a.day <> :today)))))"
)


_TURN = (
    "ifnull(q.priority, 1000), c.priority DESC, k.conversation_id IS NULL,"
    " ifnull(c.waiting_since, c.created_at), c.id"
)
"""The order in which waiting items are routed; calls come first among equals, as capacity may be
kept for them."""


def in_turn(store: Store, keys: Sequence[int]) -> list[int]:
    """Some conversations in the order of routing."""
    marks = ",".join("?" * len(keys))
    return [
        row[0]
        for row in store.rows(
            "SELECT c.id FROM conversations c LEFT JOIN queues q ON q.id = c.queue_id"
            f" LEFT JOIN kept_rooms k ON k.conversation_id = c.id WHERE c.id IN ({marks})"
            f" ORDER BY {_TURN}",
            list(keys),
        )
    ]


def any_open(store: Store) -> bool:
    """Whether any conversation waits unassigned."""
    return store.value("SELECT 1 FROM conversations WHERE state = 'open' LIMIT 1") is not None


def waiting_for(
    store: Store,
    agent: int,
    channels: Sequence[str],
    most_offers: int,
    now: int = 0,
    limit: int = 50,
    skip: int = 0,
) -> list[int]:
    """Open conversations that an agent may be offered, in the order of routing.

    They are in the agent's queues, on `channels`, declined or missed fewer than `most_offers` times
    and not just before `now`, and need no skill that the agent lacks and no profile without
    capacity. The first `skip` of them are left out.
    """
    given = {f"channel{number}": key for number, key in enumerate(channels)}
    marks = ", ".join(f":{name}" for name in given)
    return [
        row[0]
        for row in store.rows(
            "SELECT c.id FROM conversations c LEFT JOIN queues q ON q.id = c.queue_id"
            " LEFT JOIN kept_rooms k ON k.conversation_id = c.id"
            f" WHERE c.state = 'open' AND c.channel IN ({marks})"
            " AND (c.queue_id IS NULL OR EXISTS (SELECT 1 FROM queue_members m"
            " WHERE m.queue_id = c.queue_id AND m.agent_id = :agent))"
            " AND NOT EXISTS (SELECT 1 FROM declines d WHERE d.conversation_id = c.id"
            " AND d.agent_id = :agent AND (d.times >= :most OR d.until > :now))"
            f" AND {_SKILLED} AND {_PROFILED}"
            f" ORDER BY {_TURN} LIMIT :limit OFFSET :skip",
            {
                **given,
                "agent": agent,
                "most": most_offers,
                "now": now,
                "today": day_of(now),
                "limit": limit,
                "skip": skip,
            },
        )
    ]


def offers_to(store: Store, agent: int) -> list[Conversation]:
    """An agent's offers, the first to run out first."""
    return each(
        _conversation,
        store.rows(f"{_SELECT} WHERE c.offered_to = ? ORDER BY c.offer_expires_at, c.id", (agent,)),
    )


def at_hand(store: Store, agent: int) -> list[Conversation]:
    """An agent's conversations: sessions, offers, and what takes their capacity."""
    return each(
        _conversation,
        store.rows(
            f"{_SELECT} WHERE c.offered_to = :agent"
            " OR c.id IN (SELECT conversation_id FROM sessions WHERE agent_id = :agent)"
            " OR (c.agent_id = :agent AND c.state IN ('active', 'wrap_up')) ORDER BY c.id",
            {"agent": agent},
        ),
    )


def weights(store: Store, agent: int) -> list[Row]:
    """What takes an agent's capacity: id, channel, state, offered, ended_at and profiles."""
    return store.rows(
        "SELECT id, channel, state, 1 AS offered, ended_at, profiles FROM conversations"
        " WHERE offered_to = :agent"
        " UNION ALL SELECT id, channel, state, 0, ended_at, profiles FROM conversations"
        " WHERE agent_id = :agent AND state IN ('active', 'wrap_up')",
        {"agent": agent},
    )


def live_held(store: Store, agents: Sequence[int], channels: Sequence[str]) -> list[Row]:
    """What of some channels takes the capacity of several agents, alike ones counted once.

    Rows have agent, channel, state, offered, ended_at and items.
    """
    many, keys = ",".join("?" * len(agents)), ",".join("?" * len(channels))
    return store.rows(
        "SELECT agent, channel, state, offered, ended_at, count(*) AS items FROM ("
        "SELECT offered_to AS agent, channel, state, 1 AS offered, ended_at FROM conversations"
        f" WHERE offered_to IN ({many}) AND channel IN ({keys})"
        " UNION ALL SELECT agent_id, channel, state, 0, ended_at FROM conversations"
        f" WHERE agent_id IN ({many}) AND state IN ('active', 'wrap_up') AND channel IN ({keys})"
        ") GROUP BY agent, channel, state, offered, ended_at",
        [*agents, *channels, *agents, *channels],
    )


class Weight(NamedTuple):
    """What counts of a conversation for its agent's load."""

    channel: str
    state: str
    offered: int
    ended_at: int | None
    profiles: str


def weights_alike(store: Store, agent: int, *, but: int = 0) -> Counter[Weight]:
    """What takes an agent's capacity, `but` for one conversation: how many weigh alike."""
    rows = store.rows(
        "SELECT channel, state, offered, ended_at, profiles, count(*) AS items"
        " FROM (SELECT channel, state, 1 AS offered, ended_at, profiles FROM conversations"
        " WHERE offered_to = :agent AND id <> :but"
        " UNION ALL SELECT channel, state, 0, ended_at, profiles FROM conversations"
        " WHERE agent_id = :agent AND state IN ('active', 'wrap_up') AND id <> :but"
        ") GROUP BY channel, state, offered, ended_at, profiles",
        {"agent": agent, "but": but},
    )
    return Counter({Weight(*row[:5]): row["items"] for row in rows})


def weight_of(store: Store, agent: int, conversation: int) -> Counter[Weight]:
    """What one conversation is of that."""
    row = store.row(
        "SELECT channel, state, offered_to, agent_id, ended_at, profiles FROM conversations"
        " WHERE id = ?",
        (conversation,),
    )
    found: Counter[Weight] = Counter()
    if row is None:
        return found
    said = (row["ended_at"], row["profiles"])
    if row["offered_to"] == agent:
        found[Weight(row["channel"], row["state"], 1, *said)] += 1
    if row["agent_id"] == agent and row["state"] in ("active", "wrap_up"):
        found[Weight(row["channel"], row["state"], 0, *said)] += 1
    return found


def held_by(store: Store, agent: int) -> list[Conversation]:
    """What takes an agent's capacity: ringing, active and in wrap-up."""
    return each(
        _conversation,
        store.rows(
            f"{_SELECT} WHERE c.offered_to = :agent OR (c.agent_id = :agent"
            " AND c.state IN ('active', 'wrap_up')) ORDER BY c.id",
            {"agent": agent},
        ),
    )


def of_customer(store: Store, customer: int, limit: int = 50) -> list[Conversation]:
    """A customer's conversations, newest first."""
    return each(
        _conversation,
        store.rows(
            f"{_SELECT} WHERE c.customer_id = ? ORDER BY c.created_at DESC, c.id DESC LIMIT ?",
            (customer, limit),
        ),
    )


def listed(store: Store, state: str | None, channel: str | None, limit: int) -> list[Conversation]:
    """A page of conversations, newest first, of one state or channel if given."""
    return each(
        _conversation,
        store.rows(
            f"{_SELECT} WHERE (:state IS NULL OR c.state = :state)"
            " AND (:channel IS NULL OR c.channel = :channel) ORDER BY c.id DESC LIMIT :limit",
            {"state": state, "channel": channel, "limit": limit},
        ),
    )


def last_agent(store: Store, customer: int) -> int | None:
    """The last agent of a customer's newest assigned conversation."""
    key: int | None = store.value(
        "SELECT last_agent_id FROM conversations WHERE customer_id = ?"
        " AND last_agent_id IS NOT NULL ORDER BY id DESC LIMIT 1",
        (customer,),
    )
    return key


def next_visitor(store: Store) -> int:
    """The number of the next unknown visitor."""
    return int(store.value("SELECT ifnull(max(visitor), 1000) + 1 FROM conversations"))


def taken_at(store: Store, conversation: int) -> int | None:
    """When its agent took a conversation by hand (epoch ms); None if it was assigned to them."""
    at: int | None = store.value("SELECT taken_at FROM conversations WHERE id = ?", (conversation,))
    return at


def visitor(store: Store, conversation: int) -> int | None:
    """The visitor number of a conversation with an unknown sender."""
    found: int | None = store.value(
        "SELECT visitor FROM conversations WHERE id = ?", (conversation,)
    )
    return found


def address_key(store: Store, conversation: int) -> str:
    """The normalised address that a conversation's customer writes from."""
    return str(store.value("SELECT address_key FROM conversations WHERE id = ?", (conversation,)))
