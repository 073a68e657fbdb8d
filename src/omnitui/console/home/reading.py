"""Reading the keys of Home's list: what is asked for last is what counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic

from omnitui.console.home.lists import Asked
from omnitui.console.link import Link
from omnitui.desk.views import Found
from omnitui.model.errors import Refusal, Refused


class Reading:
    """What is wanted of a list and what is shown of it, which differ while it is being read.

    `pages` is how many pages of keys are read; `growing` is set while another page is on its way.
    """

    def __init__(self, link: Link, since: Callable[[], int]) -> None:
        self._link = link
        self._since = since
        self.wanted = self.shown = Asked("mine")
        self.pages = 1
        self.growing = False
        self._round = self._under_way = 0

    @property
    def busy(self) -> bool:
        """Whether the list is being read."""
        return self._under_way > 0

    def ask(self, asked: Asked) -> None:
        """Want something else, from its first page."""
        self.wanted, self.pages = asked, 1

    async def read(self) -> Found | Refusal | None:
        """What is wanted, as it is now; None where something else has been asked for meanwhile.

        What is refused is not wanted any longer: what is shown stays.
        """
        wanted = self.wanted
        self._round, self._under_way = self._round + 1, self._under_way + 1
        round_ = self._round
        answer: Found | Refusal
        try:
            answer = await self._link.call(
                "home.find",
                stream=wanted.stream,
                since=self._since(),
                filter=wanted.filter,
                sort=wanted.sort,
                pages=self.pages,
            )
        except Refused as no:
            answer = no.refusal
        finally:
            self._under_way -= 1
        if round_ != self._round:
            return None
        if isinstance(answer, Refusal):
            self.wanted = self.shown
        else:
            self.shown = wanted
        return answer


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
