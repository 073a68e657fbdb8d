"""A store of an earlier version is brought up to date when it is opened, with all it holds."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import asdict
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from omnitui.clock import ManualClock
from omnitui.desk.opening import open_desk
from omnitui.model.actor import ADMINISTRATOR
from omnitui.model.search import HitKind
from omnitui.rules.typed import parts
from omnitui.store import channels, entitlements, search, terms
from omnitui.store.engine import APPLICATION_ID, LATEST, Store
from omnitui.store.migrations import (
    m001_first_tables,
    m002_work_streams_and_promises,
    m003_entitlements,
    m004_terms_in_parts,
    m005_right_in_kind,
    m006_lighter_house,
)
from shipped import like

Opened = Callable[..., Store]

pytestmark = pytest.mark.usefixtures("made_by_steps")

ROWS = """
INSERT INTO channels
    (key, label, mode, cost, exclusive, glyph, ascii, origin, position)
    VALUES ('chat', 'Live chat', 'live', 25, 0, 'o', 'o', 101, 1);
INSERT INTO queues (id, name, priority) VALUES (1, 'Internet', 10);
INSERT INTO customers (id, name, name_key, created_at) VALUES (1, 'Kiana', 'kiana', 5);
INSERT INTO cases (id, number, title, customer_id, origin, status, priority, created_at, updated_at)
    VALUES (1, 'CAS-00001', 'Drops', 1, 'chat', 'active', 'normal', 5, 5),
        (2, 'CAS-00002', 'Slow', 1, 'chat', 'resolved', 'normal', 5, 5),
        (3, 'CAS-00003', 'Lost', 1, 'chat', 'cancelled', 'normal', 5, 5);
INSERT INTO agents
    (id, login, name, capacity, used, presence, presence_reason, presence_since, presence_by_hand)
    VALUES (1, 'ada', 'Ada Byron', 100, 25, 'busy', 'Load', 5, 0);
INSERT INTO conversations
    (id, channel, state, name, address, address_key, queue_id, agent_id, last_at, created_at)
    VALUES (1, 'chat', 'active', 'Kiana', 'web-1', 'chat:web-1', 1, 1, 5, 5);
