"""Full-text indexes that keep themselves in step with their tables."""

_FOLDING = 'tokenize = "unicode61 remove_diacritics 2"'
_SPACED = "tokenize = \"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\""
"""Nothing but spaces part words: what is kept is what `letters.terms` gives."""


def indexed(
    name: str, table: str, columns: str, when: str = "", prefixes: str = "2 3", watched: str = ""
) -> tuple[str, ...]:
    """A full-text index over `table` that triggers keep in step, so that nothing can forget to.

    Prefix indexes make short beginnings of words quick to find and new rows slower to keep.
    `watched` are the columns whose change is one of the index, where some are computed.
    Letters are folded by SQLite.
    """
    return _index(name, table, columns, when, prefixes, watched, "{}", _FOLDING)


def of_terms(
    name: str, table: str, columns: str, when: str = "", prefixes: str = "2 3 4", watched: str = ""
) -> tuple[str, ...]:
    """The same of the terms of the columns, which the store's own function gives to SQLite."""
    return _index(name, table, columns, when, prefixes, watched, "search_terms({})", _SPACED)


def filled_with_terms(name: str, table: str, columns: str, when: str = "") -> str:
    """What puts the rows of a table that are older than its index of terms into it."""
    said = ", ".join(f"search_terms({column})" for column in columns.split(", "))
    guard = f" WHERE {when}" if when else ""
    return f"INSERT INTO {name} (rowid, {columns}) SELECT id, {said} FROM {table}{guard}"


def of_stems(name: str, table: str, columns: str, language: str) -> tuple[str, ...]:
    """An index of the terms of the columns and of their stems in the language of each row.

    It holds them itself, so that a row is taken out as it was put in, whatever stems are by then.
    """
    new = ", ".join(f"stemmed_terms(new.{one}, new.{language})" for one in columns.split(", "))
    add = f"INSERT INTO {name} (rowid, {columns}) VALUES (new.id, {new});"
    drop = f"DELETE FROM {name} WHERE rowid = old.id;"
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, {_SPACED}, prefix = '2 3 4')",
        f"CREATE TRIGGER {name}_in AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {name}_out AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {name}_set AFTER UPDATE OF {columns}, {language} ON {table}"
        f" BEGIN {drop} {add} END",
    )


def filled_with_stems(name: str, table: str, columns: str, language: str) -> str:
    """What puts the rows of a table that are older than its index of stems into it."""
    said = ", ".join(f"stemmed_terms({one}, {language})" for one in columns.split(", "))
    return f"INSERT INTO {name} (rowid, {columns}) SELECT id, {said} FROM {table}"


def _index(
    name: str,
    table: str,
    columns: str,
    when: str,
    prefixes: str,
    watched: str,
    said: str,
    tokens: str,
) -> tuple[str, ...]:
    new = ", ".join(said.format(f"new.{column}") for column in columns.split(", "))
    old = ", ".join(said.format(f"old.{column}") for column in columns.split(", "))
    add = f"INSERT INTO {name} (rowid, {columns}) VALUES (new.id, {new});"
    drop = f"INSERT INTO {name} ({name}, rowid, {columns}) VALUES ('delete', old.id, {old});"
    guard = f" WHEN {when}" if when else ""
    shorts = f", prefix = '{prefixes}'" if prefixes else ""
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content = '{table}',"
        f" content_rowid = 'id', {tokens}{shorts})",
        f"CREATE TRIGGER {name}_in AFTER INSERT ON {table}{guard} BEGIN {add} END",
        f"CREATE TRIGGER {name}_out AFTER DELETE ON {table}{guard.replace('new.', 'old.')}"
        f" BEGIN {drop} END",
        f"CREATE TRIGGER {name}_set AFTER UPDATE OF {watched or columns} ON {table}{guard}"
        f" BEGIN {drop} {add} END",
    )
