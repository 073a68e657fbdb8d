"""SLA targets: when one is near its due time, missed, met, or paused.

A `Target` has business time until a warning and until it is due; a `Clock` is one at work on
a case or conversation. A pause moves times that have not passed by its business time. A missed
target stays missed, even if it is met late. A time has passed at its very moment, so that a timer
that is due then finds it passed. Times are epoch ms, durations ms. Source: the reference product.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from omnitui.rules.calendar import Calendar, add_business, business_between, shifted


class SlaStatus(StrEnum):
    """The status of a target."""

    IN_PROGRESS = "in_progress"
    NEARING = "nearing"
    BREACHED = "breached"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The words for people, e.g. `In progress`."""
        return self.value.replace("_", " ").capitalize()


class Target(Struct, frozen=True):
    """A target: a warning after `warn_ms`, due after `fail_ms` of business time.

    Raises ValueError unless the warning comes after the start and before it is due.
    """

    name: str
    warn_ms: int
    fail_ms: int

    def __post_init__(self) -> None:
        if not 0 < self.warn_ms < self.fail_ms:
            raise ValueError(
                f"{self.name} has to warn after the start and before it is due, not after "
                f"{self.warn_ms} of {self.fail_ms} ms."
            )


class Clock(Struct, frozen=True):
    """A target at work. `paused_at` is set during a pause, `kept_at` once it is met.

    `cancelled_at` is when it stopped to apply without being met; `holds` are the pauses that are
    over.
    """

    name: str
    started_at: int
    warn_at: int
    fail_at: int
    paused_at: int | None = None
    kept_at: int | None = None
    cancelled_at: int | None = None
    holds: tuple[tuple[int, int], ...] = ()

    @property
    def stopped_at(self) -> int | None:
        """When the clock stopped: met, paused or cancelled; None while it runs."""
        stops = (self.kept_at, self.paused_at, self.cancelled_at)
        return next((at for at in stops if at is not None), None)


def start(target: Target, at: int, calendar: Calendar) -> Clock:
    """Start a target at `at`; it counts from the next business hours on."""
    return Clock(
        target.name,
        at,
        add_business(at, target.warn_ms, calendar),
        add_business(at, target.fail_ms, calendar),
    )


def pause(clock: Clock, at: int) -> Clock:
    """Pause a target; a paused or met one does not change."""
    if clock.paused_at is not None or clock.kept_at is not None:
        return clock
    return replace(clock, paused_at=_after_start(clock, at))


def resume(clock: Clock, at: int, calendar: Calendar) -> Clock:
    """Continue a target: both times move by the pause unless they had passed before it.

    A target that is not paused does not change. Raises ValueError when `at` is before the pause.
    """
    if clock.paused_at is None:
        return clock
    return replace(
        clock,
        warn_at=shifted(clock.warn_at, clock.paused_at, at, calendar),
        fail_at=shifted(clock.fail_at, clock.paused_at, at, calendar),
        paused_at=None,
        holds=(*clock.holds, (clock.paused_at, at)),
    )


def keep(clock: Clock, at: int, calendar: Calendar) -> Clock:
    """Mark a target as met, perhaps during a pause; the first time counts."""
    if clock.kept_at is not None:
        return clock
    going = resume(clock, at, calendar)
    return replace(going, kept_at=_after_start(clock, at))


def moved(
    clock: Clock,
    now: int,
    calendar: Calendar,
    *,
    done_at: int | None,
    ended: bool,
    held: bool,
    rests: bool = False,
) -> Clock:
    """The target updated to the current state; unchanged if it is up to date.

    `done_at` is when it was reached, `ended` whether it no longer applies, `held` whether it is
    paused. Undoing (a reply that is unsent) continues the clock as if it had never stopped; where
    it `rests` (a case that was resolved), the times move.
    """
    done = None if done_at is None else max(done_at, clock.started_at)
    now = max(now, clock.stopped_at or 0, clock.started_at)
    if clock.kept_at not in (None, done):
        clock = _going_on(clock, now, calendar, rested=rests and done is None)
    if done is not None:
        if clock.paused_at is not None and done < clock.paused_at:
            clock = replace(clock, paused_at=None)
        return keep(replace(clock, cancelled_at=None), done, calendar)
    if ended:
        return clock if clock.cancelled_at is not None else replace(clock, cancelled_at=now)
    if clock.cancelled_at is not None:
        clock = _going_on(clock, now, calendar, rested=True)
    return pause(clock, now) if held else resume(clock, now, calendar)


