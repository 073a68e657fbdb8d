"""What is retired is named by nothing new. Not commands: the desk asks before a command runs."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar

from omnitui.desk.call import Call
from omnitui.model import ids
from omnitui.model.actor import ActorKind
from omnitui.model.errors import Refused
from omnitui.store import retired

KINDS = {
    ids.AgentId: "agent",
    ids.QueueId: "queue",
    ids.TemplateId: "template",
    ids.ReplyId: "reply",
    ids.WorkStreamId: "workstream",
    ids.ProfileId: "profile",
    ids.CalendarId: "calendar",
}
"""What can be retired, by the type of parameter that names it."""
_Known = TypeVar("_Known")
_WORDS = ("channel", "origin")
"""Parameters that name a channel by its key."""
_ABOUT_IT = ("restore", "retire", "template_restore", "template_retire")


def check(call: Call, name: str, parameter: str, wanted: object, value: object) -> None:
    """Refuse a command that would give something new to what is retired."""
    if name.rpartition(".")[2] in _ABOUT_IT and parameter != "to":
        return
    kind = next((kind for known, kind in KINDS.items() if known is wanted), "")
    if parameter in _WORDS and wanted is str:
        kind = "channel"
    if kind and value and retired.holds(call.store, kind, str(value)):
        verb = "entitlement.template_restore" if kind == "template" else f"{kind}.restore"
        raise Refused(
            f"{kind}.retired",
            f"The {kind} that {parameter} names is retired.",
            f"Name another one; an administrator brings it back with {verb}.",
        )


def check_caller(call: Call) -> None:
    """Refuse an agent who is retired."""
    if call.actor.kind is ActorKind.AGENT and retired.holds(call.store, "agent", call.actor.id):
        raise Refused(
            "agent.retired",
            f"{call.actor.name} is retired and works here no longer.",
            "An administrator brings them back with agent.restore.",
        )


def in_use(call: Call, kind: str, item: int | str) -> bool:
    """Whether something is not retired."""
    return not retired.holds(call.store, kind, item)


def those(
    call: Call,
    kind: str,
    found: Iterable[_Known],
    *,
    gone: bool = False,
    key: Callable[[_Known], int | str] = attrgetter("id"),
) -> list[_Known]:
    """Those of what was found that are in use, or with `gone` those that are not, as they come.

    `key` says what something is known by, which is its `id` unless it is given.
    """
    out = retired.every(call.store, kind)
    return [one for one in found if (str(key(one)) in out) is gone]


def retire(call: Call, kind: str, item: int | str, name: str) -> None:
    """Take something out of use; one that is so already is refused."""
    if retired.holds(call.store, kind, item):
        raise Refused(f"{kind}.retired", f"{name} is retired already.")
    retired.add(call.store, kind, item, call.now, call.actor.name)


def restore(call: Call, kind: str, item: int | str, name: str) -> None:
    """Take something into use again; one that is in use is refused."""
    if not retired.remove(call.store, kind, item):
        raise Refused(f"{kind}.in_use", f"{name} is in use: it is not retired.")
