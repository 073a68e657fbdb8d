"""What store version 2 adds: work streams, hours, promises, and several people on one thing.

Lists and conditions are JSON text. Times are epoch milliseconds, durations as their names say.
"""

SCHEMA_2 = (
    # Hours in which somebody works; `weekly` is {"monday": ["08:00-12:00", ...]}.
    """CREATE TABLE calendars (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, zone TEXT NOT NULL,
        weekly TEXT NOT NULL, holidays TEXT NOT NULL DEFAULT '[]') STRICT""",
    # How the items of some channels are handled from arrival to close.
    """CREATE TABLE workstreams (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        mode TEXT NOT NULL DEFAULT 'push',
        presences TEXT NOT NULL DEFAULT '["available", "busy"]', cost INTEGER,
        offer_seconds INTEGER, auto_accept INTEGER NOT NULL DEFAULT 0,
        wrap_up TEXT NOT NULL DEFAULT 'always', wrap_up_seconds INTEGER, idle_minutes INTEGER,
        affinity INTEGER NOT NULL DEFAULT 0, queue_id INTEGER REFERENCES queues(id)) STRICT""",
    "ALTER TABLE channels ADD COLUMN workstream_id INTEGER REFERENCES workstreams(id)",
    "ALTER TABLE queues ADD COLUMN assign TEXT NOT NULL DEFAULT 'highest_capacity'",
    "ALTER TABLE queues ADD COLUMN match TEXT NOT NULL DEFAULT 'exact'",
    "ALTER TABLE queues ADD COLUMN calendar_id INTEGER REFERENCES calendars(id)",
    "ALTER TABLE queues ADD COLUMN overflow TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE agents ADD COLUMN released_at INTEGER",
    # What an arriving item is and needs, by what is known of it; the first rule wins by field.
    """CREATE TABLE classifications (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        position INTEGER NOT NULL, conditions TEXT NOT NULL, result TEXT NOT NULL) STRICT""",
    """CREATE TABLE profiles (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, most INTEGER NOT NULL,
        reset TEXT NOT NULL DEFAULT 'immediate', blocking INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE agent_profiles (
        agent_id INTEGER NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
        profile_id INTEGER NOT NULL REFERENCES profiles(id) ON DELETE CASCADE,
        used INTEGER NOT NULL DEFAULT 0, day TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (agent_id, profile_id)) STRICT, WITHOUT ROWID""",
    # The queues where an item has been: since when it waits there, the longest wait answered there.
    """CREATE TABLE overflows (
        conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
        queue_id INTEGER NOT NULL REFERENCES queues(id) ON DELETE CASCADE,
        since INTEGER, done_minutes INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (conversation_id, queue_id)) STRICT, WITHOUT ROWID""",
    "ALTER TABLE conversations ADD COLUMN workstream_id INTEGER REFERENCES workstreams(id)",
    "ALTER TABLE conversations ADD COLUMN profiles TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE conversations ADD COLUMN labels TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE conversations ADD COLUMN last_agent_id INTEGER REFERENCES agents(id)",
    "ALTER TABLE conversations ADD COLUMN routing TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN snoozed_until INTEGER",
    # The promise that breaks next, kept on the row because every list shows it.
    "ALTER TABLE conversations ADD COLUMN sla_status TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN sla_warn_at INTEGER",
    "ALTER TABLE conversations ADD COLUMN sla_fail_at INTEGER",
    # What customers are told by the desk itself; `told` are the occasions since an agent had it.
    """CREATE TABLE notices (
        id INTEGER PRIMARY KEY, occasion TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
        channels TEXT NOT NULL DEFAULT '[]') STRICT""",
    "ALTER TABLE conversations ADD COLUMN told TEXT NOT NULL DEFAULT '[]'",
    # Agents beside the one who has it: `consulted` read along in private, `added` may write.
    """CREATE TABLE participants (
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        agent_id INTEGER NOT NULL REFERENCES agents(id), role TEXT NOT NULL,
        by_id INTEGER REFERENCES agents(id), since INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, agent_id)) STRICT, WITHOUT ROWID""",
    # Consoles that run, until when each is believed to, and what it looks at; never journaled.
    """CREATE TABLE consoles (
        id TEXT PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents(id),
        until INTEGER NOT NULL, conversation_id INTEGER REFERENCES conversations(id),
        typing_at INTEGER) STRICT, WITHOUT ROWID""",
    # Agents whose last console was lost, with the presence they had.
    """CREATE TABLE lost_agents (
        agent_id INTEGER PRIMARY KEY REFERENCES agents(id), at INTEGER NOT NULL,
        presence TEXT NOT NULL, reason TEXT NOT NULL, by_hand INTEGER NOT NULL) STRICT""",
    # What is promised, and the promises given on conversations and cases.
    """CREATE TABLE targets (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, kpi TEXT NOT NULL,
        subject TEXT NOT NULL, position INTEGER NOT NULL, conditions TEXT NOT NULL DEFAULT '{}',
        warn_minutes INTEGER NOT NULL, fail_minutes INTEGER NOT NULL,
        calendar_id INTEGER REFERENCES calendars(id), pauses TEXT NOT NULL DEFAULT '[]',
        since INTEGER NOT NULL, active INTEGER NOT NULL DEFAULT 1) STRICT""",
    """CREATE TABLE promises (
        id INTEGER PRIMARY KEY, target_id INTEGER REFERENCES targets(id), name TEXT NOT NULL,
        kpi TEXT NOT NULL, conversation_id INTEGER REFERENCES conversations(id),
        case_id INTEGER REFERENCES cases(id), calendar_id INTEGER REFERENCES calendars(id),
        started_at INTEGER NOT NULL, warn_at INTEGER NOT NULL, fail_at INTEGER NOT NULL,
        paused_at INTEGER, kept_at INTEGER, cancelled_at INTEGER,
        holds TEXT NOT NULL DEFAULT '[]') STRICT""",
    # What can be taken back: how things were, and the journal's end when it was done.
    """CREATE TABLE undo (
        id INTEGER PRIMARY KEY, agent_id INTEGER NOT NULL REFERENCES agents(id),
        at INTEGER NOT NULL, what TEXT NOT NULL, steps TEXT NOT NULL, seq INTEGER NOT NULL,
        undone_at INTEGER) STRICT""",
    """CREATE TABLE views (
        id INTEGER PRIMARY KEY, agent_id INTEGER REFERENCES agents(id), name TEXT NOT NULL,
        stream TEXT NOT NULL, filter TEXT NOT NULL, sort TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL) STRICT""",
)

INDEX_2 = (
    "CREATE INDEX conversations_snoozed ON conversations(snoozed_until)"
    " WHERE snoozed_until IS NOT NULL",
    "CREATE INDEX conversations_queued ON conversations(queue_id) WHERE state = 'open'",
    "CREATE INDEX participants_agent ON participants(agent_id)",
    "CREATE INDEX consoles_agent ON consoles(agent_id)",
    "CREATE INDEX consoles_conversation ON consoles(conversation_id)"
    " WHERE conversation_id IS NOT NULL",
    "CREATE INDEX promises_conversation ON promises(conversation_id)"
    " WHERE conversation_id IS NOT NULL",
    "CREATE INDEX promises_case ON promises(case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX conversations_case ON conversations(case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX conversations_sla ON conversations(sla_warn_at) WHERE sla_warn_at IS NOT NULL",
    "CREATE INDEX undo_agent ON undo(agent_id, id)",
    "CREATE UNIQUE INDEX views_name ON views(ifnull(agent_id, 0), name)",
)
