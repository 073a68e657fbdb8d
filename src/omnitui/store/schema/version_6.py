"""What store version 6 changes, area by area; applied in the order in which they stand below."""

TRAITS_6: tuple[str, ...] = (
    # What people are known by there: a mail address, a number, an account, a window, nothing.
    "ALTER TABLE channels ADD COLUMN address_kind TEXT NOT NULL DEFAULT 'handle'",
    """UPDATE channels SET address_kind = CASE
        WHEN key = 'email' THEN 'email'
        WHEN key IN ('phone', 'sms') THEN 'phone'
        WHEN key IN ('chat', 'web', 'bot', 'portal') THEN 'device'
        ELSE 'handle' END""",
    # Which messages from there belong to one conversation, and who may begin one.
    "ALTER TABLE channels ADD COLUMN threading TEXT NOT NULL DEFAULT 'running'",
    "ALTER TABLE channels ADD COLUMN starts TEXT NOT NULL DEFAULT 'agent'",
    "ALTER TABLE channels ADD COLUMN window_hours INTEGER NOT NULL DEFAULT 24",
    "UPDATE channels SET starts = 'customer'"
    " WHERE key IN ('facebook', 'twitter', 'web', 'forum', 'bot', 'portal')",
    # The most that is sent at once: characters, and parts of a text message; 0 is no limit.
    "ALTER TABLE channels ADD COLUMN longest INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE channels ADD COLUMN segments INTEGER NOT NULL DEFAULT 0",
    "UPDATE channels SET longest = 2000 WHERE key = 'facebook'",
    "UPDATE channels SET longest = 10000 WHERE key = 'twitter'",
    "UPDATE channels SET segments = 10 WHERE key = 'sms'",
    # What a channel is called within a sentence; empty where its label is a name.
    "ALTER TABLE channels ADD COLUMN word TEXT NOT NULL DEFAULT ''",
    "UPDATE channels SET word = lower(label) WHERE lower(label) IN ('live chat', 'chat', 'email',"
    " 'e-mail', 'mail', 'phone', 'web', 'web portal', 'forum')",
    # Addresses of one company are found by what they are, not by the channel they are kept on.
    "DROP INDEX addresses_domain",
    "CREATE INDEX addresses_domain ON addresses(substr(key, instr(key, '@')))"
    " WHERE substr(key, 1, 6) = 'email:'",
)
"""What each channel is like; before, names decided: what was there keeps what its name meant."""

JOB_TITLES_6 = ("ALTER TABLE customers ADD COLUMN title TEXT NOT NULL DEFAULT ''",)
"""Job titles."""

CHANGE_6 = (*TRAITS_6, *JOB_TITLES_6)
