"""Queues, capacity profiles, work streams and rules from files: read, checked, put into a store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from omnitui.datafiles import folder
from omnitui.datafiles.check import check as look
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.errors import DataError
from omnitui.store.routing import profiles, queues, workstreams

CHANNELS = (folder() / "channels.toml").read_text("utf-8")
HOURS = """[[calendar]]
name = "Office"
zone = "UTC"
[calendar.weekly]
monday = ["08:00-16:00"]
"""
QUEUES = """[[queue]]
name = "First"
assign = "nearest"
match = "closest"
hours = "office"
[[queue.overflow]]
when = "closed"
do = "queue"
to = "Second"
say = "We are closed."
[[queue]]
name = "Second"
[[queue.overflow]]
when = "waiting_minutes"
above = 5
do = "end"
"""
AGENTS = """[[agent]]
login = "ada"
name = "Ada Byron"
queues = ["First"]
"""
PROFILES = """[[profile]]
name = "Complaints"
most = 2
reset = "end_of_day"
agents = ["ada"]
"""
STREAMS = """[[workstream]]
name = "Live"
channels = ["chat", "phone"]
presences = ["available"]
wrap_up = "timed"
wrap_up_seconds = 60
queue = "Second"
"""
RULES = """[[rule]]
name = "Router words"
[[rule.condition]]
field = "words"
operator = "contains"
value = ["router"]
[[rule.condition]]
field = "hours.Office"
operator = "is"
value = "open"
[rule.result]
skills = { router = 2 }
queue = "First"
profiles = ["complaints"]
[[rule]]
name = "Phone"
[[rule.condition]]
field = "channel"
operator = "is"
value = "phone"
[rule.result]
priority = 3
"""
FILES = {
    "channels.toml": CHANNELS,
    "hours.toml": HOURS,
    "company/queues.toml": QUEUES,
    "company/agents.toml": AGENTS,
    "profiles.toml": PROFILES,
    "workstreams.toml": STREAMS,
    "classification.toml": RULES,
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the whole folder, one file of it changed."""

    def put(file: str = "", old: str = "", new: str = "") -> Path:
        for name, text in FILES.items():
            path = tmp_path / "data" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            changed = text.replace(old, new) if name == file else text
            assert name != file or changed != text
            path.write_text(changed, "utf-8")
        return tmp_path / "data"

    return put


def test_all_of_it_is_put_into_the_store(desk: Desk, write: Write) -> None:
    filled = fill(desk, write())
    assert {name: filled.counts[name] for name in ("profiles", "workstreams", "rules")} == {
        "profiles": 1,
        "workstreams": 1,
        "rules": 2,
    }
    first, second = (
        desk.call("queue.get", ADMINISTRATOR, queue=name) for name in ("First", "Second")
    )
    assert (first["assign"], first["match"], first["hours"]) == ("nearest", "closest", "Office")
    assert first["overflow"][0]["to"] == "Second"
    assert second["overflow"][0]["above"] == 5
    stream = workstreams.of_channel(desk.store, "phone")
    assert stream is not None
    assert (stream.name, stream.wrap_up_seconds) == ("Live", 60)
    assert stream.queue_id == queues.by_name(desk.store, "Second")
    rules = desk.call("classification.list", ADMINISTRATOR)
    assert [rule["name"] for rule in rules] == ["Router words", "Phone"]
    assert rules[0]["result"]["profiles"] == ["Complaints"]
    assert profiles.of_agent(desk.store, 1, "2026-03-02")["Complaints"].limit == 2


def test_what_an_administrator_has_changed_stays(desk: Desk, write: Write) -> None:
    data = write()
    fill(desk, data)
    desk.call("queue.update", ADMINISTRATOR, queue="First", assign="round_robin", overflow=[])
    desk.call("workstream.update", ADMINISTRATOR, workstream="Live", channels=["chat"])
    desk.call("profile.update", ADMINISTRATOR, profile="Complaints", most=9)
    desk.call("classification.update", ADMINISTRATOR, classification="Phone", position=1)
    fill(desk, data)
    first = desk.call("queue.get", ADMINISTRATOR, queue="First")
    assert (first["assign"], first["overflow"]) == ("round_robin", [])
    assert workstreams.of_channel(desk.store, "phone") is None
    assert desk.call("profile.list", ADMINISTRATOR)[0].most == 9
    rules = desk.call("classification.list", ADMINISTRATOR)
    assert [rule["name"] for rule in rules] == ["Phone", "Router words"]


def test_a_stream_takes_no_channel_from_one_that_is_there(desk: Desk, write: Write) -> None:
    desk.call("workstream.create", ADMINISTRATOR, name="Mine", channels=["chat"])
    fill(desk, write())
    assert {s.name: s.channels for s in desk.call("workstream.list", ADMINISTRATOR)} == {
        "Live": ("phone",),
        "Mine": ("chat",),
    }


