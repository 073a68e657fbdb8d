"""What store version 5 changes, area by area; applied in the order in which they stand below.

Times are epoch milliseconds.
"""

OUTBOX_5: tuple[str, ...] = ()
"""Claims of replies by couriers."""

ROUTING_5: tuple[str, ...] = ()
"""Who gets what."""

LIFE_5: tuple[str, ...] = ()
"""How conversations begin, go on and end."""

IDENTITY_5: tuple[str, ...] = ()
"""Who somebody is, and what comes in from them."""

SENTIMENT_5: tuple[str, ...] = (
    "ALTER TABLE conversations ADD COLUMN sentiment_scored INTEGER NOT NULL DEFAULT 1",
)
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
