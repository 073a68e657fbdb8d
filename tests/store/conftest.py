"""A store on a real file, and rows to put into it, for the tests of this folder."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from omnitui.model.agent import Presence
from omnitui.model.channel import Channel, ChannelMode
from omnitui.store import channels
from omnitui.store.engine import Store

START = 1_772_442_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def opened(file: Path) -> Iterator[Callable[..., Store]]:
    held: list[Store] = []

    def open_(path: Path | str = file, **given: Any) -> Store:
        held.append(Store(path, **given))
        return held[-1]

    yield open_
    for store in held:
        store.close()


@pytest.fixture
def store(opened: Callable[..., Store]) -> Store:
    return opened()


class Rows:
    """Puts rows into a store, with everything that a test does not care about made up."""

    def __init__(self, store: Store) -> None:
        self.store = store
        channels.add(store, Channel("chat", "Chat", ChannelMode.LIVE, 25, False, "C", "c", 1))

    def agent(self, login: str = "ada") -> int:
        return self.store.insert(
            "agents",
            {
                "login": login,
                "name": login.title(),
                "capacity": 100,
                "presence": Presence.AVAILABLE,
                "presence_reason": "",
                "presence_since": START,
            },
        )

    def customer(self, name: str = "Kiana Anderson", **more: Any) -> int:
        values = {"name": name, "name_key": name.casefold(), "created_at": START, **more}
        return self.store.insert("customers", values)

    def conversation(self, name: str = "Visitor 1", **more: Any) -> int:
        values = {
            "channel": "chat",
            "state": "open",
            "name": name,
            "address": "dev",
            "address_key": "chat:dev",
            "last_at": START,
            "created_at": START,
            **more,
        }
        return self.store.insert("conversations", values)

    def message(self, conversation: int, text: str = "Hello", **more: Any) -> int:
        values = {
            "conversation_id": conversation,
            "speaker": "customer",
            "kind": "message",
            "author": "Visitor 1",
            "text": text,
            "at": START,
            "delivery": "received",
            "channel": "chat",
            **more,
        }
        return self.store.insert("messages", values)

    def case(self, customer: int, title: str = "Drops", **more: Any) -> int:
        number = self.store.value("SELECT count(*) FROM cases") + 1
        values = {
            "number": f"CAS-{number:05d}",
            "title": title,
            "customer_id": customer,
            "origin": "chat",
            "status": "active",
            "priority": "normal",
            "created_at": START,
            "updated_at": START,
            **more,
        }
        return self.store.insert("cases", values)

    def activity(self, customer: int, title: str = "Called", **more: Any) -> int:
        values = {"customer_id": customer, "kind": "call", "at": START, "title": title, **more}
        return self.store.insert("activities", values)

    def entitlement(self, customer: int, name: str = "Gold", **more: Any) -> int:
        values = {
            "customer_id": customer,
            "name": name,
            "state": "active",
            "starts": START,
            "ends": START + 1,
            "total": 500,
            "decrease_on": "creation",
            "allocation": "cases",
            "created_at": START,
            "updated_at": START,
            **more,
        }
        return self.store.insert("entitlements", values)

    def article(self, slug: str, title: str, body: str = "", **more: Any) -> int:
        values = {
            "slug": slug,
            "title": title,
            "body": body,
            "audience": "public",
            "language": "en",
            "updated": "2026-03-01",
            **more,
        }
        return self.store.insert("articles", values)


@pytest.fixture
def rows(store: Store) -> Rows:
    return Rows(store)


@pytest.fixture(scope="module")
def shared_rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rows]:
    store = Store(tmp_path_factory.mktemp("shared") / "desk.db")
    yield Rows(store)
    store.close()
