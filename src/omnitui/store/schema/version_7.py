"""What store version 7 changes, area by area; applied in the order in which they stand below."""

MACROS_7: tuple[str, ...] = (
    # Prompts and steps are lists of JSON.
    """CREATE TABLE macros (
        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
        description TEXT NOT NULL DEFAULT '', prompts TEXT NOT NULL DEFAULT '[]',
        steps TEXT NOT NULL DEFAULT '[]', uses INTEGER NOT NULL DEFAULT 0) STRICT""",
)
"""Macros."""

CHANGE_7: tuple[str, ...] = (*MACROS_7,)
