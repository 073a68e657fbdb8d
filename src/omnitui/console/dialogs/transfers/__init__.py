"""Dialogs about handing on: to somebody else, to later, to another channel."""
