"""Business hours and promises from files: what is read, what is found wrong, what stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from omnitui.datafiles import folder
from omnitui.datafiles.check import check as look
from omnitui.datafiles.company import Known
from omnitui.datafiles.hours import read_hours
from omnitui.datafiles.sla import read_targets
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.errors import DataError
from omnitui.model.sla import Hold, Kpi, Subject

HOURS = """[[calendar]]
name = "Office"
zone = "Europe/Oslo"
holidays = [2026-12-25]

[calendar.weekly]
monday = ["08:00-12:00", "13:00-17:00"]
tuesday = ["08:00-12:00"]
"""
TARGET = """[[target]]
name = "Reply"
kpi = "first_response"
warn_minutes = 45
fail_minutes = 60
calendar = "Office"

[target.conditions]
channel = ["chat"]
queue = ["General"]
tier = ["gold"]
"""
QUEUES = '[[queue]]\nname = "General"\n'

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return put


def problems(*paths: Path) -> list[str]:
    found = look(paths, lambda path: None)
    return [f"{error.where}: {error.problem}" for error in found.problems]


def test_hours_are_read(write: Write) -> None:
    (calendar,) = read_hours(write("hours.toml", HOURS))
    assert (calendar.name, calendar.zone, calendar.days_off) == (
        "Office",
        "Europe/Oslo",
        ["2026-12-25"],
    )
    assert calendar.weekly["monday"] == ["08:00-12:00", "13:00-17:00"]


def test_targets_are_read(write: Write) -> None:
    (target,) = read_targets(write("sla.toml", TARGET), Known())
    assert (target.kpi, target.subject, target.pauses) == (
        Kpi.FIRST_RESPONSE,
        Subject.CONVERSATION,
        None,
    )
    assert target.words == {"channel": ["chat"], "queue": ["General"], "tier": ["gold"]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Europe/Oslo", "Oslo", "line 3, calendar[0].zone: there is no time zone 'Oslo'"),
        (
            '"13:00-17:00"',
            '"11:00-17:00"',
            "line 7, calendar[0].weekly.monday: 08:00-12:00 and 11:00-17:00 overlap on Monday",
        ),
        (
            '["08:00-12:00"]',
            '["12:00-08:00"]',
            "line 8, calendar[0].weekly.tuesday: on Tuesday: 12:00-08:00 ends before it starts",
        ),
        ("tuesday", "tues", "line 8, calendar[0].weekly.tues: there is no day 'tues'"),
        ("2026-12-25", '"x"', "line 4, calendar[0].holidays[0]: it needs a date"),
        ("Office", "7", "line 2, calendar[0].name: '7' is not a valid name for a calendar"),
        ("zone", "zonne", "line 3, calendar[0].zonne: there is no such key; did you mean zone?"),
        (HOURS, HOURS * 2, "line 10, calendar[1].name: a calendar Office exists already"),
    ],
)
def test_wrong_hours_are_found(write: Write, old: str, new: str, expected: str) -> None:
    path = write("hours.toml", HOURS.replace(old, new))
    assert any(problem.startswith(expected) for problem in problems(path)), problems(path)
    with pytest.raises(DataError):
        read_hours(path)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("45", "0", "line 4, target[0].warn_minutes: 0 minutes is not a valid time"),
        ("60", "-5", "line 5, target[0].fail_minutes: -5 minutes is not a valid time"),
        ("45", "60", "line 4, target[0].warn_minutes: a warning after 60 minutes is too late"),
        ("first_response", "x", "line 3, target[0].kpi: it cannot be 'x'; use one of first_"),
        ("Office", "Night", "line 6, target[0].calendar: there is no calendar Night"),
        ("General", "Billing", "line 10, target[0].conditions.queue: there is no queue Billing"),
        ("gold", "tin", "line 11, target[0].conditions.tier[0]: it cannot be 'tin'"),
        ('["chat"]', "[]", "line 9, target[0].conditions.channel: it is empty"),
        ("tier", "tire", "line 11, target[0].conditions.tire: there is no such key; did you mean"),
        ('"Reply"', '" "', "line 2, target[0].name: ' ' is not a valid name for a target"),
        (TARGET, TARGET * 2, "line 13, target[1].name: a target Reply exists already"),
    ],
)
def test_wrong_targets_are_found(write: Write, old: str, new: str, expected: str) -> None:
    hours, queues = write("hours.toml", HOURS), write("queues.toml", QUEUES)
    path = write("sla.toml", TARGET.replace(old, new))
    found = problems(path, queues, hours)
    assert any(problem.startswith(expected) for problem in found), found


def test_channels_that_are_not_known_are_found_where_some_are(write: Write) -> None:
    path = write("sla.toml", TARGET.replace("chat", "fax"))
    assert problems(path) == []
    found = problems(path, folder() / "channels.toml")
    assert found == ["line 9, target[0].conditions.channel: there is no channel fax"]


@pytest.fixture
def company(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "company").mkdir(parents=True)
    channels = (folder() / "channels.toml").read_text("utf-8")
    files = {
        "channels.toml": channels,
        "hours.toml": HOURS,
        "sla.toml": TARGET,
        "company/queues.toml": QUEUES,
    }
    for name, text in files.items():
        (data / name).write_text(text, "utf-8")
    return data


def test_files_are_put_into_the_store_and_brought_up_to_date(desk: Desk, company: Path) -> None:
    filled = fill(desk, company)
    assert (filled.counts["calendars"], filled.counts["targets"]) == (1, 1)
    (target,) = desk.call("sla.list", ADMINISTRATOR)
    assert (target.name, target.calendar, target.pauses) == (
        "Reply",
        "Office",
        (Hold.WAITING, Hold.SNOOZED),
    )
    assert target.conditions == {"channel": ("chat",), "queue": ("General",), "tier": ("gold",)}
    (company / "sla.toml").write_text(TARGET.replace("60", "90").replace("gold", "silver"), "utf-8")
    (company / "hours.toml").write_text(HOURS.replace("Europe/Oslo", "UTC"), "utf-8")
    fill(desk, company)
    (again,) = desk.call("sla.list", ADMINISTRATOR)
    assert (again.id, again.fail_minutes, again.since) == (target.id, 90, target.since)
    assert again.conditions["tier"] == ("silver",)
    office = desk.call("calendar.get", ADMINISTRATOR, calendar="Office")
    assert office.zone == "UTC"


def test_without_people_there_are_hours_and_no_promises(desk: Desk, company: Path) -> None:
    filled = fill(desk, company, people=False)
    assert (filled.counts["calendars"], filled.counts["targets"]) == (1, 0)
    assert desk.call("sla.list", ADMINISTRATOR) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("sla.toml", "45", "0"), ("hours.toml", "Europe/Oslo", "x"), ("sla.toml", "General", "y")],
)
def test_a_wrong_file_leaves_the_store_as_it_was(
    desk: Desk, company: Path, file: str, old: str, new: str
) -> None:
    path = company / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    before = desk.last_seq()
    with pytest.raises(DataError, match=file):
        fill(desk, company)
    assert desk.last_seq() == before
    assert desk.call("sla.list", ADMINISTRATOR) == []


def test_what_ships_promises_something_on_every_channel(desk: Desk) -> None:
    fill(desk)
    promised = {}
    for channel in desk.channels:
        said = desk.call(
            "conversation.receive", ADMINISTRATOR, channel=channel, address="new-1", text="Hello"
        )
        standing = desk.call("sla.of", ADMINISTRATOR, conversation=said.conversation_id)
        promised[channel] = [s.name for s in standing]
    assert promised["chat"] == promised["phone"] == ["Live reply"]
    assert promised["email"] == ["Mail reply"]
    assert promised["sms"] == ["Message reply"]
    assert all(len(names) == 1 for names in promised.values())
