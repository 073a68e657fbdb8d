"""Delivers what a store has queued, beside whatever else the process does.

One thread keeps a desk of its own and only claims and settles; each courier delivers on a thread of
its own. A courier that hangs holds up its own channel and nothing else.
"""

import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from time import monotonic
from uuid import uuid4

from omnitui.channels.base import Courier
from omnitui.channels.courier import (
    BEAT_SECONDS,
    COURIER,
    Delivered,
    Parcel,
    beat,
    claim,
    deliver,
    settle,
)
from omnitui.channels.table import Table
from omnitui.desk.desk import Desk
from omnitui.model.courier import EVERY_CHANNEL, CourierConfig

POLL_SECONDS = 0.1
"""How often the store is asked for replies to deliver; asking takes microseconds."""

_AGAIN_SECONDS = 1.0
_FAILURES_TOLD = 3
_STOP_SECONDS = 2.0

Build = Callable[[list[CourierConfig]], Table]


class Outbox:
    """See the module. `build` makes the table of couriers from what the store says.

    The desk of `open_desk` is made, used and closed on the outbox's thread. Whoever runs this also
    sees to it that the desk's timers are carried out (`Desk.run_due`).
    """

    def __init__(self, open_desk: Callable[[], Desk], build: Build) -> None:
        self.name = f"outbox-{uuid4().hex[:12]}"
        self.trouble: str | None = None
        self._open = open_desk
        self._build = build
        self._configured: list[CourierConfig] | None = None
        self._table = Table()
        self._carriers: dict[str, _Carrier] = {}
        self._done: queue.SimpleQueue[Delivered | None] = queue.SimpleQueue()
        self._unsettled: list[Delivered] = []
        self._beaten_at = -BEAT_SECONDS
        self._said: tuple[str, ...] = ()
        self._version: tuple[int, int] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_seconds: float = _STOP_SECONDS * 2) -> None:
        """Stop delivering. Current deliveries are awaited for a short time.

        The others become uncertain when their lease ends.
        """
        self._stopping.set()
        self._done.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)

    def _run(self) -> None:
        desk, failures = None, 0
        while not self._stopping.is_set():
            try:
                if desk is None:
                    desk = self._open()
                self._round(desk)
                self.trouble, failures = " ".join(self._table.problems) or None, 0
                self._wait(POLL_SECONDS)
            except Exception as error:
                # The store is held by somebody, full or gone. Nothing is lost: what has been
                # delivered is settled as soon as it can be.
                failures += 1
                if failures >= _FAILURES_TOLD:
                    self.trouble = f"Replies cannot be delivered now: {error}"
                self._version = None
                self._stopping.wait(_AGAIN_SECONDS)
        if desk is not None:
            with suppress(Exception):
                self._end(desk)
            desk.close()

    def _wait(self, seconds: float) -> None:
        """Wait for a delivery, for a short time."""
        with suppress(queue.Empty):
            done = self._done.get(timeout=seconds)
            while True:
                if done is not None:
                    self._unsettled.append(done)
                done = self._done.get_nowait()

    def _round(self, desk: Desk) -> None:
        self._settle(desk)
        version = desk.store.data_version(), desk.store.connection.total_changes
        beats = monotonic() - self._beaten_at >= BEAT_SECONDS
        if version == self._version and not beats:
            return
        self._configure(desk)
        if beats or tuple(self._table.couriers) != self._said:
            self._beat(desk)
        couriers = self._table.couriers
        idle = [key for key in couriers if not self._carrier(key).busy]
        for parcel in claim(desk, couriers, self.name, idle):
            self._carrier(parcel.key).carry(parcel)
        # What others have committed meanwhile may have come too late for this round.
        self._version = version[0], desk.store.connection.total_changes

    def _settle(self, desk: Desk) -> None:
        while self._unsettled:
            done = self._unsettled[0]
            settle(desk, done)
            del self._unsettled[0]
            self._carrier(done.parcel.key).busy = False
            self._version = None

    def _configure(self, desk: Desk) -> None:
        configured = desk.call("courier.configured", COURIER)
        if configured == self._configured:
            return
        before, self._table = self._table, self._build(configured)
        self._configured = configured
        for key, courier in before.couriers.items():
            # What is being delivered by the old one right now is not cut off.
            if courier not in self._table.couriers.values() and not self._carrier(key).busy:
                _close(courier)

    def _beat(self, desk: Desk) -> None:
        """Report that couriers run here, if there are any."""
        couriers = self._table.couriers
        # A channel that is set up may have been taken off the list.
        keys = [key for key in couriers if key == EVERY_CHANNEL or key in desk.channels]
        if keys or self._said:
            beat(desk, self.name, keys)
        self._said = tuple(couriers)
        self._beaten_at = monotonic()

    def _carrier(self, channel: str) -> "_Carrier":
        if channel not in self._carriers:
            self._carriers[channel] = _Carrier(channel, self._done)
        return self._carriers[channel]

    def _end(self, desk: Desk) -> None:
        give_up = monotonic() + _STOP_SECONDS
        while any(one.busy for one in self._carriers.values()) and monotonic() < give_up:
            self._wait(POLL_SECONDS)
            self._settle(desk)
        for carrier in self._carriers.values():
            carrier.end()
        if self._said:
            desk.call("courier.leave", COURIER, name=self.name)
        for key, courier in self._table.couriers.items():
            if not self._carrier(key).busy:
                _close(courier)


class _Carrier:
    """The thread of one channel's courier, which delivers one reply at a time.

    It is a daemon: a courier that never returns does not keep the program from ending.
    """

    def __init__(self, channel: str, done: "queue.SimpleQueue[Delivered | None]") -> None:
        self.busy = False
        self._done = done
        self._given: queue.SimpleQueue[Parcel | None] = queue.SimpleQueue()
        threading.Thread(target=self._run, name=f"courier-{channel}", daemon=True).start()

    def carry(self, parcel: Parcel) -> None:
        """Queue a delivery; the carrier is busy until it is reported."""
        self.busy = True
        self._given.put(parcel)

    def end(self) -> None:
        """Accept no more deliveries."""
        self._given.put(None)

    def _run(self) -> None:
        while (parcel := self._given.get()) is not None:
            self._done.put(deliver(parcel))


def _close(courier: Courier) -> None:
    close = getattr(courier, "close", None)
    if callable(close):
        with suppress(Exception):
            close()


def fixed(couriers: Mapping[str, Courier]) -> Build:
    """A table that does not depend on the store."""
    table = Table(couriers)
    return lambda configured: table
