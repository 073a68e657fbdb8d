"""What is found by which words: every index anew, of terms that are folded outside SQLite.

Whoever adds rows to the tables needs the functions of `store/terms.py` on the connection.
"""

from omnitui.store.schema.matching import filled_with_stems, filled_with_terms, of_stems, of_terms

_INDEXED = (
    ("activities", "title, body", "", ""),
    ("addresses", "reach", "", "value, key"),
    ("cases", "number, title, description, resolution", "", ""),
    ("conversations", "name, subject, reach", "", "name, subject, address, address_key"),
    ("customers", "name, company, account, city, notes", "", ""),
    ("entitlements", "name, description", "", ""),
    ("messages", "text", "kind <> 'event'", ""),
)
"""Tables, the columns of their indexes, which rows, and the columns that computed ones are from."""


_ARTICLES = ("articles_search", "articles", "title, keywords, body", "language")


def _built() -> tuple[str, ...]:
    names = [*(table for table, *_ in _INDEXED), "articles"]
    found: list[str] = []
    for name in names:
        found += [f"DROP TRIGGER {name}_search_{event}" for event in ("in", "out", "set")]
        found.append(f"DROP TABLE {name}_search")
    for table, columns, which, watched in _INDEXED:
        when = f"new.{which}" if which else ""
        found += of_terms(f"{table}_search", table, columns, when, watched=watched)
    return (*found, *of_stems(*_ARTICLES))


FILLED_5 = (
    *(
        filled_with_terms(f"{table}_search", table, said, which)
        for table, said, which, _ in _INDEXED
    ),
    filled_with_stems(*_ARTICLES),
)
"""Fills the empty indexes from all rows."""

ANEW_5 = (
    *(
        f"INSERT INTO {table}_search ({table}_search) VALUES ('delete-all')"
        for table, *_ in _INDEXED
    ),
    f"DELETE FROM {_ARTICLES[0]}",
    *FILLED_5,
)
"""Rebuilds the indexes from the rows."""

TERMS_5 = (*_built(), *FILLED_5)
