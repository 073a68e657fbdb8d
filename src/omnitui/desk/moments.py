"""Times in words: `2h`, `fri 9am`, `2026-12-01 10:00`, or as a number."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from omnitui.clock import parse_time
from omnitui.desk.call import Call
from omnitui.local_zone import LocalZone
from omnitui.model.errors import Refused
from omnitui.rules import when

_WRITTEN = re.compile(r"[0-9]{9,15}|[+-].*")


def zone_of(name: str, code: str) -> tzinfo:
    """The time zone of that name, by default the machine's; refused with `code`."""
    if not name:
        return LocalZone()
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise Refused(
            code, f"{name!r} is not a time zone.", "Use a name such as Europe/Oslo, or UTC."
        ) from None


def iso(at: int) -> str:
    """A time (epoch ms) as commands take it."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)).isoformat()


def moment(call: Call, words: str, zone: tzinfo, code: str) -> int:
    """The time that is meant (epoch ms); refused with `code` if there is none.

    Numbers and `+2d` are accepted too, and may be in the past: programs write them.
    """
    try:
        if _WRITTEN.fullmatch(words.strip()):
            return parse_time(words, call.now)
        return when.parse(words, call.now, zone)
    except when.WhenError as error:
        raise Refused(code, error.sentence, error.hint) from None
    except ValueError as error:
        raise Refused(code, f"{str(error).capitalize()}.", when.HINT) from None
