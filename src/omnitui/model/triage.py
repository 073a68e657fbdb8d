"""Filters, orders and saved views of Home's lists."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

MOST_AT_ONCE = 1_000
"""The most conversations that one call does something to."""


class Condition(Struct, frozen=True):
    """One part of a filter, as it was understood.

    `values` are the keys or words of which one has to hold. `more` and `number` are of conditions
    that compare: at least (True) or less than (False) `number` (ms, or a plain number). A condition
    that is `turned` wants the opposite. The field of a word to be found is empty.
    """

    field: str
    values: tuple[str, ...] = ()
    more: bool | None = None
    number: int = 0
    turned: bool = False


class Vocabulary(Struct, frozen=True):
    """The words of a filter. Channels and agents are names by their keys."""

    channels: Mapping[str, str] = field(default_factory=dict)
    queues: Sequence[str] = ()
    agents: Mapping[str, str] = field(default_factory=dict)
    skills: Sequence[str] = ()
    labels: Sequence[str] = ()


SORTS = tuple("sla wait channel name said sentiment queue state priority agent label".split())
"""The columns by which Home's lists can be sorted."""


class View(Struct, frozen=True):
    """A saved list with a filter and an order. `sort` is written as `wait` or `-wait`.

    `shared` views are for everybody.
    """

    id: int
    name: str
    stream: str
    filter: str
    sort: str
    shared: bool
