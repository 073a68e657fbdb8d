"""The screen of one session."""

from omnitui.console.session.view import SessionView

__all__ = ["SessionView"]
