"""The only place with SQL: schema, rows, search, journal, timers."""
