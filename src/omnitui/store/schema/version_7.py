"""What store version 7 changes, area by area; applied in the order in which they stand below."""

COMPOSER_7: tuple[str, ...] = (
    # Whether messages there are letters, with subject, copies, quote and signature, and take files.
    "ALTER TABLE channels ADD COLUMN letters INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE channels ADD COLUMN attachments INTEGER NOT NULL DEFAULT 0",
    "UPDATE channels SET letters = 1 WHERE address_kind = 'email'",
    "UPDATE channels SET attachments = 1 WHERE address_kind = 'email'"
    " OR key IN ('chat', 'facebook', 'web', 'portal', 'forum')",
    # What goes with the words of a message, and of a draft, which has its time.
    "ALTER TABLE messages ADD COLUMN envelope TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE sessions ADD COLUMN envelope TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE sessions ADD COLUMN draft_at INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE scheduled (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        agent_id INTEGER NOT NULL REFERENCES agents(id),
        text TEXT NOT NULL, due_at INTEGER NOT NULL, created_at INTEGER NOT NULL,
        envelope TEXT NOT NULL DEFAULT '{}', anyway INTEGER NOT NULL DEFAULT 0,
        seen_id INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting',
        why TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE INDEX scheduled_open ON scheduled(conversation_id) WHERE state IN ('waiting', 'held')",
    # An agent's signatures, and those of everybody (0); an empty channel is all of them.
    """CREATE TABLE signatures (
        agent_id INTEGER NOT NULL, channel TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (agent_id, channel)) STRICT, WITHOUT ROWID""",
    # Words that an agent's spelling knows beside its list.
    """CREATE TABLE agent_words (
        agent_id INTEGER NOT NULL REFERENCES agents(id), word TEXT NOT NULL,
        PRIMARY KEY (agent_id, word)) STRICT, WITHOUT ROWID""",
)
"""Files, letters, signatures, replies for later, and an agent's own words."""

CHANGE_7: tuple[str, ...] = (*COMPOSER_7,)
