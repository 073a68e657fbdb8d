"""Reading entitlements: which a case can use, on which channels, and what was used."""

from omnitui.desk.call import Call, page_size
from omnitui.desk.entitlements.terms import asking, labels, of, of_case, without_case
from omnitui.desk.registry import query
from omnitui.model.entitlement import (
    ChannelAllowance,
    EntitlementOption,
    Terms,
    TermsUsed,
    number,
)
from omnitui.model.errors import Refusal
from omnitui.model.ids import CaseId, CustomerId, EntitlementId
from omnitui.rules import entitled
from omnitui.rules.entitlement import period, state_at
from omnitui.store import cases, entitlements


@query("entitlement.options")
def options(
    call: Call,
    customer: CustomerId,
    origin: str,
    product: str = "",
    contact: CustomerId | None = None,
) -> list[EntitlementOption]:
    """The entitlements for a new case, what they have left, and why others cannot be used.

    Usable ones first, the default before all others, then those that end soonest.
    """
    case = asking(call, customer, call.channel(origin).key, product, contact)
    found = entitlements.of_customer(call.store, customer, 200)
    found.sort(key=lambda terms: (not terms.is_default, terms.ends, terms.id))
    offered = [_option(call, terms, case) for terms in found]
    return sorted(offered, key=lambda option: not option.usable)


@query("entitlement.for_case")
def for_case(call: Call, case: CaseId) -> list[EntitlementOption]:
    """The entitlements that a case could use, and why others cannot be used.

    What it uses itself counts as free. Its own is listed as usable while its channel and terms
    allow it, even if it is no longer active.
    """
    found = cases.get(call.store, case)
    assert found is not None
    about = of_case(call, found)
    those = entitlements.of_customer(call.store, found.customer_id, 200)
    those.sort(key=lambda terms: (terms.id != found.entitlement_id, terms.ends, terms.id))
    offered = []
    for terms in those:
        free = without_case(call, terms, case)
        if terms.id == found.entitlement_id:
            why = entitled.not_fitting(free, about, labels(call))
        else:
            why = entitled.refusal(free, about, call.now, labels(call))
        offered.append(_shown(call, terms, about, why))
    return sorted(offered, key=lambda option: not option.usable)


def _option(call: Call, terms: Terms, case: entitled.Asking) -> EntitlementOption:
    return _shown(call, terms, case, entitled.refusal(terms, case, call.now, labels(call)))


def _shown(
    call: Call, terms: Terms, case: entitled.Asking, why: Refusal | None
) -> EntitlementOption:
    line = terms.lines.get(case.origin)
    return EntitlementOption(
        id=terms.id,
        name=terms.name,
        state=state_at(terms.state, terms.starts, terms.ends, call.now),
        period=period(terms.starts, terms.ends),
        is_default=terms.is_default,
        allocation=terms.allocation,
        usable=why is None,
        total=number(terms.total),
        remaining=number(terms.left),
        held=number(terms.held),
        channel_remaining=None if line is None else number(line.left),
        channel_held=0 if line is None else number(line.held),
        code=why.code if why else "",
        why=why.message if why else "",
        hint=why.hint if why else "",
    )


@query("entitlement.channels")
def channels(call: Call, entitlement: EntitlementId) -> list[ChannelAllowance]:
    """What an entitlement allows on each channel."""
    return entitled.allowances(of(call, entitlement), labels(call))


@query("entitlement.ledger")
def ledger(call: Call, entitlement: EntitlementId, limit: int = 50) -> list[TermsUsed]:
    """Which cases used and returned terms, newest first; the sum is what is used."""
    return entitlements.ledger(call.store, entitlement, page_size(limit, 10_000))
