"""What store version 3 adds: entitlements, follow-ups, escalation, merges that can be undone.

Amounts of terms are hundredths of a case or an hour. What is used is kept on the row for lists, and
is always the sum of the ledger's amounts. Times are epoch milliseconds.
"""

from omnitui.store.schema.matching import indexed

SCHEMA_3 = (
    # `channels` is {origin: hundredths}; `days` is how long what is made of it lasts.
    """CREATE TABLE entitlement_templates (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, days INTEGER NOT NULL,
        total INTEGER NOT NULL, channels TEXT NOT NULL DEFAULT '{}',
        restricted INTEGER NOT NULL DEFAULT 0, decrease_on TEXT NOT NULL, allocation TEXT NOT NULL,
        products TEXT NOT NULL DEFAULT '[]', description TEXT NOT NULL DEFAULT '') STRICT""",
    """CREATE TABLE entitlements (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
        name TEXT NOT NULL COLLATE NOCASE, description TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
        total INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0,
        restricted INTEGER NOT NULL DEFAULT 0, decrease_on TEXT NOT NULL, allocation TEXT NOT NULL,
        is_default INTEGER NOT NULL DEFAULT 0,
        template_id INTEGER REFERENCES entitlement_templates(id),
        renewed_from INTEGER REFERENCES entitlements(id),
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT""",
    # Channels with terms of their own, in the order they were given.
    """CREATE TABLE entitlement_channels (
        entitlement_id INTEGER NOT NULL REFERENCES entitlements(id) ON DELETE CASCADE,
        origin TEXT NOT NULL REFERENCES channels(key), position INTEGER NOT NULL,
        total INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (entitlement_id, origin)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE entitlement_products (
        entitlement_id INTEGER NOT NULL REFERENCES entitlements(id) ON DELETE CASCADE,
        position INTEGER NOT NULL, product TEXT NOT NULL,
        PRIMARY KEY (entitlement_id, position)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE entitlement_contacts (
        entitlement_id INTEGER NOT NULL REFERENCES entitlements(id) ON DELETE CASCADE,
        customer_id INTEGER NOT NULL REFERENCES customers(id),
        PRIMARY KEY (entitlement_id, customer_id)) STRICT, WITHOUT ROWID""",
    # Every use of terms by a case, and every return (below zero); rows are only ever added.
    """CREATE TABLE entitlement_ledger (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL,
        entitlement_id INTEGER NOT NULL REFERENCES entitlements(id),
        case_id INTEGER NOT NULL REFERENCES cases(id), origin TEXT NOT NULL,
        amount INTEGER NOT NULL) STRICT""",
    "ALTER TABLE cases ADD COLUMN entitlement_id INTEGER REFERENCES entitlements(id)",
    # Who asks on the customer's behalf; and whether the case uses no terms.
    "ALTER TABLE cases ADD COLUMN contact_id INTEGER REFERENCES customers(id)",
    "ALTER TABLE cases ADD COLUMN exempt INTEGER NOT NULL DEFAULT 0",
    # How a case stands within its status; the case it belongs under; the one that has it all now.
    "ALTER TABLE cases ADD COLUMN reason TEXT NOT NULL DEFAULT 'in_progress'",
    "ALTER TABLE cases ADD COLUMN parent_id INTEGER REFERENCES cases(id)",
    "ALTER TABLE cases ADD COLUMN merged_into INTEGER REFERENCES cases(id)",
    "UPDATE cases SET reason = iif(status = 'resolved', 'problem_solved', 'cancelled')"
    " WHERE status <> 'active'",
    # Cases that became one; `kept` is JSON: which rows moved, and how they were.
    """CREATE TABLE case_merges (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, by_name TEXT NOT NULL,
        into_id INTEGER NOT NULL REFERENCES cases(id), kept TEXT NOT NULL,
        undone_at INTEGER) STRICT""",
    # Whether a task that is over was done or cancelled.
    "ALTER TABLE activities ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0",
    # Who wrote it, and whose follow-up a task is.
    "ALTER TABLE activities ADD COLUMN author_id INTEGER REFERENCES agents(id)",
    "ALTER TABLE activities ADD COLUMN owner_id INTEGER REFERENCES agents(id)",
    # When agents last looked at customers; never journaled.
    """CREATE TABLE looks (
        agent_id INTEGER NOT NULL REFERENCES agents(id),
        customer_id INTEGER NOT NULL REFERENCES customers(id), at INTEGER NOT NULL,
        PRIMARY KEY (agent_id, customer_id)) STRICT, WITHOUT ROWID""",
    # What stands beside Home's lists; what stands beside conversations is with their sessions.
    """CREATE TABLE home_layouts (
        agent_id INTEGER PRIMARY KEY REFERENCES agents(id), layout TEXT NOT NULL) STRICT""",
    # Addresses of other systems with slots.
    """CREATE TABLE links (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        url TEXT NOT NULL) STRICT""",
    # Customers who became one; `kept` is JSON: which rows moved, and how they were.
    """CREATE TABLE merges (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, by_name TEXT NOT NULL,
        from_id INTEGER NOT NULL REFERENCES customers(id),
        into_id INTEGER NOT NULL REFERENCES customers(id), kept TEXT NOT NULL,
        undone_at INTEGER) STRICT""",
    # How rich a channel is: conversations are escalated to a higher rung.
    "ALTER TABLE channels ADD COLUMN rung INTEGER NOT NULL DEFAULT 1",
    "UPDATE channels SET rung = iif(exclusive, 3, iif(mode = 'live', 2, 1))",
    "ALTER TABLE conversations ADD COLUMN escalation_count INTEGER NOT NULL DEFAULT 0",
    # Where a conversation was before it was escalated: what was said there is delivered there, and
    # what comes in from there belongs to it. `step` counts from 1.
    """CREATE TABLE escalations (
        conversation_id INTEGER NOT NULL REFERENCES conversations(id), step INTEGER NOT NULL,
        at INTEGER NOT NULL, by_id INTEGER REFERENCES agents(id),
        channel TEXT NOT NULL REFERENCES channels(key), address TEXT NOT NULL,
        address_key TEXT NOT NULL,
        PRIMARY KEY (conversation_id, step)) STRICT, WITHOUT ROWID""",
)

