"""The timeline of a customer with whom much has happened, and suggestions among very many."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.finding import beside
from benchmarks.large import email_of, large_desk, name_of, phone_of, vocabulary
from benchmarks.table import Row
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor
from omnitui.store.engine import Store

_PAGE = 50
_TIMES = 20
_BUSY = 1
"""The customer with whom most has happened."""
_ACTIVITIES = (
    "SELECT a.*, k.number, o.name FROM activities a LEFT JOIN cases k ON k.id = a.case_id"
    " LEFT JOIN agents o ON o.id = a.owner_id WHERE a.customer_id = 1"
)
_CASES = "SELECT * FROM cases WHERE customer_id = 1 AND created_at < ? ORDER BY created_at DESC"
_TALKS = (
    "SELECT * FROM conversations WHERE customer_id = 1 AND created_at < ? ORDER BY created_at DESC"
)
_SAYS = " AND (a.title LIKE ? OR a.body LIKE ? OR a.author LIKE ?)"
_END = 2**62


def timelines(folder: Path, messages: int) -> list[Row]:
    """Pages of a timeline of 5,000 activities, beside one bare query for each of its tables."""
    desk, ada = large_desk(messages)
    rows = [
        beside(f"timeline: {what}", [()] * _TIMES, ours, bare, "bare SQL")
        for what, ours, bare in _asked(desk, ada)
    ]
    rows.append(_suggested(desk, ada, messages // 10))
    desk.close()
    return rows


def _asked(desk: Desk, ada: Actor) -> list[tuple[str, Callable[[], object], Callable[[], object]]]:
    store = desk.store
    times = store.rows("SELECT at FROM activities WHERE customer_id = 1 ORDER BY at DESC")
    later, since = times[_PAGE * 20]["at"], times[_PAGE * 4]["at"]
    with store.transaction():
        store.execute("INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", (ada.id, _BUSY, since))
    said = vocabulary()[0][300]

    def ours(**given: Any) -> Callable[[], object]:
        return lambda: desk.call("timeline.list", ada, customer=_BUSY, **given)

    return [
        ("first page", ours(), lambda: _page(store, _END)),
        ("a page further on", ours(before=later), lambda: _page(store, later)),
        ("one kind", ours(kinds=["call"]), lambda: _of_kind(store, "call")),
        ("a kind there is none of", ours(kinds=["chat"]), lambda: _of_kind(store, "chat")),
        ("searched", ours(text=said), lambda: _searched(store, said)),
        ("searched in vain", ours(text="zzyzx"), lambda: _searched(store, "zzyzx")),
        (
            "what you missed",
            lambda: desk.call("timeline.missed", ada, customer=_BUSY),
            lambda: _missed(store, ada.id, since),
        ),
    ]


def _page(store: Store, before: int) -> None:
    store.rows(f"{_ACTIVITIES} AND a.at < ? ORDER BY a.at DESC LIMIT ?", (before, _PAGE))
    for table in (_CASES, _TALKS):
        store.rows(f"{table} LIMIT ?", (before, _PAGE))


def _of_kind(store: Store, kind: str) -> None:
    store.rows(f"{_ACTIVITIES} AND a.kind = ? ORDER BY a.at DESC LIMIT ?", (kind, _PAGE))


def _searched(store: Store, word: str) -> None:
    like = f"%{word}%"
    query = f"{_ACTIVITIES}{_SAYS} ORDER BY a.at DESC LIMIT ?"
    store.rows(query, (like, like, like, _PAGE))
    for table in (_CASES, _TALKS):
        store.rows(f"{table} LIMIT ?", (_END, _PAGE))


def _missed(store: Store, agent: int, since: int) -> None:
    query = f"{_ACTIVITIES} AND a.at > ? AND a.author_id IS NOT ? ORDER BY a.at DESC LIMIT ?"
    store.rows(query, (since, agent, _PAGE))


def _suggested(desk: Desk, ada: Actor, customers: int) -> Row:
    """Who a visitor may be: a name with a slip, mail and a number nobody has."""
    talks = []
    for n in range(1, customers, customers // 8):
        text = f"{name_of(n)[:-1]}q"
        said = desk.call(
            "conversation.receive", ADMINISTRATOR, channel="chat", address=f"visitor-{n}",
            text="hello", context={"name": text, "email": f"q{email_of(n)}", "phone": phone_of(n)},
        )  # fmt: skip
        talks.append((said.conversation_id, name_of(n), phone_of(n)))

    def ours(talk: int, name: str, phone: str) -> None:
        desk.call("conversation.suggest_customers", ada, conversation=talk)

    def bare(talk: int, name: str, phone: str) -> None:
        first, last = name.split(" ", 1)
        match = f'{{name}} : ("{first[:3]}"* AND "{last[:3]}"*)'.replace("-", " ")
        sql = "SELECT rowid, name FROM customers_search WHERE customers_search MATCH ? LIMIT 300"
        store = desk.store
        store.rows(sql, (match,))
        ends = "SELECT customer_id FROM addresses WHERE substr(key, -7) = ?"
        for row in store.rows(ends, (phone.replace(" ", "")[-7:],)):
            store.rows("SELECT * FROM customers WHERE id = ?", (row["customer_id"],))

    return beside("customers suggested", talks, ours, bare, "bare look-ups", most=None)
