"""Who may change entitlements: administrators, and agents if a setting allows it."""

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
        f"{call.actor.name or call.actor.kind.value} may not change entitlements.",
        "Administrators can; they can allow agents with `omnitui call settings.set "
        "key=agents_change_entitlements value=yes`.",
    )


def check(call: Call) -> None:
    """Refuse callers who may not change entitlements."""
    refuse(why_not(call))
