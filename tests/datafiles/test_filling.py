"""Data files become records, once, however often a store is filled."""

from pathlib import Path
from random import Random

import pytest

from omnitui.clock import ManualClock
from omnitui.datafiles import folder
from omnitui.desk.desk import Desk
from omnitui.desk.filling.company import fill
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.case import CaseStatus
from omnitui.model.errors import DataError
from omnitui.model.timeline import ActivityKind
from omnitui.store import health

DAY = 86_400_000
CHANNELS = (folder() / "channels.toml").read_text("utf-8")
CUSTOMERS = """
[[customer]]
name = "Kiana Anderson"
account = "20417"
tier = "gold"
since = 2019-04-01
[[customer.address]]
channel = "email"
value = "kiana@example.com"
[[customer.address]]
channel = "phone"
value = "+47 555 01 022"
[[customer.address]]
channel = "sms"
value = "+47 555 01 022"
[[customer.case]]
key = "late"
title = "Opened last"
origin = "chat"
opened_days_ago = 1
[[customer.case]]
key = "drops"
title = "Router drops"
origin = "chat"
status = "resolved"
resolution = "New channel"
minutes = 12
opened_days_ago = 30
closed_days_ago = 28
[[customer.activity]]
kind = "chat"
days_ago = 30
at = "20:15"
title = "Router drops"
author = "ada"
case = "drops"
lines = [["customer", "It drops again"], ["agent", "Let me look"], ["bot", "Hello"]]
[[customer.activity]]
kind = "task"
days_ago = 0
at = "23:00"
title = "Call back"
author = "ada"
due_in_days = 2

[[customer]]
name = "Marcus Lee"
[[customer.case]]
key = "twice"
title = "Charged twice"
origin = "email"
opened_days_ago = 10
"""