INDEX_3 = (
    "CREATE INDEX entitlements_customer ON entitlements(customer_id, id)",
    "CREATE INDEX entitlements_name ON entitlements(name)",
    "CREATE UNIQUE INDEX entitlements_default ON entitlements(customer_id) WHERE is_default = 1",
    "CREATE INDEX entitlement_contacts_customer ON entitlement_contacts(customer_id)",
    "CREATE INDEX entitlement_ledger_case ON entitlement_ledger(case_id)",
    "CREATE INDEX entitlement_ledger_entitlement ON entitlement_ledger(entitlement_id, origin)",
    "CREATE INDEX customers_account ON customers(account) WHERE account <> ''",
    "CREATE INDEX cases_entitlement ON cases(entitlement_id) WHERE entitlement_id IS NOT NULL",
    "CREATE INDEX cases_contact ON cases(contact_id) WHERE contact_id IS NOT NULL",
    "CREATE INDEX cases_parent ON cases(parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX cases_merged ON cases(merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX case_merges_into ON case_merges(into_id, id)",
    "CREATE INDEX activities_owner ON activities(owner_id, due_at)"
    " WHERE owner_id IS NOT NULL AND done_at IS NULL",
    "CREATE INDEX activities_conversation ON activities(conversation_id)"
    " WHERE conversation_id IS NOT NULL",
    "CREATE INDEX journal_case ON journal(case_id, seq) WHERE case_id IS NOT NULL",
    "CREATE INDEX merges_into ON merges(into_id, id)",
    "CREATE INDEX escalations_thread ON escalations(address_key, channel)",
    "CREATE INDEX customers_company ON customers(company COLLATE NOCASE) WHERE company <> ''",
    # Numbers and mail domains that are alike are suggested.
    "CREATE INDEX addresses_end ON addresses(substr(key, -7))",
    "CREATE INDEX addresses_domain ON addresses(substr(key, instr(key, '@')))"
    " WHERE channel = 'email'",
)


def _reach(key: str, value: str) -> str:
    """The words that an address is found by, as SQL: of a number, what is left from any digit on.

    So the beginning of such a word is any part of the number of at least four digits, from the last
    eleven on.
    """
    lengths = (len("+123456789012345"), *range(11, 3, -1))
    ends = " || ' ' || ".join(f"ltrim(substr({key}, -{n}), 'phone:+')" for n in lengths)
    number = f"{key} GLOB 'phone:+[0-9]*' OR {key} GLOB 'phone:[0-9]*'"
    return f"reach TEXT GENERATED ALWAYS AS (iif({number}, {ends}, {value})) VIRTUAL"


_AGAIN = ("cases", "conversations", "customers", "messages")
"""What has been searched before, and gets an index for slightly longer beginnings of words."""
_BY_WORD = ("activities", "addresses", "entitlements", *_AGAIN)
_PREFIXES = "2 3 4"

SEARCH_3 = (
    f"ALTER TABLE addresses ADD COLUMN {_reach('key', 'value')}",
    f"ALTER TABLE conversations ADD COLUMN {_reach('address_key', 'address')}",
    *(f"DROP TRIGGER {name}_search_{event}" for name in _AGAIN for event in ("in", "out", "set")),
    *(f"DROP TABLE {name}_search" for name in _AGAIN),
    *indexed("activities_search", "activities", "title, body", prefixes=_PREFIXES),
    *indexed("addresses_search", "addresses", "reach", prefixes=_PREFIXES, watched="value, key"),
    *indexed("cases_search", "cases", "number, title, description, resolution", prefixes=_PREFIXES),
    *indexed(
        "conversations_search",
        "conversations",
        "name, subject, reach",
        prefixes=_PREFIXES,
        watched="name, subject, address, address_key",
    ),
    *indexed(
        "customers_search", "customers", "name, company, account, city, notes", prefixes=_PREFIXES
    ),
    *indexed("entitlements_search", "entitlements", "name, description", prefixes=_PREFIXES),
    *indexed("messages_search", "messages", "text", "new.kind <> 'event'", prefixes=_PREFIXES),
    # These rows are older than their indexes.
    *(
        f"INSERT INTO {name}_search ({name}_search) VALUES ('rebuild')"
        for name in ("activities", "addresses", "cases", "conversations", "customers")
    ),
    "INSERT INTO messages_search (rowid, text) SELECT id, text FROM messages WHERE kind <> 'event'",
    # The words of each index in their order, so that the beginning of one is looked up as words.
    *(
        f"CREATE VIRTUAL TABLE {name}_words USING fts5vocab('{name}_search', 'instance')"
        for name in _BY_WORD
    ),
)
