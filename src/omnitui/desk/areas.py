"""Which modules hold commands. A new area is one line here."""

import importlib

AREAS = (
    "agents",
    "bulk",
    "cases.changing",
    "cases.creating",
    "cases.ending",
    "cases.foretelling",
    "cases.looking",
    "cases.merging",
    "cases.similar",
    "channels",
    "consoles",
    "conversations",
    "couriers",
    "customers.addresses",
    "customers.changing",
    "customers.merging",
    "delivery",
    "entitlements.actions",
    "entitlements.changing",
    "entitlements.lookup",
    "entitlements.templates",
    "escalation",
    "follow_ups",
    "handing.consult",
    "handing.snooze",
    "handing.supervision",
    "handing.transfer",
    "home",
    "hours",
    "intake",
    "knowledge",
    "lifecycle",
    "links",
    "notices",
    "offers",
    "outgoing",
    "promises.standing",
    "promises.targets",
    "replies",
    "routing.asking",
    "routing.classification",
    "routing.profiles",
    "routing.queues",
    "routing.workstreams",
    "search",
    "sessions",
    "settings_commands",
    "shifts",
    "timeline",
    "undo",
    "views",
)


def register() -> None:
    """Import every area, which puts its commands into the registry."""
    for area in AREAS:
        importlib.import_module(f"omnitui.desk.{area}")
