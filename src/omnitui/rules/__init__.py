"""Pure decisions: everything comes in as an argument, the decision goes out as a value."""

from typing import TYPE_CHECKING

from omnitui.lazily import modules_of

if not TYPE_CHECKING:
    __getattr__ = modules_of(__name__)
