"""Rows that say who gets what and when: queues, work streams, hours, promises, notices."""
