"""What may help in a conversation, and learning from what agents did with it."""
