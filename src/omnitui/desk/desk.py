"""The desk: it calls commands, runs due timers, and gives the journal.

A `Desk` belongs to one thread, like its store. Several desks, in any number of processes, may use
one store file.
"""

from contextlib import suppress
from random import Random
from typing import Any

from omnitui.clock import Clock
from omnitui.desk import carrying
from omnitui.desk.call import Call, Lasting
from omnitui.desk.registry import COMMANDS, Command
from omnitui.desk.settings import load as load_settings
from omnitui.model.actor import SYSTEM, Actor
from omnitui.model.channel import Channel
from omnitui.model.errors import Fault, Refusal, Refused
from omnitui.model.journal import Entry
from omnitui.store import channels, journal, timers
from omnitui.store.engine import Damage, Store
from omnitui.store.reading import unreadable
from omnitui.store.routing import workstreams

_EVERYDAY = frozenset(
    "bulk case console conversation courier customer draft mention message scheduled session"
    " signature spelling suggestion supervisor timeline view".split()
)
"""Areas without commands that change the desk's settings."""

_EVERYDAY_TOO = frozenset(("bot.take_over", "script.start", "script.step"))
"""Commands that change none of them, in areas that have others which do."""


class Desk:
    """The desk on one store."""

    def __init__(self, store: Store, clock: Clock, random: Random | None = None) -> None:
        self.store = store
        self.clock = clock
        self.random = random or Random()
        self._seen_version = -1
        self._unsettled = False
        self._refresh()

    def _refresh(self) -> None:
        """Read the setup again if another connection has changed the store."""
        version = self.store.data_version()
        if version != self._seen_version:
            self._seen_version = version
            self._lasting = Lasting(keeps=True)
            self.settings = load_settings(self.store)
            self._channels = {channel.key: channel for channel in channels.every(self.store)}
            self._streams = {
                key: stream for stream in workstreams.every(self.store) for key in stream.channels
            }

    def reread(self) -> None:
        """Read the setup (settings, channels, queues ...) again, whoever changed it."""
        self._seen_version = -1

    @property
    def channels(self) -> dict[str, Channel]:
        """The channels by key, in their own order."""
        self._refresh()
        return self._channels

    def call(self, name: str, actor: Actor, /, **given: Any) -> Any:
        """Run one command, or raise `Refused` with nothing changed."""
        command = carrying.command_for(actor, name)
        inside = self.store.in_transaction
        if _sets_up(command):
            self._unsettled = True
        try:
            with self.store.transaction() if command.changes else self.store.reading():
                call = self._at_command(command, actor)
                result = carrying.carry_out(call, command, given)
        except (Refused, Fault, OSError, Damage):
            raise
        except Exception as error:
            # What broke down on damaged rows is no mistake of the desk's. Imported here because
            # knowing what every column may hold takes time that a sound store never needs.
            from omnitui.store import health

            where = health.meaningless(self.store)
            if not where:
                raise
            raise unreadable(f" (in {', '.join(sorted(where))})") from error
        finally:
            if self._unsettled:
                # Inside a transaction of the caller's, the change may yet be rolled back with it.
                self._unsettled = inside
                self.reread()
        if call.afterwards and not inside:
            self._follow_up(call)
        return result

    def _follow_up(self, call: Call) -> None:
        """Run what a query leaves to be noted, unless somebody is writing: it never waits."""
        with self.store.at_once(), suppress(Fault, OSError, Damage):
            for name, given in call.afterwards:
                if call.actor.may(COMMANDS[name].permission):
                    self.attempt(name, call.actor, **given)

    def attempt(self, name: str, actor: Actor, /, **given: Any) -> Any:
        """Like `call`, but returns a refusal instead of raising it."""
        try:
            return self.call(name, actor, **given)
        except Refused as refused:
            return refused.refusal

    def _at_command(self, command: Command, actor: Actor) -> Call:
        self._refresh()
        return self.at_work(actor, keeping=not _sets_up(command))

    def at_work(self, actor: Actor, *, keeping: bool = False) -> Call:
        """The context a command would get now; `keeping` if it does not change the setup."""
        return Call(
            self.store,
            self.clock.now(),
            actor,
            self.settings,
            self.random,
            self._channels,
            self._streams,
            lasting=self._lasting if keeping else Lasting(),
        )

    def run_due(self, limit: int = 1_000) -> int:
        """Run every due timer, one transaction each; returns how many there were.

        Any number of processes may call this at any time: the one that removes a timer runs it. A
        timer that cannot run is set aside.
        """
        done = 0
        while done < limit and self._due_now():
            with self.store.transaction():
                timer = timers.take(self.store, self.clock.now())
                if timer is None:
                    break
                # Imported when something is due: all that may be takes a while.
                from omnitui.desk import due

                self._refresh()
                call = self.at_work(SYSTEM, keeping=True)
                due.carry_out(call, timer)
            done += 1
        return done

    def _due_now(self) -> bool:
        at = timers.next_due(self.store)
        return at is not None and at <= self.clock.now()

    def next_due(self) -> int | None:
        """When the next timer is due (epoch ms)."""
        return timers.next_due(self.store)

    def follow(self, seq: int, limit: int = 500) -> list[Entry]:
        """The journal's entries after `seq`, oldest first."""
        return journal.after(self.store, seq, limit)

    def last_seq(self) -> int:
        """The newest entry's number."""
        return journal.last(self.store)

    def latest(self) -> int:
        """The time of the last entry (epoch ms), 0 if there is none."""
        entries = self.follow(self.last_seq() - 1, 1)
        return entries[0].at if entries else 0

    def close(self) -> None:
        """Close the store."""
        self.store.close()


def _sets_up(command: Command) -> bool:
    """Whether a command may change what administrators have set up."""
    everyday = command.area in _EVERYDAY or command.name in _EVERYDAY_TOO
    return command.changes and not everyday


def refusal_of(value: Any) -> Refusal | None:
    """The refusal that `Desk.attempt` returned, None if it returned a result."""
    return value if isinstance(value, Refusal) else None
