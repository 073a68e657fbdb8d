"""Who may change what customers are owed: administrators, and agents where a setting lets them."""

from omnitui.desk.call import Call
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.errors import Refusal, refuse


def why_not(call: Call) -> Refusal | None:
    """Why the caller may not change entitlements, None if they may."""
    if call.actor.may(Permission.ADMINISTER):
        return None
    if call.actor.kind is ActorKind.AGENT and call.settings.agents_change_entitlements:
        return None
    return Refusal(
        "permission.denied",
        f"{call.actor.name or call.actor.kind.value} may not change what customers are owed.",
        "An administrator can, and lets agents with"
        " `omnitui call settings.set key=agents_change_entitlements value=yes`.",
    )


def check(call: Call) -> None:
    """Refuse callers who may not change entitlements."""
    refuse(why_not(call))
