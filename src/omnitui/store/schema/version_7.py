"""What store version 7 changes, area by area; applied in the order in which they stand below."""

SUGGESTIONS_7: tuple[str, ...] = (
    # What was learnt of each kind, up to which entry of the journal; made anew, it replaces this.
    """CREATE TABLE suggestion_models (
        kind TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, examples INTEGER NOT NULL,
        made_at INTEGER NOT NULL, learnt BLOB NOT NULL) STRICT, WITHOUT ROWID""",
)
"""What suggestions are made by."""

CHANGE_7: tuple[str, ...] = (*SUGGESTIONS_7,)
