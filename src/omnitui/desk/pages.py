"""Pages: everything that the screen of a record shows, read at once so that it is consistent."""

from msgspec import Struct

from omnitui.desk.call import Call
from omnitui.desk.cases import looking
from omnitui.desk.cases.looking import Family
from omnitui.desk.customers import changing as customers
from omnitui.desk.customers import merging
from omnitui.desk.customers.merging import Merged
from omnitui.desk.entitlements import actions, lookup
from omnitui.desk.entitlements import changing as entitlements
from omnitui.desk.registry import query
from omnitui.desk.sla import standing
from omnitui.desk.timeline import list_ as timeline
from omnitui.model.case import Case
from omnitui.model.customer import Customer
from omnitui.model.entitlement import ActionOption, Entitlement, TermsUsed
from omnitui.model.ids import CaseId, CustomerId, EntitlementId
from omnitui.model.sla import Standing
from omnitui.model.timeline import USUAL_KINDS, Activity, ActivityKind


class CasePage(Struct, frozen=True):
    """A case, its customer, its targets, its related records and its timeline."""

    case: Case
    customer: Customer
    promises: tuple[Standing, ...]
    family: Family
    activities: tuple[Activity, ...]


@query("case.page")
def case_page(call: Call, case: CaseId, activities: int = 60) -> CasePage:
    """A case with everything its screen shows; `activities` is the length of its timeline."""
    one = looking.get(call, case)
    # Named one by one, so that what was done with the case is among them.
    kinds = [ActivityKind(kind) for kind in USUAL_KINDS]
    return CasePage(
        one,
        customers.get(call, one.customer_id),
        tuple(standing.on(call, None, one.id)),
        looking.family(call, case),
        tuple(timeline(call, one.customer_id, case=one.id, kinds=kinds, limit=activities)),
    )


class CustomerPage(Struct, frozen=True):
    """A customer, their newest cases, their entitlements, and the customers merged into them."""

    customer: Customer
    cases: tuple[Case, ...]
    entitlements: tuple[Entitlement, ...]
    merged: tuple[Merged, ...]


@query("customer.page")
def customer_page(call: Call, customer: CustomerId, cases: int = 50) -> CustomerPage:
    """A customer with everything their screen shows; after a merge, the survivor."""
    return CustomerPage(
        customers.get(call, customer),
        tuple(looking.list_(call, customer, limit=cases)),
        tuple(entitlements.list_(call, customer)),
        tuple(merging.merged(call, customer)),
    )


class EntitlementPage(Struct, frozen=True):
    """An entitlement, its ledger, and the caller's actions."""

    entitlement: Entitlement
    used: tuple[TermsUsed, ...]
    actions: tuple[ActionOption, ...]


@query("entitlement.page")
def entitlement_page(call: Call, entitlement: EntitlementId, uses: int = 50) -> EntitlementPage:
    """An entitlement with everything its screen shows; `uses` is the length of its ledger."""
    return EntitlementPage(
        entitlements.get(call, entitlement),
        tuple(lookup.ledger(call, entitlement, uses)),
        tuple(actions.actions(call, entitlement)),
    )
