"""What cases use of what customers are owed. Not commands: cases call these as they change."""

from dataclasses import replace

from omnitui.desk.call import Call
from omnitui.model.case import Case
from omnitui.model.entitlement import Terms, number
from omnitui.model.errors import Refusal, Refused
from omnitui.model.ids import CustomerId, EntitlementId
from omnitui.rules import entitled
from omnitui.rules.entitled import Asking
from omnitui.rules.entitlement import Use, uses
from omnitui.store import customers, entitlements

TAKE_OFF = "take the entitlement off the case (entitlement=none)"
LET_OFF = "set do_not_decrement, or take the entitlement off the case (entitlement=none)"
REOPEN_WITHOUT = "reopen the case with entitlement=none"


def labels(call: Call) -> dict[str, str]:
    """The channels' words for people, by their keys, in their own order."""
    return {key: channel.label for key, channel in call.channels.items()}


def of(call: Call, entitlement: int) -> Terms:
    """An entitlement that is there."""
    found = entitlements.get(call.store, entitlement)
    assert found is not None
    return found


def refuse(found: Refusal | None) -> None:
    """Say no, if there is a reason to."""
    if found is not None:
        raise Refused(found.code, found.message, found.hint)


def asking(
    call: Call,
    customer: CustomerId,
    origin: str,
    product: str,
    contact: CustomerId | None,
    exempt: bool = False,
) -> Asking:
    """What is known of a case that is being made."""
    person = customers.get(call.store, contact or customer)
    assert person is not None
    return Asking(customer, origin, product, contact, person.name, exempt)


def of_case(call: Call, case: Case, otherwise: str = TAKE_OFF) -> Asking:
    """What is known of a case that there is."""
    known = asking(
        call, case.customer_id, case.origin, case.product, case.contact_id, case.do_not_decrement
    )
    return replace(known, otherwise=otherwise)


def chosen(
    call: Call, choice: int | None, case: Asking, usual: int | None = None
) -> tuple[int | None, Refusal | None]:
    """The entitlement of a new case: the one that was named, none for 0, else the usual one.

    That is the customer's default where no `usual` one is given. One that cannot be used is left
    out, with the reason; one that was named is refused.
    """
    if choice is not None:
        if choice:
            refuse(entitled.refusal(of(call, choice), case, call.now, labels(call)))
        return choice or None, None
    own = entitlements.default_of(call.store, case.customer_id) if usual is None else None
    default = own if usual is None else of(call, usual)
    if default is None:
        return None, None
    why = entitled.refusal(default, case, call.now, labels(call))
    return (default.id, None) if why is None else (None, why)


def tell_default(call: Call, case: Case, why_not: Refusal | None) -> None:
    """Say in the journal that a case was given the customer's default, or why it was not."""
    if why_not is not None:
        call.journal(
            "entitlement.not_applied",
            customer=case.customer_id,
            case=case.id,
            code=why_not.code,
            why=why_not.message,
        )
    elif case.entitlement_id is not None:
        call.journal(
            "entitlement.applied",
            customer=case.customer_id,
            case=case.id,
            entitlement=case.entitlement_id,
            name=case.entitlement_name,
        )


def revalidate(call: Call, before: Case, after: Case) -> None:
    """Refuse a change of a case that its entitlement does not allow.

    One that the case is newly given has to be active; one that it had stays its own.
    """
    key = after.entitlement_id
    if key is None:
        return
    terms = of(call, key)
    for (entitlement, origin), amount in entitlements.used_by(call.store, before.id).items():
        if entitlement == key:
            terms = entitled.without(terms, origin, amount)
    case = of_case(call, after)
    if key != before.entitlement_id:
        refuse(entitled.refusal(terms, case, call.now, labels(call)))
    elif _about(before) != _about(after):
        refuse(entitled.not_fitting(terms, case, labels(call)))


def _about(case: Case) -> tuple[object, ...]:
    return case.customer_id, case.contact_id, case.origin, case.product


def settle(call: Call, case: Case, otherwise: str = LET_OFF) -> None:
    """Bring the ledger to what a case uses as it is now; refuses what would go below zero.

    What it no longer uses is given back first, so that moving terms needs no room for both.
    """
    for key, origin, amount in moves(call, case):
        terms = of(call, key)
        if amount > 0:
            ask = replace(of_case(call, case, otherwise), origin=origin)
            refuse(entitled.short(terms, ask, amount, labels(call)))
        entitlements.use(call.store, call.now, key, case.id, origin, amount)
        call.journal(
            "entitlement.used" if amount > 0 else "entitlement.returned",
            customer=case.customer_id,
            case=case.id,
            entitlement=key,
            name=terms.name,
            origin=origin,
            amount=number(abs(amount)),
            remaining=number(terms.left - amount),
        )


def moves(call: Call, case: Case) -> list[tuple[EntitlementId, str, int]]:
    """What a case, as it is given, would use beyond what the ledger has: by entitlement and origin.

    Amounts are parts; what is given back is below zero and comes first.
    """
    wanted: dict[tuple[EntitlementId, str], int] = {}
    if case.entitlement_id is not None:
        use = Use(case.status, case.minutes, case.do_not_decrement)
        wanted[case.entitlement_id, case.origin] = uses(of(call, case.entitlement_id), use)
    had = entitlements.used_by(call.store, case.id)
    found = {key: wanted.get(key, 0) - had.get(key, 0) for key in (*had, *wanted)}
    return [
        (*key, amount) for key, amount in sorted(found.items(), key=lambda move: move[1]) if amount
    ]
