"""Merging two customers, and unmerging them."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from omnitui.desk import undo
from omnitui.desk.call import Call, page_size
from omnitui.desk.customers.identity import candidate, resembling
from omnitui.desk.registry import command, query
from omnitui.model.customer import CUSTOMER_FIELDS, Customer
from omnitui.model.errors import Refused
from omnitui.model.fields import Field, Takes, changed_by_agents
from omnitui.model.ids import CustomerId
from omnitui.rules.duplicates import duplicates as likely
from omnitui.rules.identify import Suggestion
from omnitui.store import customers, entitlements, merges

_KIND = "customer.merge"
_SUGGESTED = 5


class Merged(Struct, frozen=True):
    """A customer who was merged into another one: who, by whom and when (epoch ms).

    `why_not` says why it cannot be unmerged; empty if it can.
    """

    customer_id: CustomerId
    name: str
    by: str
    at: int
    why_not: str = ""


class MergedField(Struct, frozen=True):
    """One field of two customers: both values, and the survivor's value afterwards."""

    field: str
    into: str
    from_: str
    becomes: str


class MergePreview(Struct, frozen=True):
    """The consequences of a merge: the survivor's fields, and how many rows move.

    `moves` counts addresses, cases, conversations, activities and entitlements; those without any
    are left out.
    """

    into: Customer
    from_: Customer
    fields: tuple[MergedField, ...]
    moves: Mapping[str, int]


@query("customer.duplicates")
def duplicates(call: Call, customer: CustomerId) -> list[Suggestion]:
    """Customers who may be the same person, likeliest first, each with the reasons."""
    one = candidate(call, customer)
    return likely(one, resembling(call, one))[:_SUGGESTED]


@query("customer.merge_preview")
def merge_preview(call: Call, from_: CustomerId, into: CustomerId) -> MergePreview:
    """The consequences of `customer.merge` for the two, without merging."""
    _two(call, from_, into)
    one, other = _get(call, from_), _get(call, into)
    filled = customers.filled(call.store, from_, into)
    fields = []
    for field in changed_by_agents(CUSTOMER_FIELDS):
        has, had = (getattr(who, field.attribute) for who in (other, one))
        three = (has, had, filled.get(field.column, has))
        fields.append(MergedField(field.key, *(_told(field, value) for value in three)))
    rows = merges.picture(call.store, from_, into)["rows"]
    moves = {table: len(keys) for table, keys in rows.items() if keys}
    return MergePreview(other, one, tuple(fields), moves)


def _told(field: Field, value: Any) -> str:
    if field.takes is Takes.FLAG:
        return "yes" if value else "no"
    return "" if value is None else str(value)


@command("customer.merge")
def merge(call: Call, from_: CustomerId, into: CustomerId) -> Customer:
    """Merge two customers: everything of the first moves to the second, nothing is lost.

    Empty fields of the second (account, company, city, ...) are filled from the first; notes are
    joined. `customer.unmerge` undoes it, and so does `undo.last`.
    """
    _two(call, from_, into)
    one, other = _get(call, from_), _get(call, into)
    kept = merges.picture(call.store, from_, into)
    moved = customers.merge(call.store, from_, into)
    entitled = entitlements.move(call.store, from_, into)
    merges.ask_for_themselves(call.store, into)
    if entitled:
        moved["entitlements"] = entitled
    key = merges.add(call.store, call.now, call.actor.name, from_, into, kept)
    call.journal("customer.merged", customer=into, merged=from_, moved=moved)
    undo.remember_deed(call, f"merged {one.name} into {other.name}", _KIND, {"merge": key})
    return _get(call, into)


def _two(call: Call, one: int, other: int) -> None:
    """Refuse to merge a customer with the same customer."""
    if one == other:
        raise Refused(
            "customer.same",
            f"{_get(call, one).name} cannot be merged with the same customer.",
            "Give two customers who are not merged.",
        )


@command("customer.unmerge")
def unmerge(call: Call, customer: CustomerId) -> Customer:
    """Undo the last merge into this customer; returns the unmerged customer.

    All that came with the merge goes back, with what was written about its cases and conversations
    since then. What else is new stays with the survivor.
    """
    survivor = _get(call, customer)
    found = merges.newest(call.store, customer)
    if not found:
        older = merges.lost(call.store, customer)
        if older is not None:
            raise Refused(
                "customer.merge_not_kept",
                f"{older} was merged into {survivor.name} before merges could be undone.",
                "Create the customer again and move their records.",
            )
        raise Refused("customer.not_merged", f"Nobody has been merged into {survivor.name}.")
    return _unmerge(call, found[0])


def _unmerge(call: Call, merge: merges.Merge) -> Customer:
    """Unmerge two customers; returns the unmerged one."""
    why_not = merges.in_the_way(call.store, merge)
    if why_not:
        raise Refused(
            "customer.unmerge",
            f"The merge into {_get(call, merge.into_id).name} cannot be undone: {why_not}.",
            "Nothing was changed.",
        )
    moved = merges.put_back(call.store, merge)
    merges.mark(call.store, merge.id, call.now)
    undo.forget_deed(call, _KIND, "merge", merge.id)
    call.journal("customer.unmerged", customer=merge.into_id, restored=merge.from_id, moved=moved)
    return _get(call, merge.from_id)


def _tied(call: Call, kept: Mapping[str, Any]) -> str:
    """Why a merge cannot be undone, as a clause."""
    merge = merges.get(call.store, kept["merge"])
    if merge is None:
        return "it has been undone already"
    into = customers.survivor(call.store, merge.into_id)
    if into != merge.into_id:
        return f"{_name(call, merge.into_id)} was merged into {_name(call, into)} since"
    last = merges.newest(call.store, merge.into_id)[0]
    if last.id != merge.id:
        return f"{_name(call, last.from_id)} was merged later; undo that first"
    return merges.in_the_way(call.store, merge)


def _take_back(call: Call, kept: Mapping[str, Any]) -> None:
    merge = merges.get(call.store, kept["merge"])
    assert merge is not None
    _unmerge(call, merge)


undo.deeds(_KIND, _tied, _take_back)


@query("customer.merges")
def merged(call: Call, customer: CustomerId, limit: int = 10) -> list[Merged]:
    """The customers merged into this one, newest first; the first can be unmerged first."""
    rows: list[Merged] = []
    for found in merges.newest(call.store, customer, page_size(limit, 100)):
        why_not = (
            f"{rows[0].name} was merged later; undo that first"
            if rows
            else merges.in_the_way(call.store, found)
        )
        name = _name(call, found.from_id)
        rows.append(Merged(CustomerId(found.from_id), name, found.by, found.at, why_not))
    return rows


def _name(call: Call, customer: int) -> str:
    """The name of a customer, merged or not."""
    return str(merges.columns(call.store, customer)["name"])


def _get(call: Call, customer: int) -> Customer:
    found = customers.get(call.store, customer)
    assert found is not None
    return found
