"""Full-text indexes that keep themselves in step with their tables."""

_TOKENS = 'tokenize = "unicode61 remove_diacritics 2"'


def indexed(
    name: str, table: str, columns: str, when: str = "", prefixes: str = "2 3", watched: str = ""
) -> tuple[str, ...]:
    """A full-text index over `table` that triggers keep in step, so that nothing can forget to.

    Prefix indexes make short beginnings of words quick to find and new rows slower to keep.
    `watched` are the columns whose change is one of the index, where some are computed.
    """
    new = ", ".join(f"new.{column}" for column in columns.split(", "))
    old = ", ".join(f"old.{column}" for column in columns.split(", "))
    add = f"INSERT INTO {name} (rowid, {columns}) VALUES (new.id, {new});"
    drop = f"INSERT INTO {name} ({name}, rowid, {columns}) VALUES ('delete', old.id, {old});"
    guard = f" WHEN {when}" if when else ""
    shorts = f", prefix = '{prefixes}'" if prefixes else ""
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content = '{table}',"
        f" content_rowid = 'id', {_TOKENS}{shorts})",
        f"CREATE TRIGGER {name}_in AFTER INSERT ON {table}{guard} BEGIN {add} END",
        f"CREATE TRIGGER {name}_out AFTER DELETE ON {table}{guard.replace('new.', 'old.')}"
        f" BEGIN {drop} END",
        f"CREATE TRIGGER {name}_set AFTER UPDATE OF {watched or columns} ON {table}{guard}"
        f" BEGIN {drop} {add} END",
    )
