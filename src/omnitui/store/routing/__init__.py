"""Rows that say who gets what and when: queues, work streams, hours, promises, notices."""

from typing import TYPE_CHECKING

from omnitui.lazily import modules_of

if not TYPE_CHECKING:
    __getattr__ = modules_of(__name__)
