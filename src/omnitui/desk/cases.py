"""Cases: create, link, update, resolve, cancel, reopen."""

from omnitui.desk import thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.model.case import Case, CasePriority, CaseStatus
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, CaseId, ConversationId, CustomerId
from omnitui.safetext import clean, clean_line
from omnitui.store import cases


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
) -> Case:
    """Open a case for a customer, and link it to `conversation` if one is named.

    `origin` is the key of the channel it came on.
    """
    name = clean_line(title).strip()
    if not name:
        raise Refused("case.title", "A case needs a title.", "Say in a few words what is wrong.")
    channel = call.channel(origin)
    number = cases.next_number(call.store)
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
            "product": clean_line(product),
            "owner_id": call.agent_or_none,
            "created_at": call.now,
            "updated_at": call.now,
        },
    )
    call.journal("case.created", customer=customer, case=key, conversation=conversation)
    if conversation is not None:
        item = thread.get(call, conversation)
        if item.customer_id != customer:
            raise Refused(
                "case.other_customer",
                f"{item.name}'s conversation belongs to another customer.",
                "Link the customer first, or create the case without a conversation.",
            )
        call.store.update("conversations", conversation, {"case_id": key})
        thread.event(call, item, f"{call.actor.name} created {number} {name}")
        call.journal(
            "conversation.case_linked", conversation=conversation, customer=customer, case=key
        )
    return _get(call, key)


@command("case.update")
def update(
    call: Call,
    case: CaseId,
    title: str | None = None,
    description: str | None = None,
    priority: CasePriority | None = None,
    product: str | None = None,
    owner: AgentId | None = None,
) -> Case:
    """Change an active case; what is not named stays."""
    before = _get(call, case)
    _check_active(before)
    values: dict[str, object] = {}
    if title is not None:
        if not clean_line(title).strip():
            raise Refused("case.title", "A case needs a title.")
        values["title"] = clean_line(title).strip()
    if description is not None:
        values["description"] = clean(description)
    if priority is not None:
        values["priority"] = priority
    if product is not None:
        values["product"] = clean_line(product)
    if owner is not None:
        values["owner_id"] = owner
    if values:
        call.store.update("cases", case, {**values, "updated_at": call.now})
        call.journal("case.updated", customer=before.customer_id, case=case, fields=sorted(values))
    return _get(call, case)


def _check_active(case: Case) -> None:
    if case.status is not CaseStatus.ACTIVE:
        raise Refused(
            "case.not_active", f"{case.number} is {case.status.value}.", "Reopen it first."
        )


@command("case.resolve")
def resolve(call: Call, case: CaseId, resolution: str, minutes: int | None = None) -> Case:
    """Resolve a case, saying how; `minutes` is the billable time."""
    before = _get(call, case)
    _check_active(before)
    said = clean(resolution).strip()
    if not said:
        raise Refused("case.resolution", "Say how the case was resolved.")
    if minutes is not None and minutes < 0:
        raise Refused("case.minutes", f"{minutes} minutes is below nothing.")
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


@command("case.reopen")
def reopen(call: Call, case: CaseId) -> Case:
    """Make a resolved or cancelled case active again; the journal keeps how it had ended."""
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
