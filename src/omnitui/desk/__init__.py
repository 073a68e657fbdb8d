"""Desk commands: one function per command, one transaction per command."""
