"""Identification: linking a new conversation to a customer only if the match is exact.

Not commands: intake and linking use these.
"""

import json
from typing import Any

from omnitui.desk.call import Call
from omnitui.desk.retired import in_use
from omnitui.model.case import CaseStatus
from omnitui.model.channel import AddressKind, Channel, shared_kind
from omnitui.model.conversation import ConversationState
from omnitui.model.customer import Customer
from omnitui.model.ids import ConversationId, CustomerId
from omnitui.rules.identify import Candidate, Given, Match, identify
from omnitui.rules.likeness import company_domain, name_words, nearest, number_end
from omnitui.rules.mail import mail_key
from omnitui.safetext import clean, clean_line
from omnitui.store import cases, conversations, customers, search
from omnitui.store.routing import queues

_MOST_ALIKE, _MOST_LINES, _MOST_COLLEAGUES = 16, 8, 8


def given_fields(call: Call, address_key: str, name: str, context: dict[str, Any]) -> Given:
    """The identifying values that a customer has given."""

    def field(key: str) -> str | None:
        value = context.get(key)
        return clean_line(str(value)) or None if value not in (None, "") else None

    def compared(key: str) -> str | None:
        value = field(key)
        return value and (call.address_key(AddressKind(key), value).partition(":")[2] or None)

    space = address_key.partition(":")[0]
    return Given(
        address_key=address_key,
        opaque=any(
            one.space == space and one.address_kind.opaque for one in call.channels.values()
        ),
        name=clean_line(name) or field("name"),
        email=compared(AddressKind.EMAIL),
        phone=compared(AddressKind.PHONE),
        case_number=field("case_number"),
    )


def candidates(call: Call, given: Given) -> list[Candidate]:
    """Every customer who has any of the given values."""
    keys: list[CustomerId] = []
    for key in filter(
        None,
        (
            given.address_key,
            given.email and call.address_key(AddressKind.EMAIL, given.email),
            given.phone and call.address_key(AddressKind.PHONE, given.phone),
        ),
    ):
        found = customers.by_address(call.store, key)
        if found is not None:
            keys.append(found)
    if given.name:
        keys += customers.by_name(call.store, given.name)
    if given.case_number:
        number = cases.by_number(call.store, given.case_number)
        case = None if number is None else cases.get(call.store, number)
        if case is not None and case.status is CaseStatus.ACTIVE:
            keys.append(case.customer_id)
    return [candidate(call, key) for key in dict.fromkeys(keys)]


def near(call: Call, given: Given) -> list[Candidate]:
    """Customers who may match: those with a given value, then similar ones, up to a limit."""
    keys = [known.customer_id for known in candidates(call, given)]
    if given.name:
        names = search.like_name(call.store, " ".join(name_words(given.name)))
        keys += map(CustomerId, nearest(given.name, names, _MOST_ALIKE))
    phone = given.phone and call.address_key(AddressKind.PHONE, given.phone)
    email = given.email and call.address_key(AddressKind.EMAIL, given.email)
    for key in dict.fromkeys(filter(None, (given.address_key, phone, email))):
        end = number_end(key) if shared_kind(key) is AddressKind.PHONE else ""
        domain = company_domain(key) if shared_kind(key) is AddressKind.EMAIL else ""
        if end:
            keys += customers.by_number_end(call.store, end, _MOST_LINES)
        if domain:
            keys += customers.by_domain(call.store, domain, _MOST_COLLEAGUES)
    return [candidate(call, key) for key in dict.fromkeys(keys)]


def resembling(call: Call, one: Candidate) -> list[Candidate]:
    """Customers who may be the same person as `one`: with a similar name, number or mailbox."""
    names = search.like_name(call.store, " ".join(name_words(one.name)))
    keys = [*customers.by_name(call.store, one.name)]
    keys += map(CustomerId, nearest(one.name, names, _MOST_ALIKE))
    for phone in one.phones:
        if end := number_end(call.address_key(AddressKind.PHONE, phone)):
            keys += customers.by_number_end(call.store, end, _MOST_LINES)
    for email in one.emails:
        mailbox = mail_key(email).partition("@")[0]
        keys += customers.by_mailbox(call.store, mailbox, _MOST_LINES)
    return [candidate(call, key) for key in dict.fromkeys(keys) if key != one.customer_id]


