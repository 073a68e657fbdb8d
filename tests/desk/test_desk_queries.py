"""Queries only read, whoever else is writing; refusals and failures leave nothing behind."""

import sqlite3
from typing import Any

import pytest

from listing import each
from omnitui.desk.registry import COMMANDS
from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.model.errors import Refused

QUERIES = sorted(name for name, command in COMMANDS.items() if not command.changes)

YEAR = {"name": "Yearly", "total": 9, "starts": "2026-01-01", "ends": "2026-12-31"}


@pytest.fixture
def given(floor: Any, ada: Actor) -> dict[str, Any]:
    """Something to name for every parameter a query needs."""
    kiana = floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com")
    case = floor.do("case.create", customer=kiana.id, title="Drops", origin="chat")
    article = {
        "slug": "lights",
        "title": "Lights",
        "body": "",
        "audience": "public",
        "language": "en",
        "updated": "2026-03-01",
    }
    calendar = {"name": "Office", "zone": "UTC", "weekly": {"monday": ["08:00-16:00"]}}
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    sent = floor.do("conversation.reply", ada, conversation=talk, text="We look into it.")
    return {
        "message": sent.id,
        "calendar": floor.do("calendar.create", **calendar).id,
        "customer": kiana.id,
        "from": floor.do("customer.create", name="K. Anderson").id,
        "into": kiana.id,
        "case": case.number,
        "conversation": talk,
        "article": floor.desk.store.insert("articles", article),
        "reply": floor.do("reply.create", ada, key="hi", title="Hi", text="Hi").id,
        "macro": floor.do(
            "macro.create", key="own", title="Own", steps=[{"command": "undo.what"}]
        ).id,
        "script": floor.do(
            "script.create", key="own", title="Own", steps=[{"title": "Greet", "text": "Hi"}]
        ).id,
        "query": "kiana",
        "agent": "ada",
        "conversations": [1],
        "occasion": "waiting",
        "text": "Dear {customer.first_name}",
        "stream": "mine",
        "keys": [1],
        "queue": "General",
        "workstream": floor.do("workstream.create", name="Letters")["workstream"].id,
        "entitlement": floor.do("entitlement.create", customer=kiana.id, **YEAR).id,
        "template": floor.do("entitlement.template_create", name="Yearly", total=9).id,
        "origin": "chat",
        "channel": "chat",
        "verb": "resolve",
        "words": ["router", "drops"],
        "facts": {"channel": "chat", "text": "My router drops"},
    }


COURIERS = ("message.leaving", "conversation.as_it_was", "courier.configured")
"""Queries that are not an agent's."""

ONE_OF = {"sla.of": "conversation", "timeline.list": "customer"}
"""Queries that need one of several parameters, with the one that is asked for here."""


def asked(name: str, given: dict[str, Any]) -> dict[str, Any]:
    wanted = [p.name for p in COMMANDS[name].parameters if p.required]
    return {
        parameter: given[parameter] for parameter in [*wanted, *filter(None, [ONE_OF.get(name)])]
    }


@each("name", QUERIES)
def test_a_query_neither_waits_for_a_writer_nor_writes(
    floor: Any, ada: Actor, given: dict[str, Any], name: str
) -> None:
    by = ADMINISTRATOR if name in COURIERS else ada
    before = floor.desk.last_seq()
    floor.desk.store.execute("PRAGMA busy_timeout = 0")
    version = floor.watcher.data_version()
    with floor.watcher.transaction():
        floor.watcher.execute("INSERT INTO settings VALUES (?, 'y')", (name,))
        floor.do(name, by, **asked(name, given))
    assert floor.desk.last_seq() == before
    assert floor.watcher.data_version() == version
    assert not floor.desk.store.connection.in_transaction


@each("name", QUERIES)
def test_a_query_could_run_on_a_store_that_may_not_be_written(
    floor: Any, ada: Actor, given: dict[str, Any], name: str
) -> None:
    by = ADMINISTRATOR if name in COURIERS else ada
    floor.desk.store.execute("PRAGMA query_only = ON")
    floor.do(name, by, **asked(name, given))


def test_a_command_that_finds_the_store_locked_is_refused_and_can_be_tried_again(
    floor: Any, ada: Actor
) -> None:
    talk = floor.serves(ada)
    floor.desk.store.execute("PRAGMA busy_timeout = 0")
    with floor.watcher.transaction():
        with pytest.raises(Refused) as caught:
            floor.do("conversation.reply", ada, conversation=talk, text="Hi")
        assert caught.value.refusal.code == "store.busy"
    assert floor.do("conversation.reply", ada, conversation=talk, text="Hi").text == "Hi"


