"""SLA targets: when one is near its due time, missed, met, or paused.

A `Target` has business time until a warning and until it is due; a `GivenTarget` is one at work on
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


class Promise(Struct, frozen=True):
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


def start(target: Target, at: int, calendar: Calendar) -> Promise:
    """Start a target at `at`; it counts from the next business hours on."""
    return Promise(
        target.name,
        at,
        add_business(at, target.warn_ms, calendar),
        add_business(at, target.fail_ms, calendar),
    )


def pause(promise: Promise, at: int) -> Promise:
    """Pause a target; a paused or met one does not change."""
    if promise.paused_at is not None or promise.kept_at is not None:
        return promise
    return replace(promise, paused_at=_after_start(promise, at))


def resume(promise: Promise, at: int, calendar: Calendar) -> Promise:
    """Continue a target: both times move by the pause unless they had passed before it.

    A target that is not paused does not change. Raises ValueError when `at` is before the pause.
    """
    if promise.paused_at is None:
        return promise
    return replace(
        promise,
        warn_at=shifted(promise.warn_at, promise.paused_at, at, calendar),
        fail_at=shifted(promise.fail_at, promise.paused_at, at, calendar),
        paused_at=None,
        holds=(*promise.holds, (promise.paused_at, at)),
    )


def keep(promise: Promise, at: int, calendar: Calendar) -> Promise:
    """Mark a target as met, perhaps during a pause; the first time counts."""
    if promise.kept_at is not None:
        return promise
    going = resume(promise, at, calendar)
    return replace(going, kept_at=_after_start(promise, at))


def moved(
    promise: Promise,
    now: int,
    calendar: Calendar,
    *,
    done_at: int | None,
    ended: bool,
    held: bool,
    rests: bool = False,
) -> Promise:
    """The target updated to the current state; unchanged if it is up to date.

    `done_at` is when it was reached, `ended` whether it no longer applies, `held` whether it is
    paused. Undoing (a reply that is unsent) continues the clock as if it had never stopped; where
    it `rests` (a case that was resolved), the times move.
    """
    done = None if done_at is None else max(done_at, promise.started_at)
    now = max(now, promise.stopped_at or 0, promise.started_at)
    if promise.kept_at not in (None, done):
        promise = _going_on(promise, now, calendar, rested=rests and done is None)
    if done is not None:
        if promise.paused_at is not None and done < promise.paused_at:
            promise = replace(promise, paused_at=None)
        return keep(replace(promise, cancelled_at=None), done, calendar)
    if ended:
        return promise if promise.cancelled_at is not None else replace(promise, cancelled_at=now)
    if promise.cancelled_at is not None:
        promise = _going_on(promise, now, calendar, rested=True)
    return pause(promise, now) if held else resume(promise, now, calendar)


def _going_on(promise: Promise, now: int, calendar: Calendar, *, rested: bool) -> Promise:
    stopped = promise.stopped_at if rested else None
    return resume(
        replace(promise, kept_at=None, cancelled_at=None, paused_at=stopped), now, calendar
    )


def replaced(promise: Promise, target: Target, calendar: Calendar) -> Promise:
    """Another target from the same start, with the same pauses."""
    fresh = start(target, promise.started_at, calendar)
    for begun, over in promise.holds:
        fresh = resume(pause(fresh, begun), over, calendar)
    return fresh if promise.paused_at is None else pause(fresh, promise.paused_at)


def applies(conditions: Mapping[str, Collection[str]], facts: Mapping[str, str]) -> bool:
    """Whether facts match: of each given field one of the words, upper and lower case alike."""
    return all(
        facts.get(field, "").casefold() in {word.casefold() for word in words}
        for field, words in conditions.items()
    )


def status(promise: Promise, now: int) -> SlaStatus:
    """The status of a target at `now`."""
    # Whatever stopped the clock, done or paused, what had passed by then has passed.
    until = promise.stopped_at
    if (now if until is None else until) >= promise.fail_at:
        return SlaStatus.BREACHED
    if promise.kept_at is not None:
        return SlaStatus.SUCCEEDED
    if promise.cancelled_at is not None:
        return SlaStatus.CANCELLED
    if promise.paused_at is not None:
        return SlaStatus.PAUSED
    return SlaStatus.NEARING if now >= promise.warn_at else SlaStatus.IN_PROGRESS


def remaining(promise: Promise, now: int, calendar: Calendar) -> int:
    """The business ms until failure, below zero by how much is overdue.

    Counted from where the clock stopped when the promise is paused, kept or cancelled.
    """
    at = now if promise.stopped_at is None else promise.stopped_at
    if at <= promise.fail_at:
        return business_between(at, promise.fail_at, calendar)
    return -business_between(promise.fail_at, at, calendar)


def explain(promise: Promise, now: int, calendar: Calendar) -> str:
    """How a promise stands as a sentence, in business time."""
    stands = status(promise, now)
    left = remaining(promise, now, calendar)
    time = duration_words(abs(left))
    over = left < 0
    match stands:
        case SlaStatus.SUCCEEDED:
            return f"{promise.name} was met, {time} early."
        case SlaStatus.PAUSED:
            return f"{promise.name} is paused with {time} left."
        case SlaStatus.CANCELLED:
            return f"{promise.name} no longer applies."
        case SlaStatus.BREACHED if promise.cancelled_at is not None:
            return f"{promise.name} was not met; it was overdue{f' by {time}' if over else ''}."
        case SlaStatus.BREACHED if promise.kept_at is not None:
            return f"{promise.name} was met {f'{time} ' if over else ''}late."
        case SlaStatus.BREACHED:
            return f"{promise.name} is overdue{f' by {time}' if over else ''}."
    return f"{promise.name} has {time} left."


def duration_words(ms: int) -> str:
    """A duration in its two largest units, e.g. `1 h 20 min`; below a minute in seconds."""
    minutes = ms // 60_000
    if not minutes:
        return f"{ms // 1_000} s"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
    return " ".join(filter(None, parts))


def _after_start(promise: Promise, at: int) -> int:
    if at < promise.started_at:
        raise ValueError(f"{promise.name} had not started at {at}, but at {promise.started_at}.")
    return at
