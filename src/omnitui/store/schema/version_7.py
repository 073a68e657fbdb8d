"""What store version 7 changes, area by area; applied in the order in which they stand below."""

KNOWLEDGE_7 = (
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

CHANGE_7: tuple[str, ...] = (*KNOWLEDGE_7,)
