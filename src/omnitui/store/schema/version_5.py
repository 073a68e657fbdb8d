"""What store version 5 changes, area by area; applied in the order in which they stand below.

Times are epoch milliseconds.
"""

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

ROUTING_5: tuple[str, ...] = ()
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

IDENTITY_5: tuple[str, ...] = ()
"""Who somebody is, and what comes in from them."""

SENTIMENT_5: tuple[str, ...] = ()
"""How customers feel."""

SEARCH_5: tuple[str, ...] = ()
"""What is found by which words."""

DESK_5: tuple[str, ...] = (
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
"""What can be undone. Keys that are never used again are declared by `lasting` after all of it."""

CHANGE_5 = (
    *OUTBOX_5,
    *ROUTING_5,
    *LIFE_5,
    *IDENTITY_5,
    *SENTIMENT_5,
    *SEARCH_5,
    *DESK_5,
    *SCREEN_5,
    *TRAINING_5,
    *IDS_5,
)
