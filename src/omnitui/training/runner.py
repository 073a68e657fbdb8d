"""A feed beside the console: a thread with a desk of its own, driven by a clock that both share.

The console gives the store's file and its own `ScaledClock`; pausing that clock pauses the shift.
Nothing here touches the console: what happens shows up in the store, as it would from anywhere.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from uuid import uuid4

from omnitui.channels.courier import ANY, BEAT_SECONDS, COURIER, beat
from omnitui.clock import ScaledClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.model.errors import Refused
from omnitui.store.engine import Store
from omnitui.store.faults import BUSY
from omnitui.training.customers import GuestView
from omnitui.training.feed import Feed
from omnitui.training.options import FeedOptions
from omnitui.training.scenario import Scenario, load
from omnitui.training.transcripts import read

POLL_SECONDS = 0.05
"""How long a customer may take to notice a change by another process."""


class FeedRunner:
    """Runs one feed in a thread. `human` is the login of the person who is not on autopilot.

    Scenario and transcripts are read when it is made, so that a wrong file is a `DataError` there
    and not in a thread. Everything after that which goes wrong is in `trouble`.
    """

    def __init__(
        self, store: Path, clock: ScaledClock, options: FeedOptions, human: str | None = None
    ) -> None:
        self.scenario: Scenario = load(options.scenario)
        self.trouble: str | None = None
        self._transcripts = list(read(options.transcripts)) if options.transcripts else []
        self._store = store
        self._clock = clock
        self._seed = options.seed
        self._human = human
        self._stop = threading.Event()
        self._wishes: list[Callable[[Feed], None]] = []
        self._lock = threading.Lock()
        self._view: tuple[GuestView, ...] = ()
        self._next_due: int | None = None
        self._beaten_at = -BEAT_SECONDS
        self._name = f"feed-{uuid4().hex[:12]}"
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin the shift."""
        self._thread.start()

    def stop(self, timeout_seconds: float = 5.0) -> None:
        """End it: nobody else arrives or answers. Waits until the thread lets go of the store."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)

    @property
    def running(self) -> bool:
        """Whether the shift is running."""
        return self._thread.is_alive()

    def pause(self) -> None:
        """Stand still, together with everything on the shared clock."""
        self._clock.pause()

    def resume(self) -> None:
        """Go on."""
        self._clock.resume()

    def set_speed(self, speed: float) -> None:
        """Go faster or slower from now on."""
        self._clock.set_speed(speed)

    def inject(self, conversation: str, persona: str = "", channel: str = "") -> None:
        """Let a customer arrive now with one of the scenario's conversations."""
        self.scenario.talk(conversation)
        with self._lock:
            self._wishes.append(lambda feed: feed.inject(conversation, persona, channel))

    @property
    def guests(self) -> tuple[GuestView, ...]:
        """Who is here, how they feel and how long they will wait; as of the last step."""
        return self._view

    @property
    def next_due(self) -> int | None:
        """When the next thing is planned (epoch ms)."""
        return self._next_due

    def _run(self) -> None:
        try:
            store = Store(self._store)
            try:
                self._drive(Desk(store, self._clock, Random(self._seed)))
            finally:
                store.close()
        except Exception as error:
            # A thread has nobody to raise to: the console asks for the sentence and shows it.
            self.trouble = f"The feed has stopped: {error}"

    def _drive(self, desk: Desk) -> None:
        feed = Feed(
            desk,
            self.scenario,
            Random(self._seed),
            agents=self._colleagues(desk),
            transcripts=self._transcripts,
            human=self._human,
            seed=self._seed,
        )
        try:
            self._go_on(desk, feed)
        finally:
            with suppress(Exception):  # it is heard of no more in a moment anyway
                desk.call("courier.leave", COURIER, name=self._name)

    def _go_on(self, desk: Desk, feed: Feed) -> None:
        interrupted = False
        while not self._stop.is_set():
            with self._lock:
                wishes, self._wishes = self._wishes, []
            for wish in wishes:
                wish(feed)
            try:
                self._beat(desk)
                if interrupted:
                    feed.deliver_left_over()
                self._next_due = feed.step()
                feed.end()
                interrupted = False
            except Refused as refused:
                # Another program writes for long; nothing is changed, so it is tried again.
                if refused.refusal.code != BUSY:
                    raise
                interrupted = True
            self._view = feed.customers.view()
            self._stop.wait(self._pause_seconds())

    def _beat(self, desk: Desk) -> None:
        """Report to consoles that a courier runs here."""
        if time.monotonic() - self._beaten_at < BEAT_SECONDS:
            return
        beat(desk, self._name, [ANY])
        self._beaten_at = time.monotonic()

    def _pause_seconds(self) -> float:
        """Until the next thing is due, but never so long that others' doings go unnoticed."""
        if self._next_due is None or self._clock.paused:
            return POLL_SECONDS
        ahead = (self._next_due - self._clock.now()) / 1_000 / self._clock.speed
        return min(POLL_SECONDS, max(0.001, ahead))

    def _colleagues(self, desk: Desk) -> list[str]:
        agents = desk.call("agent.list", SYSTEM)
        others = [agent.login for agent in agents if agent.login != self._human]
        return others[: self.scenario.colleagues]
