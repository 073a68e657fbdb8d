"""New cases: with a parent or without, linked to their conversation."""

from collections.abc import Mapping
from typing import Any

from omnitui.desk import thread, undo
from omnitui.desk.call import Call
from omnitui.desk.cases.ending import finish
from omnitui.desk.cases.shared import found
from omnitui.desk.convert import EntitlementChoice
from omnitui.desk.entitlements import terms
from omnitui.desk.fields import cleaned, defaults
from omnitui.desk.registry import command
from omnitui.model.case import CASE_FIELDS, Case, CaseReason, CaseStatus, OpenTasks
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import CaseId, ConversationId, CustomerId
from omnitui.rules.cases import child_refusal, reason_refusal
from omnitui.safetext import clean_line
from omnitui.store import cases, images

_KIND = "case.created"


@command("case.create", creates=CASE_FIELDS)
def create(
    call: Call,
    customer: CustomerId | None = None,
    title: str = "",
    origin: str = "",
    *,
    conversation: ConversationId | None = None,
    entitlement: EntitlementChoice | None = None,
    contact: CustomerId | None = None,
    parent: CaseId | None = None,
    reason: CaseReason = CaseReason.IN_PROGRESS,
    **fields: Any,
) -> Case:
    """Create a case for a customer, and link it to `conversation` if one is given.

    `origin` is the key of its channel. Without an `entitlement` it gets the customer's default if
    allowed; `none` is for a case without one. `contact` is a person who asks on the customer's
    behalf. With `do_not_decrement` it uses no terms. With a `parent` it gets the parent's customer,
    title, origin, product, contact and entitlement by default.
    """
    above = None if parent is None else found(call, parent)
    whose = _whose(customer, above)
    name = clean_line(title) or (above.title if above else "")
    _check(name, came_on := origin or (above.origin if above else ""), reason)
    plain = {**defaults(CASE_FIELDS), **cleaned("case", CASE_FIELDS, fields)}
    if above is not None:
        refuse(child_refusal(whose, above))
        plain.setdefault("product", above.product)
        contact = above.contact_id if contact is None else contact
    channel = call.channel(came_on)
    about, exempt = plain.get("product", ""), bool(plain["exempt"])
    person = None if contact == whose else contact
    asked = terms.asking(call, whose, channel.key, about, person, exempt)
    inherited = None if above is None else above.entitlement_id
    entitlement_id, why_not = terms.chosen(call, entitlement, asked, inherited)
    values = {
        **plain,
        "title": name,
        "customer_id": whose,
        "origin": channel.key,
        "reason": reason,
        "entitlement_id": entitlement_id,
        "contact_id": person,
        "parent_id": parent,
    }
    key = _add(call, values)
    call.journal("case.created", customer=whose, case=key, conversation=conversation)
    made = found(call, key)
    if above is not None:
        call.journal("case.child_added", customer=whose, case=above.id, child=key)
    if entitlement is None:
        terms.tell_default(call, made, why_not)
    terms.settle(call, made)
    _link(call, made, conversation)
    return made


def _add(call: Call, values: dict[str, object]) -> int:
    plain = {
        "number": cases.next_number(call.store),
        "status": CaseStatus.ACTIVE,
        "owner_id": call.agent_or_none,
        "created_at": call.now,
        "updated_at": call.now,
    }
    return call.store.insert("cases", {**plain, **values})


def _whose(customer: CustomerId | None, parent: Case | None) -> CustomerId:
    if customer is not None:
        return customer
    if parent is None:
        raise Refused(
            "case.customer", "A case needs a customer.", "Give a customer or a parent case."
        )
    return parent.customer_id


def _check(title: str, origin: str, reason: CaseReason) -> None:
    """Refuse values that a case cannot have."""
    if not title:
        raise Refused("case.title", "A case needs a title.", "Give a short title.")
    if not origin:
        raise Refused("case.origin", "A case needs an origin.", "Give the key of its channel.")
    refuse(reason_refusal(CaseStatus.ACTIVE, reason))


def _link(call: Call, case: Case, conversation: ConversationId | None) -> None:
    """Link a new case to its conversation, and keep what undo needs."""
    if conversation is None:
        _remember(call, case, None, None)
        return
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
    _remember(call, case, conversation, item.case_id)


def _remember(call: Call, made: Case, conversation: int | None, linked: int | None) -> None:
    row = images.picture(call.store, [images.Watched("cases", "id", made.id)])
    deed = {
        "case": made.id,
        "rows": images.written(images.changes({}, row)),
        "conversation": conversation,
        "linked": linked,
    }
    undo.remember_deed(call, f"created {made.number}", _KIND, deed)


def _hangs_on(call: Call, deed: Mapping[str, Any]) -> str:
    """Why a case that was created by mistake cannot be cancelled by undo, as a clause."""
    case, (row,) = found(call, deed["case"]), images.read(deed["rows"])
    if case.status is not CaseStatus.ACTIVE:
        return f"{case.number} is {case.status.value} now"
    if images.differs(call.store, row):
        return f"{case.number} has been changed since"
    hanging = cases.hanging(call.store, case.id, deed["conversation"])
    return f"{hanging} depends on {case.number} now" if hanging else ""


def _as_if_never_created(call: Call, deed: Mapping[str, Any]) -> None:
    """Cancel a case on undo: its number is not used again, and its history stays.

    Its conversation gets back its previous case.
    """
    case, conversation = found(call, deed["case"]), deed["conversation"]
    item = None if conversation is None else thread.get(call, conversation)
    if item is not None and item.case_id == case.id:
        call.store.update("conversations", item.id, {"case_id": deed["linked"]})
        thread.event(call, item, f"{call.actor.name} undid: created {case.number}")
        about = {"conversation": item.id, "customer": item.customer_id}
        call.journal("conversation.case_unlinked", **about, case=case.id)
    if case.parent_id is not None:
        call.store.update("cases", case.id, {"parent_id": None})
        call.journal("case.child_removed", case=case.parent_id, child=case.id)
    said = f"Created by mistake; undone by {call.actor.name}."
    finish(call, case, CaseReason.CANCELLED, said, None, OpenTasks.KEEP)


undo.deeds(_KIND, _hangs_on, _as_if_never_created)
