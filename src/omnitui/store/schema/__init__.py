"""The tables, a module for what each version of the store has added."""

LATEST = 7
"""The store version this code reads and writes."""
