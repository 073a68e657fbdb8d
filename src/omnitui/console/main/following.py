"""How the screen keeps up with the journal: entries as they come, frame and lists at intervals.

What fails on the way (another process holds the store, the disk is full) leaves on screen what is
there, is said, and is tried again.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from omnitui.console.failures import say, tell
from omnitui.console.heartbeat import Viewers
from omnitui.console.keys import key_for
from omnitui.console.main.updates import due_now, mentioned, news, settled, upset
from omnitui.console.work import there
from omnitui.model.actor import Permission
from omnitui.model.errors import Fault, Refused
from omnitui.model.journal import Entry

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

SETTLE_SECONDS = 0.25
"""Status, tabs and lists are read again at most this often, however much arrives."""

_AGAIN_SECONDS = 2.0


class Following:
    """See the module. Nothing of it gets in the way of typing: it waits for a good moment."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._idle = Idle()
        self._stale = asyncio.Event()
        self._changed: set[int] = set()

    @property
    def behind(self) -> bool:
        """Whether something has arrived that frame and lists do not show yet."""
        return self._stale.is_set() or bool(self._changed)

    def read_again(self) -> None:
        """Have frame and lists read again soon."""
        self._stale.set()

    def key_shown(self) -> None:
        """Call when what was typed has just been painted."""
        self._idle.shown()

    async def follow(self) -> None:
        """Take in what the journal tells, for as long as the screen is there."""
        while True:
            try:
                await self._screen.link.follow(self._told, self._met)
            except Exception as error:
                self._trouble(error)
                await asyncio.sleep(_AGAIN_SECONDS)

    async def settle(self) -> None:
        """Bring frame and Home up to date; what arrives meanwhile waits for the next round."""
        while True:
            await self._stale.wait()
            await self._idle.wait()
            self._stale.clear()
            changed, self._changed = sorted(self._changed), set()
            self._screen.home.counting.want()
            try:
                await self._screen.read_board()
                await self._screen.home.changed(changed)
            except Exception as error:
                self._trouble(error)
                self._stale.set()
                await asyncio.sleep(_AGAIN_SECONDS)
            await asyncio.sleep(SETTLE_SECONDS)

    async def _told(self, entries: Sequence[Entry]) -> None:
        screen = self._screen
        self._changed |= {e.conversation_id for e in entries if e.conversation_id is not None}
        await self._idle.wait()
        if not there(screen):
            return
        me, others = screen.link.actor.id, [e for e in entries if not screen.link.own(e)]
        ringing = {} if screen.board is None else screen.board.ringing_names
        mentions = [*mentioned(entries, me, key_for("go.mentions"))]
        supervises = screen.link.actor.may(Permission.SUPERVISE)
        told = (
            *news(entries, me, key_for("go.follow_ups")),
            *mentions,
            *upset(entries, me, screen.navigation.here, all_of=supervises),
            *settled(others, ringing, me),
        )
        for sentence in told:
            screen.messages.say(sentence)
        screen.alerts.remind(due_now(entries, me))
        screen.alerts.remind(mentions, "Mentioned")
        await screen.navigation.take_in(entries)
        self._stale.set()

    async def _met(self, viewers: Viewers) -> None:
        await self._idle.wait()
        key, people = viewers
        view = self._screen.session
        if view is not None and view.conversation_id == key and there(view):
            view.conversation.composer.meet(people)

    def _trouble(self, error: Exception) -> None:
        """Say what keeps the screen from being brought up to date; it is tried again."""
        if isinstance(error, Refused | Fault):
            say(self._screen.app, f"{error} Trying again.", severe=True)
        else:
            tell(self._screen, error)


_FREE_AFTER = 0.02
_PAUSE = 0.15


class Idle:
    """See the module. Of many who wait, one goes after each key, and all when the typing pauses."""

    def __init__(self) -> None:
        self._struck = 0.0
        self._taken = True
        self._key = asyncio.Event()
        self._turn = asyncio.Lock()

    def shown(self) -> None:
        """Call when what was typed has just been painted."""
        self._struck = time.monotonic()
        self._taken = False
        self._key.set()

    async def wait(self) -> None:
        """Return at the next good moment: at once when nobody types."""
        async with self._turn:
            while (since := time.monotonic() - self._struck) < _PAUSE:
                if since < _FREE_AFTER and not self._taken:
                    break
                self._key.clear()
                try:
                    await asyncio.wait_for(self._key.wait(), _PAUSE - since)
                except TimeoutError:
                    continue
            self._taken = True
