"""What suggestions are made by: what was learnt, and what it is learnt from."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from omnitui.model.journal import Entry
from omnitui.store.engine import Row, Store
from omnitui.store.journal import entries
from omnitui.store.reading import each

ANSWERS = ("suggestion.accepted", "suggestion.dismissed", "suggestion.rated")
"""What agents said of suggestions."""
DEEDS = ("reply.used", "knowledge.used", "conversation.case_linked")
ENDS = ("conversation.closed", "case.resolved")
"""What ends with a queue, a product and a priority that were right; rows tell of it as well."""
_MOST_SAID = 18
"""So many messages of a customer are looked at, the last ones."""
_AT_ONCE = 400
_SAID = (
    "SELECT id, text FROM messages WHERE conversation_id = ? AND speaker = 'customer'"
    " AND kind = 'message' ORDER BY id DESC LIMIT ?"
)


class Model(Struct, frozen=True):
    """What was learnt of a kind, from the journal up to `seq`."""

    kind: str
    seq: int
    examples: int
    made_at: int
    learnt: bytes


class Closed(Struct, frozen=True):
    """A closed conversation and the name of its queue."""

    id: int
    queue: str


class Solved(Struct, frozen=True):
    """A resolved case: what it was about, and what it was labelled as."""

    id: int
    title: str
    description: str
    product: str
    priority: str


def models(store: Store) -> dict[str, Model]:
    """What was learnt, by kind."""
    rows = store.rows("SELECT * FROM suggestion_models LIMIT 100")
    return {one.kind: one for one in each(_model, rows)}


def _model(row: Row) -> Model:
    return Model(row["kind"], row["seq"], row["examples"], row["made_at"], row["learnt"])


class Stand(Struct, frozen=True):
    """When it was learnt last (epoch ms; 0 if never), the newest entry of the journal, whether
    anything can be learnt from those that are new, and what a customer said last, oldest first.
    """

    made_at: int
    seq: int
    teaches: bool
    said: tuple[str, ...]


def stand(store: Store, seq: int, conversation: int = 0) -> Stand:
    """How things stand; what is after `seq` is new. One query, for each line costs one."""
    kinds = (*ANSWERS, *DEEDS, *ENDS)
    rows = store.rows(
        "SELECT s.made_at, s.seq, s.teaches, m.text FROM ("
        "SELECT (SELECT ifnull(max(made_at), 0) FROM suggestion_models) AS made_at,"
        " (SELECT ifnull(max(seq), 0) FROM journal) AS seq,"
        f" EXISTS (SELECT 1 FROM journal WHERE seq > ? AND kind IN ({_marks(kinds)})) AS teaches"
        f") s LEFT JOIN ({_SAID}) m ON 1 = 1 ORDER BY m.id",
        (seq, *kinds, conversation, _MOST_SAID),
    )
    first = rows[0]
    said = tuple(row["text"] for row in rows if row["text"] is not None)
    return Stand(first["made_at"], first["seq"], bool(first["teaches"]), said)


def keep(store: Store, model: Model) -> None:
    """Keep what was learnt instead of what was before."""
    store.execute(
        "INSERT INTO suggestion_models (kind, seq, examples, made_at, learnt)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET seq = excluded.seq,"
        " examples = excluded.examples, made_at = excluded.made_at, learnt = excluded.learnt",
        (model.kind, model.seq, model.examples, model.made_at, model.learnt),
    )


def told(store: Store, seq: int, limit: int) -> list[Entry]:
    """What can be learnt from that happened after an entry of the journal, oldest first."""
    kinds = (*ANSWERS, *DEEDS, *ENDS)
    return entries(
        store.rows(
            f"SELECT * FROM journal WHERE seq > ? AND kind IN ({_marks(kinds)})"
            " ORDER BY seq LIMIT ?",
            (seq, *kinds, limit),
        )
    )


def newest(store: Store, limit: int) -> list[Entry]:
    """The last answers and deeds of agents, oldest first."""
    kinds = (*ANSWERS, *DEEDS)
    query = f"SELECT * FROM journal WHERE kind IN ({_marks(kinds)}) ORDER BY seq DESC LIMIT ?"
    return entries(store.rows(query, (*kinds, limit)))[::-1]


def answers(store: Store, conversation: int) -> list[Entry]:
    """What agents said of suggestions in a conversation, oldest first."""
    return entries(
        store.rows(
            f"SELECT * FROM journal WHERE conversation_id = ? AND kind IN ({_marks(ANSWERS)})"
            " ORDER BY seq LIMIT 500",
            (conversation, *ANSWERS),
        )
    )


def said(store: Store, conversation: int) -> list[str]:
    """The last messages of a conversation's customer, oldest first."""
    rows = store.rows(_SAID, (conversation, _MOST_SAID))
    return [row["text"] for row in reversed(rows)]


def closed(store: Store, limit: int) -> list[Closed]:
    """The conversations that were closed last, with their queues."""
    rows = store.rows(
        "SELECT c.id, q.name AS queue FROM conversations c JOIN queues q ON q.id = c.queue_id"
        " WHERE c.state = 'closed' ORDER BY c.closed_at DESC, c.id DESC LIMIT ?",
        (limit,),
    )
    return [Closed(row["id"], row["queue"]) for row in rows]


def solved(store: Store, limit: int) -> list[Solved]:
    """The cases that were resolved last; merged ones say nothing of their own."""
    rows = store.rows(
        "SELECT id, title, description, product, priority FROM cases WHERE status = 'resolved'"
        " AND merged_into IS NULL ORDER BY resolved_at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [
        Solved(row["id"], row["title"], row["description"], row["product"], row["priority"])
        for row in rows
    ]


def case_talks(store: Store, cases: Sequence[int]) -> dict[int, int]:
    """By case, the first conversation that it is linked to."""
    return {
        row["case_id"]: row["first"]
        for some in _parts(cases)
        for row in store.rows(
            "SELECT case_id, min(id) AS first FROM conversations"
            f" WHERE case_id IN ({_marks(some)}) GROUP BY case_id",
            some,
        )
    }


def queue_of(store: Store, conversation: int) -> str:
    """The name of a conversation's queue; empty if it has none."""
    query = "SELECT q.name FROM conversations c JOIN queues q ON q.id = c.queue_id WHERE c.id = ?"
    return str(store.value(query, (conversation,)) or "")


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _marks(of: Sequence[object]) -> str:
    return ", ".join("?" * len(of))
