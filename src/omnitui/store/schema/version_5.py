"""What store version 5 changes, area by area; applied in the order in which they stand below.

Times are epoch milliseconds.
"""

OUTBOX_5: tuple[str, ...] = ()
"""Claims of replies by couriers."""

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

LIFE_5: tuple[str, ...] = ()
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
