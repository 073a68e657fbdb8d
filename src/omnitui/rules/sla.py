"""Service levels: when a promise is nearly broken, broken, kept, or on hold.

A target gives business time until a warning and until failure; a promise is a target at work on one
case or conversation. A pause moves what has not passed by the business time it took. Failure stays:
what is done too late is breached all the same. A limit has passed at its very moment, so that a
timer due then finds it passed. Moments are epoch ms, durations ms. Source: the reference product.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from omnitui.rules.calendar import Calendar, add_business, business_between, shifted


class SlaStatus(StrEnum):
    """How a promise stands."""

    IN_PROGRESS = "in_progress"
    NEARING = "nearing"
    BREACHED = "breached"
    PAUSED = "paused"
    SUCCEEDED = "succeeded"

    @property
    def label(self) -> str:
        """The words for people, e.g. `In progress`."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Target:
    """What is promised: a warning after `warn_ms`, failure after `fail_ms` of business time.

    Raises ValueError unless the warning comes after the start and before the failure.
    """

    name: str
    warn_ms: int
    fail_ms: int

    def __post_init__(self) -> None:
        if not 0 < self.warn_ms < self.fail_ms:
            raise ValueError(
                f"{self.name} has to warn after the start and before it fails,"
                f" not after {self.warn_ms} of {self.fail_ms} ms."
            )


@dataclass(frozen=True, slots=True)
class Promise:
    """A target at work. `paused_at` is set during a pause, `kept_at` once it is done."""

    name: str
    started_at: int
    warn_at: int
    fail_at: int
    paused_at: int | None = None
    kept_at: int | None = None


def start(target: Target, at: int, calendar: Calendar) -> Promise:
    """A promise given at `at`, which counts from the next business hours on."""
    return Promise(
        target.name,
        at,
        add_business(at, target.warn_ms, calendar),
        add_business(at, target.fail_ms, calendar),
    )


def pause(promise: Promise, at: int) -> Promise:
    """Stop the clock; nothing happens to a promise that is paused or kept."""
    if promise.paused_at is not None or promise.kept_at is not None:
        return promise
    return replace(promise, paused_at=_after_start(promise, at))


def resume(promise: Promise, at: int, calendar: Calendar) -> Promise:
    """Let the clock go on: both limits move by the pause unless they had passed before it.

    Nothing happens to a promise that is not paused. Raises ValueError when `at` is before the
    pause.
    """
    if promise.paused_at is None:
        return promise
    return replace(
        promise,
        warn_at=shifted(promise.warn_at, promise.paused_at, at, calendar),
        fail_at=shifted(promise.fail_at, promise.paused_at, at, calendar),
        paused_at=None,
    )


def keep(promise: Promise, at: int, calendar: Calendar) -> Promise:
    """What was asked is done, perhaps during a pause; the first time counts."""
    if promise.kept_at is not None:
        return promise
    going = resume(promise, at, calendar)
    return replace(going, kept_at=_after_start(promise, at))


def status(promise: Promise, now: int) -> SlaStatus:
    """How a promise stands at `now`."""
    # Whatever stopped the clock, done or paused, what had passed by then has passed.
    until = promise.kept_at if promise.kept_at is not None else promise.paused_at
    if (now if until is None else until) >= promise.fail_at:
        return SlaStatus.BREACHED
    if promise.kept_at is not None:
        return SlaStatus.SUCCEEDED
    if promise.paused_at is not None:
        return SlaStatus.PAUSED
    return SlaStatus.NEARING if now >= promise.warn_at else SlaStatus.IN_PROGRESS


def remaining(promise: Promise, now: int, calendar: Calendar) -> int:
    """The business ms until failure, below zero by how much is overdue.

    Counted from where the clock stopped when the promise is paused or kept.
    """
    until = promise.kept_at if promise.kept_at is not None else promise.paused_at
    at = now if until is None else until
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
            return f"{promise.name} was kept with {time} to spare."
        case SlaStatus.PAUSED:
            return f"{promise.name} is paused with {time} left."
        case SlaStatus.BREACHED if promise.kept_at is not None:
            return f"{promise.name} was done {f'{time} ' if over else ''}too late."
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
        raise ValueError(f"{promise.name} had not begun at {at}, but at {promise.started_at}.")
    return at
