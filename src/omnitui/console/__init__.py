"""The screen. The one place with Textual."""
