"""The time zone of the machine, for any moment: summer time is that moment's, not today's."""

import time
from datetime import datetime, timedelta, tzinfo

_SECOND = timedelta(seconds=1)


class LocalZone(tzinfo):
    """What the machine's clock shows on the wall."""

    def fromutc(self, moment: datetime) -> datetime:
        """The wall's time for a moment in UTC."""
        seconds = (moment.replace(tzinfo=None) - datetime(1970, 1, 1)) // _SECOND
        wall = time.localtime(seconds)
        fold = int(wall == time.localtime(seconds - 3_600))
        return datetime(*wall[:6], moment.microsecond, tzinfo=self, fold=fold)

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """How far the wall is ahead of UTC."""
        return timedelta(seconds=self._wall(moment).tm_gmtoff)

    def dst(self, moment: datetime | None) -> timedelta:
        """Whether it is summer time: an hour or nothing."""
        return timedelta(hours=max(0, self._wall(moment).tm_isdst))

    def tzname(self, moment: datetime | None) -> str:
        """The zone's short name."""
        return self._wall(moment).tm_zone

    @staticmethod
    def _wall(moment: datetime | None) -> time.struct_time:
        if moment is None:
            return time.localtime()
        # Without a zone the moment says nothing of summer time, and the machine decides.
        given = moment.replace(tzinfo=None).timetuple()
        seconds = time.mktime(given)
        if moment.fold and time.localtime(seconds + 3_600)[:6] == given[:6]:
            seconds += 3_600
        return time.localtime(seconds)
