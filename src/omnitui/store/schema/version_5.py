"""What store version 5 changes, area by area; applied in the order in which they stand below.

Times are epoch milliseconds. Whoever adds rows to the tables needs the functions of
`store/terms.py` on the connection.
"""

from omnitui.store.schema.matching import filled_with_stems, filled_with_terms, of_stems, of_terms

_INDEXED = (
    ("activities", "title, body", "", ""),
    ("addresses", "reach", "", "value, key"),
    ("cases", "number, title, description, resolution", "", ""),
    ("conversations", "name, subject, reach", "", "name, subject, address, address_key"),
    ("customers", "name, company, account, city, notes", "", ""),
    ("entitlements", "name, description", "", ""),
    ("messages", "text", "kind <> 'event'", ""),
)
"""Tables, the columns of their indexes, which rows, and the columns that computed ones are from."""


_ARTICLES = ("articles_search", "articles", "title, keywords, body", "language")


def _built() -> tuple[str, ...]:
    names = [*(table for table, *_ in _INDEXED), "articles"]
    found: list[str] = []
    for name in names:
        found += [f"DROP TRIGGER {name}_search_{event}" for event in ("in", "out", "set")]
        found.append(f"DROP TABLE {name}_search")
    for table, columns, which, watched in _INDEXED:
        when = f"new.{which}" if which else ""
        found += of_terms(f"{table}_search", table, columns, when, watched=watched)
    return (*found, *of_stems(*_ARTICLES))


FILLED_5 = (
    *(
        filled_with_terms(f"{table}_search", table, said, which)
        for table, said, which, _ in _INDEXED
    ),
    filled_with_stems(*_ARTICLES),
)
"""Fills the empty indexes from all rows."""

ANEW_5 = (
    *(
        f"INSERT INTO {table}_search ({table}_search) VALUES ('delete-all')"
        for table, *_ in _INDEXED
    ),
    f"DELETE FROM {_ARTICLES[0]}",
    *FILLED_5,
)
"""Rebuilds the indexes from the rows."""

TERMS_5 = (*_built(), *FILLED_5)


OUTBOX_5: tuple[str, ...] = (
    # A courier has a reply from its claim on; nobody else takes it until the claim has run out.
    "ALTER TABLE messages ADD COLUMN claimed_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN claimed_until INTEGER",
    "ALTER TABLE messages ADD COLUMN repeatable INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE messages ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0",
    # What failed says itself when it is tried again: until then, later replies wait for it.
    "UPDATE messages SET held_until = (SELECT t.due_at FROM timers t WHERE t.kind = 'retry'"
    " AND t.subject = messages.id) WHERE delivery = 'failed'",
    "DROP INDEX messages_leaving",
    "CREATE INDEX messages_leaving ON messages(delivery, channel, at)"
    " WHERE delivery IN ('held', 'queued', 'sending', 'failed', 'uncertain')",
    "CREATE INDEX messages_unsettled ON messages(conversation_id, id)"
    " WHERE delivery IN ('held', 'queued', 'sending', 'failed', 'uncertain')",
    # What replies are delivered by. A token is named, never kept: it is in the environment.
    """CREATE TABLE couriers (
        channel TEXT PRIMARY KEY, kind TEXT NOT NULL, url TEXT NOT NULL DEFAULT '',
        token_env TEXT NOT NULL DEFAULT '') STRICT""",
    # Who delivers right now, by channel; whoever is not heard of by `until` delivers no more.
    """CREATE TABLE deliverers (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, channel TEXT NOT NULL,
        until INTEGER NOT NULL, UNIQUE (name, channel)) STRICT""",
)
"""Claims of replies by couriers, and who delivers on which channel."""

