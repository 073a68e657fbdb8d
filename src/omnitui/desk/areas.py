"""The modules of each area's commands. Add a new area, or another module of one, here.

A module is imported when one of its commands is first called; the modules that a console needs as
it starts come first.
"""

AREAS: dict[str, tuple[str, ...]] = {
    "agent": ("agents", "retiring"),
    "bulk": ("bulk", "bulk_replies"),
    "calendar": ("hours", "routing.retiring"),
    "case": (
        *("pages", "cases.looking", "cases.changing", "cases.creating", "cases.ending"),
        *("cases.consequences", "cases.merging"),
    ),
    "channel": ("channels", "retiring"),
    "classification": ("routing.classification",),
    "console": ("consoles",),
    "conversation": (
        *("offers", "transfers.consult", "consoles", "conversations", "lifecycle", "escalation"),
        *("transfers.snooze", "transfers.transfer", "intake", "outgoing"),
    ),
    "courier": ("couriers",),
    "customer": ("pages", "customers.changing", "customers.addresses", "customers.merging"),
    "entitlement": (
        *("pages", "entitlements.lookup", "entitlements.changing"),
        *("entitlements.actions", "entitlements.templates"),
    ),
    "home": ("home", "views"),
    "knowledge": (
        *("knowledge", "articles.gaps", "articles.changing", "articles.giving", "articles.files"),
    ),
    "link": ("links",),
    "mention": ("mentions",),
    "message": ("delivery",),
    "notice": ("notices",),
    "profile": ("routing.profiles", "routing.retiring"),
    "queue": ("routing.queues", "retiring"),
    "reply": ("replies", "reply_changing"),
    "routing": ("routing.asking",),
    "search": ("search",),
    "session": ("sessions",),
    "settings": ("settings_commands",),
    "shift": ("shifts",),
    "sla": ("sla.standing", "sla.targets"),
    "supervisor": ("transfers.supervision",),
    "timeline": ("timeline", "follow_ups"),
    "undo": ("undo",),
    "view": ("views",),
    "workstream": ("routing.workstreams", "routing.retiring"),
}
