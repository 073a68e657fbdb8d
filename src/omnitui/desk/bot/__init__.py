"""Virtual agents: they answer first where a work stream has one, and hand over to people."""
