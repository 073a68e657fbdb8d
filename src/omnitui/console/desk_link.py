"""The desk as the console sees it: awaited, on one thread of its own, and followed.

A lock that another process holds can keep the desk waiting; it never keeps the screen waiting. What
this console does comes back through the journal like everything else, so a screen has one way to
learn of a change.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from omnitui.channels.base import Courier
from omnitui.channels.courier import pump
from omnitui.clock import Clock
from omnitui.desk.desk import Desk
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import Actor
from omnitui.model.channel import Channel
from omnitui.model.errors import Fault, Refusal, Refused
from omnitui.model.journal import Entry

DEBUG = "OMNITUI_DEBUG"
"""Set it to see where something broke."""

FOLLOW_SECONDS = 0.08
"""How often the store is asked whether anybody has changed it; the question takes microseconds."""

Told = Callable[[Sequence[Entry]], Awaitable[None]]
Result = TypeVar("Result")


class DeskLink:
    """Owns the thread that owns the desk. `couriers` carry replies where nothing else does."""

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        clock: Clock,
        couriers: Mapping[str, Courier] | None = None,
    ) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._open = open_desk
        self._clock = clock
        self._couriers = couriers or {}
        self._opened: Desk | None = None
        self._actor: Actor | None = None
        self._channels: Mapping[str, Channel] = {}
        self._nudged = asyncio.Event()
        self._seq = 0
        self._version: tuple[int, int] | None = None

    async def _hop(self, work: Callable[[], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(_faults_told, work))

    @property
    def _desk(self) -> Desk:
        assert self._opened is not None, "open() comes first"
        return self._opened

    async def open(self) -> None:
        """Open the store and begin to follow from its newest entry."""

        def work() -> None:
            self._opened = self._open()
            self._seq = self._opened.last_seq()
            self._channels = self._opened.channels

        await self._hop(work)

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

    def now(self) -> int:
        """The time now (epoch ms)."""
        return self._clock.now()

    async def call(self, name: str, /, **params: Any) -> Any:
        """Carry out a desk command as the signed-in agent; raises `Refused` or `Fault`."""
        result = await self._hop(partial(self._desk.call, name, self.actor, **params))
        command = COMMANDS.get(name)
        if command is not None and command.changes:
            self._nudged.set()
        return result

    async def attempt(self, name: str, /, **params: Any) -> Any:
        """Like `call`, but a `Refusal` comes back as a value, and so does a fault."""
        try:
            return await self.call(name, **params)
        except Refused as refused:
            return refused.refusal
        except Fault as fault:
            return Refusal("desk.fault", str(fault))

    async def call_as(self, actor: Actor, name: str, /, **params: Any) -> Any:
        """Carry out a desk command as somebody else: setting up, before anybody has signed in."""
        return await self._hop(partial(self._desk.call, name, actor, **params))

    async def follow(self, told: Told) -> None:
        """Tell of every new entry until cancelled; carry out what is due as well.

        However much happens, it is told in at most a dozen batches a second.
        """
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudged.wait(), FOLLOW_SECONDS)
            self._nudged.clear()
            entries = await self._hop(self._look)
            if entries:
                await told(entries)
                await asyncio.sleep(FOLLOW_SECONDS)

    def _look(self) -> list[Entry]:
        desk = self._desk
        desk.run_due()
        if self._couriers:
            pump(desk, self._couriers)
        version = desk.store.data_version(), desk.store.connection.total_changes
        if version == self._version:
            return []
        self._version = version
        self._channels = desk.channels
        entries = desk.follow(self._seq)
        if entries:
            self._seq = entries[-1].seq
        return entries

    async def close(self) -> None:
        """Close the store and end the thread. Closing twice is harmless."""
        desk, self._opened = self._opened, None
        if desk is not None:
            await self._hop(desk.close)
        self._thread.shutdown()


def _faults_told(work: Callable[[], Result]) -> Result:
    """What breaks beneath the desk (a full disk, a file that is gone) as a sentence."""
    try:
        return work()
    except (Refused, Fault):
        raise
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        raise Fault(f"The store did not answer ({type(error).__name__}: {error}).") from error
