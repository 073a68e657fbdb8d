"""Questions that cover the screen for a moment. Esc leaves everything as it was."""

from typing import TYPE_CHECKING

from omnitui.lazily import modules_of

if not TYPE_CHECKING:
    __getattr__ = modules_of(__name__)
