"""Dialogs about customers: found, picked, merged."""
