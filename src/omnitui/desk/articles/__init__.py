"""Articles as they are written and given: versions, files, gaps, and what customers get of them."""

from typing import TYPE_CHECKING

from omnitui.lazily import modules_of

if not TYPE_CHECKING:
    __getattr__ = modules_of(__name__)
