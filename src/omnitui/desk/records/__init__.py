"""Records as tables: export from the store and import into it."""