def _going_on(clock: Clock, now: int, calendar: Calendar, *, rested: bool) -> Clock:
    stopped = clock.stopped_at if rested else None
    return resume(replace(clock, kept_at=None, cancelled_at=None, paused_at=stopped), now, calendar)


def replaced(clock: Clock, target: Target, calendar: Calendar) -> Clock:
    """Another target from the same start, with the same pauses."""
    fresh = start(target, clock.started_at, calendar)
    for begun, over in clock.holds:
        fresh = resume(pause(fresh, begun), over, calendar)
    return fresh if clock.paused_at is None else pause(fresh, clock.paused_at)


def applies(conditions: Mapping[str, Collection[str]], facts: Mapping[str, str]) -> bool:
    """Whether facts match: of each given field one of the words, upper and lower case alike."""
    return all(
        facts.get(field, "").casefold() in {word.casefold() for word in words}
        for field, words in conditions.items()
    )


def status(clock: Clock, now: int) -> SlaStatus:
    """The status of a target at `now`."""
    # Whatever stopped the clock, done or paused, what had passed by then has passed.
    until = clock.stopped_at
    if (now if until is None else until) >= clock.fail_at:
        return SlaStatus.BREACHED
    if clock.kept_at is not None:
        return SlaStatus.SUCCEEDED
    if clock.cancelled_at is not None:
        return SlaStatus.CANCELLED
    if clock.paused_at is not None:
        return SlaStatus.PAUSED
    return SlaStatus.NEARING if now >= clock.warn_at else SlaStatus.IN_PROGRESS


def remaining(clock: Clock, now: int, calendar: Calendar) -> int:
    """The business ms until failure, below zero by how much is overdue.

    Counted from where the clock stopped when the clock is paused, kept or cancelled.
    """
    at = now if clock.stopped_at is None else clock.stopped_at
    if at <= clock.fail_at:
        return business_between(at, clock.fail_at, calendar)
    return -business_between(clock.fail_at, at, calendar)


def explain(clock: Clock, now: int, calendar: Calendar) -> str:
    """The status of a target as a sentence, in business time."""
    stands = status(clock, now)
    left = remaining(clock, now, calendar)
    time = duration_words(abs(left))
    over = left < 0
    match stands:
        case SlaStatus.SUCCEEDED:
            return f"{clock.name} was met, {time} early."
        case SlaStatus.PAUSED:
            return f"{clock.name} is paused with {time} left."
        case SlaStatus.CANCELLED:
            return f"{clock.name} no longer applies."
        case SlaStatus.BREACHED if clock.cancelled_at is not None:
            return f"{clock.name} was not met; it was overdue{f' by {time}' if over else ''}."
        case SlaStatus.BREACHED if clock.kept_at is not None:
            return f"{clock.name} was met {f'{time} ' if over else ''}late."
        case SlaStatus.BREACHED:
            return f"{clock.name} is overdue{f' by {time}' if over else ''}."
    return f"{clock.name} has {time} left."


def duration_words(ms: int) -> str:
    """A duration in its two largest units, e.g. `1 h 20 min`; below a minute in seconds."""
    minutes = ms // 60_000
    if not minutes:
        return f"{ms // 1_000} s"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
    return " ".join(filter(None, parts))


def _after_start(clock: Clock, at: int) -> int:
    if at < clock.started_at:
        raise ValueError(f"{clock.name} had not started at {at}, but at {clock.started_at}.")
    return at
