"""The tables, a module for what each version of the store has added."""

LATEST = 6
"""The store version this code reads and writes."""
