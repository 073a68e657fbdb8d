"""Questions that cover the screen for a moment. Esc leaves everything as it was."""
