"""What this console lets others on the store know of itself, and what it learns of theirs.

The screen only says what is in front and that somebody types; that is all that a key costs. Signs
of life are given on the thread of the desk, no oftener than others need them, and never wait for
a lock: one that cannot be given now is given at the next look.
"""

from contextlib import suppress
from math import ceil
from uuid import uuid4

from omnitui.desk.desk import Desk
from omnitui.model.actor import Actor
from omnitui.model.errors import Refused
from omnitui.model.viewers import Viewer
from omnitui.store.faults import BUSY

BEAT_MS = 15_000
"""How often a console says that it runs while nothing changes (ms of the desk)."""

_TYPING_MS = 5_000
_TYPING_AGAIN_MS = 4_000
_LEAST_SECONDS = 15
_LOOK_MS = 1_000

Viewers = tuple[int | None, tuple[Viewer, ...]]
"""A conversation, None for Home, and who else has it before them."""


class Heartbeat:
    """See the module. `look_at` and `typed` may be called from any thread."""

    def __init__(self) -> None:
        self.console = uuid4().hex
        self._here: int | None = None
        self._typed_at: int | None = None
        self._said: tuple[int | None, bool] | None = None
        self._said_at = 0
        self._over = False
        self._viewers: Viewers = (None, ())
        self._looked_at = 0

    def look_at(self, conversation: int | None) -> None:
        """A conversation is in front from now on, None for Home."""
        if conversation != self._here:
            self._typed_at = None
            self._here = conversation

    def typed(self, at: int | None) -> None:
        """Somebody types at the moment `at` (epoch ms); None when nothing is typed any more."""
        self._typed_at = at

    def leave(self) -> None:
        """Give no sign any more."""
        self._over = True

    def beat(self, desk: Desk, actor: Actor, speed: float) -> None:
        """Say that this console runs, where that is due.

        `speed` is how much faster than the world the desk's clock runs: there a console needs to be
        believed for longer than the settings say.
        """
        now = desk.clock.now()
        here, typed_at = self._here, self._typed_at
        typing = typed_at is not None and now - typed_at < _TYPING_MS
        again = _TYPING_AGAIN_MS if typing else BEAT_MS
        if self._over or (self._said == (here, typing) and now - self._said_at < again):
            return
        seconds = max(desk.settings.console_seconds, ceil(_LEAST_SECONDS * speed))
        given = {"console": self.console, "typing": typing, "seconds": seconds}
        try:
            with desk.store.at_once():
                desk.call("console.beat", actor, conversation=here, **given)
        except Exception as error:
            # What is wrong with the store (a full disk) is told by whatever the agent does next.
            if isinstance(error, Refused) and error.refusal.code == BUSY:
                return
        self._said, self._said_at = (here, typing), now

    def viewers(self, desk: Desk, actor: Actor, changed: bool) -> Viewers | None:
        """Who else has before them what is in front here; None while that is as it was.

        `changed` is whether the store has changed. Without a change people still stop typing and
        are lost, so that who is there is looked at again every second.
        """
        now, here = desk.clock.now(), self._here
        before = self._viewers
        stale = bool(before[1]) and now - self._looked_at >= _LOOK_MS
        if here == before[0] and not (here is not None and (changed or stale)):
            return None
        found: tuple[Viewer, ...] = ()
        if here is not None:
            with suppress(Refused):
                found = tuple(desk.call("conversation.company", actor, conversation=here))
        self._looked_at = now
        self._viewers = (here, found)
        return None if self._viewers == before else self._viewers
