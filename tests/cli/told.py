"""What a command said, and how a test runs one."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omnitui.store.engine import Store


@dataclass(frozen=True)
class Told:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON on stdout."""
        return json.loads(self.out)


Run = Callable[..., Told]


def value(path: Path, sql: str) -> Any:
    """One value out of a store file."""
    with closing(Store(path)) as store:
        return store.value(sql)
