"""Application tabs: records opened beside a conversation, each a tab of its session."""

from typing import TYPE_CHECKING

from omnitui.lazily import modules_of

if not TYPE_CHECKING:
    __getattr__ = modules_of(__name__)