def test_nothing_is_wrong_with_it(write: Write) -> None:
    assert look([write()], lambda path: None).problems == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("company/queues.toml", '"office"', '"Night"', "line 5, queue[0].hours: there is no cal"),
        ("company/queues.toml", '"nearest"', '"x"', "line 3, queue[0].assign: it cannot be 'x'"),
        (
            "company/queues.toml",
            '"Second"\nsay',
            '"Third"\nsay',
            "line 9, queue[0].overflow[0].to: overflow rule 1 sends to 'Third', a queue that",
        ),
        (
            "company/queues.toml",
            '"Second"\nsay',
            '"First"\nsay',
            "line 9, queue[0].overflow[0].to: overflow rule 1 sends to its own queue",
        ),
        (
            "company/queues.toml",
            "above = 5",
            "above = 0",
            "line 15, queue[1].overflow[0].above: overflow rule 1 needs above as a number of min",
        ),
        ("profiles.toml", "most = 2", "most = 0", "line 3, profile[0].most: it needs a number of"),
        ("profiles.toml", '"ada"', '"bob"', "line 5, profile[0].agents: there is no agent 'bob'"),
        (
            "profiles.toml",
            '"Complaints"',
            '"7"',
            "line 2, profile[0].name: '7' is not a valid name",
        ),
        ("profiles.toml", "reset", "rest", "line 4, profile[0].rest: there is no such key; did"),
        ("workstreams.toml", '"chat"', '"fax"', "line 3, workstream[0].channels: there is no chan"),
        (
            "workstreams.toml",
            '"available"',
            '"inactive"',
            "line 4, workstream[0].presences: inactive agents never get work",
        ),
        (
            "workstreams.toml",
            "wrap_up_seconds = 60\n",
            "",
            "line 5, workstream[0].wrap_up: a timed wrap-up needs wrap_up_seconds",
        ),
        ("workstreams.toml", '"Second"', '"Nil"', "line 7, workstream[0].queue: there is no queue"),
        (
            "workstreams.toml",
            STREAMS,
            STREAMS + STREAMS.replace("Live", "More"),
            "line 10, workstream[1].channels: chat belongs to Live already",
        ),
        (
            "classification.toml",
            '"words"',
            '"mood"',
            "line 4, rule[0].condition[0].field: condition 1 cannot have 'mood' as field",
        ),
        (
            "classification.toml",
            "hours.Office",
            "hours.Night",
            "line 8, rule[0].condition[1].field: condition 2 uses the hours of 'Night'",
        ),
        (
            "classification.toml",
            "router = 2",
            "router = 12",
            "line 12, rule[0].result.skills.router: the result needs router at 12",
        ),
        (
            "classification.toml",
            '"First"',
            '"Nil"',
            "line 13, rule[0].result.queue: the result sends to 'Nil', a queue that does not exist",
        ),
        (
            "classification.toml",
            '"complaints"',
            '"Nil"',
            "line 14, rule[0].result.profiles: the result needs 'Nil', a capacity profile that",
        ),
        (
            "classification.toml",
            'value = "phone"',
            'value = "fax"',
            "line 20, rule[1].condition[0].value: condition 1 compares channel with 'fax', which",
        ),
        (
            "classification.toml",
            '"Phone"',
            '"router WORDS"',
            "line 16, rule[1].name: a rule router WORDS",
        ),
        ("classification.toml", "priority = 3", "", "line 21, rule[1].result: the result is empty"),
    ],
)
def test_what_is_wrong_is_found_with_its_place(
    desk: Desk, write: Write, file: str, old: str, new: str, expected: str
) -> None:
    data = write(file, old, new)
    found = [f"{error.where}: {error.problem}" for error in look([data], lambda _: None).problems]
    assert any(problem.startswith(expected) for problem in found), found
    before = desk.last_seq()
    with pytest.raises(DataError, match=Path(file).name):
        fill(desk, data)
    assert desk.last_seq() == before


def test_what_ships_gives_every_channel_a_stream_and_every_queue_hours(desk: Desk) -> None:
    fill(desk)
    for channel in desk.channels:
        assert workstreams.of_channel(desk.store, channel) is not None
    for queue in desk.call("queue.list", ADMINISTRATOR):
        if queue["members"]:
            assert queue["hours"]
            assert queue["overflow"]


@pytest.mark.parametrize(
    ("facts", "applied", "queue"),
    [
        ({"text": "My router drops every evening"}, ["Words about the router"], ""),
        ({"text": "Invoice 4411 was charged twice"}, ["Invoices to Billing"], "Billing"),
        ({"text": "Wrong invoice", "queue": "Internet"}, [], ""),
        ({"text": "Hei", "language": "nb", "tier": "gold"}, ["Gold customers", "Norwegian"], ""),
        ({"text": "Jeg vil klage på ruteren"}, ["Complaints", "Words about the router"], ""),
        ({"text": "Hello there"}, [], ""),
    ],
)
def test_what_ships_classifies_what_customers_write(
    desk: Desk, facts: dict[str, str], applied: list[str], queue: str
) -> None:
    fill(desk)
    told = desk.call("classification.try", ADMINISTRATOR, facts=facts)
    assert (told["applied"], told["result"]["queue"]) == (applied, queue)
