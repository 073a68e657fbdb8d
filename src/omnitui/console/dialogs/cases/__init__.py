"""Dialogs about cases: made, found, merged, arranged in families, resolved and ended."""
