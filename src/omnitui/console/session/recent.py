"""A customer's cases and timeline as the summary holds them, read a page at a time."""

from collections.abc import Sequence

from omnitui.console.link import Link
from omnitui.model.case import Case, CaseSort
from omnitui.model.timeline import Activity

CASES_PAGE = 12


class RecentCases:
    """See the module. `rows` None has not been read yet."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._round = 0
        self.rows: Sequence[Case] | None = None
        self.sort = CaseSort.NEWEST
        self.more = False

    def forget(self) -> None:
        """They are another customer's now."""
        self._round += 1
        self.rows, self.more = None, False

    def restore(self, sort: object) -> None:
        """Sort as they were sorted when the session was last shown."""
        if sort in list(CaseSort):
            self.sort = CaseSort(str(sort))

    def find(self, key: int) -> Case | None:
        """One of those that have been read."""
        return next((case for case in self.rows or () if case.id == key), None)

    @property
    def size(self) -> int:
        """How many are read: as many as are held, a page at least."""
        return max(CASES_PAGE, len(self.rows or ()))

    def take(self, page: Sequence[Case], more: bool, sort: CaseSort) -> None:
        """Take the first ones as they are now, unless others have been read meanwhile."""
        if sort is self.sort and (not more or len(page) >= len(self.rows or ())):
            self._round += 1
            self.rows, self.more = page, more

    async def read_more(self, customer: int) -> None:
        """Read a page more."""
        await self._read(customer, len(self.rows or ()) + CASES_PAGE)

    async def turn(self, customer: int) -> None:
        """Sort by the next of the choices."""
        sorts = list(CaseSort)
        self.sort = sorts[(sorts.index(self.sort) + 1) % len(sorts)]
        await self.read(customer)

    async def read(self, customer: int) -> None:
        """Read as many as are held, a page at least."""
        await self._read(customer, self.size)

    async def _read(self, customer: int, most: int) -> None:
        self._round += 1
        asked = self._round
        page: list[Case] = await self._link.call(
            "case.list", customer=customer, sort=self.sort, limit=most + 1
        )
        if asked == self._round:
            self.rows, self.more = page[:most], len(page) > most


ACTIVITIES_PAGE = 20
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
        return max(ACTIVITIES_PAGE, len(self.rows or ()))

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
            "timeline.list",
            customer=customer,
            before=held[-1].at + 1,
            limit=ACTIVITIES_PAGE + _MOMENT,
        )
        known = {(activity.kind, activity.id) for activity in held}
        fresh = [a for a in page if (a.kind, a.id) not in known]
        if self.rows is held:
            self.rows = [*held, *fresh]
            self.more = bool(fresh) and len(page) == ACTIVITIES_PAGE + _MOMENT
