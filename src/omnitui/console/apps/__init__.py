"""Application tabs: records opened beside a conversation, each a tab of its session."""
