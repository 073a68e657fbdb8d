"""Business hours in the form that is saved."""

from collections.abc import Mapping

from msgspec import Struct

from omnitui.model.ids import CalendarId


class Hours(Struct, frozen=True):
    """A calendar. `weekly` has spans such as `08:00-12:00` by the day's name, `zone` is IANA's.

    Days without spans, and `holidays` (ISO dates), have no hours.
    """

    id: CalendarId
    name: str
    zone: str
    weekly: Mapping[str, tuple[str, ...]]
    holidays: tuple[str, ...] = ()
