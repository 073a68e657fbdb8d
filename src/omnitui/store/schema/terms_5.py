"""What is found by which words: every index anew, of terms that are folded outside SQLite.

Whoever adds rows to the tables needs the functions of `store/terms.py` on the connection.
"""

from omnitui.store.schema.matching import filled_with_terms, of_stems, of_terms

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


def _anew() -> tuple[str, ...]:
    names = [*(table for table, *_ in _INDEXED), "articles"]
    found: list[str] = []
    for name in names:
        found += [f"DROP TRIGGER {name}_search_{event}" for event in ("in", "out", "set")]
        found.append(f"DROP TABLE {name}_search")
    for table, columns, which, watched in _INDEXED:
        name, when = f"{table}_search", f"new.{which}" if which else ""
        found += of_terms(name, table, columns, when, watched=watched)
        found.append(filled_with_terms(name, table, columns, which))
    return (*found, *of_stems("articles_search", "articles", "title, keywords, body", "language"))


TERMS_5 = _anew()
