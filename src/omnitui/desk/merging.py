"""Merging two customers into one, and making them two again."""

from dataclasses import dataclass

from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.customer import Customer
from omnitui.model.errors import Refused
from omnitui.model.ids import CustomerId
from omnitui.store import customers, entitlements, merges


@dataclass(frozen=True, slots=True)
class Merged:
    """Somebody who became part of another customer: who, by whom and when (epoch ms).

    `why_not` says what is in the way of undoing it, empty while nothing is.
    """

    customer_id: CustomerId
    name: str
    by: str
    at: int
    why_not: str = ""


@command("customer.merge")
def merge(call: Call, from_: CustomerId, into: CustomerId) -> Customer:
    """Make two records one: everything of the first moves to the second, nothing is lost.

    What the second lacks (account, company, town, ...) it gets from the first; notes are joined.
    `customer.unmerge` takes it back.
    """
    if from_ == into:
        name = _get(call, into).name
        raise Refused(
            "customer.same",
            f"{name} cannot be merged into the same customer.",
            "Name two customers who have not been merged yet.",
        )
    kept = merges.picture(call.store, from_, into)
    moved = customers.merge(call.store, from_, into)
    owed = entitlements.move(call.store, from_, into)
    if owed:
        moved["entitlements"] = owed
    merges.add(call.store, call.now, call.actor.name, from_, into, kept)
    call.journal("customer.merged", customer=into, merged=from_, moved=moved)
    return _get(call, into)


@command("customer.unmerge")
def unmerge(call: Call, customer: CustomerId) -> Customer:
    """Undo the last merge into this customer; returns the one who is there again.

    All that came with the merge goes back, with what was written about its cases and conversations
    since. What else is new stays with the survivor.
    """
    survivor = _get(call, customer)
    found = merges.newest(call.store, customer)
    if not found:
        older = merges.lost(call.store, customer)
        if older is not None:
            raise Refused(
                "customer.merge_not_kept",
                f"{older} was merged into {survivor.name} before merges could be undone.",
                "Create the customer again and move what is theirs.",
            )
        raise Refused("customer.not_merged", f"Nobody has been merged into {survivor.name}.")
    why_not = merges.in_the_way(call.store, found[0])
    if why_not:
        raise Refused(
            "customer.unmerge",
            f"The merge into {survivor.name} cannot be undone: {why_not}.",
            "Nothing was changed.",
        )
    moved = merges.put_back(call.store, found[0])
    merges.mark(call.store, found[0].id, call.now)
    call.journal("customer.unmerged", customer=customer, restored=found[0].from_id, moved=moved)
    return _get(call, found[0].from_id)


@query("customer.merges")
def merged(call: Call, customer: CustomerId, limit: int = 10) -> list[Merged]:
    """Who has been merged into this customer, newest first; the first one can be undone first."""
    rows: list[Merged] = []
    for found in merges.newest(call.store, customer, page_size(limit, 100)):
        name = merges.columns(call.store, found.from_id)["name"]
        why_not = (
            f"{rows[0].name} was merged later; undo that first"
            if rows
            else merges.in_the_way(call.store, found)
        )
        rows.append(Merged(CustomerId(found.from_id), name, found.by, found.at, why_not))
    return rows


def _get(call: Call, customer: int) -> Customer:
    found = customers.get(call.store, customer)
    assert found is not None
    return found
