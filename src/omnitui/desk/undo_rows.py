"""Undoing what was done to rows: they are made exactly what they were, or nothing is changed.

A command that works on whole rows does it within `rows`, which keeps them as they were and as they
became. What was added goes again only while nothing hangs on it and nobody else has touched it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.undo_deeds import deeds, remember_deed
from omnitui.store import images, journal
from omnitui.store.images import Change, Watched

Check = Callable[[Call, Mapping[str, Any]], str]
Mend = Callable[[Call, Mapping[str, Any]], None]

_BESIDES = ("looks",)
"""Tables whose rows are no reason to keep what they are about."""

_NOUNS = {
    "activities": "something on a timeline",
    "addresses": "an address",
    "article_versions": "an earlier version",
    "article_votes": "a rating",
    "articles": "an article",
    "cases": "a case",
    "conversations": "a conversation",
    "customers": "a customer",
    "entitlements": "an entitlement",
    "merges": "a merge",
}


@contextmanager
def rows(
    call: Call, kind: str, what: str, name: str, *watched: Watched, **about: int | None
) -> Iterator[None]:
    """Keep what is changed within of the rows that are watched, to be undone.

    `what` follows "Undone: ", `name` is what the rows are called in sentences. `about` says which
    customer, case or conversation the journal tells it of; `kind` has been declared by `declare`.
    """
    before = images.picture(call.store, watched)
    yield
    changed = images.changes(before, images.picture(call.store, watched))
    if changed:
        deed: dict[str, Any] = {
            "rows": images.written(changed),
            "name": name,
            "main": watched[0].table,
            "about": about,
            "seq": journal.last(call.store),
        }
        remember_deed(call, what, kind, deed)


def declare(kind: str, check: Check | None = None, mend: Mend | None = None) -> None:
    """Let rows of a kind be undone.

    `check` says what else is in the way, as a clause; `mend` brings timers and the like up to date.
    """

    def in_the_way(call: Call, deed: Mapping[str, Any]) -> str:
        return _changed(call, deed) or (check(call, deed) if check else "")

    def take_back(call: Call, deed: Mapping[str, Any]) -> None:
        images.put_back(call.store, images.read(deed["rows"]), _BESIDES)
        if mend is not None:
            mend(call, deed)
        _tell(call, kind, deed)

    deeds(kind, in_the_way, take_back)


def _tell(call: Call, kind: str, deed: Mapping[str, Any]) -> None:
    told = {
        "article": "knowledge.undone",
        "activity": "activity.undone",
        "case": "case.undone",
        "customer": "customer.undone",
        "entitlement": "entitlement.undone",
        "reply": "reply.undone",
        "script": "script.undone",
        "view": "view.undone",
    }[kind]
    about = {key: value for key, value in deed["about"].items() if _there(call, key, value)}
    customer, case = about.pop("customer", None), about.pop("case", None)
    call.journal(told, customer=customer, case=case, name=deed["name"], **about)


def _there(call: Call, what: str, key: int | None) -> bool:
    """Whether a record that the journal would name is there still."""
    table = f"{what}s" if what in ("customer", "case", "conversation") else ""
    return key is not None and (not table or call.store.holds(table, key))


def _changed(call: Call, deed: Mapping[str, Any]) -> str:
    """Why rows cannot be made what they were; empty where they can."""
    name, changed = deed["name"], images.read(deed["rows"])
    for one in changed:
        if images.differs(call.store, one):
            of = "" if one.table == deed["main"] else f"{_noun(one.table)} of "
            return f"{of}{name} {_how(one, call)}"
    if not any(one.before is None for one in changed):
        return ""
    table = images.referred(call.store, changed, _BESIDES)
    if table is not None:
        return f"{_noun(table)} depends on {name} now"
    customer = deed["about"].get("customer")
    if customer is not None and any(one.table == "customers" for one in changed):
        other = journal.by_others(call.store, customer, deed["seq"], call.actor)
        if other:
            return f"{other} has worked with {name} since"
    return ""


def _noun(table: str) -> str:
    return _NOUNS.get(table, f"something in {table}")


def _how(change: Change, call: Call) -> str:
    if change.after is None:
        return "exists again now"
    there = images.there(call.store, change)
    return "has been changed since" if there else "has been removed since"
