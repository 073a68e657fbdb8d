"""A customer's timeline as the summary holds it: the newest first, read a page at a time."""

from collections.abc import Sequence

from omnitui.console.link import Link
from omnitui.model.timeline import Activity

PAGE = 20
_MOMENT = 8
"""Several things may have happened in one moment: a page begins within it."""


class RecentActivities:
    """See the module. `rows` None has not been read yet."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self.rows: Sequence[Activity] | None = None
        self.more = False

    def forget(self) -> None:
        """They are another customer's now."""
        self.rows, self.more = None, False

    @property
    def size(self) -> int:
        """How many are read: as many as are held, a page at least."""
        return max(PAGE, len(self.rows or ()))

    def take(self, page: Sequence[Activity], more: bool) -> None:
        """Take the first ones as they are now, unless more of them have been read meanwhile."""
        if not more or len(page) >= len(self.rows or ()):
            self.rows, self.more = page, more

    async def read_more(self, customer: int) -> None:
        """Read a page more, where there is more."""
        held = self.rows
        if not held or not self.more:
            return
        page: list[Activity] = await self._link.call(
            "timeline.list", customer=customer, before=held[-1].at + 1, limit=PAGE + _MOMENT
        )
        known = {(activity.kind, activity.id) for activity in held}
        fresh = [a for a in page if (a.kind, a.id) not in known]
        if self.rows is held:
            self.rows = [*held, *fresh]
            self.more = bool(fresh) and len(page) == PAGE + _MOMENT
