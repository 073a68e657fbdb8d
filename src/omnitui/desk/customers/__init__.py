"""Customers: created, changed, found by what they write from, reached, and made one of two."""
