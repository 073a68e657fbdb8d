"""The actions that an entitlement's state allows, and actions of several steps."""

from omnitui.desk.call import Call
from omnitui.desk.entitlements import allowed, changing
from omnitui.desk.entitlements.terms import of
from omnitui.desk.registry import command, query
from omnitui.model.entitlement import ActionOption, Entitlement, EntitlementState, number
from omnitui.model.ids import EntitlementId
from omnitui.rules.entitlement import Action, state_at

_VERBS = {
    "update": Action.EDIT,
    "activate": Action.ACTIVATE,
    "deactivate": Action.DEACTIVATE,
    "cancel": Action.CANCEL,
    "renew": Action.RENEW,
    "set_default": Action.SET_DEFAULT,
}


@query("entitlement.actions")
def actions(call: Call, entitlement: EntitlementId) -> list[ActionOption]:
    """The actions on an entitlement that the caller can take now, and why not the others."""
    terms = of(call, entitlement)
    denied = allowed.why_not(call)
    found = []
    for verb, action in _VERBS.items():
        why = denied or changing.not_now(call, terms, action)
        said = (why.code, why.message, why.hint) if why else ("", "", "")
        found.append(ActionOption(verb, why is None, *said))
    return found


@query("entitlement.may_change")
def may_change(call: Call) -> str:
    """Why the caller may not create or change entitlements, as sentences; empty if they may."""
    denied = allowed.why_not(call)
    return "" if denied is None else str(denied)


@command("entitlement.only")
def only(
    call: Call, entitlement: EntitlementId, origin: str, in_force: bool = False
) -> Entitlement:
    """Allow a draft on one channel only: its whole total there, 0 on every other channel.

    With `in_force` an active one is deactivated, changed and activated again, all at once.
    """
    allowed.check(call)
    terms = of(call, entitlement)
    one = call.channel(origin).key
    channels = {key: number(terms.total) if key == one else 0 for key in (one, *call.channels)}
    state = state_at(terms.state, terms.starts, terms.ends, call.now)
    if not (in_force and state is EntitlementState.ACTIVE):
        return changing.update(call, entitlement, channels=channels)
    changing.deactivate(call, entitlement)
    changing.update(call, entitlement, channels=channels)
    found = changing.activate(call, entitlement)
    return changing.set_default(call, entitlement) if terms.is_default else found
