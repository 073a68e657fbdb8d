"""Transfers: taking, transferring, consulting, snoozing, supervising."""
