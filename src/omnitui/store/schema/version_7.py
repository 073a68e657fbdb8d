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

MACROS_7: tuple[str, ...] = (
    # Prompts and steps are lists of JSON.
    """CREATE TABLE macros (
        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '', prompts TEXT NOT NULL DEFAULT '[]',
        steps TEXT NOT NULL DEFAULT '[]', uses INTEGER NOT NULL DEFAULT 0) STRICT""",
)
"""Macros."""

SCRIPTS_7: tuple[str, ...] = (
    # A script in one language; its steps are a JSON list, each with a key of its own.
    """CREATE TABLE scripts (
        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL,
        language TEXT NOT NULL DEFAULT 'en', title TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '', steps TEXT NOT NULL,
        UNIQUE (key, language)) STRICT""",
    # Which script is the default: the first rule that fits. `script` is a script's key.
    """CREATE TABLE script_rules (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        position INTEGER NOT NULL, script TEXT NOT NULL, conditions TEXT NOT NULL) STRICT""",
    # The scripts that were started in a conversation; the highest turn is the current one.
    """CREATE TABLE script_runs (
        conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
        script_id INTEGER NOT NULL REFERENCES scripts(id), turn INTEGER NOT NULL,
        started_at INTEGER NOT NULL, started_by TEXT NOT NULL,
        PRIMARY KEY (conversation_id, script_id)) STRICT, WITHOUT ROWID""",
    # The last run of a step; a step without a row is open.
    """CREATE TABLE script_marks (
        conversation_id INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
        script_id INTEGER NOT NULL REFERENCES scripts(id), step TEXT NOT NULL,
        outcome TEXT NOT NULL, at INTEGER NOT NULL, by_name TEXT NOT NULL,
        PRIMARY KEY (conversation_id, script_id, step)) STRICT, WITHOUT ROWID""",
)
"""Agent scripts, the rules that choose one, and how far sessions are with them."""

BOT_7: tuple[str, ...] = (
    # `learnt` is what it made of its examples (base64), empty until it needs it.
    """CREATE TABLE bots (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        topics TEXT NOT NULL, changed_at INTEGER NOT NULL,
        learnt TEXT NOT NULL DEFAULT '') STRICT""",
    # What it remembers of a conversation; `state` is the machine's own, the others are asked for.
    """CREATE TABLE bot_states (
        conversation_id INTEGER PRIMARY KEY REFERENCES conversations(id),
        bot TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'talking', topic TEXT NOT NULL DEFAULT '',
        seen_id INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT '{}',
        reason TEXT NOT NULL DEFAULT '') STRICT""",
    "ALTER TABLE workstreams ADD COLUMN bot TEXT NOT NULL DEFAULT ''",
    # From when a person is waited for; what the virtual agent did before counts for nobody.
    "ALTER TABLE conversations ADD COLUMN handed_over_at INTEGER",
)
"""Virtual agents: their topics, what they remember of each conversation, and who has one."""

SUGGESTIONS_7: tuple[str, ...] = (
    # What was learnt of each kind, up to which entry of the journal; made anew, it replaces this.
    """CREATE TABLE suggestion_models (
        kind TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, examples INTEGER NOT NULL,
        made_at INTEGER NOT NULL, learnt BLOB NOT NULL) STRICT, WITHOUT ROWID""",
)
"""What suggestions are made by."""

KNOWLEDGE_7: tuple[str, ...] = (
    # A short version for channels with little room, and what an article and its translations share.
    "ALTER TABLE articles ADD COLUMN summary TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE articles ADD COLUMN key TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX articles_key ON articles(key) WHERE key <> ''",
    # Who wrote the version that is there, and when; the earlier ones are kept as they were.
    "ALTER TABLE articles ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE articles ADD COLUMN changed_at INTEGER",
    "ALTER TABLE articles ADD COLUMN changed_by TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE article_versions (
        article_id INTEGER NOT NULL REFERENCES articles(id), version INTEGER NOT NULL,
        title TEXT NOT NULL, summary TEXT NOT NULL, body TEXT NOT NULL, keywords TEXT NOT NULL,
        audience TEXT NOT NULL, language TEXT NOT NULL, changed_at INTEGER,
        changed_by TEXT NOT NULL, PRIMARY KEY (article_id, version)) STRICT, WITHOUT ROWID""",
    # The Markdown files that articles are from: how each looked when it was read, what was wrong.
    """CREATE TABLE article_files (
        name TEXT PRIMARY KEY, stamp TEXT NOT NULL, read_at INTEGER NOT NULL,
        problem TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID""",
    "ALTER TABLE article_votes ADD COLUMN comment TEXT NOT NULL DEFAULT ''",
    # What was looked for and not found, and articles that did not help; for whoever writes them.
    """CREATE TABLE gaps (
        id INTEGER PRIMARY KEY AUTOINCREMENT, phrase TEXT NOT NULL DEFAULT '',
        article_id INTEGER REFERENCES articles(id) ON DELETE CASCADE,
        asked TEXT NOT NULL DEFAULT '', times INTEGER NOT NULL DEFAULT 0,
        last_at INTEGER NOT NULL, closed_at INTEGER, closed_by TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '') STRICT""",
    "CREATE UNIQUE INDEX gaps_about ON gaps(phrase, ifnull(article_id, 0))",
    """CREATE TABLE gap_askers (
        gap_id INTEGER NOT NULL REFERENCES gaps(id) ON DELETE CASCADE, asker TEXT NOT NULL,
        PRIMARY KEY (gap_id, asker)) STRICT, WITHOUT ROWID""",
    # Replies of a team (its queue), for some work streams only, and when each was last used.
    "ALTER TABLE replies ADD COLUMN queue_id INTEGER REFERENCES queues(id)",
    "ALTER TABLE replies ADD COLUMN workstreams TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE replies ADD COLUMN used_at INTEGER",
    "DROP INDEX replies_key",
    "CREATE UNIQUE INDEX replies_key ON replies(key, language, ifnull(owner_id, 0),"
    " ifnull(queue_id, 0))",
)
"""What articles and quick replies lacked: versions, files, gaps; teams and work streams."""

CHANGE_7: tuple[str, ...] = (
    *MACROS_7,
    *SCRIPTS_7,
    *SUGGESTIONS_7,
    *BOT_7,
    *COMPOSER_7,
    *KNOWLEDGE_7,
)
