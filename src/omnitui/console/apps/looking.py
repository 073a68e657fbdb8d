"""What others did with a customer since the agent last looked, and saying that they look now."""

from collections.abc import Collection

from omnitui.console.link import Link
from omnitui.console.present.records.timeline import activity_key
from omnitui.model.errors import Refusal
from omnitui.model.timeline import Activity, ActivityKind, Missed


class Looking:
    """See the module. What was new stays `new` while it is looked at, until `left`.

    Only entries of `kinds` count, all of them if there are none; those of the conversation
    `beside` which it is shown do not.
    """

    def __init__(
        self, link: Link, kinds: Collection[ActivityKind] = (), *, beside: int | None = None
    ) -> None:
        self._link = link
        self._kinds = list(kinds) or None
        self._beside = beside
        self._seen = False
        self.missed = Missed(None)
        self.new: frozenset[str] = frozenset()

    async def read(self, customer: int) -> None:
        """Read what is new, and keep what was."""
        self.take(await self._link.call("timeline.missed", customer=customer, kinds=self._kinds))

    def take(self, found: Missed) -> None:
        """Take what is new, and keep what was."""
        rows = [row for row in found.rows if self._counts(row)]
        keys = {activity_key(row) for row in rows}
        if self._seen and keys:
            self._seen = False
            rows += [row for row in self.missed.rows if activity_key(row) not in keys]
            self.missed = Missed(self.missed.since, tuple(rows), self.missed.more)
        elif not self._seen:
            self.missed = Missed(found.since, tuple(rows), found.more)
        self.new |= keys

    def _counts(self, row: Activity) -> bool:
        if self._kinds and row.kind not in self._kinds:
            return False
        return row.kind is not ActivityKind.CONVERSATION or row.conversation_id != self._beside

    async def look(self, customer: int) -> None:
        """Say that the agent looks, once until there is something new again."""
        if not self._seen:
            self._seen = True
            done = await self._link.attempt("timeline.looked", customer=customer)
            if isinstance(done, Refusal):
                self._seen = False  # it is said again when they look again

    def left(self) -> None:
        """The agent looks elsewhere: what they have seen is not new any more."""
        if self._seen:
            self.forget()

    def forget(self) -> None:
        """It is another customer's now."""
        self._seen = False
        self.missed, self.new = Missed(None), frozenset()
