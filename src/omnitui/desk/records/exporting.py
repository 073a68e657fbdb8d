"""Export of records, row by row, from one snapshot."""

from collections.abc import Callable, Iterator
from typing import Any

from omnitui.datafiles.records import ARTICLES, CASES, CUSTOMERS, ENTITLEMENTS, RecordKind
from omnitui.desk.call import Call
from omnitui.desk.desk import Desk
from omnitui.desk.records import article_rows, case_rows, customer_rows, entitlement_rows
from omnitui.model.actor import Actor, Permission
from omnitui.model.errors import Refused
from omnitui.store import records
from omnitui.store.engine import Store
from omnitui.store.reading import UNREADABLE

_PAGE = 500
_ROWS: dict[str, Callable[[Call, int], dict[str, Any]]] = {
    ARTICLES.name: article_rows.row,
    CASES.name: case_rows.row,
    CUSTOMERS.name: customer_rows.row,
    ENTITLEMENTS.name: entitlement_rows.row,
}
_AFTER: dict[str, Callable[[Store, int, int], list[int]]] = {
    CASES.name: records.cases_after,
    CUSTOMERS.name: records.customers_after,
    ENTITLEMENTS.name: records.entitlements_after,
}


def export_records(desk: Desk, actor: Actor, kind: RecordKind) -> Iterator[dict[str, Any]]:
    """A row for each record of a kind, in a stable order: by number, articles by slug."""
    if not actor.may(Permission.ADMINISTER):
        raise Refused(
            "permission.denied", f"{actor.name} may not export records.", "Ask an administrator."
        )
    with desk.store.reading():
        call = desk.at_work(actor)
        keys = _articles(call) if kind is ARTICLES else _numbers(call, kind)
        for key in keys:
            try:
                row = _ROWS[kind.name](call, key)
            except Refused as refused:
                if refused.refusal.code != UNREADABLE:
                    raise
                continue
            yield row


def _numbers(call: Call, kind: RecordKind) -> Iterator[int]:
    page = _AFTER[kind.name](call.store, 0, _PAGE)
    while page:
        yield from page
        page = _AFTER[kind.name](call.store, page[-1], _PAGE)


def _articles(call: Call) -> Iterator[int]:
    page = records.articles_after(call.store, "", _PAGE)
    while page:
        yield from (key for key, _ in page)
        page = records.articles_after(call.store, page[-1][1], _PAGE)
