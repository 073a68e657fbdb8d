"""The one place with SQL: schema, rows, search, journal, due timers."""
