"""Patterns that are compiled when they are first used: a start needs few of the many there are."""

import re
from typing import Any, cast


class _Late:
    """Stands for a pattern, and takes over each method of it that is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Like `re.compile`, but what is wrong with a pattern shows when it is first used."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