INSERT INTO activities (customer_id, kind, at, title) VALUES (1, 'call', 5, 'Rang about cables');
"""


STEPS = (
    m001_first_tables,
    m002_work_streams_and_promises,
    m003_entitlements,
    m004_terms_in_parts,
    m005_right_in_kind,
    m006_lighter_house,
)
VERSIONS = range(1, len(STEPS) + 1)


def connected(path: Path) -> sqlite3.Connection:
    """A connection that has what the triggers of a store ask for."""
    connection = sqlite3.connect(path)
    terms.give(connection)
    return connection


def of_version(version: int, path: Path) -> None:
    """A store as an earlier version left it."""
    connection = connected(path)
    database = Database(connection)
    for done in range(1, version + 1):
        only = Migrations("omnitui")
        for step in STEPS[:done]:
            only()(step)
        only.apply(database)
        if done == 1:
            connection.executescript(ROWS)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()


def test_every_earlier_version_is_tested_here() -> None:
    assert len(VERSIONS) == LATEST - 1


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_store_is_brought_up_to_date_and_loses_nothing(
    version: int, file: Path, opened: Opened
) -> None:
    of_version(version, file)
    store = opened()
    assert store.value("PRAGMA user_version") == LATEST
    assert store.problems() == []
    row = store.row("SELECT name, state, labels, profiles, workstream_id FROM conversations")
    assert row is not None
    assert tuple(row) == ("Kiana", "active", "[]", "[]", None)


@pytest.mark.parametrize("version", VERSIONS)
def test_customers_of_an_old_store_have_no_job_title_and_can_be_given_one(
    version: int, file: Path
) -> None:
    of_version(version, file)
    desk = open_desk(file, ManualClock(10_000))
    assert desk.call("customer.get", ADMINISTRATOR, customer=1).title == ""
    desk.call("customer.update", ADMINISTRATOR, customer=1, title="Head of IT")
    desk.close()
    again = open_desk(file, ManualClock(10_000))
    assert again.call("customer.get", ADMINISTRATOR, customer=1).title == "Head of IT"
    again.close()


def test_replies_on_their_way_stay_so(file: Path, opened: Opened) -> None:
    of_version(4, file)
    connection = connected(file)
    line = "(1, 'agent', 'message', 'Ada Byron', 'Hi', 5, ?, 'chat', ?)"
    told = "conversation_id, speaker, kind, author, text, at, delivery, channel, attempts"
    for found in (("held", 0), ("queued", 0), ("failed", 1), ("failed", 5), ("sent", 1)):
        connection.execute(f"INSERT INTO messages ({told}) VALUES {line}", found)
    connection.execute("INSERT INTO timers (due_at, kind, subject) VALUES (99, 'retry', 3)")
    connection.commit()
    connection.close()
    rows = opened().rows("SELECT delivery, held_until, claimed_by, doubtful FROM messages")
    assert [tuple(row) for row in rows] == [
        ("held", None, "", 0),
        ("queued", None, "", 0),
        ("failed", 99, "", 0),
        ("failed", None, "", 0),
        ("sent", None, "", 0),
    ]


def test_what_the_desk_said_itself_is_no_longer_anybody_s_last_word(
    file: Path, opened: Opened
) -> None:
    of_version(4, file)
    connection = connected(file)
    told = "conversation_id, speaker, kind, author, text, at, delivery, channel"
    for line in (
        (1, "customer", "message", "Kiana", "It drops\nevery evening", 7, "received", "chat"),
        (1, "agent", "message", "Ada", "taken back", 8, "unsent", "chat"),
        (1, "system", "message", "system", "Ada is with you.", 9, "sent", "chat"),
    ):
        connection.execute(f"INSERT INTO messages ({told}) VALUES (?,?,?,?,?,?,?,?)", line)
    connection.execute(
        "UPDATE conversations SET last_text = 'Ada is with you.', last_speaker = 'system',"
        " last_at = 9"
    )
    connection.commit()
    connection.close()
    row = opened().row("SELECT last_text, last_speaker, last_at FROM conversations")
    assert row is not None
    assert tuple(row) == ("It drops every evening", "customer", 7)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_written_before_is_found_by_any_letters(
    version: int, file: Path, opened: Opened
) -> None:
    of_version(version, file)
    connection = connected(file)
    connection.executescript(
        """
        UPDATE customers SET name = 'Bjørn O''Brien' WHERE id = 1;
        INSERT INTO messages
            (conversation_id, speaker, kind, author, text, at, delivery, channel)
            VALUES (1, 'customer', 'message', 'Kiana', '我的路由器坏了', 5, 'received', 'chat');
        INSERT INTO articles (slug, title, body, audience, language, updated)
            VALUES ('a', 'Drops', 'Why it drops', 'public', 'en', '2026-01-01');
        """
    )
    connection.close()
    store = opened()

    def found(typed: str, kind: HitKind) -> list[int]:
        return [hit.ref for hit in search.find(store, kind, parts(typed))]

    assert found("bjorn obrien", HitKind.CUSTOMER) == [1]
    assert found("路由器", HitKind.MESSAGE) == [1]
    assert found("why is it dropping", HitKind.ARTICLE) == [1]
    assert found("cables", HitKind.ACTIVITY) == [1]
    store.update("customers", 1, {"name": "Kiana"})
    assert found("bjorn", HitKind.CUSTOMER) == []
    assert store.problems() == []


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_built_alike_whether_new_or_brought_up_to_date(
    version: int, file: Path, opened: Opened
) -> None:
    of_version(version, file)
    brought = opened()
    new = Store(":memory:")
    query = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert [tuple(row) for row in brought.rows(query)] == [tuple(row) for row in new.rows(query)]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_desk_works_on_with_it(version: int, file: Path) -> None:
    of_version(version, file)
    desk = open_desk(file, ManualClock(10_000))
    talk = desk.call("conversation.get", ADMINISTRATOR, conversation=1)
    assert (talk.name, talk.agent_name, talk.labels) == ("Kiana", "Ada Byron", ())
    case = desk.call("case.get", ADMINISTRATOR, case="CAS-00001")
    assert (case.title, case.entitlement_id, case.do_not_decrement) == ("Drops", None, False)
    reasons = [one.reason for one in desk.call("case.list", ADMINISTRATOR)]
    assert reasons == ["cancelled", "problem_solved", "in_progress"]
    owed = {"customer": 1, "name": "Gold", "total": 2, "starts": "1970-01-01", "ends": "2030-01-01"}
    gold = desk.call("entitlement.create", ADMINISTRATOR, **owed).id
    desk.call("entitlement.activate", ADMINISTRATOR, entitlement=gold)
    desk.call("case.update", ADMINISTRATOR, case=case.id, entitlement=gold)
    assert desk.call("entitlement.get", ADMINISTRATOR, entitlement=gold).remaining == 1
    (call,) = desk.call("search.all", ADMINISTRATOR, query="cables", kind="activity")
    assert call.title == "Call: Rang about cables"
    desk.close()


OWED = """
UPDATE cases SET minutes = 20, entitlement_id = 1 WHERE id = 2;
INSERT INTO entitlements (id, customer_id, name, state, starts, ends, total, used, decrease_on,
    allocation, created_at, updated_at)
    VALUES (1, 1, 'Hours', 'active', 0, 99999999999, 300, 33, 'resolution', 'hours', 5, 5),
        (2, 1, 'Cases', 'active', 0, 99999999999, 150, 100, 'creation', 'cases', 5, 5);
INSERT INTO entitlement_channels (entitlement_id, origin, position, total, used)
    VALUES (1, 'chat', 0, 200, 33), (2, 'chat', 0, 50, 100);
INSERT INTO entitlement_ledger (at, entitlement_id, case_id, origin, amount)
    VALUES (5, 1, 2, 'chat', 33), (5, 2, 1, 'chat', 100), (6, 1, 3, 'chat', 50),
        (7, 1, 3, 'chat', -50);
