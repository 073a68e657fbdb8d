"""Alt+Enter on terminals without the extended keyboard protocol.

They send ESC followed by a carriage return, which Textual reads as a plain Enter: a newline would
become a reply that is sent. Naming the sequence makes it the key that the agent pressed.
"""

from enum import Enum
from typing import Any

from textual import _ansi_sequences


class _Keys(Enum):
    ALT_ENTER = "alt+enter"


def name_alt_enter() -> None:
    """Make `ESC CR` the key `alt+enter`; once per process is enough, more does no harm."""
    sequences: dict[str, Any] = _ansi_sequences.ANSI_SEQUENCES_KEYS  # type: ignore[assignment]
    sequences["\x1b\r"] = (_Keys.ALT_ENTER,)