def candidate(call: Call, key: int) -> Candidate:
    """A customer in the form that the rules compare."""
    customer = customers.get(call.store, key)
    assert customer is not None
    # Numbers stand here as they are compared: with the code of the desk's own country.
    shared = [(shared_kind(one.key), one.key.partition(":")[2]) for one in customer.addresses]
    active, ended = customers.case_numbers(call.store, customer.id)
    return Candidate(
        customer_id=customer.id,
        name=customer.name,
        emails=tuple(value for kind, value in shared if kind is AddressKind.EMAIL),
        phones=tuple(value for kind, value in shared if kind is AddressKind.PHONE),
        address_keys=tuple(address.key for address in customer.addresses),
        case_numbers=active,
        ended_case_numbers=ended,
        linked_keys=customers.linked_keys(call.store, customer.id),
        active=True,
        company=customer.company,
    )


def match(call: Call, given: Given) -> Match:
    """The one customer that fits all values, or none, with the reason."""
    return identify(given, candidates(call, given))


def new_conversation(
    call: Call,
    channel: Channel,
    address: str,
    address_key: str,
    name: str,
    context: dict[str, Any],
) -> ConversationId:
    """Start a conversation for a sender without one on this channel, linked to their customer."""
    kept: dict[str, Any] = {
        clean_line(str(key)): _clean_value(value) for key, value in context.items()
    }
    found = match(call, given_fields(call, address_key, name, kept))
    customer = None if found.customer_id is None else customers.get(call.store, found.customer_id)
    if customer is None and clean_line(name):
        # Who they said they are is all there is to suggest customers by.
        kept.setdefault("name", clean_line(name))
    case = None
    if customer is not None:
        active = cases.active_of(call.store, customer.id)
        case = active[0] if len(active) == 1 else None
    stream = call.streams.get(channel.key)
    visitor = None if customer else conversations.next_visitor(call.store)
    key = ConversationId(
        call.store.insert(
            "conversations",
            {
                "channel": channel.key,
                "state": ConversationState.OPEN,
                "name": customer.name if customer else f"Visitor {visitor}",
                "address": address,
                "address_key": address_key,
                "visitor": visitor,
                "subject": clean_line(str(kept.get("subject", ""))),
                "customer_id": customer.id if customer else None,
                "case_id": case,
                "queue_id": _queue(call, channel, kept),
                "workstream_id": stream.id if stream else None,
                "last_at": call.now,
                "created_at": call.now,
                "waiting_since": call.now,
                "last_agent_id": _last_agent(call, channel, customer),
                "context": json.dumps(kept, ensure_ascii=False),
                "match_reason": found.because,
            },
        )
    )
    call.journal(
        "conversation.created",
        conversation=key,
        customer=customer.id if customer else None,
        case=case,
        channel=channel.key,
    )
    return key


def _last_agent(call: Call, channel: Channel, customer: Customer | None) -> int | None:
    """The customer's last agent, if the work stream has affinity."""
    if customer is None or not call.stream(channel.key).affinity:
        return None
    return conversations.last_agent(call.store, customer.id)


def _queue(call: Call, channel: Channel, context: dict[str, Any]) -> int | None:
    """The queue that the context gives, else the fallback of the work stream, or of the store."""
    named = str(context.get("queue", ""))
    found = queues.by_name(call.store, named) if named else None
    if found is None or not in_use(call, "queue", found):
        found = call.stream(channel.key).queue_id
    return queues.fallback(call.store) if found is None else found


def _clean_value(value: Any) -> Any:
    """Context comes from outside: its texts are cleaned, its numbers and lists kept."""
    if isinstance(value, str):
        return str(clean(value, limit=4_000))
    if isinstance(value, list):
        return [_clean_value(item) for item in value[:200]]
    if isinstance(value, dict):
        return {clean_line(str(key)): _clean_value(item) for key, item in value.items()}
    return value
