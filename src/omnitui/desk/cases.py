"""Cases: create, link, update, resolve, cancel, reopen; each moves the terms of its entitlement."""

from omnitui.desk import thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.convert import EntitlementChoice
from omnitui.desk.entitlements import terms
from omnitui.desk.registry import command, query
from omnitui.model.case import Case, CasePriority, CaseStatus
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, CaseId, ConversationId, CustomerId
from omnitui.safetext import clean, clean_line
from omnitui.store import cases

MOST_MINUTES = 10 * 366 * 24 * 60
"""The longest billable time of one case."""


def _get(call: Call, case: int) -> Case:
    found = cases.get(call.store, case)
    assert found is not None
    return found


@command("case.create")
def create(
    call: Call,
    customer: CustomerId,
    title: str,
    origin: str,
    description: str = "",
    priority: CasePriority = CasePriority.NORMAL,
    product: str = "",
    conversation: ConversationId | None = None,
    entitlement: EntitlementChoice | None = None,
    contact: CustomerId | None = None,
    do_not_decrement: bool = False,
) -> Case:
    """Open a case for a customer, and link it to `conversation` if one is named.

    `origin` is the key of the channel it came on. Without an `entitlement` the customer's default
    is given to it where it may be; `none` is for a case without one. `contact` is who asks on the
    customer's behalf. With `do_not_decrement` it uses no terms.
    """
    name = clean_line(title).strip()
    if not name:
        raise Refused("case.title", "A case needs a title.", "Say in a few words what is wrong.")
    channel = call.channel(origin)
    number = cases.next_number(call.store)
    about = clean_line(product)
    person = None if contact == customer else contact
    asked = terms.asking(call, customer, channel.key, about, person, do_not_decrement)
    owed, why_not = terms.chosen(call, entitlement, asked)
    key = call.store.insert(
        "cases",
        {
            "number": number,
            "title": name,
            "customer_id": customer,
            "origin": channel.key,
            "status": CaseStatus.ACTIVE,
            "priority": priority,
            "description": clean(description),
            "product": about,
            "owner_id": call.agent_or_none,
            "entitlement_id": owed,
            "contact_id": person,
            "exempt": int(do_not_decrement),
            "created_at": call.now,
            "updated_at": call.now,
        },
    )
    call.journal("case.created", customer=customer, case=key, conversation=conversation)
    if entitlement is None:
        terms.tell_default(call, _get(call, key), why_not)
    terms.settle(call, _get(call, key))
    if conversation is not None:
        _link(call, _get(call, key), conversation)
    return _get(call, key)


def _link(call: Call, case: Case, conversation: ConversationId) -> None:
    item = thread.get(call, conversation)
    if item.customer_id != case.customer_id:
        raise Refused(
            "case.other_customer",
            f"{item.name}'s conversation belongs to another customer.",
            "Link the customer first, or create the case without a conversation.",
        )
    call.store.update("conversations", conversation, {"case_id": case.id})
    thread.event(call, item, f"{call.actor.name} created {case.number} {case.title}")
    call.journal(
        "conversation.case_linked",
        conversation=conversation,
        customer=case.customer_id,
        case=case.id,
    )


@command("case.update")
def update(
    call: Call,
    case: CaseId,
    title: str | None = None,
    description: str | None = None,
    priority: CasePriority | None = None,
    product: str | None = None,
    owner: AgentId | None = None,
    origin: str | None = None,
    customer: CustomerId | None = None,
    contact: CustomerId | None = None,
    entitlement: EntitlementChoice | None = None,
    do_not_decrement: bool | None = None,
) -> Case:
    """Change an active case; what is not named stays.

    Whatever its entitlement is about is checked again, and its terms move along. Another `customer`
    takes the entitlement off it, unless one of theirs is named; `none` takes it off too. The
    customer as `contact` is for nobody else.
    """
    before = _get(call, case)
    _check_active(before)
    plain = {"description": description, "priority": priority, "product": product}
    values = _plain(title, {**plain, "owner_id": owner, "exempt": do_not_decrement})
    if origin is not None:
        values["origin"] = call.channel(origin).key
    if customer is not None and customer != before.customer_id:
        _move(call, before, customer)
        values |= {"customer_id": customer, "entitlement_id": None, "contact_id": None}
    if contact is not None:
        whose = before.customer_id if customer is None else customer
        values["contact_id"] = None if contact == whose else contact
    if entitlement is not None:
        values["entitlement_id"] = entitlement or None
    if values:
        _write(call, before, values)
    return _get(call, case)


