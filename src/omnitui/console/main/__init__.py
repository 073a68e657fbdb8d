"""The frame: status, tabs, body, offers, footer."""