@pytest.fixture
def company(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    (data / "company" / "customers").mkdir(parents=True)
    (data / "channels.toml").write_text(CHANNELS, "utf-8")
    (data / "company" / "queues.toml").write_text('[[queue]]\nname = "Internet"\n', "utf-8")
    (data / "company" / "agents.toml").write_text(
        '[[agent]]\nlogin = "ada"\nname = "Ada Byron"\nqueues = ["Internet"]\n'
        "skills = { router = 3 }\n",
        "utf-8",
    )
    (data / "company" / "customers" / "a.toml").write_text(CUSTOMERS, "utf-8")
    return data


def test_a_new_store_is_given_what_work_needs(tmp_path: Path, clock: ManualClock) -> None:
    desk = open_desk(tmp_path / "new.db", clock, Random(1))
    counts = health.counts(desk.store)
    assert (counts["queues"], counts["agents"], counts["customers"]) == (1, 0, 0)
    assert min(counts["articles"], counts["replies"]) > 50
    received = desk.call(
        "conversation.receive", ADMINISTRATOR, channel="chat", address="x", text="Hello"
    )
    assert received.text == "Hello"
    desk.close()


def test_who_is_let_down_is_told_so_in_every_store(tmp_path: Path, clock: ManualClock) -> None:
    desk = open_desk(tmp_path / "new.db", clock)
    told = lambda: {one.occasion.value for one in desk.call("notice.list", ADMINISTRATOR)}  # noqa: E731
    assert told() == {"agent_gone", "not_taken"}
    fill(desk)
    everything = desk.call("notice.list", ADMINISTRATOR)
    assert {"declined", "transferred"} < told()
    assert len({(n.occasion, n.language, n.channels) for n in everything}) == len(everything)
    desk.call("notice.delete", ADMINISTRATOR, notice=everything[0].id)
    fill(desk)
    assert len(desk.call("notice.list", ADMINISTRATOR)) == len(everything) - 1
    desk.close()


def test_a_store_in_use_is_left_alone_when_it_is_opened(desk: Desk) -> None:
    desk.call("queue.update", ADMINISTRATOR, queue="General", priority=7)
    before = desk.last_seq()
    again = open_desk(desk.store.path, desk.clock)
    assert again.last_seq() == before
    again.close()


def test_people_come_with_their_cases_and_timelines(
    desk: Desk, company: Path, clock: ManualClock
) -> None:
    filled = fill(desk, company)
    assert filled.counts["customers"] == 2
    kiana = desk.call("customer.get", ADMINISTRATOR, customer="20417")
    assert (kiana.name, kiana.tier.value, kiana.since) == ("Kiana Anderson", "gold", "2019-04-01")
    assert [(a.channel, a.value) for a in kiana.addresses] == [
        ("email", "kiana@example.com"),
        ("phone", "+47 555 01 022"),
    ]
    chat = next(
        a
        for a in desk.call("timeline.list", ADMINISTRATOR, customer=kiana.id)
        if a.kind is ActivityKind.CHAT
    )
    assert chat.author == "Ada Byron"
    assert chat.body == "Kiana: It drops again\nAda: Let me look\nVirtual agent: Hello"
    assert chat.at == clock.now() - 30 * DAY + 11 * 3_600_000 + 15 * 60_000


def test_cases_are_numbered_in_the_order_they_were_opened(desk: Desk, company: Path) -> None:
    fill(desk, company)
    cases = {case.number: case for case in desk.call("case.list", ADMINISTRATOR)}
    assert [cases[number].title for number in sorted(cases)] == [
        "Router drops",
        "Charged twice",
        "Opened last",
    ]
    drops = cases["CAS-00001"]
    assert (drops.status, drops.minutes) == (CaseStatus.RESOLVED, 12)
    assert drops.resolved_at is not None
    assert drops.created_at < drops.resolved_at <= drops.updated_at


def test_nothing_has_happened_later_than_now(desk: Desk, company: Path, clock: ManualClock) -> None:
    fill(desk, company)
    (task,) = [
        a
        for a in desk.call("timeline.list", ADMINISTRATOR, customer="20417")
        if a.kind is ActivityKind.TASK
    ]
    assert task.at == clock.now()
    assert task.due_at is not None
    assert task.due_at > clock.now() + DAY


def test_days_are_counted_from_the_time_that_is_given(
    desk: Desk, company: Path, clock: ManualClock
) -> None:
    fill(desk, company, now=clock.now() - 100 * DAY)
    assert max(c.created_at for c in desk.call("case.list", ADMINISTRATOR)) < (
        clock.now() - 100 * DAY
    )


def test_filling_again_duplicates_nothing(desk: Desk, company: Path, clock: ManualClock) -> None:
    fill(desk, company)
    before = health.counts(desk.store)
    clock.advance(3 * DAY)
    filled = fill(desk, company)
    after = health.counts(desk.store)
    assert (filled.counts["customers"], filled.counts["cases"]) == (0, 0)
    assert {**after, "journal": 0} == {**before, "journal": 0}


def test_filling_again_brings_content_up_to_date(desk: Desk, company: Path) -> None:
    article = company / "knowledge" / "router.md"
    article.parent.mkdir()
    head = (
        '+++\ntitle = "{}"\naudience = "public"\nupdated = 2026-01-02\nlanguage = "en"\n+++\nWords'
    )
    article.write_text(head.format("Before"), "utf-8")
    fill(desk, company, people=False)
    desk.call("knowledge.use", ADMINISTRATOR, article="router")
    article.write_text(head.format("After"), "utf-8")
    (company / "channels.toml").write_text(CHANNELS.replace('"Live chat"', '"Chat"'), "utf-8")
    fill(desk, company, people=False)
    kept = desk.call("knowledge.get", ADMINISTRATOR, article="router")
    assert (kept.title, kept.uses) == ("After", 1)
    assert desk.channels["chat"].label == "Chat"


def test_a_mistake_in_a_file_leaves_the_store_as_it_was(desk: Desk, company: Path) -> None:
    path = company / "company" / "customers" / "b.toml"
    path.write_text('[[customer]]\nname = ""', "utf-8")
    before = health.counts(desk.store)
    with pytest.raises(DataError):
        fill(desk, company)
    assert health.counts(desk.store) == before


def test_words_in_files_are_cleaned(desk: Desk, company: Path) -> None:
    path = company / "company" / "customers" / "b.toml"
    path.write_text('[[customer]]\nname = "Eve\\u001b[31m Red"\nnotes = "a\\u0007b"', "utf-8")
    fill(desk, company)
    eve = desk.call("customer.get", ADMINISTRATOR, customer="Eve Red")
    assert eve.notes == "ab"


@pytest.mark.slow
def test_the_shipped_company_fills_a_store(tmp_path: Path, clock: ManualClock) -> None:
    desk = open_desk(tmp_path / "demo.db", clock, basics=False)
    fill(desk)
    agents = [agent.login for agent in desk.call("agent.list", ADMINISTRATOR)]
    assert agents == ["ada", "bo", "chidi", "dag", "elin", "farah", "grace", "hugo"]
    queues = {queue["name"] for queue in desk.call("queue.list", ADMINISTRATOR)}
    assert queues == {"Internet", "Billing", "Smart Home", "Mobile & TV"}
    kiana = desk.call("customer.get", ADMINISTRATOR, customer="kiana@example.com")
    assert (kiana.name, kiana.account, kiana.city) == ("Kiana Anderson", "20417", "Halden")
    assert desk.store.problems() == []
    desk.close()
