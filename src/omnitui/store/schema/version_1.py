"""The tables of store version 1, as SQL.

Times are epoch milliseconds, keys are integers, JSON is text. What a list shows is kept on the
row it shows (`conversations.last_text`, `waiting_since`, ...), so that drawing never joins.
"""

from omnitui.store.schema.matching import indexed

SCHEMA_1 = (
    """CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT""",
    """CREATE TABLE channels (
        key TEXT PRIMARY KEY, label TEXT NOT NULL, mode TEXT NOT NULL, cost INTEGER NOT NULL,
        exclusive INTEGER NOT NULL, glyph TEXT NOT NULL, ascii TEXT NOT NULL,
        origin INTEGER NOT NULL UNIQUE, position INTEGER NOT NULL) STRICT""",
    """CREATE TABLE queues (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        priority INTEGER NOT NULL DEFAULT 100) STRICT""",
    """CREATE TABLE agents (
        id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        capacity INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0,
        presence TEXT NOT NULL, presence_reason TEXT NOT NULL, presence_since INTEGER NOT NULL,
        presence_by_hand INTEGER NOT NULL DEFAULT 0, last_assigned_at INTEGER) STRICT""",
    """CREATE TABLE agent_skills (
        agent_id INTEGER NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
        skill TEXT NOT NULL COLLATE NOCASE, level INTEGER NOT NULL,
        PRIMARY KEY (agent_id, skill)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE queue_members (
        queue_id INTEGER NOT NULL REFERENCES queues(id) ON DELETE CASCADE,
        agent_id INTEGER NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
        PRIMARY KEY (queue_id, agent_id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE customers (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL,
        company TEXT NOT NULL DEFAULT '', account TEXT NOT NULL DEFAULT '',
        tier TEXT NOT NULL DEFAULT 'bronze', language TEXT NOT NULL DEFAULT 'en',
        city TEXT NOT NULL DEFAULT '', since TEXT NOT NULL DEFAULT '',
        plan TEXT NOT NULL DEFAULT '',
        device TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '',
        created_at INTEGER NOT NULL, merged_into INTEGER REFERENCES customers(id)) STRICT""",
    """CREATE TABLE addresses (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
        channel TEXT NOT NULL, value TEXT NOT NULL, key TEXT NOT NULL UNIQUE) STRICT""",
    """CREATE TABLE cases (
        id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        customer_id INTEGER NOT NULL REFERENCES customers(id),
        origin TEXT NOT NULL REFERENCES channels(key), status TEXT NOT NULL, priority TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '', product TEXT NOT NULL DEFAULT '',
        owner_id INTEGER REFERENCES agents(id), created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL, resolved_at INTEGER, resolution TEXT NOT NULL DEFAULT '',
        minutes INTEGER) STRICT""",
    """CREATE TABLE conversations (
        id INTEGER PRIMARY KEY, channel TEXT NOT NULL REFERENCES channels(key),
        state TEXT NOT NULL, name TEXT NOT NULL, address TEXT NOT NULL, address_key TEXT NOT NULL,
        visitor INTEGER, subject TEXT NOT NULL DEFAULT '',
        customer_id INTEGER REFERENCES customers(id), case_id INTEGER REFERENCES cases(id),
        queue_id INTEGER REFERENCES queues(id), agent_id INTEGER REFERENCES agents(id),
        offered_to INTEGER REFERENCES agents(id), offer_expires_at INTEGER,
        accepted_at INTEGER, priority INTEGER NOT NULL DEFAULT 0,
        sentiment INTEGER NOT NULL DEFAULT 0, trend TEXT NOT NULL DEFAULT '[]',
        last_text TEXT NOT NULL DEFAULT '', last_speaker TEXT, last_at INTEGER NOT NULL,
        waiting_since INTEGER, first_reply_at INTEGER, created_at INTEGER NOT NULL,
        ended_at INTEGER, closed_at INTEGER, closed_by INTEGER REFERENCES agents(id),
        customer_gone_at INTEGER, rating INTEGER, disposition TEXT NOT NULL DEFAULT '',
        transfer_count INTEGER NOT NULL DEFAULT 0, context TEXT NOT NULL DEFAULT '{}',
        skills TEXT NOT NULL DEFAULT '{}', match_reason TEXT NOT NULL DEFAULT '') STRICT""",
    """CREATE TABLE messages (
        id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        speaker TEXT NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL,
        at INTEGER NOT NULL, delivery TEXT NOT NULL, agent_id INTEGER REFERENCES agents(id),
        held_until INTEGER, attempts INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
        channel TEXT NOT NULL, external_id TEXT, sentiment REAL,
        words TEXT NOT NULL DEFAULT '[]') STRICT""",
    """CREATE TABLE declines (
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        agent_id INTEGER NOT NULL REFERENCES agents(id), times INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, agent_id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE activities (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
        case_id INTEGER REFERENCES cases(id),
        conversation_id INTEGER REFERENCES conversations(id), kind TEXT NOT NULL,
        at INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL DEFAULT '',
        author TEXT NOT NULL DEFAULT '', due_at INTEGER, done_at INTEGER) STRICT""",
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        body TEXT NOT NULL, keywords TEXT NOT NULL DEFAULT '', audience TEXT NOT NULL,
        language TEXT NOT NULL, updated TEXT NOT NULL, uses INTEGER NOT NULL DEFAULT 0,
        helpful INTEGER NOT NULL DEFAULT 0, unhelpful INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE replies (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
        language TEXT NOT NULL, tags TEXT NOT NULL DEFAULT '[]',
        owner_id INTEGER REFERENCES agents(id), uses INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE TABLE sessions (
        agent_id INTEGER NOT NULL REFERENCES agents(id),
        conversation_id INTEGER NOT NULL REFERENCES conversations(id),
        position INTEGER NOT NULL, focused INTEGER NOT NULL DEFAULT 0, opened_at INTEGER NOT NULL,
        seen_id INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0,
        draft_reply TEXT NOT NULL DEFAULT '', draft_note TEXT NOT NULL DEFAULT '',
        layout TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (agent_id, conversation_id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE timers (
        id INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, kind TEXT NOT NULL,
        subject INTEGER NOT NULL, UNIQUE (kind, subject)) STRICT""",
    """CREATE TABLE journal (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL,
        actor_kind TEXT NOT NULL, actor_id INTEGER NOT NULL, actor_name TEXT NOT NULL,
        conversation_id INTEGER, customer_id INTEGER, case_id INTEGER,
        payload TEXT NOT NULL DEFAULT '{}') STRICT""",
)

INDEX_1 = (
    "CREATE INDEX addresses_customer ON addresses(customer_id)",
    "CREATE INDEX customers_name ON customers(name_key)",
    "CREATE INDEX customers_merged ON customers(merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX cases_customer ON cases(customer_id, created_at)",
    "CREATE INDEX conversations_thread ON conversations(address_key, channel, state)",
    "CREATE INDEX conversations_mine ON conversations(agent_id, state)",
    "CREATE INDEX conversations_state ON conversations(state, created_at)",
    "CREATE INDEX conversations_offered ON conversations(offered_to) WHERE offered_to IS NOT NULL",
    "CREATE INDEX conversations_customer ON conversations(customer_id, created_at)",
    "CREATE INDEX conversations_closed ON conversations(closed_by, closed_at)",
    "CREATE INDEX messages_thread ON messages(conversation_id, id)",
    "CREATE UNIQUE INDEX messages_external ON messages(channel, external_id)"
    " WHERE external_id IS NOT NULL",
    "CREATE INDEX messages_leaving ON messages(delivery) WHERE delivery IN ('held', 'queued')",
    "CREATE INDEX activities_customer ON activities(customer_id, at)",
    "CREATE INDEX activities_case ON activities(case_id) WHERE case_id IS NOT NULL",
    "CREATE UNIQUE INDEX replies_key ON replies(key, language, ifnull(owner_id, 0))",
    "CREATE INDEX sessions_conversation ON sessions(conversation_id)",
    "CREATE INDEX timers_due ON timers(due_at)",
    "CREATE INDEX journal_conversation ON journal(conversation_id, seq)"
    " WHERE conversation_id IS NOT NULL",
)

SEARCH_1 = (
    *indexed("articles_search", "articles", "title, keywords, body"),
    *indexed("customers_search", "customers", "name, company, account, city, notes"),
    *indexed("cases_search", "cases", "number, title, description, resolution"),
    *indexed("conversations_search", "conversations", "name, subject, address"),
    *indexed("messages_search", "messages", "text", "new.kind <> 'event'", prefixes=""),
)
