"""One conversation on screen: who it is, what was said and is being written, what may help."""

from typing import TYPE_CHECKING

from omnitui.lazily import modules_of

if not TYPE_CHECKING:
    __getattr__ = modules_of(__name__)
