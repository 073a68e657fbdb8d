"""Dialogs about what customers are owed: chosen, drafted, limited, ended."""