def test_a_command_that_breaks_half_way_leaves_nothing(
    floor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from omnitui.store import journal

    def broken(*_: Any, **__: Any) -> int:
        raise sqlite3.OperationalError("disk I/O error")

    before = (floor.desk.last_seq(), floor.watcher.data_version())
    with monkeypatch.context() as patch:
        patch.setattr(journal, "append", broken)
        with pytest.raises(sqlite3.OperationalError):
            floor.writes()
    assert (floor.desk.last_seq(), floor.watcher.data_version()) == before
    assert floor.do("conversation.list") == []
    floor.writes()


def test_a_refusal_inside_a_larger_transaction_undoes_its_own_command_only(floor: Any) -> None:
    kiana = floor.do("customer.create", name="Kiana Anderson")
    talk = floor.writes()
    with floor.desk.store.transaction():
        floor.do("customer.update", customer=kiana.id, city="Halden")
        given = {"customer": kiana.id, "title": "Drops", "origin": "chat", "conversation": talk}
        refused = floor.desk.attempt("case.create", ADMINISTRATOR, **given)
        assert refused.code == "case.other_customer"
    assert floor.do("customer.get", customer=kiana.id).city == "Halden"
    assert floor.do("case.list") == []


def test_a_channel_that_was_rolled_back_is_known_to_nobody(floor: Any) -> None:
    def work() -> None:
        with floor.desk.store.transaction():
            floor.do("channel.create", key="pigeon", label="Pigeon")
            floor.do("conversation.receive", channel="pigeon", address="a", text="coo")
            raise ValueError

    with pytest.raises(ValueError):
        work()
    assert "pigeon" not in floor.desk.channels
    refusal = floor.refused("conversation.receive", channel="pigeon", address="a", text="coo")
    assert refusal.code == "channel.unknown"


def test_home_lists_what_is_mine_open_closed_and_all(floor: Any, ada: Actor) -> None:
    mine = [floor.serves(ada, address=f"m-{n}") for n in range(2)]
    floor.do("agent.set_presence", ada, presence="away")
    floor.clock.advance(1)
    open_ = [floor.writes(address=f"o-{n}") for n in range(2)]
    floor.do("conversation.set_priority", conversation=open_[1], priority=3)
    floor.do("conversation.end", ada, conversation=mine[0])
    floor.do("conversation.close", ada, conversation=mine[0])
    streams = {
        name: floor.do("home.stream", ada, stream=name)
        for name in ("mine", "open", "closed", "all")
    }
    assert streams == {
        "mine": [mine[1]],
        "open": open_[::-1],
        "closed": [mine[0]],
        "all": [mine[1], *open_],
    }
    status = floor.do("home.status", ada)
    assert status.counts == {name: len(keys) for name, keys in streams.items()}
    assert (status.chats, status.calls, status.queued) == (1, 0, 2)
    assert status.oldest_since == floor.clock.now()
    assert [row.id for row in floor.do("home.rows", ada, keys=[open_[0], 99, mine[0]])] == [
        open_[0],
        mine[0],
    ]
    assert floor.refused("home.stream", ada, stream="other").code == "home.stream"
    floor.clock.advance(2 * 86_400_000)
    assert floor.do("home.stream", ada, stream="closed") == []


def test_lists_are_narrowed_by_state_and_channel(floor: Any, ada: Actor) -> None:
    chat = floor.serves(ada)
    mail = floor.writes(channel="email", address="a@example.com")
    assert [c.id for c in floor.do("conversation.list")] == [mail, chat]
    assert [c.id for c in floor.do("conversation.list", channel="chat")] == [chat]
    assert floor.do("conversation.list", state="open") == []
    assert len(floor.do("conversation.list", state="active", limit=1)) == 1


def test_transcripts_are_read_in_windows(floor: Any) -> None:
    talk = floor.writes("0")
    for number in range(1, 6):
        floor.writes(str(number))
    last = floor.do("conversation.messages", conversation=talk, limit=2)
    assert [m.text for m in last] == ["4", "5"]
    older = floor.do("conversation.messages", conversation=talk, before=last[0].id, limit=2)
    assert [m.text for m in older] == ["2", "3"]
    newer = floor.do("conversation.messages", conversation=talk, after=older[-1].id)
    assert [m.text for m in newer] == ["4", "5"]


def test_a_history_tells_who_did_what_in_order(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    floor.do("conversation.end", ada, conversation=talk)
    told = floor.do("conversation.history", conversation=talk)
    assert [(entry["kind"], entry["by"]) for entry in told] == [
        ("conversation.created", "administrator"),
        ("message.received", "administrator"),
        ("conversation.offered", "administrator"),
        ("conversation.accepted", "Ada Test"),
        ("conversation.ended", "Ada Test"),
    ]


def test_when_something_last_happened_is_known(floor: Any) -> None:
    floor.do("customer.create", name="Ann")
    at = floor.clock.now()
    floor.clock.advance(60_000)
    assert floor.desk.latest() == at
