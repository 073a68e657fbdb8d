"""Alt with Enter and with digits on terminals without the extended keyboard protocol.

They send ESC and then the key. Textual reads ESC CR as a plain Enter, so that a newline would
become a reply that is sent, and ESC 1 as the `¡` of one maker's keyboards. Naming the sequences
makes them the keys that the agent pressed.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from textual import _ansi_sequences

_Keys = Enum(  # type: ignore[misc]
    "_Keys",
    {"ALT_ENTER": "alt+enter", **{f"ALT_{n}": f"alt+{n}" for n in range(1, 10)}},
)


def name_alt_keys(chosen: Iterable[str] = ()) -> None:
    """Name the sequences, also of keys like `alt+x` that a person has chosen for commands.

    Once per process is enough, more does no harm.
    """
    sequences: dict[str, Any] = _ansi_sequences.ANSI_SEQUENCES_KEYS  # type: ignore[assignment]
    sequences["\x1b\r"] = (_Keys["ALT_ENTER"],)
    for n in range(1, 10):
        sequences[f"\x1b{n}"] = (_Keys[f"ALT_{n}"],)
    for key in chosen:
        head, _, last = key.rpartition("+")
        if head == "alt" and len(last) == 1:
            named: Any = Enum("_Chosen", {"KEY": key})  # type: ignore[misc]
            sequences[f"\x1b{last}"] = (named.KEY,)
