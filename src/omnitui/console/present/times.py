"""Times as people read them: a span while it matters, the clock in transcripts, else the date."""

from datetime import datetime, tzinfo

_SECOND = 1_000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def wait(ms: int) -> str:
    """How long something has lasted, at most six cells: `0:48`, `2:14`, `1h05`, `3d`."""
    ms = max(0, ms)
    if ms < _HOUR:
        return f"{ms // _MINUTE}:{ms % _MINUTE // _SECOND:02d}"
    if ms < _DAY:
        return f"{ms // _HOUR}h{ms % _HOUR // _MINUTE:02d}"
    return f"{ms // _DAY}d"


def countdown(ms: int) -> str:
    """What is left until a deadline, as `wait`; past it with a minus: `-0:12`.

    A deadline is shown as reached only when it is: 0.2 seconds left are `0:01`.
    """
    if ms > 0:
        return wait(ms + _SECOND - 1) if ms < _HOUR - _SECOND else wait(ms)
    return f"-{wait(-ms)}"


def seconds_left(ms: int) -> int:
    """Whole seconds left, rounded up, never negative."""
    return max(0, -(-ms // _SECOND))


def clock_time(at: int, tz: tzinfo) -> str:
    """The time of day, `14:03`."""
    return f"{_local(at, tz):%H:%M}"


def day_label(at: int, now: int, tz: tzinfo) -> str:
    """The day seen from `now`: `today`, `yesterday`, `Mon 3 Nov`; other years are named."""
    then, today = _local(at, tz), _local(now, tz)
    days = (today.date() - then.date()).days
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days == -1:
        return "tomorrow"
    label = f"{then:%a} {then.day} {then:%b}"
    return label if then.year == today.year else f"{label} {then.year}"


def moment(at: int, now: int, tz: tzinfo) -> str:
    """The time of day, with the date in front when it is not today: `Mon 3 Nov 14:03`."""
    clock = clock_time(at, tz)
    return clock if same_day(at, now, tz) else f"{day_label(at, now, tz)} {clock}"


def brief(at: int, now: int, tz: tzinfo) -> str:
    """The time of day if it was today, else the day, else the year: at most six cells."""
    then, today = _local(at, tz), _local(now, tz)
    if then.date() == today.date():
        return f"{then:%H:%M}"
    return f"{then.day} {then:%b}" if then.year == today.year else f"{then.year}"


def same_day(first: int, second: int, tz: tzinfo) -> bool:
    """Whether both moments fall on the same local day."""
    return _local(first, tz).date() == _local(second, tz).date()


def relative(at: int, now: int) -> str:
    """Roughly how far away a moment is: `just now`, `4 min ago`, `in 2 h`, `3 days ago`."""
    distance = abs(now - at)
    if distance < _MINUTE:
        return "just now"
    if distance < _HOUR:
        amount = f"{distance // _MINUTE} min"
    elif distance < _DAY:
        amount = f"{distance // _HOUR} h"
    else:
        days = distance // _DAY
        amount = f"{days} day" if days == 1 else f"{days} days"
    return f"{amount} ago" if at < now else f"in {amount}"


def zone_name(at: int, tz: tzinfo) -> str:
    """What a time zone is called at a moment, such as `CET`."""
    return _local(at, tz).tzname() or "local time"


def _local(at: int, tz: tzinfo) -> datetime:
    return datetime.fromtimestamp(at / _SECOND, tz)
