"""Doing something costly again only after a while: the longer it took, the later."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic

_PATIENCE = 10
"""How many times as long as it took is waited before it is done again."""


class Seldom:
    """When it may be done again; for the first time, at once."""

    def __init__(self) -> None:
        self._wanted = True
        self._again = 0.0

    def want(self) -> None:
        """It has to be done again, once it may."""
        self._wanted = True

    def is_done(self) -> None:
        """It is as it has to be."""
        self._wanted = False

    @property
    def due(self) -> bool:
        """Whether it is wanted and may be done now."""
        return self._wanted and monotonic() >= self._again

    @contextmanager
    def doing_if_due(self) -> Iterator[bool]:
        """It is done inside where it is due, as it says; what is not done now is wanted still."""
        if not self.due:
            yield False
            return
        with self.doing():
            yield True

    @contextmanager
    def doing(self) -> Iterator[None]:
        """It is done inside; until that ends it is not due."""
        self._wanted, began = False, monotonic()
        self._again = inf
        try:
            yield
        finally:
            ended = monotonic()
            self._again = ended + (ended - began) * _PATIENCE
