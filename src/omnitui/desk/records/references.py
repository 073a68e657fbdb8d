"""How customers and entitlements are named in tables, and the result of each line.

By account, address or name if that is unique; else by the desk's own number with the name behind it
(`#17 Ada`), so that a wrong number is always noticed.
"""

import re
from enum import StrEnum

from msgspec import Struct

from omnitui.desk.call import Call
from omnitui.model.customer import Customer
from omnitui.model.entitlement import Terms
from omnitui.model.errors import Refused
from omnitui.rules.addresses import LONGEST, by_kind
from omnitui.safetext import clean_line
from omnitui.store import customers, entitlements, records
from omnitui.store.customers import name_key

_NUMBERED = re.compile(r"#(\d{1,15}) (.*)", re.ASCII)
_SHOWN = 100
"""The most characters of a name after a number."""


def customer(call: Call, written: str) -> int:
    """The key of the customer, or a refusal."""
    text = clean_line(written, limit=LONGEST)
    found = _customers(call, text)
    if not found:
        raise Refused(
            "customer.unknown",
            f"There is no customer {text!r}.",
            "Import customers first; give their account, address or name.",
        )
    if len(found) > 1:
        raise Refused(
            "customer.ambiguous",
            f"Several customers have the name {text}.",
            "Give an account or an address.",
        )
    return found[0]


def _customers(call: Call, text: str) -> list[int]:
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None:
        found = customers.get(call.store, int(numbered[1]))
        same = found is not None and name_key(found.name[:_SHOWN]) == name_key(numbered[2])
        return [found.id] if found is not None and same else []
    account = customers.by_account(call.store, text)
    if account is not None:
        return [account]
    for channel in by_kind(call.channels):
        owner = customers.by_address(call.store, call.address_key(channel, text))
        if owner is not None:
            return [owner]
    return list(customers.by_name(call.store, text, limit=2))


def naming(call: Call, who: Customer) -> str:
    """A text by which `customer` finds exactly this one."""
    for text in (who.account, *(address.value for address in who.addresses), who.name):
        if text and _customers(call, text) == [who.id]:
            return text
    return f"#{who.id} {who.name[:_SHOWN].strip()}"


def entitlement(call: Call, owner: int, written: str) -> int:
    """The key of the entitlement, of those a customer can use; or a refusal."""
    text = clean_line(written)
    found = _entitlements(call, owner, text)
    if not found:
        raise Refused(
            "entitlement.unknown",
            f"The customer has no entitlement {text!r}.",
            "Import entitlements before cases, or leave it empty.",
        )
    if len(found) > 1:
        raise Refused(
            "entitlement.ambiguous",
            f"The customer has several entitlements {text}.",
            f"Give its number too, such as #{found[0]} {text}.",
        )
    return found[0]


def _entitlements(call: Call, owner: int, text: str) -> list[int]:
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None:
        found = entitlements.get(call.store, int(numbered[1]))
        same = found is not None and found.name.casefold() == numbered[2].casefold()
        return [found.id] if found is not None and same else []
    return list(records.usable(call.store, owner, text))


def naming_terms(call: Call, owner: int, terms: Terms) -> str:
    """A text by which `entitlement` finds exactly this one."""
    if _entitlements(call, owner, terms.name) == [terms.id]:
        return terms.name
    return f"#{terms.id} {terms.name}"


class Outcome(StrEnum):
    """Whether a record is new, changed, or unchanged."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"

    @classmethod
    def of(cls, changed: bool) -> "Outcome":
        """The outcome for an existing record."""
        return cls.UPDATED if changed else cls.UNCHANGED


class Result(Struct, frozen=True):
    """The record's key and outcome."""

    key: int
    outcome: Outcome
