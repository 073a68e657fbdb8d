"""Customers: created, changed, identified by addresses, merged."""
