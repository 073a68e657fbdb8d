"""Routing: queues, profiles, streams, rules, load, and assignment."""
