"""What cases use of what customers are owed. Not commands: cases call these as they change."""

from collections import Counter
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from omnitui.desk.call import Call
from omnitui.model.case import Case, CaseStatus
from omnitui.model.entitlement import Terms, number
from omnitui.model.errors import Refusal, refuse
from omnitui.model.ids import CaseId, CustomerId, EntitlementId
from omnitui.rules import entitled
from omnitui.rules.entitled import Asking
from omnitui.rules.entitlement import Use, holds, uses
from omnitui.store import cases, customers, entitlements

TAKE_OFF = "remove the entitlement from the case (entitlement=none)"
LET_OFF = "set do_not_decrement, or remove the entitlement from the case (entitlement=none)"
REOPEN_WITHOUT = "reopen the case with entitlement=none"


def labels(call: Call) -> dict[str, str]:
    """The channels' words for people, by their keys, in their own order."""
    return {key: channel.label for key, channel in call.channels.items()}


def of(call: Call, entitlement: int) -> Terms:
    """An entitlement that is there."""
    found = entitlements.get(call.store, entitlement)
    assert found is not None
    return found


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
    terms, case = without_case(call, of(call, key), before.id), of_case(call, after)
    if key != before.entitlement_id:
        refuse(entitled.refusal(terms, case, call.now, labels(call)))
    elif before.origin != after.origin:
        refuse(entitled.not_fitting(terms, case, labels(call)))
    elif _about(before) != _about(after):
        refuse(entitled.not_covered(terms, case))


def _about(case: Case) -> tuple[object, ...]:
    return case.customer_id, case.contact_id, case.product


def without_case(call: Call, terms: Terms, case: CaseId) -> Terms:
    """The terms as if a case that there is neither used nor held anything of them."""
    for (key, origin), amount in entitlements.used_by(call.store, case).items():
        if key == terms.id:
            terms = entitled.without(terms, origin, amount)
    for (key, origin), amount in _held(call, cases.get(call.store, case)).items():
        if key == terms.id:
            terms = entitled.holding(terms, origin, -amount)
    return terms


def settle(call: Call, case: Case, before: Case | None = None, otherwise: str = LET_OFF) -> None:
    """Bring the ledger to what a case uses as it is now; refuses what there is no room for.

    `before` is how the case was, None for a new one: what it used or held then needs no room again,
    and work that is finished is never refused.
    """
    refuse(short(call, before, case, otherwise))
    _tell_holds(call, before, case)
    for key, origin, amount in moves(call, case):
        terms = of(call, key)
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


def short(call: Call, before: Case | None, after: Case, otherwise: str) -> Refusal | None:
    """Why there is no room for what a case takes beyond what it took before, None if there is.

    What it no longer takes is free first, so that moving terms needs no room for both.
    """
    if before is not None and _finishes(before, after):
        return None
    took = _sum(_held(call, before), entitlements.used_by(call.store, after.id))
    takes = _sum(_held(call, after), _used(call, after))
    grown = {at: takes.get(at, 0) - took.get(at, 0) for at in (*took, *takes)}
    now = _held(call, cases.get(call.store, after.id))
    found: dict[EntitlementId, Terms] = {}
    for (key, origin), amount in sorted(grown.items(), key=lambda one: one[1]):
        terms = found.get(key) or _as_before(of(call, key), now, _held(call, before))
        ask = replace(of_case(call, after, otherwise), origin=origin)
        if why := entitled.short(terms, ask, amount, labels(call)):
            return why
        found[key] = entitled.holding(terms, origin, amount)
    return None


_At = tuple[EntitlementId, str]
"""An entitlement and an origin."""


def _finishes(before: Case, after: Case) -> bool:
    """Whether all that happens to a case is that it is resolved, or its time is told."""
    same = ("entitlement_id", "origin", "do_not_decrement")
    return (
        before.status is not CaseStatus.CANCELLED
        and after.status is CaseStatus.RESOLVED
        and all(getattr(before, name) == getattr(after, name) for name in same)
    )


def _as_before(terms: Terms, now: Mapping[_At, int], before: Mapping[_At, int]) -> Terms:
    """The terms with what a case held before, in place of what it holds now."""
    for held, sign in ((now, -1), (before, 1)):
        for (key, origin), amount in held.items():
            if key == terms.id:
                terms = entitled.holding(terms, origin, sign * amount)
    return terms


def _sum(*taken: Mapping[_At, int]) -> dict[_At, int]:
    found: Counter[_At] = Counter()
    for one in taken:
        found.update(one)
    return dict(found)


def _held(call: Call, case: Case | None) -> dict[_At, int]:
    return _counted(call, case, holds)


def held_of(call: Call, case: Case) -> list[tuple[EntitlementId, int]]:
    """What a case holds as it is given: of which entitlement, how much (parts)."""
    return [(key, amount) for (key, _), amount in _held(call, case).items() if amount]


def _used(call: Call, case: Case) -> dict[_At, int]:
    return _counted(call, case, uses)


def _counted(call: Call, case: Case | None, how: Callable[[Terms, Use], int]) -> dict[_At, int]:
    if case is None or case.entitlement_id is None:
        return {}
    use = Use(case.status, case.minutes, case.do_not_decrement)
    return {(case.entitlement_id, case.origin): how(of(call, case.entitlement_id), use)}


def _tell_holds(call: Call, before: Case | None, after: Case) -> None:
    """Say in the journal what a case holds now, and what it held and holds no longer."""
    had, has = _held(call, before), _held(call, after)
    for at in dict.fromkeys((*had, *has)):
        amount = has.get(at, 0) - had.get(at, 0)
        if amount:
            terms = of(call, at[0])
            call.journal(
                "entitlement.held" if amount > 0 else "entitlement.released",
                customer=after.customer_id,
                case=after.id,
                entitlement=at[0],
                name=terms.name,
                origin=at[1],
                amount=number(abs(amount)),
                held=number(terms.held),
            )


def moves(call: Call, case: Case) -> list[tuple[EntitlementId, str, int]]:
    """What a case, as it is given, would use beyond what the ledger has: by entitlement and origin.

    Amounts are parts; what is given back is below zero and comes first.
    """
    wanted = _used(call, case)
    had = entitlements.used_by(call.store, case.id)
    found = {key: wanted.get(key, 0) - had.get(key, 0) for key in (*had, *wanted)}
    return [
        (*key, amount) for key, amount in sorted(found.items(), key=lambda move: move[1]) if amount
    ]
