"""Who should have a conversation: queues, profiles, streams, rules, load, and assigning."""