INSERT INTO entitlement_templates (id, name, days, total, channels, decrease_on, allocation)
    VALUES (1, 'Gold', 365, 1500, '{"chat": 250, "email": 0}', 'creation', 'cases');
"""


def test_terms_that_were_hundredths_are_exact(file: Path, opened: Opened) -> None:
    of_version(3, file)
    connection = connected(file)
    connection.executescript(OWED)
    connection.close()
    assert opened().problems() == []
    desk = open_desk(file, ManualClock(10_000))

    def owed(key: int) -> tuple[float, ...]:
        found = desk.call("entitlement.get", ADMINISTRATOR, entitlement=key)
        line = found.channels["chat"]
        return found.total, found.remaining, line.total, line.remaining

    assert owed(1) == (3, 2.67, 2, 1.67)
    assert owed(2) == (1.5, 0.5, 0.5, -0.5)
    assert entitlements.problems(desk.store) == []
    assert entitlements.used_by(desk.store, 2) == {(1, "chat"): 100}
    assert entitlements.used_by(desk.store, 3) == {}
    (gold,) = desk.call("entitlement.template_list", ADMINISTRATOR)
    assert (gold.total, gold.channels) == (15, {"chat": 2.5, "email": 0})
    desk.close()


@pytest.mark.parametrize(("large", "told"), [(0, 1), (1_000_000_000, 0)])
def test_bringing_a_large_store_up_to_date_is_told_of_once(
    large: int,
    told: int,
    file: Path,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("omnitui.store.engine.LONG_BYTES", large)
    of_version(1, file)
    opened()
    opened()
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == told
    assert all(f"Updating {file} from store version 1 to {LATEST}" in line for line in said)
    Store(":memory:")
    assert len(caplog.records) == told


def test_addresses_of_an_old_store_are_compared_anew_and_nobody_is_merged(
    file: Path, opened: Opened
) -> None:
    of_version(4, file)
    connection = connected(file)
    connection.executescript(
        """
        INSERT INTO customers (id, name, name_key, created_at)
            VALUES (2, 'Bo', 'bo', 5), (3, 'Cyd', 'cyd', 5);
        INSERT INTO addresses (customer_id, channel, value, key) VALUES
            (1, 'email', 'max@straße.example', 'email:max@strasse.example'),
            (1, 'email', 'Kiana <k@x.example>', 'email:kiana <k@x.example>'),
            (2, 'phone', '+1 555 010 0100', 'phone:+15550100100'),
            (3, 'phone', '+1 555 010 0100 ext. 12', 'phone:+1 555 010 0100 ext. 12'),
            (3, 'email', 'x@y.example', 'email:x@y.example');
        INSERT INTO conversations
            (id, channel, state, name, address, address_key, last_at, created_at)
            VALUES (9, 'chat', 'open', 'V', 'ÅSE', 'chat:åse', 5, 5);
        """
    )
    connection.commit()
    connection.close()
    desk = open_desk(file, ManualClock(10))
    keys = {row["id"]: row["key"] for row in desk.store.rows("SELECT id, key FROM addresses")}
    assert keys == {
        1: "email:max@xn--strae-oqa.example",
        2: "email:k@x.example",
        3: "phone:+15550100100",
        4: "phone:+1 555 010 0100 ext. 12",
        5: "email:x@y.example",
    }
    assert desk.store.value("SELECT address_key FROM conversations WHERE id = 9") == "chat:Åse"
    told = desk.store.rows("SELECT * FROM journal WHERE kind = 'customer.address_shared'")
    assert [row["customer_id"] for row in told] == [3]
    desk.close()
    again = open_desk(file, ManualClock(11))
    assert again.store.value("SELECT max(at) FROM journal") == 10
    again.close()


def test_what_the_names_of_channels_meant_is_said_of_them(file: Path, opened: Opened) -> None:
    of_version(5, file)
    connection = connected(file)
    told = "key, label, mode, cost, exclusive, glyph, ascii, origin, position"
    for at, key in enumerate(("email", "phone", "sms", "facebook", "portal", "whatsapp"), start=2):
        row = (key, key.title(), "asynchronous", 5, 0, "o", "o", at, at)
        connection.execute(f"INSERT INTO channels ({told}) VALUES (?,?,?,?,?,?,?,?,?)", row)
    connection.commit()
    connection.close()
    found = {one.key: one for one in channels.every(opened())}
    kinds = {key: one.address_kind.value for key, one in found.items()}
    assert kinds == {
        "chat": "device",
        "email": "email",
        "phone": "phone",
        "sms": "phone",
        "facebook": "handle",
        "portal": "device",
        "whatsapp": "handle",
    }
    assert {key: one.word for key, one in found.items() if one.word} == {
        "chat": "live chat",
        "email": "email",
        "phone": "phone",
    }
    for key in ("chat", "email", "phone", "sms", "facebook"):
        assert like(key).items() <= asdict(found[key]).items()
