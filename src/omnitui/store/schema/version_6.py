"""What store version 6 changes."""

CHANGE_6: tuple[str, ...] = ("ALTER TABLE customers ADD COLUMN title TEXT NOT NULL DEFAULT ''",)
"""What customers do where they work."""