def _plain(title: str | None, given: dict[str, object | None]) -> dict[str, object]:
    """The columns that depend on nothing else, of those that were given."""
    values = {name: value for name, value in given.items() if value is not None}
    for name, cleaned in (("description", clean), ("product", clean_line)):
        if name in values:
            values[name] = cleaned(str(values[name]))
    if "exempt" in values:
        values["exempt"] = int(bool(values["exempt"]))
    if title is not None:
        values["title"] = clean_line(title).strip()
        if not values["title"]:
            raise Refused("case.title", "A case needs a title.")
    return values


def _write(call: Call, before: Case, values: dict[str, object]) -> None:
    call.store.update("cases", before.id, {**values, "updated_at": call.now})
    after = _get(call, before.id)
    call.journal("case.updated", customer=after.customer_id, case=after.id, fields=sorted(values))
    terms.revalidate(call, before, after)
    terms.settle(call, after)


def _move(call: Call, case: Case, customer: CustomerId) -> None:
    """Bring a case, with what hangs on it, to another customer."""
    if cases.conversations_of_others(call.store, case.id, customer):
        raise Refused(
            "case.other_customer",
            f"A conversation with another customer is about {case.number}.",
            "Link that conversation to the new customer, or unlink the case from it, first.",
        )
    cases.move_activities(call.store, case.id, customer)


def _check_active(case: Case) -> None:
    if case.status is not CaseStatus.ACTIVE:
        raise Refused(
            "case.not_active", f"{case.number} is {case.status.value}.", "Reopen it first."
        )


@command("case.resolve")
def resolve(call: Call, case: CaseId, resolution: str, minutes: int | None = None) -> Case:
    """Resolve a case, saying how; `minutes` is the billable time.

    An entitlement that counts on resolution is counted now.
    """
    before = _get(call, case)
    _check_active(before)
    said = clean(resolution).strip()
    if not said:
        raise Refused("case.resolution", "Say how the case was resolved.")
    if minutes is not None and minutes < 0:
        raise Refused("case.minutes", f"{minutes} minutes is below nothing.")
    if minutes is not None and minutes > MOST_MINUTES:
        raise Refused("case.minutes", f"{minutes} minutes is longer than ten years.")
    _finish(call, before, CaseStatus.RESOLVED, said, minutes)
    return _get(call, case)


@command("case.cancel")
def cancel(call: Call, case: CaseId, reason: str = "") -> Case:
    """Cancel a case that needs no solving."""
    before = _get(call, case)
    _check_active(before)
    _finish(call, before, CaseStatus.CANCELLED, clean(reason).strip(), None)
    return _get(call, case)


def _finish(
    call: Call, case: Case, status: CaseStatus, resolution: str, minutes: int | None
) -> None:
    call.store.update(
        "cases",
        case.id,
        {
            "status": status,
            "resolution": resolution,
            "minutes": minutes,
            "resolved_at": call.now,
            "updated_at": call.now,
        },
    )
    call.journal(
        f"case.{status.value}", customer=case.customer_id, case=case.id, resolution=resolution
    )
    terms.settle(call, _get(call, case.id))


@command("case.reopen")
def reopen(call: Call, case: CaseId, entitlement: EntitlementChoice | None = None) -> Case:
    """Make a resolved or cancelled case active again; the journal keeps how it had ended.

    It keeps its entitlement, unless another one or `none` is named.
    """
    before = _get(call, case)
    if before.status is CaseStatus.ACTIVE:
        raise Refused("case.active", f"{before.number} is active already.")
    call.store.update(
        "cases",
        case,
        {
            "status": CaseStatus.ACTIVE,
            "resolution": "",
            "minutes": None,
            "resolved_at": None,
            "updated_at": call.now,
        },
    )
    call.journal(
        "case.reopened",
        customer=before.customer_id,
        case=case,
        was=before.status,
        resolution=before.resolution,
    )
    if entitlement is not None:
        _write(call, before, {"entitlement_id": entitlement or None})
    terms.settle(call, _get(call, case), terms.REOPEN_WITHOUT)
    return _get(call, case)


@query("case.get")
def get(call: Call, case: CaseId) -> Case:
    """One case."""
    return _get(call, case)


@query("case.list")
def list_(call: Call, customer: CustomerId | None = None, limit: int = 50) -> list[Case]:
    """Cases, newest first; those of one customer if named."""
    if customer is None:
        return cases.newest(call.store, page_size(limit, 1_000))
    return cases.of_customer(call.store, customer, limit=page_size(limit, 1_000))
