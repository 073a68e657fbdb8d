"""What store version 7 changes, area by area; applied in the order in which they stand below."""

BOT_7: tuple[str, ...] = (
    """CREATE TABLE bots (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        topics TEXT NOT NULL, changed_at INTEGER NOT NULL)""",
    # What it remembers of a conversation; `state` is the machine's own, the others are asked for.
    """CREATE TABLE bot_states (
        conversation_id INTEGER PRIMARY KEY REFERENCES conversations(id),
        bot TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'talking', topic TEXT NOT NULL DEFAULT '',
        seen_id INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT '{}',
        reason TEXT NOT NULL DEFAULT '')""",
    "ALTER TABLE workstreams ADD COLUMN bot TEXT NOT NULL DEFAULT ''",
    # From when a person is waited for; what the virtual agent did before counts for nobody.
    "ALTER TABLE conversations ADD COLUMN handed_over_at INTEGER",
)
"""Virtual agents: their topics, what they remember of each conversation, and who has one."""

CHANGE_7: tuple[str, ...] = (*BOT_7,)
