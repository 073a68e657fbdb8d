"""The desk as the console sees it: awaited, on one thread of its own, and followed.

A lock that another process holds can keep the desk waiting; it never keeps the screen waiting. What
this console does comes back through the journal like everything else, so a screen has one way to
learn of a change.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from omnitui.clock import Clock, ScaledClock
from omnitui.console.heartbeat import Heartbeat, Viewers
from omnitui.desk.desk import Desk
from omnitui.desk.registry import COMMANDS
from omnitui.desk.settings import DeskSettings
from omnitui.lazily import read_next
from omnitui.model.actor import Actor
from omnitui.model.channel import Channel
from omnitui.model.errors import Fault, Refusal, Refused
from omnitui.model.journal import Entry
from omnitui.store.faults import fault_of

FOLLOW_SECONDS = 0.08
"""How often the store is asked whether anybody has changed it; the question takes microseconds."""

BEAT_SECONDS = 5.0
"""How often a sign of life is thought of whatever the screen is at, e.g. lent to an editor."""

_BATCH = 500

_ROOMS = ("omnitui.desk.", "omnitui.rules.", "omnitui.store.")

Told = Callable[[Sequence[Entry]], Awaitable[None]]
Met = Callable[[Viewers], Awaitable[None]]
Result = TypeVar("Result")


class DeskLink:
    """Owns the thread that owns the desk. Replies are delivered on other threads (`Outbox`).

    `preparing` says what `open_desk` does first where that takes a while; what is asked of the desk
    meanwhile waits.
    """

    def __init__(self, open_desk: Callable[[], Desk], clock: Clock, *, preparing: str = "") -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._open = open_desk
        self._clock = clock
        self._opened: Desk | None = None
        self._opens: Future[Desk] | None = None
        self._is_open = asyncio.Event()
        self.preparing = preparing
        self._actor: Actor | None = None
        self._channels: Mapping[str, Channel] = {}
        self._settings: DeskSettings | None = None
        self._nudged = asyncio.Event()
        self._seq = 0
        self._version: tuple[int, int] | None = None
        self._own: set[int] = set()
        self._closing = threading.Event()
        self._heart = threading.Thread(target=self._keep_beating, name="heart", daemon=True)
        self.heartbeat = Heartbeat()

    async def _hop(self, work: Callable[[], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(_faults_told, work, self._path))

    @property
    def _path(self) -> str:
        return "" if self._opened is None else self._opened.store.path

    @property
    def _desk(self) -> Desk:
        assert self._opened is not None, "open() comes first"
        return self._opened

    def begin(self) -> None:
        """Begin to open the store, beside whatever else there is to do before it is needed."""
        if self._opens is None:
            self._opens = self._thread.submit(self._open)

    def first(self, work: Callable[[Desk], Result]) -> Result:
        """Do something with the desk before there is a screen that could wait for it."""
        self.begin()
        assert self._opens is not None
        desk = self._opens.result()
        return self._thread.submit(work, desk).result()

    def read_ahead(self) -> None:
        """Read what later calls will need of the desk, in the moments in which nobody calls."""
        with suppress(RuntimeError):  # the link has been closed this moment
            self._thread.submit(self._read_one)

    def _read_one(self) -> None:
        COMMANDS.get("session.page")
        if read_next(_ROOMS):
            self.read_ahead()  # behind whatever has been called for meanwhile

    def drop(self) -> None:
        """Let go of a store that no console is opened on."""
        if self._opens is not None:
            with suppress(Exception):  # whoever waited for it has been told
                self.first(Desk.close)
        self._thread.shutdown()

    async def open(self) -> None:
        """Open the store and begin to follow from its newest entry."""
        self.begin()
        opens = self._opens
        assert opens is not None

        def work() -> None:
            self._opened = desk = opens.result()  # done before on this very thread
            self._seq = desk.last_seq()
            self._channels = desk.channels
            self._settings = desk.settings

        await self._hop(work)
        self.preparing = ""
        self._is_open.set()
        self._heart.start()

    def _keep_beating(self) -> None:
        while not self._closing.wait(BEAT_SECONDS):
            with suppress(RuntimeError):  # the link has been closed this moment
                self._thread.submit(self._beat)

    def _beat(self) -> None:
        desk, actor = self._opened, self._actor
        if desk is not None and actor is not None:
            self.heartbeat.beat(desk, actor, self._speed)

    @property
    def actor(self) -> Actor:
        """Who calls."""
        assert self._actor is not None, "sign_in() comes first"
        return self._actor

    def sign_in(self, actor: Actor) -> None:
        """Say who calls from now on."""
        self._actor = actor

    @property
    def channels(self) -> Mapping[str, Channel]:
        """The channels by key."""
        return self._channels

    @property
    def settings(self) -> DeskSettings | None:
        """What administrators have set; None before the store is open."""
        return self._settings

    def now(self) -> int:
        """The time now (epoch ms)."""
        return self._clock.now()

    async def call(self, name: str, /, **params: Any) -> Any:
        """Carry out a desk command as the signed-in agent; raises `Refused` or `Fault`."""
        await self._is_open.wait()
        command = COMMANDS.get(name)
        if command is None or not command.changes:
            return await self._hop(partial(self._desk.call, name, self.actor, **params))
        result = await self._hop(partial(self._change, name, params))
        self._nudged.set()
        return result

    def _change(self, name: str, params: Mapping[str, Any]) -> Any:
        desk = self._desk
        before = desk.last_seq()
        result = desk.call(name, self.actor, **params)
        self._own.update(range(before + 1, desk.last_seq() + 1))
        return result

    def own(self, entry: Entry) -> bool:
        """Whether this console did what an entry tells of, not another one of the same agent."""
        return entry.seq in self._own

    async def attempt(self, name: str, /, **params: Any) -> Any:
        """Like `call`, but a `Refusal` comes back as a value, and so does a fault."""
        try:
            return await self.call(name, **params)
        except Refused as refused:
            return refused.refusal
        except Fault as fault:
            return Refusal("desk.fault", str(fault))

    async def found(self, name: str, /, **params: Any) -> Any:
        """Like `call` for a record; None where there is none, and nowhere else.

        A store that is busy or cannot be read says nothing of what is in it.
        """
        try:
            return await self.call(name, **params)
        except Refused as refused:
            if refused.refusal.code.endswith(".unknown"):
                return None
            raise

    async def follow(self, told: Told, met: Met) -> None:
        """Tell of every new entry until cancelled, and of who else looks at what is in front.

        What is due is carried out as well. However much happens, it is told in at most a dozen
        batches a second.
        """
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudged.wait(), FOLLOW_SECONDS)
            self._nudged.clear()
            entries, viewers = await self._hop(self._look)
            if viewers is not None:
                await met(viewers)
            if entries:
                await told(entries)
                self._own.difference_update(entry.seq for entry in entries)
                await asyncio.sleep(FOLLOW_SECONDS)

    def _look(self) -> tuple[list[Entry], Viewers | None]:
        desk = self._desk
        desk.store.check_there()
        # First of all, so that nobody here counts as lost after the machine has slept.
        self._beat()
        desk.run_due()
        version = desk.store.data_version(), desk.store.connection.total_changes
        changed = version != self._version
        viewers = self.heartbeat.viewers(desk, self.actor, changed)
        if not changed:
            return [], viewers
        self._channels = desk.channels
        self._settings = desk.settings
        entries = desk.follow(self._seq, _BATCH)
        if entries:
            self._seq = entries[-1].seq
        # A whole batch may not be all there is: then it is looked again at once.
        self._version = version if len(entries) < _BATCH else None
        return entries, viewers

    @property
    def _speed(self) -> float:
        return self._clock.speed if isinstance(self._clock, ScaledClock) else 1.0

    async def leave(self) -> None:
        """Tell the store that this console closes; nothing is heard of it any more."""
        self.heartbeat.leave()
        await self.attempt("console.leave", console=self.heartbeat.console)

    async def close(self) -> None:
        """Close the store and end the thread. Closing twice is harmless."""
        self._closing.set()
        desk, self._opened = self._opened, None
        if desk is not None:
            await self._hop(desk.close)
            self._thread.shutdown()
        else:
            await asyncio.to_thread(self.drop)


def _faults_told(work: Callable[[], Result], path: str) -> Result:
    """What breaks beneath the desk (a full disk, a file that is gone) as a sentence."""
    try:
        return work()
    except (Refused, Fault):
        raise
    except Exception as error:
        # Imported here: a store is opened before the toolkit is there.
        from omnitui.console.failures import debugging

        if debugging():
            raise
        fault = fault_of(error, path or "The store")
        if fault is not None:
            raise fault from error
        raise Fault(f"The store did not answer ({type(error).__name__}: {error}).") from error
