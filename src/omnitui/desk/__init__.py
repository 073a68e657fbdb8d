"""What can be done: one function per command, one transaction per command."""
