import time
from datetime import datetime, timedelta

import pytest

from omnitui.local_zone import LocalZone


@pytest.mark.parametrize(
    ("zone", "moment", "offset_hours", "summer"),
    [
        ("UTC", datetime(2026, 3, 2, 9), 0, False),
        ("Europe/Oslo", datetime(2026, 1, 15, 12), 1, False),
        ("Europe/Oslo", datetime(2026, 7, 15, 12), 2, True),
        ("Asia/Kolkata", datetime(2026, 7, 15, 12), 5.5, False),
    ],
)
def test_the_machines_own_time(
    zone: str,
    moment: datetime,
    offset_hours: float,
    summer: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    here = moment.replace(tzinfo=LocalZone())
    assert here.utcoffset() == timedelta(hours=offset_hours)
    assert bool(here.dst()) is summer
    back = datetime.fromtimestamp(here.timestamp(), LocalZone())
    assert back.replace(tzinfo=None) == moment
    monkeypatch.undo()
    time.tzset()
