"""JSON as people and scripts write it: what would be lost without a word is refused."""

import json
from collections.abc import Sequence
from typing import Any


def read_json(text: str) -> Any:
    """The value that a JSON text says.

    Raises `ValueError` with a sentence where it is not JSON, is nested too deeply, or gives a key
    twice, of which only the last would count.
    """
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise ValueError(f"it takes JSON ({error.msg} at column {error.colno})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(n for n in names if names.count(n) > 1)} is given twice")
    return found
