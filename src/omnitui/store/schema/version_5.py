"""What store version 5 changes, area by area; applied in the order in which they stand below.

Times are epoch milliseconds.
"""

OUTBOX_5: tuple[str, ...] = ()
"""Claims of replies by couriers."""

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

DESK_5: tuple[str, ...] = ()
"""Settings, knowledge, entitlements and what else the desk keeps."""

SCREEN_5: tuple[str, ...] = ()
"""What consoles keep."""

IDS_5: tuple[str, ...] = ()
"""Keys that are never used again; last, for it makes tables anew as they are by then."""

CHANGE_5 = (
    *OUTBOX_5,
    *ROUTING_5,
    *LIFE_5,
    *IDENTITY_5,
    *SENTIMENT_5,
    *SEARCH_5,
    *DESK_5,
    *SCREEN_5,
    *IDS_5,
)
