"""Business hours as they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from omnitui.model.ids import CalendarId


@dataclass(frozen=True, slots=True)
class Hours:
    """A calendar. `weekly` has spans such as `08:00-12:00` by the day's name, `zone` is IANA's.

    Days without spans, and `holidays` (ISO dates), have no hours.
    """

    id: CalendarId
    name: str
    zone: str
    weekly: Mapping[str, tuple[str, ...]]
    holidays: tuple[str, ...] = ()