ROUTING_5: tuple[str, ...] = (
    # Place in the order in which work was given out, larger for later: clocks stand still and go
    # back, and much is given out in one millisecond.
    "ALTER TABLE agents ADD COLUMN turn INTEGER NOT NULL DEFAULT 0",
    "UPDATE agents SET turn = (SELECT count(*) FROM agents o"
    " WHERE o.last_assigned_at < agents.last_assigned_at) + 1 WHERE last_assigned_at IS NOT NULL",
    "ALTER TABLE agents ADD COLUMN calls_first INTEGER NOT NULL DEFAULT 0",
    # How many calls an hour are expected; so many members stay free that they are answered.
    "ALTER TABLE queues ADD COLUMN calls_per_hour INTEGER NOT NULL DEFAULT 0",
    # The one queue for what comes on channels without a work stream and matches no rule.
    "ALTER TABLE queues ADD COLUMN fallback INTEGER NOT NULL DEFAULT 0",
    "UPDATE queues SET fallback = 1"
    " WHERE id = (SELECT id FROM queues ORDER BY priority, id LIMIT 1)",
    "UPDATE workstreams SET queue_id = (SELECT id FROM queues WHERE fallback = 1)"
    " WHERE queue_id IS NULL",
    "ALTER TABLE workstreams ADD COLUMN hold_room_after INTEGER",
    # Until when an agent is not asked again about what they let pass.
    "ALTER TABLE declines ADD COLUMN until INTEGER NOT NULL DEFAULT 0",
    # Whom `routing` is about: it is told for as long as they have the conversation.
    "ALTER TABLE conversations ADD COLUMN routed_to INTEGER REFERENCES agents(id)",
    "UPDATE conversations SET routed_to = offered_to",
    # What waits for a whole agent, and whose room is kept for it; NULL while nobody suits.
    """CREATE TABLE kept_rooms (
        conversation_id INTEGER PRIMARY KEY REFERENCES conversations(id) ON DELETE CASCADE,
        agent_id INTEGER REFERENCES agents(id) ON DELETE CASCADE, since INTEGER NOT NULL) STRICT""",
)
"""Who gets what."""

LIFE_5: tuple[str, ...] = (
    # When its agent took a conversation themselves, to tell whether they have gone since.
    "ALTER TABLE conversations ADD COLUMN taken_at INTEGER",
    # Agents who are asked to stand beside a conversation: at whom it rings, until when, and who of
    # the queue (if one is asked) has let it pass, as a JSON list.
    """CREATE TABLE consult_requests (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        agent_id INTEGER NOT NULL REFERENCES agents(id),
        queue_id INTEGER REFERENCES queues(id),
        role TEXT NOT NULL,
        by_id INTEGER REFERENCES agents(id),
        by_name TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        passed TEXT NOT NULL DEFAULT '[]',
        asked_at INTEGER NOT NULL,
        until INTEGER NOT NULL,
        UNIQUE (conversation_id, agent_id)) STRICT""",
    "CREATE INDEX consult_requests_agent ON consult_requests(agent_id)",
)
"""How conversations begin, go on and end."""

IDENTITY_5: tuple[str, ...] = (
    # Since when an address is its customer's because somebody said so; 0 where nobody has.
    "ALTER TABLE addresses ADD COLUMN linked_at INTEGER NOT NULL DEFAULT 0",
    # Where a message came from, as addresses are compared, and when it was taken in.
    "ALTER TABLE messages ADD COLUMN sender_key TEXT",
    "ALTER TABLE messages ADD COLUMN came_at INTEGER",
    # Mailers use ids again: only with the sender and the words is it the same message.
    "DROP INDEX messages_external",
    "CREATE INDEX messages_external ON messages(channel, external_id)"
    " WHERE external_id IS NOT NULL",
    "DROP INDEX messages_thread",
    "CREATE INDEX messages_thread ON messages(conversation_id, at, id)",
    "CREATE INDEX messages_arrival ON messages(conversation_id, id)",
)
"""Who somebody is, and what comes in from them."""

