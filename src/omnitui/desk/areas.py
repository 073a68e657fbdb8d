"""Which modules hold commands. A new area is one line here."""

import importlib

AREAS = (
    "agents",
    "bulk",
    "cases",
    "channels",
    "classification",
    "consoles",
    "consult",
    "conversations",
    "customers",
    "entitlement_lookup",
    "entitlement_templates",
    "entitlements",
    "follow_ups",
    "home",
    "hours",
    "intake",
    "knowledge",
    "lifecycle",
    "merging",
    "notices",
    "offers",
    "outgoing",
    "profiles",
    "queues",
    "replies",
    "routing",
    "search",
    "sessions",
    "settings_commands",
    "sla",
    "snooze",
    "supervision",
    "targets",
    "timeline",
    "transfer",
    "undo",
    "views",
    "workstreams",
)


def register() -> None:
    """Import every area, which puts its commands into the registry."""
    for area in AREAS:
        importlib.import_module(f"omnitui.desk.{area}")
