"""Templates for entitlements."""

from msgspec.structs import replace

from omnitui.desk import retired
from omnitui.desk.call import Call
from omnitui.desk.convert import Moment, Name, Until
from omnitui.desk.entitlements import allowed
from omnitui.desk.entitlements import changing as desk_entitlements
from omnitui.desk.entitlements.fields import Shape, check_days, end_after, name_of, shape, shown
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.desk.retired import those
from omnitui.model.actor import Permission
from omnitui.model.entitlement import (
    Allocation,
    DecreaseOn,
    Entitlement,
    EntitlementTemplate,
    parts,
)
from omnitui.model.ids import CustomerId, TemplateId
from omnitui.rules.entitlement import DAY, sum_notice
from omnitui.store import entitlements


@command("entitlement.template_create", Permission.ADMINISTER)
def create(
    call: Call,
    name: Name,
    total: float,
    days: int = 365,
    decrease_on: DecreaseOn | None = None,
    restrict: bool = False,
    allocation: Allocation = Allocation.CASES,
    channels: dict[str, float] | None = None,
    products: list[str] | None = None,
    description: str = "",
) -> EntitlementTemplate:
    """Create a template for entitlements; see `entitlement.create`.

    `days` is how long such an entitlement lasts. Entitlements from it are copies: they do not
    change when the template is changed or retired.
    """
    made = shape(
        call,
        name,
        total,
        channels or {},
        restrict,
        decrease_on,
        allocation,
        products or (),
        {"description": description},
    )
    return _shown(call, put(call, made, days))


@command("entitlement.template_update", Permission.ADMINISTER)
def update(
    call: Call,
    template: TemplateId,
    name: Name | None = None,
    total: float | None = None,
    days: int | None = None,
    decrease_on: DecreaseOn | None = None,
    restrict: bool | None = None,
    allocation: Allocation | None = None,
    channels: dict[str, float] | None = None,
    products: list[str] | None = None,
    description: str | None = None,
) -> EntitlementTemplate:
    """Change a template. Entitlements from it do not change."""
    before = _shown(call, template)
    kind = before.allocation if allocation is None else allocation
    same = kind is before.allocation
    made = shape(
        call,
        before.name if name is None else name,
        before.total if total is None else total,
        dict(before.channels) if channels is None else channels,
        before.restrict if restrict is None else restrict,
        before.decrease_on if decrease_on is None and same else decrease_on,
        kind,
        before.products if products is None else products,
        {"description": before.description if description is None else description},
    )
    _check_name(call, made.name, template)
    row = {"days": check_days(before.days if days is None else days), **made.row}
    entitlements.change_template(
        call.store, template, {**row, "channels": made.channels, "products": made.products}
    )
    call.journal("entitlement.template_updated", template=template, name=made.name)
    return _shown(call, template)


@command("entitlement.template_retire", Permission.ADMINISTER)
def retire(call: Call, template: TemplateId) -> EntitlementTemplate:
    """Retire a template. Entitlements from it do not change; its name stays reserved."""
    found = _shown(call, template)
    retired.retire(call, "template", template, found.name)
    call.journal("entitlement.template_retired", template=template, name=found.name)
    return found


@command("entitlement.template_restore", Permission.ADMINISTER)
def restore(call: Call, template: TemplateId) -> EntitlementTemplate:
    """Restore a retired template."""
    found = _shown(call, template)
    retired.restore(call, "template", template, found.name)
    call.journal("entitlement.template_restored", template=template, name=found.name)
    return found


def _check_name(call: Call, name: str, but: int | None = None) -> None:
    there = {one.name: one.id for one in entitlements.templates(call.store)}
    own_name(call, "template", "a template", name, there, but=but)


def put(call: Call, made: Shape, days: int) -> TemplateId:
    """Add a template, created by hand or from a data file."""
    _check_name(call, made.name)
    row = {
        **made.row,
        "days": check_days(days),
        "channels": made.channels,
        "products": made.products,
    }
    key = entitlements.add_template(call.store, row)
    call.journal("entitlement.template_created", template=key, name=made.name)
    return key


def _shown(call: Call, key: int) -> EntitlementTemplate:
    found = entitlements.template(call.store, key)
    assert found is not None
    return _noticed(found)


def _noticed(found: EntitlementTemplate) -> EntitlementTemplate:
    """A template with notices about its sums."""
    lines = [parts(total) for total in found.channels.values()]
    return replace(found, notice=sum_notice(parts(found.total), lines))


@query("entitlement.template_list")
def list_(call: Call, retired: bool = False) -> list[EntitlementTemplate]:
    """All templates by name; with `retired` the retired ones instead."""
    found = those(call, "template", entitlements.templates(call.store), gone=retired)
    return [_noticed(one) for one in found]


@query("entitlement.template_get")
def get(call: Call, template: TemplateId) -> EntitlementTemplate:
    """One template."""
    return _shown(call, template)


@command("entitlement.from_template")
def from_template(
    call: Call,
    template: TemplateId,
    customer: CustomerId,
    starts: Moment | None = None,
    ends: Until | None = None,
    name: Name | None = None,
    contacts: list[CustomerId] | None = None,
) -> Entitlement:
    """Create a draft entitlement from a template; it starts today by default.

    It lasts as long as the template says unless `ends` is given.
    """
    allowed.check(call)
    found = _shown(call, template)
    made = Shape(
        name=found.name if name is None else name_of(name),
        total=parts(found.total),
        channels={origin: parts(total) for origin, total in found.channels.items()},
        restrict=found.restrict,
        decrease_on=found.decrease_on,
        allocation=found.allocation,
        products=found.products,
        plain={"description": found.description},
    )
    begins = call.now - call.now % DAY if starts is None else starts
    until = end_after(begins, found.days) if ends is None else ends
    whose = list(contacts or [])
    return shown(
        desk_entitlements.put(call, customer, made, begins, until, whose, template_id=template)
    )