SENTIMENT_5: tuple[str, ...] = (
    "ALTER TABLE conversations ADD COLUMN sentiment_scored INTEGER NOT NULL DEFAULT 1",
)
"""How customers feel."""

DESK_5: tuple[str, ...] = (
    # Why nothing can be done for a timer; it is kept for who looks after the store, and never due.
    "ALTER TABLE timers ADD COLUMN aside TEXT NOT NULL DEFAULT ''",
    "DROP INDEX timers_due",
    "CREATE INDEX timers_due ON timers(due_at) WHERE aside = ''",
    # Whether an entitlement was its customer's default when it ended, so that its renewal is again.
    "ALTER TABLE entitlements ADD COLUMN was_default INTEGER NOT NULL DEFAULT 0",
    # What is in use no longer and stays in history by its name; `item` is its key, or a word.
    """CREATE TABLE retired (
        kind TEXT NOT NULL, item TEXT NOT NULL, at INTEGER NOT NULL, by_name TEXT NOT NULL,
        PRIMARY KEY (kind, item)) STRICT, WITHOUT ROWID""",
    # Who voted on which article, and how; what was counted before stays in the articles' counts.
    """CREATE TABLE article_votes (
        article_id INTEGER NOT NULL REFERENCES articles(id), voter TEXT NOT NULL,
        helpful INTEGER NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (article_id, voter)) STRICT, WITHOUT ROWID""",
)
"""Settings, knowledge, entitlements and what else the desk keeps."""

SCREEN_5: tuple[str, ...] = (
    # What the desk says by itself is nobody's last word.
    """UPDATE conversations SET (last_text, last_speaker, last_at) = (
        SELECT trim(replace(replace(substr(m.text, 1, 200), char(13), ' '), char(10), ' ')),
            m.speaker, m.at
        FROM messages m WHERE m.conversation_id = conversations.id AND m.kind = 'message'
            AND m.delivery <> 'unsent' AND m.speaker <> 'system'
        ORDER BY m.id DESC LIMIT 1)
    WHERE last_speaker = 'system' AND EXISTS (
        SELECT 1 FROM messages m WHERE m.conversation_id = conversations.id
            AND m.kind = 'message' AND m.delivery <> 'unsent' AND m.speaker <> 'system')""",
    # Notes that name a colleague, who is told until they have seen it.
    """CREATE TABLE mentions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,
        agent_id INTEGER NOT NULL REFERENCES agents(id),
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        message_id INTEGER NOT NULL REFERENCES messages(id), seen_at INTEGER,
        UNIQUE (message_id, agent_id)) STRICT""",
    "CREATE INDEX mentions_agent ON mentions(agent_id, seen_at)",
)
"""What consoles keep."""

TRAINING_5: tuple[str, ...] = (
    # Shifts of simulated customers beside a console, so that one goes on where it stood.
    """CREATE TABLE shifts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, scenario TEXT NOT NULL, seed INTEGER NOT NULL,
        starts_at INTEGER NOT NULL, ended_at INTEGER) STRICT""",
    # Who has arrived in a shift, by their key in it, and their newest conversation.
    """CREATE TABLE shift_guests (
        shift_id INTEGER NOT NULL REFERENCES shifts(id), guest TEXT NOT NULL,
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        PRIMARY KEY (shift_id, guest)) STRICT, WITHOUT ROWID""",
)
"""Who has arrived in a shift of simulated customers."""

IDS_5: tuple[str, ...] = (
    # What could not be undone and was passed over, when something from before it was undone.
    "ALTER TABLE undo ADD COLUMN passed INTEGER NOT NULL DEFAULT 0",
)
"""Undo. Keys that are never used again are declared by `lasting`, after all steps."""

CHANGE_5 = (
    *OUTBOX_5,
    *ROUTING_5,
    *LIFE_5,
    *IDENTITY_5,
    *SENTIMENT_5,
    *TERMS_5,
    *DESK_5,
    *SCREEN_5,
    *TRAINING_5,
    *IDS_5,
)
