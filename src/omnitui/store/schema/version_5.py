"""What store version 5 changes, area by area; applied in the order in which they stand below.

Times are epoch milliseconds.
"""

OUTBOX_5: tuple[str, ...] = ()
"""Claims of replies by couriers."""

ROUTING_5: tuple[str, ...] = ()
"""Who gets what."""

LIFE_5: tuple[str, ...] = ()
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
