"""A customer's cases as the summary holds them: sorted as was chosen, read a page at a time."""

from collections.abc import Sequence

from omnitui.console.link import Link
from omnitui.model.case import Case, CaseSort

PAGE = 12


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
        return max(PAGE, len(self.rows or ()))

    def take(self, page: Sequence[Case], more: bool, sort: CaseSort) -> None:
        """Take the first ones as they are now, unless others have been read meanwhile."""
        if sort is self.sort and (not more or len(page) >= len(self.rows or ())):
            self._round += 1
            self.rows, self.more = page, more

    async def read_more(self, customer: int) -> None:
        """Read a page more."""
        await self._read(customer, len(self.rows or ()) + PAGE)

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
