"""The frame as text: status line, tabs, footer, offers, keys."""
